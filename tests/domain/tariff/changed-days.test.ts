import assert from "node:assert/strict";
import { test } from "node:test";
import { daysFromTo, localDate } from "../../../src/domain/calendar.ts";
import { daysSplitOtherwise } from "../../../src/domain/tariff/changed-days.ts";
import { parseOffPeak } from "../../../src/domain/tariff/off-peak.ts";
import type { PlanHistory, PlanKind, TariffPlan } from "../../../src/domain/tariff/plan.ts";
import type { ColorOn } from "../../../src/domain/tariff/stretches.ts";
import type { TempoColor } from "../../../src/domain/tempo.ts";
import type { LocalDate } from "../../../src/domain/units.ts";

const always = (plan: TariffPlan): PlanHistory => [{ from: null, plan, origin: "user" }];
const plan = (kind: PlanKind, windows: string | null = null): TariffPlan => ({
  kind,
  offPeak: parseOffPeak(windows).schedule,
});
const noColor: ColorOn = () => undefined;
const colors =
  (known: Readonly<Record<string, TempoColor>>): ColorOn =>
  (date) =>
    known[date];

const days = (from: string, to: string): LocalDate[] => daysFromTo(localDate(from), localDate(to));

test("a colour that becomes known changes its day from 06:00, hence two civil days", () => {
  const history = always(plan("TEMPO"));
  const known: Record<string, TempoColor> = Object.fromEntries(
    days("2026-01-01", "2026-01-31").map((date) => [date, "BLEU"]),
  );
  const { "2026-01-10": _, ...former } = known;
  assert.deepEqual(
    daysSplitOtherwise(days("2026-01-02", "2026-01-31"), {
      former: { history, colorOn: colors(former) },
      current: { history, colorOn: colors(known) },
    }),
    ["2026-01-10", "2026-01-11"],
  );
});

test("a plan changes the days from its date on, and an equal one changes none", () => {
  const colorOn = noColor;
  const former = always(plan("HC_HP", "22:00-06:00"));
  const moved: PlanHistory = [
    ...former,
    { from: localDate("2026-02-10"), plan: plan("HC_HP", "22:00-06:01"), origin: "user" },
  ];
  const dates = days("2026-02-01", "2026-02-20");
  const changed = daysSplitOtherwise(dates, {
    former: { history: former, colorOn },
    current: { history: moved, colorOn },
  });
  assert.deepEqual(changed, days("2026-02-10", "2026-02-20"));
  const same: PlanHistory = [
    ...former,
    { from: localDate("2026-02-10"), plan: plan("HC_HP", "HC (22h-6h)"), origin: "user" },
  ];
  assert.deepEqual(
    daysSplitOtherwise(dates, { former: { history: former, colorOn }, current: { history: same, colorOn } }),
    [],
  );
  // Only the weekends differ between these two.
  const weekend = always(plan("HC_WEEKEND", "22:00-06:00"));
  assert.deepEqual(
    daysSplitOtherwise(days("2026-11-16", "2026-11-22"), {
      former: { history: former, colorOn },
      current: { history: weekend, colorOn },
    }),
    ["2026-11-21", "2026-11-22"],
  );
});

test("a peak day that is told changes it and the first hour of the next", () => {
  const told = (dates: readonly string[], through: string): PlanHistory =>
    always({
      ...plan("EJP"),
      peakDays: { dates: new Set(dates.map(localDate)), knownThrough: localDate(through) },
    });
  assert.deepEqual(
    daysSplitOtherwise(days("2026-01-01", "2026-01-20"), {
      former: { history: told([], "2026-01-09"), colorOn: noColor },
      current: { history: told(["2026-01-10"], "2026-01-10"), colorOn: noColor },
    }),
    ["2026-01-10", "2026-01-11"],
  );
});
