import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { contributionsAnswer } from "../../../src/server/api/contribution.ts";
import { skipWithoutPage } from "./built.ts";
import { skipWithoutChromium, startChromium } from "./chromium.ts";
import { type Demonstration, sharedDemonstration } from "./demonstration.ts";
import { open, type Visit, type VisitOptions } from "./visit.ts";

describe("the page that proposes an offer", {
  skip: skipWithoutChromium() || skipWithoutPage(),
  timeout: 300_000,
}, () => {
  let browser: Browser;
  let site: Demonstration;
  before(async () => {
    site = await sharedDemonstration();
    browser = await startChromium();
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  async function visiting(options: Omit<VisitOptions, "url">, use: (visit: Visit) => Promise<void>) {
    const visit = await open(browser, { url: site.url, hash: "#/contribuer", ...options });
    try {
      await use(visit);
      visit.assertClean();
    } finally {
      await visit.close();
    }
  }

  test("what is missing stands at its field, and nothing is asked of the gateway", () =>
    visiting({ width: 390, theme: "dark" }, async ({ view, assertAccessible }) => {
      await view.getByRole("button", { name: "Voir ce qui sera envoyé" }).click();
      await view.getByText("Donnez un nom, 2 caractères au moins.").waitFor();
      await view.getByText("Choisissez dans la liste.").waitFor();
      assert.equal(await view.getByRole("button", { name: "Envoyer à la passerelle" }).count(), 0);
      await assertAccessible();
      assert.equal(await view.evaluate("document.documentElement.scrollWidth"), 390);
    }));

  test("it is shown exactly as it is sent, and what became of it", () =>
    visiting({ width: 1280 }, async ({ view, page, assertAccessible }) => {
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
      const { contributions } = contributionsAnswer.parse(await (await fetch(`${site.url}/api/contributions`)).json());
      assert.deepEqual(
        contributions.map(({ offerName, state }) => ({ offerName, state })),
        [{ offerName: "Classique", state: "sent" }],
      );
      await view.getByText("reçue, à vérifier par la passerelle").waitFor();
    }));

  test("the gateway's own rules are told in sentences, in English too", () =>
    visiting({ language: "en" }, async ({ view }) => {
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
});
