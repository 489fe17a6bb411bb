import assert from "node:assert/strict";
import { test } from "node:test";
import { addDays, boundsOf, daysFromTo, localDate } from "../../../src/domain/calendar.ts";
import type { KnownDay } from "../../../src/domain/day.ts";
import { deriveDay } from "../../../src/domain/reconcile.ts";
import { parseOffPeak } from "../../../src/domain/tariff/off-peak.ts";
import type { PlanHistory } from "../../../src/domain/tariff/plan.ts";
import { instant, type LocalDate, minuteMs, usagePointId, watts, wh } from "../../../src/domain/units.ts";
import { type SplitRequest, splitDays } from "../../../src/sync/split/split-days.ts";
import type { DayInput } from "../../../src/sync/store.ts";

const offPeak = parseOffPeak("22H00-6H00").schedule;
const history: PlanHistory = [{ from: null, plan: { kind: "HC_HP", offPeak }, origin: "user" }];

/** A day of half-hours whose power is told by the hour. */
function dayOf(date: LocalDate, powerAt: (hour: number) => number): DayInput {
  const { start } = boundsOf(date);
  const slots = Array.from({ length: 48 }, (_, position) => ({
    start: instant(start + position * 30 * minuteMs),
    minutes: 30,
    powerW: watts(powerAt(Math.floor(position / 2))),
  }));
  return { date, slots, officialWh: null };
}

/** A store of these days that counts what it is asked for; revisions are set from outside. */
class World {
  readonly inputs = new Map<LocalDate, DayInput>();
  readonly revisions = new Map<LocalDate, number>();
  readonly asked: string[] = [];

  put(...days: readonly DayInput[]): void {
    for (const day of days) {
      this.inputs.set(day.date, day);
      this.revisions.set(day.date, (this.revisions.get(day.date) ?? 0) + 1);
    }
  }

  readonly store = {
    loadDayInputs: async (_point: unknown, _flow: unknown, { from, to }: { from: LocalDate; to: LocalDate }) => {
      this.asked.push(`${from} ${to}`);
      return daysFromTo(from, to).flatMap((date) => this.inputs.get(date) ?? []);
    },
    loadMonthMarks: async () => {
      const marks = new Map<string, number>();
      for (const [date, revision] of this.revisions)
        marks.set(date.slice(0, 7), (marks.get(date.slice(0, 7)) ?? 0) + 1_000 + revision);
      return new Map([...marks].map(([month, mark]) => [month, String(mark)]));
    },
  };

  known(): KnownDay[] {
    return [...this.inputs.values()]
      .sort((a, b) => (a.date < b.date ? -1 : 1))
      .flatMap((input) => {
        const day = deriveDay(input);
        return day ? [{ ...day, changedAt: instant(0), revision: this.revisions.get(input.date) ?? 0 }] : [];
      });
  }

  async split(changes: Partial<SplitRequest> = {}) {
    const splits = await splitDays(this.store, {
      usagePoint: usagePointId("12345678901234"),
      flow: "consumption",
      days: this.known(),
      history,
      said: "hc",
      colorOn: () => undefined,
      ...changes,
    });
    return (date: string) => {
      const split = splits.get(localDate(date));
      return split?.periods.map((period, position) => `${period} ${(split.energies[position] ?? 0) / 60}`);
    };
  }
}

test("a day is split by its periods once, and again when its readings or the plans are others", async () => {
  const world = new World();
  const date = localDate("2026-11-10");
  world.put(dayOf(date, () => 600));
  // 8 h × 600 W off-peak, 16 h × 600 W peak
  assert.deepEqual((await world.split())(date), ["hc 4800", "hp 9600"]);
  await world.split();
  assert.deepEqual(world.asked.splice(0), ["2026-11-10 2026-11-10"]);
  // The same sum, otherwise spread: 300 W more in one hour of the night, less in one of the day.
  world.put(dayOf(date, (hour) => (hour === 3 ? 900 : hour === 12 ? 300 : 600)));
  assert.deepEqual((await world.split())(date), ["hc 5100", "hp 9300"]);
  const base: PlanHistory = [{ from: null, plan: { kind: "BASE", offPeak: null }, origin: "user" }];
  assert.deepEqual((await world.split({ history: base, said: "base" }))(date), ["base 14400"]);
  assert.equal(world.asked.length, 2);
});

test("a day without half-hours follows the habits of the month that tells them, also once those are others", async () => {
  const world = new World();
  const march = daysFromTo(localDate("2026-03-01"), localDate("2026-03-07"));
  // All of it at night.
  world.put(...march.map((date) => dayOf(date, (hour) => (hour < 6 ? 1_000 : 0))));
  const estimated = localDate("2026-04-10");
  world.put({ date: estimated, slots: [], officialWh: wh(6_000) });
  const first = await world.split();
  assert.deepEqual(first(estimated), ["hc 6000", "hp 0"]);
  world.asked.length = 0;
  await world.split();
  assert.deepEqual(world.asked, []);
  // Now all of it at noon.
  world.put(...march.map((date) => dayOf(date, (hour) => (hour === 12 ? 1_000 : 0))));
  assert.deepEqual((await world.split())(estimated), ["hc 0", "hp 6000"]);
});

test("flows and meters are remembered apart, and the oldest are forgotten before there are too many", async () => {
  const world = new World();
  // 40 years of a day a day: 14,610 of them.
  const first = localDate("1990-01-01");
  const dates = Array.from({ length: 14_610 }, (_, position) => addDays(first, position));
  world.put(...dates.map((date) => ({ date, slots: [], officialWh: wh(2_400) })));
  const points = ["12345678901234", "12345678901235", "12345678901236"].map(usagePointId);
  const ask = async (usagePoint: (typeof points)[number] | undefined) => {
    assert.ok(usagePoint);
    world.asked.length = 0;
    await world.split({ usagePoint });
    return world.asked.length > 0;
  };
  assert.deepEqual([await ask(points[0]), await ask(points[0])], [true, false]);
  assert.deepEqual([await ask(points[1]), await ask(points[0]), await ask(points[1])], [true, false, false]);
  // 43,830 days are more than 40,000: the first meter was asked for longest ago.
  assert.equal(await ask(points[2]), true);
  assert.deepEqual([await ask(points[1]), await ask(points[2]), await ask(points[0])], [false, false, true]);
});
