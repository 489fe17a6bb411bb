import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { addDays, boundsOf, localDate } from "../../../src/domain/calendar.ts";
import type { KnownDay } from "../../../src/domain/day.ts";
import { parseOffPeak } from "../../../src/domain/tariff/off-peak.ts";
import { type TariffPlan, unsplitPlan } from "../../../src/domain/tariff/plan.ts";
import { type DatedPrices, energyPrice, microEur } from "../../../src/domain/tariff/price.ts";
import type { TempoColor } from "../../../src/domain/tempo.ts";
import { instant, type LocalDate, minuteMs, usagePointId, watts, wh } from "../../../src/domain/units.ts";
import { type CostsInput, observeCosts } from "../../../src/sync/observe/costs.ts";
import type { FlowSnapshot, PeriodValue } from "../../../src/sync/snapshot.ts";
import type { DayInput, ReadingStore } from "../../../src/sync/store.ts";
import { at, unknownFlow } from "../../support/snapshots.ts";

const point = usagePointId("01234567890123");
const changedAt = at("2026-11-21T07:30:00Z");

/** A day at one power all through. */
function dayAt(date: LocalDate, powerW: number): DayInput {
  const { start, minutes } = boundsOf(date);
  const slots = Array.from({ length: minutes / 30 }, (_, position) => ({
    start: instant(start + position * 30 * minuteMs),
    minutes: 30,
    powerW: watts(powerW),
  }));
  return { date, slots, officialWh: null };
}

const known = ({ date, slots }: DayInput, changes: Partial<KnownDay> = {}): KnownDay => {
  const energyWh = wh(slots.reduce((sum, slot) => sum + slot.powerW * 30, 0) / 60);
  return {
    date,
    energyWh,
    quality: "complete",
    slotsWh: energyWh,
    officialWh: null,
    minutesPresent: slots.length * 30,
    changedAt,
    revision: 1,
    ...changes,
  };
};

/** A store that tells what it was asked for. */
function storeOf(inputs: readonly DayInput[]) {
  const asked: string[] = [];
  const store: Pick<ReadingStore, "loadDayInputs" | "loadMonthMarks"> = {
    loadMonthMarks: async () => new Map(),
    async loadDayInputs(_usagePoint, _flow, { from, to }) {
      asked.push(`${from} ${to}`);
      return inputs.filter(({ date }) => date >= from && date <= to);
    },
  };
  return { store, asked };
}

function flowOf(days: readonly KnownDay[], missingDays = 0): FlowSnapshot {
  const latest = days.at(-1);
  assert.ok(latest);
  const total = (period: string, from: string): PeriodValue => ({
    period,
    from: localDate(from),
    through: latest.date,
    energyWh: wh(0),
    quality: missingDays > 0 ? "partial" : "complete",
    missingDays,
    changedAt,
  });
  return { ...unknownFlow(), latest, month: total("2026-11", "2026-11-01"), year: total("2026", "2026-01-01") };
}

const prices = (energy: DatedPrices["energy"], changes: Partial<DatedPrices> = {}): DatedPrices => ({
  from: null,
  to: null,
  kind: "BASE",
  powerKva: null,
  energy,
  standing: microEur(15_000_000),
  source: { kind: "user", name: "test" },
  ...changes,
});

const inputFor = (
  days: readonly KnownDay[],
  plan: TariffPlan,
  sheets: readonly DatedPrices[],
  colors: Readonly<Record<string, TempoColor>> = {},
): CostsInput => ({
  usagePoint: point,
  today: localDate("2026-11-21"),
  flow: flowOf(days),
  days,
  knowledge: {
    history: [{ from: null, plan, origin: "user" }],
    colorOn: (date) => colors[date],
    book: { prices: sheets, buyback: [], powers: [] },
  },
  said: "as it is",
});

const base: TariffPlan = { kind: "BASE", offPeak: null };
const november = (day: number): LocalDate => addDays(localDate("2026-11-01"), day - 1);

