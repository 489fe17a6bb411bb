import { addDays, boundsOf, daysFromTo } from "../../src/domain/calendar.ts";
import type { Slot } from "../../src/domain/slot.ts";
import { tempoPeriods } from "../../src/domain/tariff/period.ts";
import { energyPrice } from "../../src/domain/tariff/price.ts";
import { type TempoColor, tempoColors } from "../../src/domain/tempo.ts";
import { instant, type LocalDate, minuteMs, watts } from "../../src/domain/units.ts";
import { nothingSaid } from "../../src/sync/statistics/plans.ts";
import { StatisticsWorld } from "../support/statistics-world.ts";
import { withDatabase } from "./database.ts";
import { yearsOf } from "./readings.ts";
import { type BenchResult, median, rounded, rounds, timed } from "./result.ts";

/** Six periods, each with a price: six series of energy and six of money. */
const prices = Object.fromEntries(
  Object.values(tempoPeriods)
    .flatMap(({ hc, hp }) => [hc, hp])
    .map((period, position) => [period, energyPrice(100_000 + 20_000 * position)]),
);

/** Half-hours of whole watt-hours, and every third day of another colour. */
const slotsOn = (date: LocalDate): Slot[] => {
  const { start, end } = boundsOf(date);
  const slots: Slot[] = [];
  for (let at: number = start; at < end; at += 30 * minuteMs)
    slots.push({ start: instant(at), minutes: 30, powerW: watts((((at / minuteMs) * 7919) % 3000) * 2) });
  return slots;
};
const colorOf = (position: number): TempoColor => tempoColors[position % 3] ?? "BLEU";

interface Measured {
  readonly firstMs: number;
  readonly firstRows: number;
  readonly firstMessages: number;
  readonly firstBytes: number;
  readonly largestFrame: number;
  readonly dailyMs: number;
  /** Of energy, and of money. */
  readonly dailyRows: number;
  readonly dailyCostRows: number;
  readonly dailyBytes: number;
}

/** A first import of so many years, then one new day at a time: derived, sent to the double and read back. */
function measure(years: number): Promise<Measured> {
  return withDatabase(async (database) => {
    const ends: (() => unknown)[] = [];
    const world = await StatisticsWorld.open(
      { after: (end: () => unknown) => void ends.push(end) },
      { database, point: { pricingOption: "TEMPO" }, plans: [{ ...nothingSaid, plan: "TEMPO", prices }] },
    );
    const { from, to } = yearsOf(years);
    const days = daysFromTo(from, addDays(to, rounds + 2));
    await world.tell([addDays(from, -1), ...days].map((date, position) => [date, colorOf(position)] as const));
    for (let position = 0; position < days.length - rounds - 2; position += 56)
      await world.ingest(days.slice(position, Math.min(position + 56, days.length - rounds - 2)).flatMap(slotsOn));
    const { traffic } = world.double;
    const firstMs = await timed(() => world.run());
    const first = {
      firstMs,
      firstRows: traffic.rowsImported,
      firstMessages: traffic.count("recorder/import_statistics"),
      firstBytes: traffic.bytesReceived,
      largestFrame: traffic.largestFrame,
    };
    world.sent.clear();
    const times: number[] = [];
    for (const date of days.slice(-rounds - 2)) {
      await world.ingest(slotsOn(date));
      times.push(await timed(() => world.run()));
    }
    const daily = {
      dailyMs: median(times.slice(2)),
      dailyRows: rowsIn(world.sent, "consumption") / times.length,
      dailyCostRows: rowsIn(world.sent, "cost") / times.length,
      dailyBytes: (traffic.bytesReceived - first.firstBytes) / times.length,
    };
    for (const end of ends) await end();
    return { ...first, ...daily };
  });
}

const rowsIn = (sent: StatisticsWorld["sent"], kind: string): number =>
  [...sent].reduce((sum, [id, { rows }]) => (id.startsWith(`linky_bridge:${kind}_`) ? sum + rows : sum), 0);

export async function run(): Promise<BenchResult[]> {
  const one = await measure(1);
  const three = await measure(3);
  const ten = await measure(10);
  const ms = (name: string, value: number): BenchResult => ({ name, value: rounded(value), unit: "ms" });
  return [
    {
      name: "statistics: a new day with 10 years of history, against 1 year",
      value: rounded(ten.dailyMs / one.dailyMs, 2),
      unit: "ratio",
      limit: 1.5,
    },
    ms("statistics: a new day derived, written and read back, 3 years of history", three.dailyMs),
    {
      name: "statistics: rows of energy written for a new day",
      value: rounded(three.dailyRows),
      unit: "rows",
      limit: 25,
    },
    {
      name: "statistics: rows of money written for a new day",
      value: rounded(three.dailyCostRows),
      unit: "rows",
      limit: 25,
    },
    { name: "statistics: bytes sent for a new day", value: rounded(three.dailyBytes), unit: "bytes" },
    ms("statistics: first import of 3 years against the double", three.firstMs),
    { name: "statistics: rows of a first import of 3 years", value: three.firstRows, unit: "rows" },
    {
      name: "statistics: messages with rows of a first import of 3 years",
      value: three.firstMessages,
      unit: "messages",
    },
    { name: "statistics: bytes sent for a first import of 3 years", value: three.firstBytes, unit: "bytes" },
    {
      name: "statistics: largest message",
      value: rounded(Math.max(ten.largestFrame, three.largestFrame) / 1024),
      unit: "KiB",
      limit: 4096,
    },
    ms("statistics: first import of 10 years against the double", ten.firstMs),
  ];
}
