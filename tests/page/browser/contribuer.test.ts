import assert from "node:assert/strict";
import { test } from "node:test";
import { contributionsAnswer } from "../../../src/server/api/contribution.ts";
import { describePage } from "./browsing.ts";
import { sharedDemonstration } from "./demonstration.ts";
import { startIngress } from "./ingress.ts";

describePage(
  "the page that proposes an offer",
  { site: () => sharedDemonstration(), hash: "#/contribuer" },
  ({ visit, url }) => {
    test("what is missing stands at its field, and nothing is asked of the gateway", () =>
      visit({ width: 390, theme: "dark" }, async ({ view, assertAccessible }) => {
        await view.getByRole("button", { name: "Voir ce qui sera envoyé" }).click();
        await view.getByText("Donnez un nom, 2 caractères au moins.").waitFor();
        await view.getByText("Choisissez dans la liste.").waitFor();
        assert.equal(await view.getByRole("button", { name: "Envoyer à la passerelle" }).count(), 0);
        await assertAccessible();
        assert.equal(await view.evaluate("document.documentElement.scrollWidth"), 390);
      }));

    test("it is shown exactly as it is sent, and what became of it", () =>
      visit({ width: 1280 }, async ({ view, page, assertAccessible }) => {
        await view.getByRole("radio", { name: "Nouveau fournisseur" }).check();
        await view.getByLabel("Nom du fournisseur").fill("Volts");
        await view.getByLabel("Nom de l'offre").fill("Classique");
        await view.getByLabel("Formule").selectOption({ label: "Base" });
        await view.getByLabel("Grille tarifaire").fill("https://exemple.fr/grille.pdf");
        await view.getByLabel("Abonnement par mois").fill("12,68");
        await view.getByLabel("Base", { exact: true }).fill("0,1952");
        await view.getByRole("button", { name: "Voir ce qui sera envoyé" }).click();
        const shown: unknown = JSON.parse(await view.locator(".contribute-body").innerText());
        await assertAccessible();
        await view.getByRole("button", { name: "Envoyer à la passerelle" }).click();
        const [answer] = await Promise.all([
          page.waitForResponse(
            (response) => response.url().endsWith("/api/contributions") && response.request().method() === "POST",
          ),
          view.getByRole("dialog").getByRole("button", { name: "Envoyer à la passerelle" }).click(),
        ]);
        const told: unknown = await answer.json();
        assert.ok(typeof told === "object" && told !== null && "body" in told);
        assert.deepEqual(told.body, shown);
        await view.getByText("1 offre proposée").waitFor();
        const { contributions } = contributionsAnswer.parse(await (await fetch(`${url()}/api/contributions`)).json());
        assert.deepEqual(
          contributions.map(({ offerName, state }) => ({ offerName, state })),
          [{ offerName: "Classique", state: "sent" }],
        );
        await view.getByText("reçue, à vérifier par la passerelle").waitFor();
      }));

    test("below Home Assistant's path it is sent as well", async () => {
      const home = await startIngress({ target: url() });
      try {
        await visit({ url: home.url, frame: "iframe" }, async ({ view }) => {
          await view.getByRole("radio", { name: "Nouveau fournisseur" }).check();
          await view.getByLabel("Nom du fournisseur").fill("Octopus");
          await view.getByLabel("Nom de l'offre").fill("Eco-conso");
          await view.getByLabel("Formule").selectOption({ label: "Base" });
          await view.getByLabel("Grille tarifaire").fill("https://exemple.fr/autre-grille.pdf");
          await view.getByLabel("Abonnement par mois").fill("12,68");
          await view.getByLabel("Base", { exact: true }).fill("0,1952");
          await view.getByRole("button", { name: "Voir ce qui sera envoyé" }).click();
          await view.getByRole("button", { name: "Envoyer à la passerelle" }).click();
          await view.getByRole("dialog").getByRole("button", { name: "Envoyer à la passerelle" }).click();
          // The name stands in what is about to be sent already: the list tells when it was.
          await view.getByRole("region", { name: "Vos propositions" }).getByText("Eco-conso").waitFor();
          const { contributions } = contributionsAnswer.parse(await (await fetch(`${url()}/api/contributions`)).json());
          assert.equal(contributions.find(({ offerName }) => offerName === "Eco-conso")?.state, "sent");
        });
      } finally {
        await home.close();
      }
    });

    test("the gateway's own rules are told in sentences, in English too", () =>
      visit({ language: "en" }, async ({ view }) => {
        await view.getByRole("radio", { name: "New supplier" }).check();
        await view.getByLabel("Name of the supplier").fill("Volts");
        await view.getByLabel("Name of the offer").fill("Classique 12345678901234");
        await view.getByLabel("Plan", { exact: true }).selectOption({ label: "Base" });
        await view.getByLabel("Price sheet").fill("https://exemple.fr/grille.pdf");
        await view.getByLabel("Standing charge a month").fill("12.68");
        await view.getByLabel("Base", { exact: true }).fill("19.52");
        await view.getByRole("button", { name: "See what will be sent" }).click();
        await view.getByText("could it be in cents?").waitFor();
        await view.getByText("holds the number of a meter").waitFor();
        assert.equal(await view.getByRole("button", { name: "Send to the gateway" }).count(), 0);
      }));
  },
);
