import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsOf, localDate, wallAt } from "../../../src/domain/calendar.ts";
import { parseOffPeak } from "../../../src/domain/tariff/off-peak.ts";
import type { PeakDays, PlanHistory, PlanKind, TariffPlan } from "../../../src/domain/tariff/plan.ts";
import { type ColorOn, stretchesOf } from "../../../src/domain/tariff/stretches.ts";
import type { TempoColor } from "../../../src/domain/tempo.ts";
import type { Instant } from "../../../src/domain/units.ts";

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

const clock = (at: Instant) => new Date(wallAt(at)).toISOString().slice(11, 16);

/** `00:00 hc, 06:00 hp`: what the Paris clock shows where each stretch begins. */
function shown(date: string, history: PlanHistory, colorOn: ColorOn = noColor): string {
  const stretches = stretchesOf(localDate(date), history, colorOn);
  const { start, end } = boundsOf(localDate(date));
  assert.equal(stretches[0]?.start, start);
  assert.equal(stretches.at(-1)?.end, end);
  for (const [position, stretch] of stretches.entries())
    if (position > 0) assert.equal(stretch.start, stretches[position - 1]?.end);
  return stretches.map(({ start: at, period }) => `${clock(at)} ${period ?? "pending"}`).join(", ");
}

// 2026-11-20 is a Friday.
const [friday, saturday, sunday] = ["2026-11-20", "2026-11-21", "2026-11-22"];

test("plans by the day of the week", () => {
  const cases: readonly (readonly [TariffPlan, string, string])[] = [
    [plan("BASE"), friday, "00:00 base"],
    [plan("BASE"), saturday, "00:00 base"],
    [plan("BASE_WEEKEND"), friday, "00:00 base"],
    [plan("BASE_WEEKEND"), saturday, "00:00 base_weekend"],
    [plan("BASE_WEEKEND"), sunday, "00:00 base_weekend"],
    [plan("HC_HP", "22:00-06:00"), saturday, "00:00 hc, 06:00 hp, 22:00 hc"],
    [plan("HC_WEEKEND", "1H34-7H34;12H56-14H56"), friday, "00:00 hp, 01:34 hc, 07:34 hp, 12:56 hc, 14:56 hp"],
    [plan("HC_WEEKEND", "22:00-06:00"), sunday, "00:00 hc"],
    [plan("HC_NUIT_WEEKEND"), friday, "00:00 hc, 06:00 hp, 23:00 hc"],
    [plan("HC_NUIT_WEEKEND"), saturday, "00:00 hc"],
    [plan("HC_HP", '{"friday":"22:30-06:30"}'), friday, "00:00 hc, 06:30 hp, 22:30 hc"],
    [plan("HC_HP", '{"friday":"22:30-06:30"}'), saturday, "00:00 hp"],
    [plan("HC_HP"), friday, "00:00 base"],
  ];
  for (const [given, date, expected] of cases)
    assert.equal(shown(date, always(given)), expected, `${given.kind} on ${date}`);
});

test("weekend prices have the windows of every day under other names", () => {
  const history = always(plan("HC_HP_WEEKEND", "22:00-06:00"));
  assert.equal(shown(friday, history), "00:00 hc, 06:00 hp, 22:00 hc");
  assert.equal(shown(saturday, history), "00:00 hc_weekend, 06:00 hp_weekend, 22:00 hc_weekend");
  assert.equal(
    shown(sunday, always(plan("HC_HP_WEEKEND", '{"sunday":"1:34-7:34"}'))),
    "00:00 hp_weekend, 01:34 hc_weekend, 07:34 hp_weekend",
  );
  assert.equal(shown(sunday, always(plan("HC_HP_WEEKEND"))), "00:00 base");
});

const windows = (text: string) => parseOffPeak(text).schedule ?? assert.fail(text);

