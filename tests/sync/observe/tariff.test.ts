import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { localDate } from "../../../src/domain/calendar.ts";
import { parseOffPeak } from "../../../src/domain/tariff/off-peak.ts";
import type { TariffPeriod } from "../../../src/domain/tariff/period.ts";
import { type PlanKind, type TariffPlan, unsplitPlan } from "../../../src/domain/tariff/plan.ts";
import { type DatedPrices, energyPrice, microEur } from "../../../src/domain/tariff/price.ts";
import type { TempoColor } from "../../../src/domain/tempo.ts";
import { nextPriceChange, observeTariff, type TariffKnowledge } from "../../../src/sync/observe/tariff.ts";
import type { TariffStretch } from "../../../src/sync/snapshot.ts";
import { at, knownMeter, knownSnapshot, knownTariff } from "../../support/snapshots.ts";

const sheet = (
  kind: PlanKind,
  microEurPerKwh: Partial<Record<TariffPeriod, number>>,
  changes: Partial<DatedPrices> = {},
): DatedPrices => ({
  from: null,
  to: null,
  kind,
  powerKva: null,
  energy: Object.fromEntries(Object.entries(microEurPerKwh).map(([period, price]) => [period, energyPrice(price)])),
  standing: microEur(15_000_000),
  source: { kind: "user", name: "test" },
  ...changes,
});

const knowing = (
  plan: TariffPlan,
  prices: readonly DatedPrices[],
  colors: Readonly<Record<string, TempoColor>> = {},
): TariffKnowledge => ({
  history: [{ from: null, plan, origin: "contract" }],
  colorOn: (date) => colors[date],
  book: { prices, buyback: [], powers: [] },
});

const shown = (schedule: readonly TariffStretch[]) =>
  schedule.map(({ start, end, period, price }) => [iso(start), iso(end), period, price]);
const iso = (instant: number): string => new Date(instant).toISOString().slice(0, 16);

const tempo: TariffPlan = { kind: "TEMPO", offPeak: null };
const tempoSheet = sheet("TEMPO", {
  blue_hc: 132_500,
  blue_hp: 161_200,
  white_hc: 149_900,
  white_hp: 187_100,
  red_hc: 157_500,
  red_hp: 706_000,
});
const base: TariffPlan = { kind: "BASE", offPeak: null };

