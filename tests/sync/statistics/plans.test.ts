import assert from "node:assert/strict";
import { test } from "node:test";
import { daysFromTo, localDate } from "../../../src/domain/calendar.ts";
import { energyPrice, microEur } from "../../../src/domain/tariff/price.ts";
import { type LocalDate, usagePointId } from "../../../src/domain/units.ts";
import {
  markChangedPlan,
  nothingSaid,
  type PlanSetting,
  planOfPoint,
  planOfStored,
  settingsOfPoint,
} from "../../../src/sync/statistics/plans.ts";

const meter = usagePointId("12345678901234");
const other = usagePointId("98765432109876");
const point = { id: meter, pricingOption: "HC_HP", offpeakHours: "HC (22H00-6H00)" };
const setting = (fields: Partial<PlanSetting>): PlanSetting => ({ ...nothingSaid, ...fields });
const day = localDate;

/** A store that holds a stored plan and hours of January 2026, and keeps what is saved. */
function storeWith(stored: string | null) {
  const saved: { plan: string; changed: readonly LocalDate[] }[] = [];
  return {
    saved,
    loadDerivedPlan: async () => stored,
    saveDerivedPlan: async (_: unknown, plan: string, changed: readonly LocalDate[]) => {
      saved.push({ plan, changed });
    },
    loadStatisticSpan: async () => ({ from: day("2026-01-01"), to: day("2026-01-31") }),
  };
}

test("all that the user says of a meter is remembered with its plan, and gives the same plan back", () => {
  const plan = planOfPoint(point, [
    setting({
      from: day("2025-11-01"),
      to: day("2026-03-31"),
      plan: "SEASONAL",
      offpeakHours: "0H-7H;13H-16H",
      summerOffpeakHours: "11H-17H",
      weekendOffpeak: true,
      holidays: "alsace_moselle",
      peakDays: [day("2026-01-13")],
      peakDaysThrough: day("2026-01-31"),
      powerKva: 9,
      prices: { winter_hc: energyPrice(150_000) },
      standing: microEur(15_650_000),
      buyback: energyPrice(40_000),
      sale: "surplus",
    }),
  ]);
  assert.deepEqual(planOfStored(plan.said), plan);
  assert.deepEqual(
    plan.history.map(({ from, plan: { kind }, origin }) => [from, kind, origin]),
    [
      [null, "HC_HP", "contract"],
      ["2025-11-01", "SEASONAL", "user"],
      ["2026-04-01", "HC_HP", "contract"],
    ],
  );
  assert.deepEqual(Object.keys(plan.history[1]?.plan ?? {}).sort(), [
    "holidays",
    "kind",
    "offPeak",
    "peakDays",
    "summerOffPeak",
    "weekendOffPeak",
  ]);
  for (const said of [
    '"powerKva":9',
    '"winter_hc":150000',
    '"standing":15650000',
    '"buyback":40000',
    '"sale":"surplus"',
  ])
    assert.ok(plan.said.includes(said), said);
});

/** As it was stored before settings said prices. */
const formerSaid = (plan: string): string =>
  `{"contract":{"pricingOption":"HC_HP","offpeakHours":"HC (22H00-6H00)"},"settings":[{"from":"2026-01-10","plan":"${plan}","offpeakHours":null,"peakDays":[],"peakDaysThrough":null}]}`;

test("a plan stored by a former version parses, and no day is marked for it", async () => {
  const plan = planOfPoint(point, [setting({ from: day("2026-01-10"), plan: "TEMPO" })]);
  assert.deepEqual(planOfStored(formerSaid("TEMPO")), plan);
  const store = storeWith(formerSaid("TEMPO"));
  assert.deepEqual(await markChangedPlan(meter, plan, store), []);
  assert.deepEqual(store.saved, [{ plan: plan.said, changed: [] }]);
  const other = storeWith(formerSaid("BASE"));
  assert.deepEqual(await markChangedPlan(meter, plan, other), daysFromTo(day("2026-01-10"), day("2026-01-31")));
});

test("a price, a power or a standing charge moves no day, and an unchanged plan is not even saved", async () => {
  const priced = (price: number): PlanSetting[] => [
    setting({ from: day("2026-01-10"), prices: { hp: energyPrice(price) }, standing: microEur(price), powerKva: 9 }),
  ];
  const plan = planOfPoint(point, priced(206_500));
  const store = storeWith(planOfPoint(point, priced(210_000)).said);
  assert.deepEqual(await markChangedPlan(meter, plan, store), []);
  assert.deepEqual(store.saved, [{ plan: plan.said, changed: [] }]);
  const same = storeWith(plan.said);
  assert.deepEqual(await markChangedPlan(meter, plan, same), []);
  assert.deepEqual(same.saved, []);
});

