import assert from "node:assert/strict";
import { test } from "node:test";
import { describePage } from "./browsing.ts";
import { sharedDemonstration } from "./demonstration.ts";
import { eventually } from "./eventually.ts";
import { startIngress } from "./ingress.ts";

const parts = ["general", "compteurs", "mqtt", "home-assistant", "exports", "acces", "sauvegardes", "diagnostic"];

describePage("the settings page", { site: () => sharedDemonstration() }, ({ visit, url }) => {
  test("every part is accessible, quiet and no wider than its screen, in both languages", async () => {
    for (const [width, theme, language] of [
      [390, "light", "fr"],
      [1280, "dark", "en"],
    ] as const)
      await visit(
        { width, theme, language, hash: "#/reglages" },
        async ({ view, goTo, assertClean, assertAccessible }) => {
          for (const part of parts) {
            await goTo(`#/reglages?partie=${part}`);
            assertClean();
            await assertAccessible();
            assert.equal(await view.evaluate("document.documentElement.scrollWidth"), width, part);
          }
        },
      );
  });

  test("a secret is told to be there and its value is nowhere", () =>
    visit({ hash: "#/reglages?partie=compteurs" }, async ({ view }) => {
      await view.getByText("Enregistré", { exact: true }).first().waitFor();
      assert.equal(await view.locator("input[type=password]").count(), 0);
      await view.getByText("Fixé par la commande de démarrage").first().waitFor();
    }));

  test("a token is shown once, opens the API, and does no more once revoked", () =>
    visit({ hash: "#/reglages?partie=acces" }, async ({ view, page }) => {
      const create = view.getByRole("button", { name: "Créer le jeton" });
      await create.click();
      await view.getByText("Donnez-lui un nom.").waitFor();
      await view.getByLabel("Nom du nouveau jeton").fill("Grafana");
      await create.click();
      const token = await view.getByLabel("Grafana", { exact: true }).inputValue();
      const headers = { authorization: `Bearer ${token}` };
      assert.equal((await fetch(`${url()}/api/overview`, { headers })).status, 200);
      await view.getByRole("button", { name: "C'est noté" }).click();
      assert.ok(!(await page.content()).includes(token));
      await view.getByRole("button", { name: "Révoquer : Grafana" }).click();
      await view.getByRole("button", { name: "Révoquer", exact: true }).click();
      await view.getByText("Aucun jeton.").waitFor();
      assert.equal((await fetch(`${url()}/api/overview`, { headers })).status, 401);
    }));

  test("a password that is too short or not the same twice is not sent", () =>
    visit({ hash: "#/reglages?partie=acces" }, async ({ view }) => {
      await view.getByLabel("Nouveau mot de passe").fill("court");
      await view.getByRole("button", { name: "Choisir ce mot de passe" }).click();
      await view.getByText("Il faut 8 caractères au moins.").waitFor();
      await view.getByText("Les deux ne sont pas les mêmes.").waitFor();
    }));

  test("a backup is made, listed, and previewed before anything is replaced", () =>
    visit({ hash: "#/reglages?partie=sauvegardes" }, async ({ view }) => {
      await view.getByRole("button", { name: "Sauvegarder maintenant" }).click();
      await view.getByText("Sauvegarde faite.").waitFor();
      await view
        .getByRole("button", { name: /^Restaurer\s: / })
        .first()
        .click();
      const dialog = view.getByRole("dialog");
      await dialog.getByText("La sauvegarde tient").waitFor();
      assert.match(await dialog.innerText(), /Lignes dans la sauvegarde\s+\d/);
      await dialog.getByRole("button", { name: "Annuler" }).click();
    }));

  test("what was typed and not saved is found again, also where it is folded", () =>
    visit({ hash: "#/reglages?partie=mqtt" }, async ({ page, view, goTo }) => {
      const prefix = view.getByRole("textbox", { name: "Préfixe des sujets", exact: true });
      await view.getByText("Réglages avancés").click();
      await prefix.fill("maison");
      await goTo("#/reglages?partie=general");
      await page.goBack();
      await prefix.waitFor();
      await eventually(async () => assert.equal(await prefix.inputValue(), "maison"));
      assert.equal(await page.evaluate("sessionStorage.length"), 0);
      await view.getByRole("button", { name: "Abandonner les changements" }).click();
      await eventually(async () => assert.equal(await prefix.inputValue(), "myelectricaldata"));
    }));

  test("language and theme are this browser's own choice", () =>
    visit({ hash: "#/reglages" }, async ({ view }) => {
      await view.getByRole("radio", { name: "English" }).check();
      await view.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
      await view.getByRole("radio", { name: "Dark" }).check();
      await view.waitForSelector(':root[data-scheme="dark"]');
    }));

  test("inside Home Assistant a connection is tried and told in sentences", async () => {
    const home = await startIngress({ target: url() });
    try {
      await visit({ url: home.url, frame: "iframe", hash: "#/reglages?partie=mqtt" }, async ({ view }) => {
        await view.getByRole("button", { name: "Essayer la connexion" }).click();
        await view.getByText("accepte la connexion").waitFor();
      });
    } finally {
      await home.close();
    }
  });
});
