import assert from "node:assert/strict";
import { test } from "node:test";
import { describePage } from "./browsing.ts";
import { sharedDemonstration } from "./demonstration.ts";
import { eventually } from "./eventually.ts";
import { startIngress } from "./ingress.ts";
import { pageNames } from "./page-names.ts";

describePage("the page over the demonstration", { site: () => sharedDemonstration() }, ({ visit, url }) => {
  for (const [width, theme, language] of [
    [390, "light", "fr"],
    [1280, "dark", "en"],
  ] as const)
    test(`every page is accessible, quiet and no wider than its screen (${width}, ${theme}, ${language})`, () =>
      visit({ width, theme, language }, async ({ view, goTo, assertAccessible, assertClean }) => {
        for (const name of pageNames) {
          await goTo(`#/${name}`);
          assertClean();
          await assertAccessible();
          assert.equal(await view.evaluate("document.documentElement.scrollWidth"), width, name);
          assert.equal(await view.evaluate("document.documentElement.lang"), language);
          assert.equal(await view.locator("h1").count(), 1, name);
        }
      }));

  test("every page fits a phone at twice its size, and the bar still tells the pages' names", () =>
    visit({ width: 195, height: 422 }, async ({ view, goTo }) => {
      for (const name of pageNames) {
        await goTo(`#/${name}`);
        assert.equal(await view.evaluate("document.documentElement.scrollWidth"), 195, name);
      }
      await view.getByRole("link", { name: "Consommation", exact: true }).first().waitFor();
    }));

  test("going to another page moves the focus to its title, and the back key returns", () =>
    visit({}, async ({ view, page }) => {
      await view.getByRole("link", { name: "Coûts" }).first().click();
      await view.getByRole("heading", { level: 1, name: "Coûts" }).waitFor();
      await eventually(async () => {
        assert.equal(await view.evaluate("document.activeElement.textContent"), "Coûts");
        assert.equal(await page.title(), "Coûts · Linky Bridge");
      });
      await page.goBack();
      await view.getByRole("heading", { level: 1, name: "Accueil" }).waitFor();
    }));

  test("the usage point is chosen once and goes along", () =>
    visit({ width: 1280 }, async ({ view, page }) => {
      await view.getByLabel("Compteur").selectOption({ label: "Appartement" });
      await page.waitForURL(/pdl=12345678905678/);
      await view.getByRole("link", { name: "Coûts" }).first().click();
      await view.getByRole("heading", { level: 1, name: "Coûts" }).waitFor();
      await page.waitForURL(/#\/couts\?pdl=12345678905678/);
    }));

  test("an address that is no page says so and leads home", () =>
    visit({ hash: "#/nulle-part" }, async ({ view }) => {
      await view.getByRole("link", { name: "Aller à l'accueil" }).click();
      await view.getByRole("heading", { level: 1, name: "Accueil" }).waitFor();
    }));

  test("inside Home Assistant it lives below its path and follows the theme", async () => {
    const dark = await startIngress({ target: url(), background: "#111111" });
    const light = await startIngress({ target: url(), background: "#fafafa" });
    try {
      // The system says the opposite of Home Assistant each time.
      await visit({ url: dark.url, frame: "iframe", theme: "light", width: 1280 }, async ({ view, page }) => {
        await view.waitForSelector(':root[data-scheme="dark"]');
        await page.evaluate("document.documentElement.style.setProperty('--primary-background-color', '#fafafa')");
        await view.waitForSelector(':root[data-scheme="light"]');
      });
      await visit({ url: light.url, frame: "iframe", theme: "dark", hash: "#/tempo" }, async ({ view }) => {
        await view.waitForSelector(':root[data-scheme="light"]');
        await view.getByRole("heading", { level: 1, name: "Tempo", exact: true }).waitFor();
      });
    } finally {
      await Promise.all([dark.close(), light.close()]);
    }
  });
});
