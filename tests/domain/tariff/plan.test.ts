import assert from "node:assert/strict";
import { test } from "node:test";
import { localDate } from "../../../src/domain/calendar.ts";
import { parseOffPeak } from "../../../src/domain/tariff/off-peak.ts";
import {
  type PlanHistory,
  type PlanOverride,
  parsePlanKind,
  planKinds,
  planOn,
  unsplitPlan,
} from "../../../src/domain/tariff/plan.ts";
import { planHistory } from "../../../src/domain/tariff/plan-history.ts";

const windows = (text: string) => parseOffPeak(text).schedule ?? assert.fail(text);
const override = (from: string | null, fields: Partial<PlanOverride>): PlanOverride => ({
  from: from === null ? null : localDate(from),
  kind: null,
  offPeak: null,
  ...fields,
});
const shape = (history: PlanHistory) => history.map(({ from, plan, origin }) => [from, plan.kind, origin]);

test("every spelling of a plan is read, and no other word is taken for one", () => {
  for (const kind of planKinds) {
    assert.equal(parsePlanKind(kind), kind);
    assert.equal(parsePlanKind(` ${kind.toLowerCase().replaceAll("_", " ")} `), kind);
  }
  for (const text of ["HC/HP", "HCHP", "hc_hp", "HP/HC", "HC-HP"]) assert.equal(parsePlanKind(text), "HC_HP", text);
  assert.equal(parsePlanKind("WEEKEND"), "HC_NUIT_WEEKEND");
  for (const text of ["", "SEASON", "ZEN", "BASE_HC", "T", "None"]) assert.equal(parsePlanKind(text), null, text);
});

test("the contract's plan holds until the first dated word of the user, whatever the order they were said in", () => {
  const { history, doubts } = planHistory({
    contract: { pricingOption: "HC_HP", offpeakHours: "HC (22H00-6H00)" },
    overrides: [override("2025-02-01", { kind: "BASE" }), override("2024-09-01", { kind: "TEMPO" })],
  });
  assert.deepEqual(shape(history), [
    [null, "HC_HP", "contract"],
    ["2024-09-01", "TEMPO", "user"],
    ["2025-02-01", "BASE", "user"],
  ]);
  assert.deepEqual(doubts, []);
  assert.equal(planOn(history, localDate("2024-08-31")).kind, "HC_HP");
  assert.equal(planOn(history, localDate("2024-09-01")).kind, "TEMPO");
  assert.equal(planOn(history, localDate("2025-01-31")).kind, "TEMPO");
  assert.equal(planOn(history, localDate("2025-02-01")).kind, "BASE");
  assert.deepEqual(planOn(history, localDate("2014-01-01")).offPeak, windows("22:00-06:00"));
});

test("an undated word of the user takes the contract's place, and what it leaves open is the contract's", () => {
  const { history, doubts } = planHistory({
    contract: { pricingOption: "a plan of tomorrow", offpeakHours: "22:00-06:00" },
    overrides: [
      override(null, { kind: "HC_HP" }),
      override("2025-11-01", { kind: "HC_HP", offPeak: windows("13:00-15:00") }),
    ],
  });
  assert.deepEqual(doubts, []);
  assert.deepEqual(
    history.map(({ plan }) => plan.offPeak),
    [windows("22:00-06:00"), windows("13:00-15:00")],
  );
});

test("windows alone keep the contract's kind; of two words with one date the later counts", () => {
  const { history } = planHistory({
    contract: { pricingOption: "hchp", offpeakHours: "22:00-06:00" },
    overrides: [override("2025-11-01", { kind: "BASE" }), override("2025-11-01", { offPeak: windows("1:34-7:34") })],
  });
  assert.deepEqual(shape(history), [
    [null, "HC_HP", "contract"],
    ["2025-11-01", "HC_HP", "user"],
  ]);
  assert.deepEqual(history[1]?.plan.offPeak, windows("1:34-7:34"));
});

test("prices for periods that the plan does not have are said, each entry with the plan it is held against", () => {
  const doubtsOf = (pricingOption: string | null, ...overrides: PlanOverride[]) =>
    planHistory({ contract: { pricingOption, offpeakHours: null }, overrides }).doubts;
  const hcHp = { pricedPeriods: ["hc", "hp"] } as const;
  assert.deepEqual(doubtsOf("BASE", override("2025-11-01", hcHp)), [{ code: "unused_prices", text: "hc, hp (BASE)" }]);
  assert.deepEqual(doubtsOf("BASE", override(null, { pricedPeriods: ["base", "hp"] })), [
    { code: "unused_prices", text: "hp (BASE)" },
  ]);
  const tempo = override("2026-01-01", { kind: "TEMPO", pricedPeriods: ["base"] });
  assert.deepEqual(doubtsOf("BASE", override("2025-11-01", hcHp), tempo), [
    { code: "unused_prices", text: "hc, hp (BASE); base (TEMPO)" },
  ]);
  assert.deepEqual(doubtsOf("BASE", override(null, { pricedPeriods: ["base"] })), []);
  // The plan that is named has them; that its windows are not told is the only doubt.
  assert.deepEqual(doubtsOf("BASE", override(null, { kind: "HC_HP", ...hcHp })), [{ code: "unknown_windows" }]);
});