test("winter lasts from November to March, each season with its own windows", () => {
  // 2026-03-31 is a Tuesday, 2026-04-01 a Wednesday, 2026-10-30 a Friday, 2026-11-02 a Monday.
  const same = always(plan("SEASONAL", "22:00-06:00"));
  assert.equal(shown("2026-03-31", same), "00:00 winter_hc, 06:00 winter_hp, 22:00 winter_hc");
  assert.equal(shown("2026-04-01", same), "00:00 summer_hc, 06:00 summer_hp, 22:00 summer_hc");
  assert.equal(shown("2026-10-31", same), "00:00 summer_hc, 06:00 summer_hp, 22:00 summer_hc");
  assert.equal(shown("2026-11-01", same), "00:00 winter_hc, 06:00 winter_hp, 22:00 winter_hc");
  const own = always({ ...plan("SEASONAL", "0H-7H;13H-16H"), summerOffPeak: windows("11H-17H") });
  assert.equal(shown("2026-11-02", own), "00:00 winter_hc, 07:00 winter_hp, 13:00 winter_hc, 16:00 winter_hp");
  assert.equal(shown("2026-10-30", own), "00:00 summer_hp, 11:00 summer_hc, 17:00 summer_hp");
  assert.equal(shown("2026-10-31", own), "00:00 summer_hp, 11:00 summer_hc, 17:00 summer_hp");
  const weekends = always({ ...plan("SEASONAL", "0H-7H;13H-16H"), weekendOffPeak: true });
  assert.equal(shown("2026-10-31", weekends), "00:00 summer_hc");
  assert.equal(shown("2026-11-01", weekends), "00:00 winter_hc");
  assert.equal(shown("2026-11-02", weekends), "00:00 winter_hc, 07:00 winter_hp, 13:00 winter_hc, 16:00 winter_hp");
  assert.equal(shown("2026-11-02", always(plan("SEASONAL"))), "00:00 base");
});

const told = (given: TariffPlan, dates: readonly string[], knownThrough: string | null): PlanHistory =>
  always({
    ...given,
    peakDays: {
      dates: new Set(dates.map(localDate)),
      knownThrough: knownThrough === null ? null : localDate(knownThrough),
    },
  });

test("a seasonal peak day is dear all day, and pending in winter while nobody has told", () => {
  const seasonal = { ...plan("SEASONAL", "22:00-06:00"), weekendOffPeak: true };
  const history = told(seasonal, ["2026-01-13", "2026-01-17", "2026-07-01"], "2026-01-20");
  assert.equal(shown("2026-01-12", history), "00:00 winter_hc, 06:00 winter_hp, 22:00 winter_hc");
  assert.equal(shown("2026-01-13", history), "00:00 peak_day");
  // A Saturday, and a day of summer: what is listed is believed.
  assert.equal(shown("2026-01-17", history), "00:00 peak_day");
  assert.equal(shown("2026-07-01", history), "00:00 peak_day");
  assert.equal(shown("2026-01-20", history), "00:00 winter_hc, 06:00 winter_hp, 22:00 winter_hc");
  assert.equal(shown("2026-01-21", history), "00:00 pending");
  assert.equal(shown("2026-04-01", history), "00:00 summer_hc, 06:00 summer_hp, 22:00 summer_hc");
  // Without any word of peak days, the offer has none.
  assert.equal(shown("2026-01-21", always(seasonal)), "00:00 winter_hc, 06:00 winter_hp, 22:00 winter_hc");
});

test("sobriety days are told, never at a weekend, and pending on any other day until then", () => {
  const history = told(plan("ZEN_FLEX"), ["2026-01-13", "2026-01-17"], "2026-01-20");
  assert.equal(shown("2026-01-12", history), "00:00 flex_hc, 06:00 flex_hp, 22:00 flex_hc");
  assert.equal(shown("2026-01-13", history), "00:00 sobriety_hc, 06:00 sobriety_hp, 22:00 sobriety_hc");
  assert.equal(shown("2026-01-14", history), "00:00 flex_hc, 06:00 flex_hp, 22:00 flex_hc");
  assert.equal(shown("2026-01-17", history), "00:00 flex_hc, 06:00 flex_hp, 22:00 flex_hc");
  assert.equal(shown("2026-01-21", history), "00:00 pending");
  assert.equal(shown("2026-07-01", history), "00:00 pending");
  assert.equal(shown("2026-01-24", history), "00:00 flex_hc, 06:00 flex_hp, 22:00 flex_hc");
  assert.equal(shown("2026-01-21", always(plan("ZEN_FLEX"))), "00:00 pending");
  const own = told(plan("ZEN_FLEX", "13H-18H;20H-8H"), ["2026-01-13"], "2026-01-20");
  assert.equal(
    shown("2026-01-13", own),
    "00:00 sobriety_hc, 08:00 sobriety_hp, 13:00 sobriety_hc, 18:00 sobriety_hp, 20:00 sobriety_hc",
  );
});

