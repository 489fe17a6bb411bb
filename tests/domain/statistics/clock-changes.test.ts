import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DateTime } from "luxon";
import { addDays, boundsOf, localDate } from "../../../src/domain/calendar.ts";
import { type EnergySlot, endOf } from "../../../src/domain/slot.ts";
import { type HourEnergy, hoursOf } from "../../../src/domain/statistics/hours.ts";
import { parseOffPeak } from "../../../src/domain/tariff/off-peak.ts";
import { orderOfPeriod } from "../../../src/domain/tariff/period.ts";
import { type PlanHistory, planKinds } from "../../../src/domain/tariff/plan.ts";
import { type Stretch, stretchesOf } from "../../../src/domain/tariff/stretches.ts";
import { tempoColors } from "../../../src/domain/tempo.ts";
import { instant, type LocalDate, minuteMs, wattMinutes } from "../../../src/domain/units.ts";
import { minutesOf, type OracleMinute, type OracleWorld, oracleHours, periodAt } from "./oracle.ts";

const lastSunday = (year: number, month: number): LocalDate => {
  const end = DateTime.utc(year, month).endOf("month");
  return localDate(end.minus({ days: end.weekday % 7 }).toISODate() ?? "");
};
const changeDays = Array.from({ length: 21 }, (_, number) => [
  lastSunday(2015 + number, 3),
  lastSunday(2015 + number, 10),
]).flat();

const clockOfDay = new Map<LocalDate, Map<number, OracleMinute>>();
function clockOf(date: LocalDate): Map<number, OracleMinute> {
  const known = clockOfDay.get(date) ?? minutesOf(date);
  clockOfDay.set(date, known);
  return known;
}

