import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { boundsOf, localDate } from "../../src/domain/calendar.ts";
import { deriveDay, energySlotsOf, usualProfile } from "../../src/domain/reconcile.ts";
import type { Slot } from "../../src/domain/slot.ts";
import { instant, minuteMs, watts, wh } from "../../src/domain/units.ts";

/** A day of `minutes`-long slots at `powerW`, less the positions left out. */
function daySlots(
  date: string,
  powerW: number | ((position: number) => number),
  without: number[] = [],
  minutes = 30,
): Slot[] {
  const { start, minutes: whole } = boundsOf(localDate(date));
  return Array.from({ length: whole / minutes }, (_, position) => ({
    start: instant(start + position * minutes * minuteMs),
    minutes,
    powerW: watts(typeof powerW === "number" ? powerW : powerW(position)),
  })).filter((_, position) => !without.includes(position));
}
const total = (slots: readonly { energy: number }[]) => slots.reduce((sum, slot) => sum + slot.energy, 0) / 60;

const cases: [
  name: string,
  slots: Slot[],
  officialWh: number | null,
  quality: string | undefined,
  energyWh?: number,
][] = [
  // 48 half-hours of 200 W: 48 × 100 Wh = 4800 Wh.
  ["covered, no official value", daySlots("2026-11-18", 200), null, "complete", 4800],
  ["covered, equal", daySlots("2026-11-18", 200), 4800, "complete", 4800],
  ["covered, official more", daySlots("2026-11-18", 200), 4801, "disagreeing", 4800],
  ["covered, official less", daySlots("2026-11-18", 200), 4700, "disagreeing", 4800],
  // 46 of 48: 46 × 100 Wh = 4600 Wh.
  ["two missing, no official value", daySlots("2026-11-18", 200, [3, 4]), null, "partial", 4600],
  ["two missing, official known", daySlots("2026-11-18", 200, [3, 4]), 4875, "estimated", 4875],
  ["two missing, official equal to the slots", daySlots("2026-11-18", 200, [3, 4]), 4600, "estimated", 4600],
  ["two missing, official less than the slots", daySlots("2026-11-18", 200, [3, 4]), 4500, "disagreeing", 4600],
  ["no slot, official known", [], 4321, "estimated", 4321],
  ["no slot, official zero is a zero", [], 0, "estimated", 0],
  ["nothing known", [], null, undefined],
  ["all slots zero is a complete zero", daySlots("2026-11-18", 0), null, "complete", 0],
];
for (const [name, slots, officialWh, quality, energyWh] of cases) {
  test(`a day with ${name} is ${quality ?? "not known"}`, () => {
    const day = deriveDay({
      date: localDate("2026-11-18"),
      slots,
      officialWh: officialWh === null ? null : wh(officialWh),
    });
    assert.equal(day?.quality, quality);
    assert.equal(day?.energyWh, energyWh);
  });
}

test("a day is complete with 46 half-hours in spring and 50 in autumn, and not with 48 or less in autumn", () => {
  const spring = deriveDay({ date: localDate("2026-03-29"), slots: daySlots("2026-03-29", 2), officialWh: null });
  assert.deepEqual([spring?.quality, spring?.minutesPresent, spring?.energyWh], ["complete", 1380, 46]);
  const autumn = deriveDay({ date: localDate("2026-10-25"), slots: daySlots("2026-10-25", 2), officialWh: null });
  assert.deepEqual([autumn?.quality, autumn?.minutesPresent, autumn?.energyWh], ["complete", 1500, 50]);
  const short = deriveDay({
    date: localDate("2026-10-25"),
    slots: daySlots("2026-10-25", 2, [4, 5]),
    officialWh: null,
  });
  assert.deepEqual([short?.quality, short?.minutesPresent, short?.energyWh], ["partial", 1440, 48]);
});

