import assert from "node:assert/strict";
import { test } from "node:test";
import { recordedFiles } from "../../domain/tariff/cost-recorded-home.ts";
import { recordedHome } from "../../support/recorded-home.ts";
import { skipWithout } from "../../support/shared-files.ts";
import { describePage } from "./browsing.ts";
import { eventually } from "./eventually.ts";
import { holding } from "./holding.ts";
import { startIngress } from "./ingress.ts";
import { answerOf, rowsOf } from "./read.ts";
import { serveWorld } from "./stored-home.ts";

const thin = "\u202f";

/** A home on Tempo, read from 24 October 2022 to 24 July 2024, at noon of the day after; for all tests of the suite. */
async function startRecordedHome() {
  const t = holding();
  return { url: await serveWorld(t, await recordedHome(t)), close: t.end };
}

describePage(
  "the page of consumption over a recorded home",
  { site: startRecordedHome, skip: skipWithout(...recordedFiles) },
  ({ visit, url }) => {
    test("a year, a month and a day tell what the meter recorded", () =>
      // tempo_home…_daily.csv: 3,791,486 Wh from 1 January to 24 July 2024; 414,669 in June; 10,526 on 24 July.
      visit({ hash: "#/consommation?vue=annee" }, async (here) => {
        assert.match(await answerOf(here), new RegExp(`^2024 .*3${thin}791${thin}kWh`));
        assert.match(await answerOf(here), /Relevés jusqu'au mercredi 24 juillet\./);
        await here.goTo("#/consommation?vue=mois&date=2024-06");
        assert.match(await answerOf(here), new RegExp(`^Juin 2024 .*414,7${thin}kWh`));
        await here.goTo("#/consommation?vue=jour&date=2024-07-24");
        assert.match(await answerOf(here), new RegExp(`^Hier, mercredi 24 juillet 2024 .*10,53${thin}kWh`));
      }));

    test("the comparison is with the same days of the year before", () =>
      // 1 to 24 July: 322,145 Wh in 2024, 259,845 in 2023; 322,145 / 259,845 = 1.24. The whole July 2023 has 337,273.
      visit({ hash: "#/consommation?vue=mois&comparer=oui" }, async (here) => {
        assert.match(
          await answerOf(here),
          new RegExp(`24${thin}% de plus qu'un an avant aux mêmes jours \\(259,8${thin}kWh\\)\\.`),
        );
        await here.goTo("#/consommation?vue=mois&comparer=oui&date=2024-02");
        // 592,740 / 697,578 = 0.85
        assert.match(await answerOf(here), new RegExp(`15${thin}% de moins qu'un an avant \\(697,6${thin}kWh\\)\\.`));
      }));

    test("the autumn day has 25 hours and tells the repeated one apart, the spring day 23", () =>
      visit({ hash: "#/consommation?vue=jour&date=2023-10-29&pas=heure", width: 1280 }, async (here) => {
        await here.view.getByRole("button", { name: "Voir les valeurs" }).click();
        const autumn = await rowsOf(here, "Consommation, Dimanche 29 octobre 2023");
        assert.equal(autumn.length, 25);
        assert.match(autumn[2]?.[0] ?? "", /^De 2\u202fh \(heure d'été\)/);
        assert.match(autumn[3]?.[0] ?? "", /^De 2\u202fh \(heure d'hiver\)/);
        // 18,428 Wh on that day: thousandths of kWh add up to it.
        const sum = autumn.reduce((wh, [, energy]) => wh + Math.round(Number(energy?.replace(",", ".")) * 1000), 0);
        assert.ok(Math.abs(sum - 18_428) <= 12, `${sum} Wh: 25 hours, each rounded to half a watt-hour`);
        await here.view.locator(".chart-pointed").first().focus();
        for (let hour = 0; hour < 4; hour++) await here.page.keyboard.press("ArrowRight");
        const details = here.view.locator(".chart-details");
        await eventually(async () =>
          assert.match(await details.innerText(), /de 2\u202fh \(heure d'hiver\) à 3\u202fh/),
        );
        await here.goTo("#/consommation?vue=jour&date=2024-03-31&pas=heure");
        assert.equal((await rowsOf(here, "Consommation, Dimanche 31 mars 2024")).length, 23);
        await here.view.getByRole("radio", { name: "Demi-heures" }).check();
        await here.settle();
        assert.match(await answerOf(here), new RegExp(`19,88${thin}kWh`));
        await here.view.getByRole("button", { name: "Voir 15 lignes de plus" }).first().waitFor();
      }));

    test("a bar that is held leads to its day, and so does its name in the table", () =>
      visit({ hash: "#/consommation?vue=mois&date=2024-06", width: 1280 }, async (here) => {
        const chart = here.view.locator(".chart-pointed").first();
        // 48 pixels to the left of the plot; the first of 30 days begins there.
        await chart.click({ position: { x: 54, y: 150 } });
        await here.view.getByRole("button", { name: "Voir ce jour" }).click();
        await here.settle();
        await here.page.waitForURL(/vue=jour&date=2024-06-01$/);
        await here.page.goBack();
        await here.settle();
        await here.view.getByRole("button", { name: "Voir les valeurs" }).click();
        await here.view.getByRole("link", { name: /^Dim\..2.juin$/ }).click();
        await here.settle();
        await here.page.waitForURL(/date=2024-06-02/);
      }));

    test("today is not published yet, and the latest known day is one touch away", () =>
      visit({ hash: "#/consommation?vue=jour&date=2024-07-25" }, async (here) => {
        assert.match(
          await answerOf(here),
          /^Aujourd'hui, jeudi 25 juillet 2024 .*— \| Pas encore publié par Enedis\.$/,
        );
        await here.view.getByRole("link", { name: "Voir le dernier jour connu" }).click();
        await eventually(async () => assert.match(await answerOf(here), /^Hier, mercredi 24 juillet 2024/));
      }));

    test("every view is accessible and as wide as its screen, in both languages and inside Home Assistant", async () => {
      for (const options of [
        { width: 390, theme: "light", language: "fr" },
        { width: 1280, theme: "dark", language: "en" },
      ] as const)
        await visit(options, async ({ view, goTo, assertAccessible }) => {
          for (const params of ["vue=mois&comparer=oui", "vue=jour&date=2024-07-24", "vue=total"]) {
            await goTo(`#/consommation?${params}`);
            await assertAccessible();
            assert.equal(await view.evaluate("document.documentElement.scrollWidth"), options.width, params);
          }
        });
      const ingress = await startIngress({ target: url() });
      try {
        await visit(
          { url: ingress.url, frame: "iframe", hash: "#/consommation?vue=mois&date=2024-06" },
          async (here) => {
            assert.match(await answerOf(here), new RegExp(`414,7${thin}kWh`));
            const csv = await here.view.getByRole("link", { name: "Télécharger en CSV" }).getAttribute("href");
            assert.ok(csv?.startsWith(`${ingress.pageUrl}/api/series/`), csv ?? "no CSV");
          },
        );
      } finally {
        await ingress.close();
      }
    });
  },
);
