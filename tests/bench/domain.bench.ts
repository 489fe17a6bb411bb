import { boundsOf, dateAt, monthOf } from "../../src/domain/calendar.ts";
import type { DerivedDay } from "../../src/domain/day.ts";
import { type LabelledPoint, resolveCurve } from "../../src/domain/labels.ts";
import { type DayReadings, deriveDay } from "../../src/domain/reconcile.ts";
import type { Slot } from "../../src/domain/slot.ts";
import { type Total, totalOf } from "../../src/domain/totals.ts";
import { type Flow, flows } from "../../src/domain/usage-point.ts";
import type { Period } from "../../src/sync/source.ts";
import { answersOf, labelled, threeYears, yearsOf } from "./readings.ts";
import { type BenchResult, rounded, rounds, Stopwatch } from "./result.ts";

/** Everything between what the source said and what is shown, over readings that are in memory. */
function slotsDaysAndTotals(answers: readonly Answer[]): Total[] {
  return flows.flatMap((flow) =>
    totalsOf(
      answers
        .filter((answer) => answer.flow === flow)
        .flatMap(({ points }) => daysOf(resolveCurve(points, "start").slots)),
    ),
  );
}

interface Answer {
  readonly flow: Flow;
  readonly points: readonly LabelledPoint[];
}

/** Slots in order of time, cut at each Paris midnight, each day reconciled. */
function daysOf(slots: readonly Slot[]): DerivedDay[] {
  const days: DerivedDay[] = [];
  for (let from = 0; from < slots.length; ) {
    const date = dateAt((slots[from] as Slot).start);
    const { end } = boundsOf(date);
    let to = from + 1;
    while (to < slots.length && (slots[to] as Slot).start < end) to++;
    const readings: DayReadings = { date, slots: slots.slice(from, to), officialWh: null };
    const day = deriveDay(readings);
    if (day) days.push(day);
    from = to;
  }
  return days;
}

/** Of each month, then of each year. */
export function totalsOf(days: readonly DerivedDay[]): Total[] {
  const periods = [Map.groupBy(days, ({ date }) => monthOf(date)), Map.groupBy(days, ({ date }) => date.slice(0, 4))];
  return periods.flatMap((groups) =>
    [...groups.values()].flatMap((group) => {
      const [first, last] = [group[0], group.at(-1)];
      return (first && last && totalOf(group, { from: first.date, through: last.date })) ?? [];
    }),
  );
}

const inputs = (period: Period): Answer[] =>
  answersOf(period).map(({ flow, slots }) => ({ flow, points: slots.map(labelled) }));

export async function run(): Promise<BenchResult[]> {
  return [...(await againstParsing()), await growth()];
}

async function againstParsing(): Promise<BenchResult[]> {
  const given = inputs(threeYears);
  const readings = given.reduce((sum, { points }) => sum + points.length, 0);
  // The readings and nothing beside, with instants as numbers: less to parse than what the gateway sends.
  const texts = given.map(({ points }) => JSON.stringify(points));
  const watch = new Stopwatch();
  for (let round = 0; round <= rounds; round++) {
    await watch.note("parse", () => texts.map((text) => JSON.parse(text)));
    await watch.note("derive", () => slotsDaysAndTotals(given));
  }
  return [
    {
      name: "domain: slots, days and totals of 3 years in two flows, against JSON.parse of the same readings",
      value: watch.ratio("derive", "parse"),
      unit: "ratio",
      limit: 5,
    },
    { name: `domain: JSON.parse of ${readings} readings`, value: rounded(watch.median("parse")), unit: "ms" },
    { name: "domain: slots, days and totals of them", value: rounded(watch.median("derive")), unit: "ms" },
  ];
}

/** 1 is linear, 2 quadratic: the slope of the logarithm of time over that of years. */
async function growth(): Promise<BenchResult> {
  const spans = [1, 2, 5, 10].map((years) => ({ years, given: inputs(yearsOf(years)) }));
  const watch = new Stopwatch();
  for (let round = 0; round <= rounds; round++)
    for (const { years, given } of spans) await watch.note(String(years), () => slotsDaysAndTotals(given));
  const measured = spans.map(({ years }) => ({ x: Math.log(years), y: Math.log(watch.median(String(years))) }));
  return {
    name: "domain: the same from 1 to 10 years, exponent of its growth (1 is linear)",
    value: rounded(slope(measured), 2),
    unit: "ratio",
    limit: 1.2,
  };
}

export function slope(points: readonly { readonly x: number; readonly y: number }[]): number {
  const mean = (pick: (point: (typeof points)[number]) => number) =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  const covariance = mean((point) => (point.x - x) * (point.y - y));
  return covariance / mean((point) => (point.x - x) ** 2);
}
