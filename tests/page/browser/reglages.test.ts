import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { settingsAnswer } from "../../../src/server/api/settings.ts";
import { skipWithoutPage } from "./built.ts";
import { skipWithoutChromium, startChromium } from "./chromium.ts";
import { type Demonstration, startDemonstration } from "./demonstration.ts";
import { startIngress } from "./ingress.ts";
import { open, type Visit, type VisitOptions } from "./visit.ts";

const parts = ["general", "compteurs", "mqtt", "home-assistant", "acces", "sauvegardes", "diagnostic"];

describe("the settings page", { skip: skipWithoutChromium() || skipWithoutPage(), timeout: 300_000 }, () => {
  let browser: Browser;
  let site: Demonstration;
  before(async () => {
    site = await startDemonstration();
    browser = await startChromium();
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  async function visiting(options: Omit<VisitOptions, "url"> & { url?: string }, use: (visit: Visit) => Promise<void>) {
    const visit = await open(browser, { url: site.url, ...options });
    try {
      await use(visit);
    } finally {
      await visit.close();
    }
  }

  test("every part is accessible, quiet and no wider than its screen, in both languages", async () => {
    for (const [width, theme, language] of [
      [390, "light", "fr"],
      [1280, "dark", "en"],
    ] as const)
      await visiting(
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
    visiting({ hash: "#/reglages?partie=compteurs" }, async ({ view, assertClean }) => {
      await view.getByText("Enregistré", { exact: true }).first().waitFor();
      assert.equal(await view.locator("input[type=password]").count(), 0);
      await view.getByText("Fixé par la commande de démarrage").first().waitFor();
      assertClean();
    }));

  test("a fault stands at its field while nothing is kept; then a right value holds", () =>
    visiting({ hash: "#/reglages?partie=mqtt" }, async ({ view, settle, faults }) => {
      await view.getByText("Réglages avancés").click();
      const quality = view.getByLabel("Qualité de service");
      await quality.fill("9");
      await view.getByRole("button", { name: "Enregistrer" }).click();
      await view.getByText("les réglages d'avant restent").waitFor();
      assert.equal(await quality.getAttribute("aria-invalid"), "true");
      assert.deepEqual(await settingOf(site.url, "mqtt_qos"), { value: 1, source: "default" });
      assert.deepEqual(
        faults.filter((fault) => !fault.includes("400")),
        [],
      );

      await quality.fill("2");
      await view.getByRole("button", { name: "Enregistrer" }).click();
      await view.getByText("C'est en vigueur.").waitFor({ timeout: 60_000 });
      await settle();
      assert.deepEqual(await settingOf(site.url, "mqtt_qos"), { value: 2, source: "page" });
    }));

  test("a token is shown once, opens the API, and does no more once revoked", () =>
    visiting({ hash: "#/reglages?partie=acces" }, async ({ view, page, assertClean }) => {
      const create = view.getByRole("button", { name: "Créer le jeton" });
      await create.click();
      await view.getByText("Donnez-lui un nom.").waitFor();
      await view.getByLabel("Nom du nouveau jeton").fill("Grafana");
      await create.click();
      const token = await view.getByLabel("Grafana", { exact: true }).inputValue();
      const headers = { authorization: `Bearer ${token}` };
      assert.equal((await fetch(`${site.url}/api/overview`, { headers })).status, 200);
      await view.getByRole("button", { name: "C'est noté" }).click();
      assert.ok(!(await page.content()).includes(token));
      await view.getByRole("button", { name: "Révoquer : Grafana" }).click();
      await view.getByRole("button", { name: "Révoquer", exact: true }).click();
      await view.getByText("Aucun jeton.").waitFor();
      assert.equal((await fetch(`${site.url}/api/overview`, { headers })).status, 401);
      assertClean();
    }));

  test("a password that is too short or not the same twice is not sent", () =>
    visiting({ hash: "#/reglages?partie=acces" }, async ({ view, assertClean }) => {
      await view.getByLabel("Nouveau mot de passe").fill("court");
      await view.getByRole("button", { name: "Choisir ce mot de passe" }).click();
      await view.getByText("Il faut 8 caractères au moins.").waitFor();
      await view.getByText("Les deux ne sont pas les mêmes.").waitFor();
      assertClean();
    }));

  test("a backup is made, listed, and previewed before anything is replaced", () =>
    visiting({ hash: "#/reglages?partie=sauvegardes" }, async ({ view, assertClean }) => {
      await view.getByRole("button", { name: "Sauvegarder maintenant" }).click();
      await view.getByText("Sauvegarde faite.").waitFor();
      await view.getByRole("button", { name: /^Restaurer : / }).click();
      const dialog = view.getByRole("dialog");
      await dialog.getByText("La sauvegarde tient").waitFor();
      assert.match(await dialog.innerText(), /Lignes dans la sauvegarde\s+\d/);
      await dialog.getByRole("button", { name: "Annuler" }).click();
      assertClean();
    }));

  test("language and theme are this browser's own choice", () =>
    visiting({ hash: "#/reglages" }, async ({ view, assertClean }) => {
      await view.getByRole("radio", { name: "English" }).check();
      await view.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
      await view.getByRole("radio", { name: "Dark" }).check();
      assert.equal(await view.evaluate("document.documentElement.dataset.scheme"), "dark");
      assertClean();
    }));

  test("inside Home Assistant a connection is tried and told in sentences", async () => {
    const home = await startIngress({ target: site.url });
    try {
      await visiting(
        { url: home.url, frame: "iframe", hash: "#/reglages?partie=mqtt" },
        async ({ view, assertClean }) => {
          await view.getByRole("button", { name: "Essayer la connexion" }).click();
          await view.getByText("accepte la connexion").waitFor();
          assertClean();
        },
      );
    } finally {
      await home.close();
    }
  });
});

async function settingOf(url: string, key: string): Promise<{ value: unknown; source: unknown }> {
  const { settings } = settingsAnswer.parse(await (await fetch(`${url}/api/settings`)).json());
  const found = settings.find((one) => one.key === key);
  return { value: found?.value, source: found?.source };
}
