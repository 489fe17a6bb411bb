import assert from "node:assert/strict";
import { test } from "node:test";
import { describePage } from "./browsing.ts";
import { openTempoWorld, openWorld, serveWorld } from "./stored-home.ts";

describePage("Tempo", { hash: "#/tempo" }, ({ visiting }) => {
  test("tomorrow, the counters, what each colour took, and the season's days", async (t) => {
    const url = await serveWorld(t, await openTempoWorld(t));
    const { view, settle, assertAccessible, assertClean } = await visiting(t, { url });
    await view.getByText("Demain, dimanche 22 novembre : la couleur n'est pas encore annoncée.").waitFor();
    await view.getByText("Aujourd'hui, samedi 21 novembre, est un jour bleu.").waitFor();
    // 20 October has no colour: what is left cannot be counted, and its 18 h × 600 W are nobody's.
    await view.getByText(/Ce qui reste ne peut pas être compté/).waitFor();
    await view.getByText(/10,80\s*kWh sur 1 jour dont la couleur est inconnue/).waitFor();
    // The red day: 8 h × 600 W off-peak, 16 h × 600 W peak.
    const used = view.getByRole("table", { name: "Votre consommation par couleur" });
    assert.match(await used.getByRole("row", { name: /^Heures creuses \(kWh\)/ }).innerText(), /4,800$/);
    assert.match(await used.getByRole("row", { name: /^Heures pleines \(kWh\)/ }).innerText(), /9,600$/);
    for (const day of [
      "jeudi 19 novembre 2026, Rouge",
      "mardi 20 octobre 2026, Inconnu",
      "lundi 30 novembre 2026, À venir",
    ])
      assert.equal(await view.getByRole("button", { name: day }).count(), 1, day);
    await view.getByRole("button", { name: "Voir les mois à venir" }).click();
    await view.getByRole("button", { name: "mardi 31 août 2027, À venir" }).waitFor();
    assert.equal(await view.evaluate("document.documentElement.scrollWidth"), 390);
    await assertAccessible();
    await view.getByRole("button", { name: "Saison précédente" }).click();
    await view.getByText("Aucune couleur n'est connue de cette saison").waitFor();
    await settle();
    assertClean();
  });

  test("a plan that is not Tempo is told once, in English", async (t) => {
    const url = await serveWorld(t, await openTempoWorld(t, { pricingOption: "BASE" }));
    const { view, assertAccessible, assertClean } = await visiting(t, { url, language: "en", width: 1280 });
    await view.getByText("Your contract is not Tempo: the colours do not change your prices.").waitFor();
    await view.getByText("What these days would cost at Tempo prices: your contract is another one.").waitFor();
    await assertAccessible();
    assertClean();
  });

  test("without a colour the page says so", async (t) => {
    const url = await serveWorld(t, await openWorld(t));
    const { view, assertClean } = await visiting(t, { url });
    await view.getByText("Aucune couleur n'est connue de cette saison").waitFor();
    assert.doesNotMatch(await view.locator("main").innerText(), /null|NaN|undefined/);
    assertClean();
  });
});