test("what cannot be told is not split, and said", () => {
  const of = (pricingOption: string | null, offpeakHours: string | null) =>
    planHistory({ contract: { pricingOption, offpeakHours }, overrides: [] });
  assert.deepEqual(of("FLAT_RATE", "22:00-06:00"), {
    history: [{ from: null, plan: unsplitPlan, origin: "contract" }],
    doubts: [{ code: "unknown_plan", text: "FLAT_RATE" }],
  });
  assert.deepEqual(of(null, "22:00-06:00").doubts, [{ code: "unknown_plan", text: null }]);
  assert.deepEqual(of("HC_HP", null).doubts, [{ code: "unknown_windows" }]);
  assert.deepEqual(of("HC_HP", null).history[0]?.plan, unsplitPlan);
  assert.deepEqual(of("HC_WEEKEND", "???").doubts, [{ code: "leftover", text: "???" }, { code: "unknown_windows" }]);
  assert.deepEqual(of("HC_HP", "HC (22H00-6H00) hiver").doubts, [{ code: "leftover", text: "hiver" }]);
});

test("what the contract's windows say besides raises no doubt where the user's own windows hold", () => {
  const { doubts } = planHistory({
    contract: { pricingOption: "HC_HP", offpeakHours: "HC (22H00-6H00) hiver" },
    overrides: [override(null, { offPeak: windows("1:34-7:34") })],
  });
  assert.deepEqual(doubts, []);
});

test("windows of a plan that needs none raise no doubt", () => {
  for (const pricingOption of ["BASE", "TEMPO", "EJP", "HC_NUIT_WEEKEND"]) {
    const { history, doubts } = planHistory({
      contract: { pricingOption, offpeakHours: "HC (22H00-6H00) hiver" },
      overrides: [],
    });
    assert.deepEqual(doubts, [], pricingOption);
    assert.equal(history[0]?.plan.offPeak, null);
  }
});

test("peak days are kept for EJP", () => {
  const peakDays = { dates: new Set([localDate("2026-01-08")]), knownThrough: null };
  const { history } = planHistory({
    contract: { pricingOption: "EJP", offpeakHours: null },
    overrides: [override("2025-11-01", { peakDays })],
  });
  assert.deepEqual(history[0]?.plan, { kind: "EJP", offPeak: null });
  assert.deepEqual(history[1]?.plan, { kind: "EJP", offPeak: null, peakDays });
});

test("after the last day of the user's word the contract's plan is back, unless another word follows at once", () => {
  const contract = { pricingOption: "BASE", offpeakHours: null };
  const to = (date: string) => ({ to: localDate(date) });
  const of = (overrides: readonly PlanOverride[]) => shape(planHistory({ contract, overrides }).history);
  assert.deepEqual(of([override("2025-01-01", { kind: "TEMPO", ...to("2025-12-31") })]), [
    [null, "BASE", "contract"],
    ["2025-01-01", "TEMPO", "user"],
    ["2026-01-01", "BASE", "contract"],
  ]);
  assert.deepEqual(
    of([override(null, { kind: "TEMPO", ...to("2025-12-31") }), override("2026-01-01", { kind: "EJP" })]),
    [
      [null, "TEMPO", "user"],
      ["2026-01-01", "EJP", "user"],
    ],
  );
  // A word that begins before another ends takes its place.
  assert.deepEqual(
    of([
      override("2025-01-01", { kind: "TEMPO", ...to("2026-06-30") }),
      override("2026-01-01", { kind: "EJP", ...to("2026-01-31") }),
    ]),
    [
      [null, "BASE", "contract"],
      ["2025-01-01", "TEMPO", "user"],
      ["2026-01-01", "EJP", "user"],
      ["2026-02-01", "BASE", "contract"],
    ],
  );
  // One that ends before it begins has no end: dates must go on ascending.
  assert.deepEqual(of([override("2025-06-01", { kind: "TEMPO", ...to("2025-01-01") })]), [
    [null, "BASE", "contract"],
    ["2025-06-01", "TEMPO", "user"],
  ]);
});

test("each plan keeps of the user's word what concerns it", () => {
  const peakDays = { dates: new Set([localDate("2026-01-13")]), knownThrough: null };
  const all = {
    offPeak: windows("22:00-06:00"),
    summerOffPeak: windows("11:00-17:00"),
    weekendOffPeak: true,
    holidays: "mainland",
    peakDays,
  } as const;
  const { holidays, offPeak, ...ofSeasons } = all;
  const planOf = (kind: PlanOverride["kind"], fields: Partial<PlanOverride> = all) =>
    planHistory({
      contract: { pricingOption: null, offpeakHours: "1:34-7:34" },
      overrides: [override(null, { kind, ...fields })],
    }).history[0]?.plan;
  assert.deepEqual(planOf("SEASONAL"), { kind: "SEASONAL", offPeak, holidays, ...ofSeasons });
  assert.deepEqual(planOf("HC_HP_WEEKEND"), { kind: "HC_HP_WEEKEND", offPeak, holidays });
  assert.deepEqual(planOf("ZEN_FLEX"), { kind: "ZEN_FLEX", offPeak, holidays, peakDays });
  assert.deepEqual(planOf("TEMPO"), { kind: "TEMPO", offPeak: null, holidays });
  // The contract's windows are the meter's: a season may follow them, Zen Flex does not.
  assert.deepEqual(planOf("SEASONAL", {}), { kind: "SEASONAL", offPeak: windows("1:34-7:34") });
  assert.deepEqual(planOf("ZEN_FLEX", {}), { kind: "ZEN_FLEX", offPeak: null });
});

test("before a history that begins, nothing is split", () => {
  const history: PlanHistory = [
    { from: localDate("2025-01-01"), plan: { kind: "EJP", offPeak: null }, origin: "user" },
  ];
  assert.equal(planOn(history, localDate("2024-12-31")), unsplitPlan);
  assert.equal(planOn([], localDate("2024-12-31")), unsplitPlan);
});