test("where the plan says so, a public holiday counts as a Sunday, and only there", () => {
  // 2026-07-14 is a Tuesday, 2026-04-03 Good Friday.
  const [bastille, goodFriday] = ["2026-07-14", "2026-04-03"];
  const counted = (kind: PlanKind, text: string | null, region: "mainland" | "alsace_moselle" = "mainland") =>
    always({ ...plan(kind, text), holidays: region });
  assert.equal(shown(bastille, always(plan("BASE_WEEKEND"))), "00:00 base");
  assert.equal(shown(bastille, counted("BASE_WEEKEND", null)), "00:00 base_weekend");
  assert.equal(shown("2026-07-15", counted("BASE_WEEKEND", null)), "00:00 base");
  assert.equal(shown(bastille, counted("HC_WEEKEND", "22:00-06:00")), "00:00 hc");
  assert.equal(shown(bastille, counted("HC_NUIT_WEEKEND", null)), "00:00 hc");
  assert.equal(shown(bastille, counted("HC_HP_WEEKEND", "0H-6H")), "00:00 hc_weekend, 06:00 hp_weekend");
  assert.equal(
    shown(bastille, counted("HC_HP", '{"sunday":"1:34-7:34","tuesday":"0H-6H"}')),
    "00:00 hp, 01:34 hc, 07:34 hp",
  );
  assert.equal(
    shown(bastille, always({ ...plan("SEASONAL", "0H-6H"), weekendOffPeak: true, holidays: "mainland" })),
    "00:00 summer_hc",
  );
  assert.equal(shown(bastille, counted("ZEN_FLEX", null)), "00:00 flex_hc, 06:00 flex_hp, 22:00 flex_hc");
  assert.equal(shown(goodFriday, counted("BASE_WEEKEND", null)), "00:00 base");
  assert.equal(shown(goodFriday, counted("BASE_WEEKEND", null, "alsace_moselle")), "00:00 base_weekend");
});

test("a Tempo day begins at 06:00, and an unknown colour is pending rather than blue", () => {
  const tempo = always(plan("TEMPO", "12:00-14:00"));
  assert.equal(
    shown("2026-01-06", tempo, colors({ "2026-01-05": "BLANC", "2026-01-06": "ROUGE" })),
    "00:00 white_hc, 06:00 red_hp, 22:00 red_hc",
  );
  assert.equal(
    shown("2026-01-06", tempo, colors({ "2026-01-05": "BLEU", "2026-01-06": "BLEU" })),
    "00:00 blue_hc, 06:00 blue_hp, 22:00 blue_hc",
  );
  assert.equal(shown("2026-01-06", tempo, colors({ "2026-01-05": "BLEU" })), "00:00 blue_hc, 06:00 pending");
  assert.equal(
    shown("2026-01-06", tempo, colors({ "2026-01-06": "BLANC" })),
    "00:00 pending, 06:00 white_hp, 22:00 white_hc",
  );
  assert.equal(shown("2026-01-06", tempo), "00:00 pending");
});

const ejp = (dates: readonly string[], knownThrough: string | null): PlanHistory => {
  const peakDays: PeakDays = {
    dates: new Set(dates.map(localDate)),
    knownThrough: knownThrough === null ? null : localDate(knownThrough),
  };
  return always({ ...plan("EJP"), peakDays });
};

test("an EJP peak lasts from 07:00 to 01:00 of the next day", () => {
  const history = ejp(["2026-01-06"], "2026-01-31");
  assert.equal(shown("2026-01-05", history), "00:00 ejp_normal");
  assert.equal(shown("2026-01-06", history), "00:00 ejp_normal, 07:00 ejp_peak");
  assert.equal(shown("2026-01-07", history), "00:00 ejp_peak, 01:00 ejp_normal");
});