const names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const clockText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}H${String(minutes % 60).padStart(2, "0")}`;

function historyOf(world: OracleWorld, date: LocalDate): PlanHistory {
  const raw = names.map((name, position) => [
    name,
    (world.windows[position + 1] ?? []).map(({ from, to }) => `${clockText(from)}-${clockText(to)}`).join(";"),
  ]);
  const none = { days: names.map(() => []) };
  const peakDays = {
    dates: new Set([...world.peakDays].map(localDate)),
    knownThrough: localDate(world.peaksKnownThrough),
  };
  return [
    { from: null, plan: { kind: "BASE", offPeak: null }, origin: "contract" },
    {
      from: date,
      plan: { kind: world.kind, offPeak: parseOffPeak(Object.fromEntries(raw)).schedule ?? none, peakDays },
      origin: "user",
    },
    { from: addDays(date, 1), plan: { kind: "BASE", offPeak: null }, origin: "user" },
  ];
}

const splitOf = (world: OracleWorld, date: LocalDate): readonly Stretch[] =>
  stretchesOf(date, historyOf(world, date), (day) => world.colors.get(day));

function assertStretches(stretches: readonly Stretch[], world: OracleWorld, date: LocalDate): void {
  const clock = clockOf(date);
  const luxonStart = DateTime.fromISO(date, { zone: "Europe/Paris" });
  assert.equal(stretches[0]?.start, luxonStart.toMillis());
  assert.equal(stretches.at(-1)?.end, luxonStart.plus({ days: 1 }).toMillis());
  for (const [position, { start, end, period }] of stretches.entries()) {
    assert.ok(start < end);
    const next = stretches[position + 1];
    if (next) assert.ok(next.start === end && next.period !== period);
    for (let at: number = start; at < end; at += minuteMs)
      assert.equal(period, periodAt(world, clock.get(at) ?? assert.fail()), new Date(at).toISOString());
  }
}

function assertHours(hours: readonly HourEnergy[], slots: readonly EnergySlot[], world: OracleWorld, date: LocalDate) {
  const total = (some: readonly { readonly energy: number }[]) => some.reduce((sum, { energy }) => sum + energy, 0);
  assert.equal(total(hours), total(slots));
  const expected = oracleHours(slots, world, clockOf(date));
  assert.deepEqual(
    new Set(hours.map(({ start, period }) => `${start}|${period}`)),
    new Set(expected.keys()),
    "the same hours and periods",
  );
  assert.equal(hours.length, expected.size, "none twice");
  for (const [position, hour] of hours.entries()) {
    const before = hours[position - 1];
    if (before)
      assert.ok(
        before.start < hour.start ||
          (before.start === hour.start && orderOfPeriod(before.period) < orderOfPeriod(hour.period)),
      );
    const truth = expected.get(`${hour.start}|${hour.period}`) ?? assert.fail();
    assert.ok(Number.isInteger(hour.energy));
    assert.equal(hour.estimated, truth.estimatedSlots.size > 0);
    // Each estimated slot may move by less than one watt-minute; measured ones by nothing but the oracle's own fractions.
    assert.ok(Math.abs(hour.energy - truth.energy) < truth.estimatedSlots.size + 1e-6);
  }
}

const minuteOfDay = fc.nat(1439);
const windows = fc.array(fc.record({ from: minuteOfDay, to: minuteOfDay }), { maxLength: 3 });
const worldOn = (date: LocalDate): fc.Arbitrary<OracleWorld> => {
  const near = [-1, 0, 1].map((distance) => addDays(date, distance));
  return fc.record({
    kind: fc.constantFrom(...planKinds),
    windows: fc.dictionary(fc.constantFrom("6", "7", "7", "7"), windows),
    colors: fc
      .array(fc.tuple(fc.constantFrom(...near), fc.constantFrom(...tempoColors)), { maxLength: 4 })
      .map((colors) => new Map(colors)),
    peakDays: fc.subarray(near).map((days) => new Set<string>(days)),
    peaksKnownThrough: fc.constantFrom(...near.map((day) => addDays(day, -1))),
  });
};

interface Laid {
  readonly gap: number;
  readonly minutes: number;
  readonly powerW: number;
  readonly extra: number;
  readonly isEstimated: boolean;
}
const laid: fc.Arbitrary<Laid> = fc.record({
  gap: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 200 }) }),
  minutes: fc.oneof(
    { weight: 6, arbitrary: fc.constant(30) },
    { weight: 2, arbitrary: fc.constantFrom(10, 15, 60) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 300 }) },
  ),
  powerW: fc.oneof(fc.constant(0), fc.nat(36_000)),
  extra: fc.nat(5000),
  isEstimated: fc.boolean(),
});

/** One after the other from midnight on, as many as the day takes. */
function layOut(date: LocalDate, all: readonly Laid[]): EnergySlot[] {
  const { start, end } = boundsOf(date);
  const slots: EnergySlot[] = [];
  let at: number = start;
  for (const { gap, minutes, powerW, extra, isEstimated } of all) {
    const slot: EnergySlot = {
      start: instant(at + gap * minuteMs),
      minutes,
      energy: wattMinutes(powerW * minutes + (isEstimated ? extra : 0)),
      origin: isEstimated ? "estimated" : "measured",
    };
    at = endOf(slot);
    if (at <= end) slots.push(slot);
  }
  return slots;
}

test("42 clock-change days from 2015 to 2035 are days of 23 and 25 hours", () => {
  assert.equal(changeDays.length, 42);
  for (const date of changeDays) assert.equal(boundsOf(date).minutes, (date.slice(5, 7) === "03" ? 23 : 25) * 60, date);
});

test("on every clock-change day, under every plan, complete half-hours give 23 or 25 hours of the right periods", () => {
  for (const date of changeDays)
    for (const kind of planKinds) {
      const world: OracleWorld = {
        kind,
        windows: {
          7: [
            { from: 94, to: 154 },
            { from: 1374, to: 170 },
            { from: 776, to: 896 },
          ],
        }, // 01:34-02:34 …
        colors: new Map([
          [addDays(date, -1), "BLANC"],
          [date, "ROUGE"],
        ]),
        peakDays: new Set([addDays(date, -1)]),
        peaksKnownThrough: addDays(date, -1),
      };
      const stretches = splitOf(world, date);
      assertStretches(stretches, world, date);
      const halfHours = Array.from({ length: boundsOf(date).minutes / 30 }, (_, number): Laid => {
        return { gap: 0, minutes: 30, powerW: 211 + number * 17, extra: 0, isEstimated: false };
      });
      const slots = layOut(date, halfHours);
      const hours = hoursOf(slots, stretches);
      assertHours(hours, slots, world, date);
      assert.equal(new Set(hours.map(({ start }) => start)).size, date.slice(5, 7) === "03" ? 23 : 25);
    }
});

test("on the days around a clock change any slots under any plan agree with the minute-by-minute truth", () => {
  const cases = fc
    .tuple(fc.constantFrom(...changeDays), fc.constantFrom(0, 0, 0, -1, 1))
    .map(([date, distance]) => addDays(date, distance))
    .chain((date) =>
      fc.record({ date: fc.constant(date), world: worldOn(date), all: fc.array(laid, { maxLength: 60 }) }),
    );
  fc.assert(
    fc.property(cases, ({ date, world, all }) => {
      const stretches = splitOf(world, date);
      assertStretches(stretches, world, date);
      const slots = layOut(date, all);
      assertHours(hoursOf(slots, stretches), slots, world, date);
    }),
    { numRuns: 300 },
  );
});