test("a day may change its step and still be complete", () => {
  const { start } = boundsOf(localDate("2023-03-18"));
  const hours = daySlots("2023-03-18", 60, [], 60).filter((slot) => slot.start < start + 14 * 60 * minuteMs);
  const halfHours = daySlots("2023-03-18", 30).filter((slot) => slot.start >= start + 14 * 60 * minuteMs);
  // 14 hours × 60 Wh + 20 half-hours × 15 Wh = 840 + 300.
  const day = deriveDay({ date: localDate("2023-03-18"), slots: [...hours, ...halfHours], officialWh: null });
  assert.deepEqual([day?.quality, day?.energyWh], ["complete", 1140]);
});

test("the remainder is spread over the missing half-hours in whole watt-hours, earliest first", () => {
  // 4875 - 4600 = 275 Wh over two half-hours: 137.5 each, so 138 and 137.
  const slots = energySlotsOf(
    { date: localDate("2026-11-18"), slots: daySlots("2026-11-18", 200, [3, 4]), officialWh: wh(4875) },
    null,
  );
  assert.deepEqual(
    slots.filter((slot) => slot.origin === "estimated").map((slot) => [slot.minutes, slot.energy / 60]),
    [
      [30, 138],
      [30, 137],
    ],
  );
  assert.equal(total(slots), 4875);
  assert.equal(slots.length, 48);
});

test("a day without any slot is spread over its hours: evenly without habits, by habit with them", () => {
  const readings = { date: localDate("2026-10-25"), slots: [], officialWh: wh(2500) };
  const even = energySlotsOf(readings, null);
  assert.deepEqual([even.length, new Set(even.map((slot) => slot.energy / 60)).size, total(even)], [25, 1, 2500]);

  // A home that uses power only from 19:00 to 20:00.
  const habit = Array.from({ length: 7 }, (_, i) => {
    const date = `2026-11-1${i}`;
    return {
      date: localDate(date),
      slots: daySlots(date, (position) => (position === 38 || position === 39 ? 800 : 0)),
      officialWh: null,
    };
  });
  const byHabit = energySlotsOf(readings, usualProfile(habit));
  const used = byHabit.filter((slot) => slot.energy > 0);
  // 19:00 winter time on 25 October is 18:00 UTC.
  assert.deepEqual(
    used.map((slot) => [new Date(slot.start).toISOString(), slot.energy / 60]),
    [["2026-10-25T18:00:00.000Z", 2500]],
  );
  assert.equal(usualProfile(habit.slice(1)), null);
});

test("measured slots are never touched by an estimate, and complete or disagreeing days get none", () => {
  const measured = daySlots("2026-11-18", 200);
  const disagreeing = energySlotsOf({ date: localDate("2026-11-18"), slots: measured, officialWh: wh(9999) }, null);
  assert.ok(disagreeing.every((slot) => slot.origin === "measured" && slot.energy === 6000));
});

test("whatever is missing, an estimated day sums to its official value, exactly", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("2026-11-18", "2026-03-29", "2026-10-25"),
      fc.constantFrom(10, 15, 30, 60),
      fc.array(fc.nat(149), { minLength: 1, maxLength: 40 }),
      fc.nat(5000),
      fc.nat(100_000),
      (date, minutes, without, powerW, extra) => {
        const slots = daySlots(date, (position) => (powerW * (position + 7)) % 9001, without, minutes);
        const day = deriveDay({ date: localDate(date), slots, officialWh: null });
        const officialWh = wh((day?.energyWh ?? 0) + extra);
        const reconciled = deriveDay({ date: localDate(date), slots, officialWh });
        const all = energySlotsOf({ date: localDate(date), slots, officialWh }, null);
        if (reconciled?.quality !== "estimated") return;
        assert.equal(total(all), officialWh);
        assert.equal(
          all.reduce((sum, slot) => sum + slot.minutes, 0),
          boundsOf(localDate(date)).minutes,
        );
        assert.ok(all.every((slot) => slot.energy >= 0));
      },
    ),
    { seed: 20261118 },
  );
});
