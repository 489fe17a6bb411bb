import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { extentOf } from "../../src/page/charts/model.ts";
import { balanceModel, balanceWords, missingNote } from "../../src/page/pages/bilan/balance.ts";
import { unpricedNote } from "../../src/page/pages/production/words.ts";
import type { BalanceAnswer, BalanceBucket } from "../../src/server/api/balance.ts";

const bucket = (more: Partial<BalanceBucket>): BalanceBucket => ({
  key: "2026-06",
  start: "2026-05-31T22:00:00.000Z",
  end: "2026-06-30T22:00:00.000Z",
  consumedWh: 300_000,
  injectedWh: 700_000,
  netWh: -400_000,
  costEur: 50.5,
  revenueEur: null,
  missingDays: 0,
  ...more,
});

const answer = (...buckets: BalanceBucket[]): BalanceAnswer => ({
  usagePoint: "12345678901234",
  start: "2026-06-01",
  end: "2026-06-30",
  step: "month",
  buckets,
  total: bucket({}),
  selfConsumptionWh: null,
  selfConsumptionReason: "needs_inverter_production",
});

describe("the balance drawn", () => {
  test("goes up by what is taken and down by what is given", () => {
    const model = balanceModel(answer(bucket({})), "fr");
    assert.deepEqual(
      model.bars[0]?.parts?.map(({ tone, value }) => [tone, value]),
      [
        ["base", 300],
        ["production", -700],
      ],
    );
    assert.deepEqual(extentOf(model), { low: -700, high: 300 });
    assert.deepEqual(model.bars[0]?.total, { label: "Net", value: -400 });
    assert.equal(model.bars[0]?.title, "Juin 2026");
  });

  test("has no net where one side is unknown, and no bar where both are", () => {
    const half = bucket({ injectedWh: null, netWh: null, missingDays: 30 });
    const none = bucket({ consumedWh: null, injectedWh: null, netWh: null });
    const { bars } = balanceModel(answer(half, none), "fr");
    assert.equal(bars[0]?.parts?.length, 1);
    assert.deepEqual(bars[0]?.total, { label: "Net", value: null });
    assert.deepEqual(bars[0]?.facts?.at(-1), { label: "Jours manquants", value: "30" });
    assert.deepEqual([bars[1]?.parts, bars[1]?.isPending], [null, true]);
  });

  test("tells a revenue only where there is one", () => {
    const labels = (revenueEur: number | null) =>
      balanceModel(answer(bucket({ revenueEur })), "fr").bars[0]?.facts?.map(({ label }) => label);
    assert.deepEqual(labels(null), ["Coût"]);
    assert.deepEqual(labels(28), ["Coût", "Revenu"]);
  });
});

describe("the balance in words", () => {
  test("says which way it goes, without a sign", () => {
    const given = balanceWords(bucket({}), "Juin 2026", "fr");
    assert.deepEqual(
      [given.sentence, given.figure],
      ["Juin 2026, plus d'énergie injectée que prise au réseau", "400,0\u202fkWh"],
    );
    assert.equal(given.more, "300,0\u202fkWh pris, 700,0\u202fkWh injectés.");
    const taken = balanceWords(bucket({ netWh: 5_082_453 }), "2026", "en");
    assert.deepEqual(
      [taken.sentence, taken.figure],
      ["2026, more energy taken from the grid than injected", "5,082\u202fkWh"],
    );
  });

  test("says why there is none", () => {
    const words = balanceWords(bucket({ netWh: null }), "2026", "fr");
    assert.equal(words.figure, "—");
    assert.match(words.unknown ?? "", /pas connus aux mêmes jours/);
  });

  test("counts the days that lack, and the energy without a price", () => {
    assert.equal(missingNote({ missingDays: 1 }, "fr"), "1 jour manque d'un côté ou de l'autre.");
    assert.equal(missingNote({ missingDays: 0 }, "fr"), null);
    assert.match(unpricedNote({ eur: 3, unpricedWh: 12_400 }, "fr") ?? "", /^12,40\u202fkWh n'ont pas de prix/);
    assert.equal(unpricedNote({ eur: null, unpricedWh: 12_400 }, "fr"), null);
    assert.equal(unpricedNote({ eur: 3, unpricedWh: 0 }, "fr"), null);
  });
});
