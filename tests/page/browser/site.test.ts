import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { skipWithoutPage } from "./built.ts";
import { skipWithoutChromium, startChromium } from "./chromium.ts";
import { type Demonstration, sharedDemonstration } from "./demonstration.ts";
import { startIngress } from "./ingress.ts";
import { pageNames } from "./page-names.ts";
import { open, type Visit, type VisitOptions } from "./visit.ts";

describe("the page over the demonstration", {
  skip: skipWithoutChromium() || skipWithoutPage(),
  timeout: 400_000,
}, () => {
  let browser: Browser;
  let site: Demonstration;
  before(async () => {
    // One after the other: what has started is ended, whichever fails.
    site = await sharedDemonstration();
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
      visit.assertClean();
    } finally {
      await visit.close();
    }
  }

  for (const [width, theme, language] of [
    [390, "light", "fr"],
    [1280, "dark", "en"],
  ] as const)
    test(`every page is accessible, quiet and no wider than its screen (${width}, ${theme}, ${language})`, () =>
      visiting({ width, theme, language }, async ({ view, goTo, assertAccessible, assertClean }) => {
        for (const name of pageNames) {
          await goTo(`#/${name}`);
          assertClean();
          await assertAccessible();
          assert.equal(await view.evaluate("document.documentElement.scrollWidth"), width, name);
          assert.equal(await view.evaluate("document.documentElement.lang"), language);
          assert.equal(await view.locator("h1").count(), 1, name);
        }
      }));

  test("going to another page moves the focus to its title, and the back key returns", () =>
    visiting({}, async ({ view, page }) => {
      await view.getByRole("link", { name: "Coûts" }).first().click();
      await view.getByRole("heading", { level: 1, name: "Coûts" }).waitFor();
      assert.equal(await view.evaluate("document.activeElement.textContent"), "Coûts");
      assert.equal(await page.title(), "Coûts · Linky Bridge");
      await page.goBack();
      await view.getByRole("heading", { level: 1, name: "Accueil" }).waitFor();
    }));

  test("the usage point is chosen once and goes along", () =>
    visiting({ width: 1280 }, async ({ view, page }) => {
      await view.getByLabel("Compteur").selectOption({ label: "Appartement" });
      assert.match(page.url(), /pdl=12345678905678/);
      await view.getByRole("link", { name: "Coûts" }).first().click();
      await view.getByRole("heading", { level: 1, name: "Coûts" }).waitFor();
      assert.match(page.url(), /#\/couts\?pdl=12345678905678/);
    }));

  test("an address that is no page says so and leads home", () =>
    visiting({ hash: "#/nulle-part" }, async ({ view }) => {
      await view.getByRole("link", { name: "Aller à l'accueil" }).click();
      await view.getByRole("heading", { level: 1, name: "Accueil" }).waitFor();
    }));

  test("inside Home Assistant it lives below its path and follows the theme", async () => {
    const dark = await startIngress({ target: site.url, background: "#111111" });
    const light = await startIngress({ target: site.url, background: "#fafafa" });
    try {
      // The system says the opposite of Home Assistant each time.
      await visiting({ url: dark.url, frame: "iframe", theme: "light", width: 1280 }, async ({ view, page }) => {
        assert.equal(await view.evaluate("document.documentElement.dataset.scheme"), "dark");
        await page.evaluate("document.documentElement.style.setProperty('--primary-background-color', '#fafafa')");
        await view.waitForSelector(':root[data-scheme="light"]');
      });
      await visiting({ url: light.url, frame: "iframe", theme: "dark", hash: "#/tempo" }, async ({ view }) => {
        assert.equal(await view.evaluate("document.documentElement.dataset.scheme"), "light");
        assert.equal(await view.locator("h1").innerText(), "Tempo");
      });
    } finally {
      await Promise.all([dark.close(), light.close()]);
    }
  });
});
