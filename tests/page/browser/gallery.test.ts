import assert from "node:assert/strict";
import { test } from "node:test";
import { describePage } from "./browsing.ts";
import { eventually } from "./eventually.ts";
import { startGallery } from "./gallery.ts";

describePage("the kit in Chromium", { site: startGallery, isBuilt: false }, ({ visit }) => {
  for (const theme of ["light", "dark"] as const)
    for (const width of [390, 1280])
      test(`is accessible, says nothing in the console and is as wide as its screen (${theme}, ${width})`, () =>
        visit({ width, theme }, async ({ view, assertAccessible }) => {
          await assertAccessible();
          assert.equal(await view.evaluate("document.documentElement.dataset.scheme"), theme);
          assert.equal(await view.evaluate("document.documentElement.scrollWidth"), width);
        }));

  test("a chart has its height before it is drawn, and moves nothing when it is", () =>
    visit({}, async ({ view }) => {
      const heights = await view.evaluate(
        "[...document.querySelectorAll('.chart-box')].map((box) => box.offsetHeight)",
      );
      assert.deepEqual(heights, [260, 260, 260]);
    }));

  test("a chart tells its values by the arrow keys, and lets go with Escape", () =>
    visit({}, async ({ view, page }) => {
      const chart = view.locator(".chart-pointed").first();
      await chart.focus();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowRight");
      const details = view.locator(".chart-details");
      await eventually(async () =>
        assert.match(
          await details.innerText(),
          /jour 2[\s\S]*Heures creuses[\s\S]*4,00\u202fkWh[\s\S]*Coût[\s\S]*2,10 €/,
        ),
      );
      await page.keyboard.press("Escape");
      await details.waitFor({ state: "detached" });
    }));

  test("a tap on a chart holds its details until the next tap there", () =>
    visit({ width: 1280 }, async ({ view, page }) => {
      const chart = view.locator(".chart-pointed").first();
      // 48 pixels to the left of the plot; the first of 30 days begins there.
      await chart.click({ position: { x: 52, y: 150 } });
      await page.mouse.move(5, 5);
      const details = view.locator(".chart-details.locked");
      assert.match(await details.innerText(), /^jour 1\n/);
      await chart.click({ position: { x: 52, y: 150 } });
      await details.waitFor({ state: "detached" });
    }));

  test("an unknown day is said to be unknown and never zero", () =>
    visit({}, async ({ view, page }) => {
      await view.locator(".chart-pointed").first().focus();
      await page.keyboard.press("End");
      for (let day = 30; day > 21; day--) await page.keyboard.press("ArrowLeft");
      const details = view.locator(".chart-details");
      await eventually(async () => assert.match(await details.innerText(), /^jour 21\n+Total\n+—/));
    }));

  test("a chart without a table on the page brings one for those who listen", () =>
    visit({}, async ({ view }) => {
      const tables = view.locator(".chart table");
      assert.equal(await tables.count(), 2);
      assert.match(
        (await tables.last().textContent()) ?? "",
        /2\u202fh \(heure d'été\)[\s\S]*2\u202fh \(heure d'hiver\)/,
      );
    }));

  test("the stepper moves, stands in the address, and the back key undoes it", () =>
    visit({}, async ({ view, page }) => {
      const title = view.locator(".date-stepper-line p");
      assert.equal(await title.innerText(), "Novembre 2026");
      await view.getByRole("button", { name: "Période précédente" }).click();
      await eventually(async () => assert.equal(await title.innerText(), "Octobre 2026"));
      assert.match(page.url(), /vue=mois&date=2026-10$/);
      await page.goBack();
      await eventually(async () => assert.equal(await title.innerText(), "Novembre 2026"));
      assert.equal(await view.getByRole("button", { name: "Période suivante" }).getAttribute("aria-disabled"), "true");
    }));

  test("the calendar is walked by keys and one day of it takes the tab key", () =>
    visit({}, async ({ view, page }) => {
      assert.equal(await view.locator('.day-calendar [tabindex="0"]').count(), 1);
      await view.locator('.day-calendar [tabindex="0"]').focus();
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("ArrowLeft");
      // 30 December is the last day; a week and a day before it.
      await eventually(async () =>
        assert.match(String(await view.evaluate("document.activeElement.textContent")), /22 décembre 2026/),
      );
      await page.keyboard.press("Enter");
      await eventually(async () => assert.equal(await view.locator('.day[aria-pressed="true"]').count(), 1));
    }));

  test("a dialog keeps the focus, ends with Escape and gives the focus back", () =>
    visit({}, async ({ view, page, assertAccessible }) => {
      const opener = view.getByRole("button", { name: "Effacer…" });
      await opener.click();
      await view.getByRole("dialog", { name: "Effacer la valeur ?" }).waitFor();
      await assertAccessible();
      await page.keyboard.press("Escape");
      await view.getByRole("dialog").waitFor({ state: "detached" });
      await eventually(async () => assert.equal(await view.evaluate("document.activeElement.textContent"), "Effacer…"));
    }));
});