test("an EJP day of the season that nobody has told is pending, and none is outside it", () => {
  assert.equal(shown("2026-02-10", ejp([], "2026-02-10")), "00:00 ejp_normal");
  assert.equal(shown("2026-02-11", ejp([], "2026-02-10")), "00:00 ejp_normal, 07:00 pending");
  assert.equal(shown("2026-02-12", ejp([], "2026-02-10")), "00:00 pending, 01:00 ejp_normal, 07:00 pending");
  assert.equal(shown("2026-02-12", ejp(["2026-02-12"], null)), "00:00 pending, 01:00 ejp_normal, 07:00 ejp_peak");
  assert.equal(shown("2026-02-12", always(plan("EJP"))), "00:00 pending, 01:00 ejp_normal, 07:00 pending");
  assert.equal(shown("2026-10-31", ejp([], null)), "00:00 ejp_normal");
  assert.equal(shown("2026-11-01", ejp([], null)), "00:00 ejp_normal, 07:00 pending");
  assert.equal(shown("2026-04-01", ejp([], null)), "00:00 pending, 01:00 ejp_normal");
  assert.equal(shown("2026-04-02", ejp([], null)), "00:00 ejp_normal");
});

test("on the autumn day both readings of the repeated hour are in the window that names it", () => {
  const date = localDate("2026-10-25");
  const stretches = stretchesOf(date, always(plan("HC_HP", "2H10-2H40")), noColor);
  // Off-peak at 02:10+02:00 to 02:40+02:00 (00:10Z to 00:40Z), and again an hour later.
  assert.deepEqual(
    stretches.map(({ start, period }) => [new Date(start).toISOString().slice(0, 16), period]),
    [
      ["2026-10-24T22:00", "hp"],
      ["2026-10-25T00:10", "hc"],
      ["2026-10-25T00:40", "hp"],
      ["2026-10-25T01:10", "hc"],
      ["2026-10-25T01:40", "hp"],
    ],
  );
  // A window that ends within the repeated hour is left, met again, and left again.
  assert.equal(shown(date, always(plan("HC_HP", "0H00-2H30"))), "00:00 hc, 02:30 hp, 02:00 hc, 02:30 hp");
  assert.equal(shown(date, always(plan("HC_HP", "22H00-6H00"))), "00:00 hc, 06:00 hp, 22:00 hc");
});

test("on the spring day minutes that no clock shows are in no window", () => {
  assert.equal(shown("2026-03-29", always(plan("HC_HP", "2H10-2H40"))), "00:00 hp");
  assert.equal(shown("2026-03-29", always(plan("HC_HP", "1H30-2H30"))), "00:00 hp, 01:30 hc, 03:00 hp");
  assert.equal(shown("2026-03-29", always(plan("HC_HP", "2H30-3H30"))), "00:00 hp, 03:00 hc, 03:30 hp");
});

test("a plan changes at midnight of its date, though the Tempo day of its eve goes on", () => {
  const history: PlanHistory = [
    { from: null, plan: plan("HC_HP", "22:00-06:00"), origin: "contract" },
    { from: localDate("2025-09-01"), plan: plan("HC_HP", "1:34-7:34"), origin: "user" },
    { from: localDate("2026-01-06"), plan: plan("TEMPO"), origin: "user" },
  ];
  const colorOn = colors({ "2026-01-05": "BLANC", "2026-01-06": "ROUGE" });
  assert.equal(shown("2025-08-31", history, colorOn), "00:00 hc, 06:00 hp, 22:00 hc");
  assert.equal(shown("2025-09-01", history, colorOn), "00:00 hp, 01:34 hc, 07:34 hp");
  assert.equal(shown("2026-01-05", history, colorOn), "00:00 hp, 01:34 hc, 07:34 hp");
  assert.equal(shown("2026-01-06", history, colorOn), "00:00 white_hc, 06:00 red_hp, 22:00 red_hc");
});

test("the same plan on days of 23, 24 and 25 hours, asked in any order, is cut anew for each", () => {
  const history = always(plan("HC_HP", "22:00-06:00"));
  for (let round = 0; round < 2; round++)
    for (const date of ["2026-03-28", "2026-03-29", "2026-10-25", "2026-10-26", "2026-03-29"])
      assert.equal(shown(date, history), "00:00 hc, 06:00 hp, 22:00 hc", date);
});