describe("costs", () => {
  it("are exact: each half-hour at the price of its period", async () => {
    const day = dayAt(november(20), 1_001);
    const offPeak = parseOffPeak("22H54-6H54").schedule;
    const sheet = prices({ hc: energyPrice(157_900), hp: energyPrice(206_500) }, { kind: "HC_HP" });
    const { latest } = await observeCosts(
      storeOf([day]).store,
      inputFor([known(day)], { kind: "HC_HP", offPeak }, [sheet]),
    );
    // 8 h off-peak and 16 h peak at 1.001 kW: 8.008 × 0.1579 + 16.016 × 0.2065 = 1.2644632 + 3.307304 €, rounded once.
    assert.equal(latest?.amount, 4_571_767);
    assert.deepEqual([latest?.period, latest?.unpricedDays, latest?.quality], ["2026-11-20", 0, "complete"]);
  });

  it("of a month and year leave out the days without a price, count them, and say partial", async () => {
    const days = [dayAt(november(18), 1_000), dayAt(november(19), 1_000), dayAt(november(20), 1_000)];
    const sheet = prices({ base: energyPrice(200_000) }, { from: november(19) });
    const costs = await observeCosts(
      storeOf(days).store,
      inputFor(
        days.map((day) => known(day)),
        base,
        [sheet],
      ),
    );
    // Two days of 24 kWh at 0.20 €.
    for (const value of [costs.month, costs.year])
      assert.deepEqual([value?.amount, value?.unpricedDays, value?.quality], [9_600_000, 1, "partial"]);
    assert.equal(costs.latest?.amount, 4_800_000);
  });

  it("of a Tempo day with a pending hour are not known, and neither zero nor blue", async () => {
    const days = [dayAt(november(19), 1_000), dayAt(november(20), 1_000)];
    const sheet = prices({ blue_hc: energyPrice(100_000), blue_hp: energyPrice(200_000) }, { kind: "TEMPO" });
    const plan: TariffPlan = { kind: "TEMPO", offPeak: null };
    const colors = { "2026-11-18": "BLEU", "2026-11-19": "BLEU" } as const;
    const costs = await observeCosts(
      storeOf(days).store,
      inputFor(
        days.map((day) => known(day)),
        plan,
        [sheet],
        colors,
      ),
    );
    assert.deepEqual([costs.latest?.amount, costs.latest?.unpricedDays], [null, 1]);
    // The 19th: 8 kWh × 0.10 + 16 kWh × 0.20.
    assert.deepEqual([costs.month?.amount, costs.month?.unpricedDays], [4_000_000, 1]);
  });

  it("are not known at all without any price", async () => {
    const day = dayAt(november(20), 1_000);
    const costs = await observeCosts(storeOf([day]).store, inputFor([known(day)], base, []));
    assert.deepEqual([costs.latest?.amount, costs.month?.amount, costs.projection], [null, null, null]);
  });

  it("are made of the user's own price where nobody tells the plan, as a bill is, and of no other's", async () => {
    const days = Array.from({ length: 20 }, (_, position) => dayAt(november(position + 1), 1_000));
    const under = (sheets: readonly DatedPrices[]) =>
      observeCosts(
        storeOf(days).store,
        inputFor(
          days.map((day) => known(day)),
          unsplitPlan,
          sheets,
        ),
      );
    const said = await under([prices({ base: energyPrice(200_000) })]);
    // 24 kWh × 0.20; thirty such days and the standing charge of 15 €.
    assert.deepEqual([said.latest?.amount, said.projection?.total?.expected], [4_800_000, 159_000_000]);
    const regulated = { kind: "regulated", name: "test" } as const;
    const guessed = await under([prices({ base: energyPrice(200_000) }, { source: regulated })]);
    assert.deepEqual([guessed.latest?.amount, guessed.projection], [null, null]);
  });

  it("of days to come are estimated at today's prices, the known ones at their own", async () => {
    const inputs = Array.from({ length: 20 }, (_, position) => dayAt(november(position + 1), 1_000));
    const sheets = [
      prices({ base: energyPrice(100_000) }, { to: november(10) }),
      prices({ base: energyPrice(200_000) }, { from: november(11) }),
    ];
    const days = inputs.map((day) => known(day));
    const { projection, month } = await observeCosts(storeOf(inputs).store, inputFor(days, base, sheets));
    // 10 days × 2.40 € and 10 × 4.80 €; ten days to come of 4.80 €; and the standing charge of 15 €.
    assert.equal(month?.amount, 72_000_000);
    assert.deepEqual(
      [projection?.month, projection?.energy.expected, projection?.total?.expected],
      ["2026-11", 120_000_000, 135_000_000],
    );
  });

  it("read a day again only when it changes", async () => {
    const inputs = [dayAt(localDate("2026-05-01"), 1_000), dayAt(november(20), 1_000)];
    const { store, asked } = storeOf(inputs);
    const sheet = prices({ base: energyPrice(200_000) });
    const days = inputs.map((day) => known(day));
    await observeCosts(store, inputFor(days, base, [sheet]));
    assert.deepEqual(asked.splice(0), ["2026-05-01 2026-05-01", "2026-11-20 2026-11-20"]);
    await observeCosts(store, inputFor(days, base, [sheet]));
    assert.deepEqual(asked, []);
    // A curve that is corrected within the day has another revision, and the same sum.
    const corrected = days.map((day, position) => (position === 0 ? { ...day, revision: 2 } : day));
    await observeCosts(store, inputFor(corrected, base, [sheet]));
    assert.deepEqual(asked.splice(0), ["2026-05-01 2026-05-01"]);
    // Another price asks for no reading, and counts at once.
    const dearer = await observeCosts(store, inputFor(corrected, base, [prices({ base: energyPrice(300_000) })]));
    assert.deepEqual([asked, dearer.latest?.amount], [[], 7_200_000]); // 24 kWh × 0.30
  });

  it("of a colour that comes to be known later are there then", async () => {
    const day = dayAt(november(20), 1_000);
    const { store } = storeOf([day]);
    const sheet = prices({ blue_hc: energyPrice(100_000), blue_hp: energyPrice(200_000) }, { kind: "TEMPO" });
    const plan: TariffPlan = { kind: "TEMPO", offPeak: null };
    const before = await observeCosts(store, inputFor([known(day)], plan, [sheet], { "2026-11-19": "BLEU" }));
    const both = { "2026-11-19": "BLEU", "2026-11-20": "BLEU" } as const;
    const after = await observeCosts(store, inputFor([known(day)], plan, [sheet], both));
    assert.deepEqual([before.latest?.amount, after.latest?.amount], [null, 4_000_000]);
  });
});
