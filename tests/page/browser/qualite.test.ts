import assert from "node:assert/strict";
import { test } from "node:test";
import { addDays, daysFromTo, localDate } from "../../../src/domain/calendar.ts";
import { qualityAnswer } from "../../../src/server/api/quality.ts";
import { describePage } from "./browsing.ts";
import { eventually } from "./eventually.ts";
import { startIngress } from "./ingress.ts";
import { openQualityWorld, openWorld, serveWorld } from "./stored-home.ts";

describePage("the quality of the data", { hash: "#/qualite" }, ({ visiting }) => {
  test("each day has its state, and the sentence counts them", async (t) => {
    const url = await serveWorld(t, await openQualityWorld(t));
    const { view, assertAccessible, assertClean } = await visiting(t, { url });
    // Of 8 to 18 November: 10 corrected, 11 to 13 complete; 19 and 20 are not published yet.
    await view.getByText("4 jours sur 11 sont complets.").waitFor();
    for (const day of [
      "lundi 9 novembre 2026, Pas encore demandé",
      "mardi 10 novembre 2026, Corrigé",
      "mercredi 11 novembre 2026, Complet",
      "samedi 14 novembre 2026, En désaccord",
      "dimanche 15 novembre 2026, Incomplet",
      "mardi 17 novembre 2026, Heures estimées",
      "mercredi 18 novembre 2026, Manquant",
      "vendredi 20 novembre 2026, Pas encore publié",
    ])
      assert.equal(await view.getByRole("button", { name: day }).count(), 1, day);
    const signs: unknown = await view.evaluate(
      "[...document.querySelectorAll('.day')].every((day) => (day.children[1] ?? day).textContent !== '')",
    );
    assert.equal(signs, true, "every state has a sign, in the key too");
    assert.equal(await view.evaluate("document.documentElement.scrollWidth"), 390);
    await assertAccessible();
    assertClean();
  });

  test("a phone begins with the latest month, and a key leads from its first day to the month before", async (t) => {
    const url = await serveWorld(t, await openQualityWorld(t));
    const { page, view, settle, assertClean } = await visiting(t, { url });
    await page.route("**/api/quality/*", async (route) => {
      const response = await route.fetch();
      const answer = qualityAnswer.parse(await response.json());
      const september = daysFromTo(localDate("2026-09-01"), addDays(localDate(answer.start), -1));
      const states = [...september.map(() => "complete" as const), ...answer.states];
      await route.fulfill({ response, json: { ...answer, start: "2026-09-01", firstDay: "2026-09-01", states } });
    });
    await page.reload();
    await settle();
    const months = view.locator(".day-calendar-month caption");
    assert.deepEqual(await months.allInnerTexts(), ["novembre 2026", "octobre 2026", "septembre 2026"]);
    await view.getByRole("button", { name: /^dimanche 1(er)? novembre 2026/ }).click();
    await page.keyboard.press("ArrowLeft");
    await eventually(async () =>
      assert.match(await view.locator(":focus").innerText(), /^31\s+✓\s+samedi 31 octobre 2026, Complet$/),
    );
    assertClean();
  });

  test("a day tells why, what it was before, and is asked for again", async (t) => {
    const url = await serveWorld(t, await openQualityWorld(t));
    const { view, settle, page, assertAccessible, assertClean } = await visiting(t, { url, width: 1280 });
    const day = view.getByRole("button", { name: "mardi 10 novembre 2026, Corrigé" });
    await day.focus();
    await page.keyboard.press("Enter");
    await settle();
    await page.waitForURL(/jour=2026-11-10/);
    // 620 W × 24 h; each half-hour was 300 Wh.
    await view
      .getByText(/^14,88\s*kWh/)
      .first()
      .waitFor();
    await view
      .getByText(/Anciennes valeurs/)
      .first()
      .click();
    await view
      .getByText(/^0,300\s*kWh$/)
      .first()
      .waitFor();
    await view.getByRole("button", { name: "Redemander ce jour" }).click();
    await view.getByText(/interrogée au prochain passage/).waitFor();
    await assertAccessible();
    assertClean();
  });

  test("a value is typed by hand, counts, and is taken back", async (t) => {
    const url = await serveWorld(t, await openQualityWorld(t));
    const { view, settle, assertClean } = await visiting(t, { url, hash: "#/qualite?jour=2026-11-18" });
    await view.getByRole("button", { name: "Saisir une valeur" }).click();
    const field = view.getByRole("textbox", { name: "Énergie de la journée" });
    await field.fill("beaucoup");
    await view.getByRole("button", { name: "Enregistrer" }).click();
    await view.getByText("Écrivez un nombre de kWh, par exemple 14,82.").waitFor();
    await field.fill("12,5");
    await view.getByRole("button", { name: "Enregistrer" }).click();
    await view.getByRole("button", { name: "mercredi 18 novembre 2026, Saisi à la main" }).waitFor();
    await view
      .getByText(/^12,50\s*kWh/)
      .first()
      .waitFor();
    await view.getByRole("button", { name: "Retirer la valeur saisie" }).click();
    await view.getByRole("dialog").getByRole("button", { name: "Retirer la valeur saisie" }).click();
    await view.getByRole("button", { name: "mercredi 18 novembre 2026, Manquant" }).waitFor();
    await settle();
    assertClean();
  });

  test("a meter with nothing known, in English and below Home Assistant's path", async (t) => {
    const ingress = await startIngress({ target: await serveWorld(t, await openWorld(t)) });
    t.after(() => ingress.close());
    const { view, assertAccessible, assertClean } = await visiting(t, {
      url: ingress.url,
      frame: "iframe",
      language: "en",
    });
    await view.getByRole("heading", { level: 1, name: "Data quality" }).waitFor();
    assert.doesNotMatch(await view.locator("main").innerText(), /null|NaN|undefined/);
    await assertAccessible();
    assertClean();
  });
});
