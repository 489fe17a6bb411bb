import assert from "node:assert/strict";
import { test } from "node:test";
import { energy, exactEnergy, money } from "../../../src/page/format.ts";
import { balanceAnswer } from "../../../src/server/api/balance.ts";
import { seriesAnswer } from "../../../src/server/api/series.ts";
import { describePage } from "./browsing.ts";
import { sharedDemonstration } from "./demonstration.ts";
import { answerOf, rowsOf } from "./read.ts";

const [house, flat] = ["12345678901234", "12345678905678"];

describePage(
  "the pages of production and balance over the invented home",
  { site: () => sharedDemonstration() },
  ({ visit, url }) => {
    const ask = async (path: string): Promise<unknown> => (await fetch(`${url()}/api/${path}`)).json();

    test("a year of production is what the API tells, month by month", async () => {
      const year = seriesAnswer.parse(
        await ask(`series/${house}?flow=production&step=month&start=2025-01-01&end=2025-12-31`),
      );
      await visit({ hash: "#/production?vue=annee&date=2025", width: 1280 }, async (here) => {
        assert.ok((await answerOf(here)).includes(energy(year.total.energyWh, "fr")), await answerOf(here));
        await here.view.getByRole("button", { name: "Voir les valeurs" }).click();
        assert.deepEqual(
          (await rowsOf(here, "Production, 2025")).map(([, cell]) => cell),
          year.buckets.map(({ energyWh }) => exactEnergy(energyWh, "fr")),
        );
        // The invented home has no buy-back price: the page says so rather than 0 €.
        assert.equal(year.total.eur, null);
        assert.equal(await here.view.getByRole("link", { name: "Donner mon prix de revente" }).count(), 1);
        await here.assertAccessible();
      });
    });

    test("a meter that injects nothing is told calmly what would appear", () =>
      visit({ hash: `#/production?pdl=${flat}` }, async (here) => {
        assert.match(await here.view.locator(".empty-state").innerText(), /^Rien d'injecté par ce compteur/);
        await here.goTo(`#/bilan?pdl=${flat}`);
        assert.match(await here.view.locator(".empty-state").innerText(), /^Rien d'injecté par ce compteur/);
        await here.assertAccessible();
      }));

    test("the balance of a year is what the API tells, both sides and their sum", async () => {
      const year = balanceAnswer.parse(await ask(`balance/${house}?step=month&start=2025-01-01&end=2025-12-31`));
      await visit({ hash: "#/bilan?date=2025" }, async (here) => {
        const said = await answerOf(here);
        for (const value of [year.total.netWh, year.total.consumedWh, year.total.injectedWh])
          assert.ok(value !== null && said.includes(energy(value, "fr")), `${value} in ${said}`);
        await here.view.getByRole("button", { name: "Voir les valeurs" }).click();
        assert.deepEqual(
          (await rowsOf(here, "Bilan, 2025")).map((cells) => cells.slice(1)),
          year.buckets.map(({ consumedWh, injectedWh, netWh, costEur }) => [
            exactEnergy(consumedWh, "fr"),
            exactEnergy(injectedWh, "fr"),
            exactEnergy(netWh, "fr"),
            money(costEur, "fr"),
          ]),
        );
        assert.match(await here.view.locator("main").innerText(), /Autoconsommation\s+Pas connue/);
        assert.equal(await here.view.evaluate("document.documentElement.scrollWidth"), 390);
        await here.assertAccessible();
      });
    });

    test("the balance speaks English and leads down to its months and days", () =>
      visit({ hash: "#/bilan?vue=total", width: 1280, theme: "dark", language: "en" }, async (here) => {
        await here.view.getByRole("button", { name: "See the values" }).click();
        await here.view.getByRole("link", { name: "2025", exact: true }).click();
        await here.settle();
        assert.match(await answerOf(here), /^2025, more energy taken from the grid than injected/);
        await here.view.getByRole("link", { name: "June", exact: true }).click();
        await here.settle();
        assert.match(await answerOf(here), /^June 2025, /);
        await here.assertAccessible();
      }));
  },
);