describe("the tariff of an instant", () => {
  it("is still red at 03:00 after a red day, and what follows at 06:00 is the new day's", () => {
    const knowledge = knowing(tempo, [tempoSheet], { "2026-11-24": "ROUGE", "2026-11-25": "BLANC" });
    const tariff = observeTariff(at("2026-11-25T02:00:00Z"), knowledge); // 03:00 in Paris
    assert.deepEqual(
      [tariff.period, tariff.price, tariff.offPeak, tariff.source?.name],
      ["red_hc", 157_500, true, "test"],
    );
    assert.deepEqual(
      [tariff.next?.start, tariff.next?.period, tariff.next?.price],
      [at("2026-11-25T05:00:00Z"), "white_hp", 187_100],
    );
  });

  it("of an unknown colour is neither blue nor priced, while the clock still tells the off-peak hours", () => {
    const knowledge = knowing(tempo, [tempoSheet], { "2026-11-23": "BLEU" });
    for (const [time, offPeak] of [
      ["2026-11-24T11:00:00Z", false], // 12:00
      ["2026-11-24T22:30:00Z", true], // 23:30
    ] as const) {
      const tariff = observeTariff(at(time), knowledge);
      assert.deepEqual([tariff.period, tariff.price, tariff.source, tariff.offPeak], [null, null, null, offPeak]);
    }
    // Blue until 06:00 of the 24th, then nobody knows until the end of the schedule.
    assert.deepEqual(shown(observeTariff(at("2026-11-23T11:00:00Z"), knowledge).schedule), [
      ["2026-11-23T05:00", "2026-11-23T21:00", "blue_hp", 161_200],
      ["2026-11-23T21:00", "2026-11-24T05:00", "blue_hc", 132_500],
      ["2026-11-24T05:00", "2026-11-25T23:00", null, null],
    ]);
  });

  it("changes to the minute of the windows", () => {
    const offPeak = parseOffPeak("HC (22H54-6H54)").schedule;
    const knowledge = knowing({ kind: "HC_HP", offPeak }, [sheet("HC_HP", { hc: 157_900, hp: 206_500 })]);
    const tariff = observeTariff(at("2026-11-21T21:53:59Z"), knowledge);
    assert.deepEqual([tariff.period, tariff.offPeak], ["hp", false]);
    assert.equal(tariff.next?.start, at("2026-11-21T21:54:00Z"));
    // Over midnight it is one stretch.
    assert.equal(tariff.next?.end, at("2026-11-22T05:54:00Z"));
    const after = observeTariff(at("2026-11-21T21:54:00Z"), knowledge);
    assert.deepEqual([after.period, after.price, after.offPeak], ["hc", 157_900, true]);
  });

  it("changes at the midnight of a new price sheet, under the same period", () => {
    const knowledge = knowing(base, [
      sheet("BASE", { base: 194_000 }, { to: localDate("2027-01-31") }),
      sheet("BASE", { base: 201_000 }, { from: localDate("2027-02-01"), standing: microEur(16_000_000) }),
    ]);
    const tariff = observeTariff(at("2027-01-30T12:00:00Z"), knowledge);
    assert.deepEqual([tariff.price, tariff.standing], [194_000, 15_000_000]);
    assert.deepEqual([tariff.next?.start, tariff.next?.price], [at("2027-01-31T23:00:00Z"), 201_000]);
    assert.equal(observeTariff(at("2027-01-31T23:00:00Z"), knowledge).standing, 16_000_000);
    // Two days earlier the change lies beyond 48 hours.
    assert.equal(observeTariff(at("2027-01-28T12:00:00Z"), knowledge).next, null);
  });

  it("has a period and no price where nobody gives one", () => {
    const tariff = observeTariff(at("2026-11-21T11:00:00Z"), knowing(base, []));
    assert.deepEqual([tariff.period, tariff.price, tariff.standing, tariff.source], ["base", null, null, null]);
  });

  it("has no period where nobody tells the plan, and only the price and standing charge that the user gives", () => {
    const said = sheet("BASE", { base: 194_000 });
    const tariff = observeTariff(at("2026-11-21T11:00:00Z"), knowing(unsplitPlan, [said]));
    assert.deepEqual(
      [tariff.period, tariff.price, tariff.source, tariff.offPeak, tariff.standing, tariff.next],
      [null, 194_000, said.source, null, 15_000_000, null],
    );
    // For another plan that nobody says is the household's.
    const split = observeTariff(at("2026-11-21T11:00:00Z"), knowing(unsplitPlan, [sheet("HC_HP", { hc: 157_900 })]));
    assert.deepEqual([split.price, split.source, split.standing], [null, null, 15_000_000]);
    const regulated = sheet("BASE", { base: 194_000 }, { source: { kind: "regulated", name: "test" } });
    const guessed = observeTariff(at("2026-11-21T11:00:00Z"), knowing(unsplitPlan, [regulated]));
    assert.deepEqual([guessed.price, guessed.source, guessed.standing], [null, null, null]);
  });

  for (const [name, time, end] of [
    ["spring", "2027-03-27T12:00:00Z", "2027-03-29T22:00"],
    ["autumn", "2026-10-24T12:00:00Z", "2026-10-26T23:00"],
  ] as const)
    it(`has a schedule without hole over the clock change of ${name}`, () => {
      const offPeak = parseOffPeak("HC (1H30-7H30)").schedule;
      const knowledge = knowing({ kind: "HC_HP", offPeak }, [sheet("HC_HP", { hc: 157_900, hp: 206_500 })]);
      const { schedule } = observeTariff(at(time), knowledge);
      assert.ok((schedule[0]?.start ?? 0) <= at(time));
      for (const [position, { end: previous }] of schedule.slice(0, -1).entries())
        assert.equal(schedule[position + 1]?.start, previous);
      assert.equal(iso(schedule.at(-1)?.end ?? 0), end);
    });
});

describe("the next price change", () => {
  it("is the earliest of all meters, and none where no price is told", () => {
    const offPeak = knownTariff().next;
    assert.ok(offPeak);
    const earlier = knownTariff({ next: { ...offPeak, start: at("2026-11-21T10:24:00Z") } });
    const of = (...tariffs: (ReturnType<typeof knownTariff> | null)[]) =>
      nextPriceChange(knownSnapshot({ usagePoints: tariffs.map((tariff) => knownMeter({ tariff })) }));
    assert.equal(of(knownTariff(), earlier, null), at("2026-11-21T10:24:00Z"));
    assert.equal(of(null, knownTariff({ next: null })), null);
  });
});
