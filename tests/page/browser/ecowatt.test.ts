import assert from "node:assert/strict";
import { test } from "node:test";
import { describePage } from "./browsing.ts";
import { openEcowattWorld, openWorld, serveWorld } from "./stored-home.ts";

describePage("EcoWatt", { hash: "#/ecowatt" }, ({ visiting }) => {
  test("four days hour by hour, with the 25 hours of the autumn day, and the days behind", async (t) => {
    // 18:30 in Paris, in the orange hour, on the eve of the long day.
    const days = ["2026-10-20", "2026-10-22", "2026-10-24", "2026-10-25"];
    const url = await serveWorld(t, await openEcowattWorld(t, "2026-10-24T16:30:00Z", days));
    const { view, assertAccessible, assertClean } = await visiting(t, { url });
    await view.getByText(/En ce moment, orange/).waitFor();
    const cells = (day: string) => view.getByRole("region", { name: new RegExp(`^${day}, `) }).getByRole("img");
    const counts = [];
    for (const day of ["Aujourd'hui", "Demain", "Après-demain"]) counts.push(await cells(day).count());
    // RTE has told nothing of the last: its hours are there, and have no signal.
    assert.deepEqual(counts, [24, 25, 24]);
    assert.match((await cells("Demain").nth(19).getAttribute("aria-label")) ?? "", /^18\s*h, orange$/);
    assert.match((await cells("Après-demain").first().getAttribute("aria-label")) ?? "", /pas de signal$/);
    // Never by colour alone, in the key and on the days behind too; the ring has no letters.
    const signs: unknown = await view.evaluate(
      "[...new Set([...document.querySelectorAll('.ecowatt-cell, .day')].map((cell) => cell.querySelector('.ecowatt-ring') ? 'ring' : cell.children.length > 0 ? cell.children[1].textContent : cell.textContent))].sort()",
    );
    assert.deepEqual(signs, ["!", "!!", "ring", "–", "✓"]);
    const widths: unknown = await view.evaluate(
      "[...new Set([...document.querySelectorAll('.ecowatt-hours')].map((row) => Math.round(Math.max(...[...row.children].map((li) => li.getBoundingClientRect().width)) - Math.min(...[...row.children].map((li) => li.getBoundingClientRect().width)))))]",
    );
    assert.deepEqual(widths, [0], "every hour of a day is as wide as the others");
    for (const day of ["mardi 20 octobre 2026, Rouge", "mercredi 21 octobre 2026, Sans signal"])
      assert.equal(await view.getByRole("button", { name: day }).count(), 1, day);
    assert.equal(await view.evaluate("document.documentElement.scrollWidth"), 390);
    await assertAccessible();
    assertClean();
  });

  test("without a signal the page says so, in English too", async (t) => {
    const url = await serveWorld(t, await openWorld(t));
    const { view, assertAccessible, assertClean } = await visiting(t, { url, language: "en", width: 1280 });
    await view.getByText("No EcoWatt signal for now").waitFor();
    await assertAccessible();
    assertClean();
  });
});