test("prices for periods that the meter's plan does not have are a doubt about it, and stay one when read back", () => {
  const base = { ...point, pricingOption: "BASE", offpeakHours: null };
  const plan = planOfPoint(base, [setting({ prices: { hp: energyPrice(206_500), hc: energyPrice(157_900) } })]);
  assert.deepEqual(plan.doubts, [{ code: "unused_prices", text: "hc, hp (BASE)" }]);
  assert.deepEqual(planOfStored(plan.said).doubts, plan.doubts);
});

test("a last day, holidays and peak days mark the days they split otherwise", async () => {
  const changedBy = (former: Partial<PlanSetting>, current: Partial<PlanSetting>) =>
    markChangedPlan(
      meter,
      planOfPoint(point, [setting(current)]),
      storeWith(planOfPoint(point, [setting(former)]).said),
    );
  const tempo = { from: day("2026-01-05"), plan: "TEMPO" };
  assert.deepEqual(await changedBy(tempo, { ...tempo, to: day("2026-01-28") }), [
    "2026-01-29",
    "2026-01-30",
    "2026-01-31",
  ]);
  const weekend = { plan: "BASE_WEEKEND" };
  assert.deepEqual(await changedBy(weekend, { ...weekend, holidays: "mainland" }), ["2026-01-01"]);
  const flex = { plan: "ZEN_FLEX", peakDaysThrough: day("2026-01-31") };
  assert.deepEqual(await changedBy(flex, { ...flex, peakDays: [day("2026-01-13")] }), ["2026-01-13"]);
});

test("settings of all meters hold for one until the day its own first one begins", () => {
  const settings = [
    setting({ usagePoint: meter, from: day("2026-02-01"), to: day("2026-02-28"), plan: "TEMPO" }),
    setting({ from: day("2025-01-01"), plan: "BASE" }),
    // From the meter's own first day on, those of all are silent: also after its own last day.
    setting({ from: day("2026-02-01"), plan: "EJP" }),
    setting({ from: day("2026-03-01"), plan: "BASE_WEEKEND" }),
  ];
  assert.deepEqual(
    settingsOfPoint(meter, settings).map(({ from, to, plan }) => [from, to, plan]),
    [
      ["2025-01-01", "2026-01-31", "BASE"],
      ["2026-02-01", "2026-02-28", "TEMPO"],
    ],
  );
  assert.deepEqual(
    planOfPoint(point, settings).history.map(({ from, plan }) => [from, plan.kind]),
    [
      [null, "HC_HP"],
      ["2025-01-01", "BASE"],
      ["2026-02-01", "TEMPO"],
      ["2026-03-01", "HC_HP"],
    ],
  );
});

test("a meter's own settings since ever are its only ones, in order, each up to the eve of the next", () => {
  const settings = [
    setting({ usagePoint: meter, from: day("2026-02-01"), plan: "TEMPO" }),
    setting({ usagePoint: meter, plan: "BASE" }),
    setting({ usagePoint: meter, from: day("2025-02-01"), to: day("2025-07-31"), plan: "EJP" }),
    setting({ plan: "HC_HP" }),
    setting({ from: day("2026-01-01"), to: day("2026-06-30"), plan: "BASE" }),
  ];
  const spans = (usagePoint: typeof meter) =>
    settingsOfPoint(usagePoint, settings).map(({ from, to, plan }) => [from, to, plan]);
  assert.deepEqual(spans(meter), [
    [null, "2025-01-31", "BASE"],
    ["2025-02-01", "2025-07-31", "EJP"],
    ["2026-02-01", null, "TEMPO"],
  ]);
  assert.deepEqual(spans(other), [
    [null, "2025-12-31", "HC_HP"],
    ["2026-01-01", "2026-06-30", "BASE"],
  ]);
  // A last day beyond the beginning of the next gives way, as the plan in force does.
  const crossing = [setting({ to: day("2026-06-30") }), setting({ from: day("2026-01-01") })];
  assert.deepEqual(
    settingsOfPoint(meter, crossing).map(({ to }) => to),
    ["2025-12-31", null],
  );
});
