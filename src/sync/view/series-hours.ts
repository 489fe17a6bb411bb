import { boundsOf, daysFromTo } from "../../domain/calendar.ts";
import type { DayQuality } from "../../domain/day.ts";
import { type EnergySlot, endOf } from "../../domain/slot.ts";
import { type HourEnergy, hoursOf } from "../../domain/statistics/hours.ts";
import { stretchesOf } from "../../domain/tariff/stretches.ts";
import { hourMs, type Instant, type LocalDate, minuteMs } from "../../domain/units.ts";
import { type DaySlots, loadDaySlots } from "../bill/readings.ts";
import { isoOf } from "./iso.ts";
import type { PriceOf } from "./priced-flow.ts";
import { type Bucket, type HourStep, isMissing, type Series, type SeriesInput } from "./series-input.ts";
import { Tally } from "./tally.ts";

const lengthMs: Readonly<Record<HourStep, number>> = { half_hour: hourMs / 2, hour: hourMs };

/** Hours or half-hours, 25 or 50 on the autumn day, 23 or 46 on the spring day. */
export async function loadHourSeries(input: SeriesInput, step: HourStep): Promise<Series> {
  const { store, usagePoint, flow, span } = input;
  const days = await loadDaySlots(store, { usagePoint, flow }, span);
  const dayOn = new Map(days.map((day) => [day.date, day]));
  const total = new Tally();
  const buckets: Bucket[] = [];
  for (const date of daysFromTo(span.from, span.to)) {
    const day = dayOn.get(date);
    if (day === undefined && isMissing(input, date)) total.noteMissingDay();
    for (const bucket of bucketsOf(date, day, { input, stepMs: lengthMs[step] })) {
      total.addAll(bucket.tally);
      buckets.push(bucket);
    }
    if (day) total.note({ quality: day.quality, isCorrected: false });
  }
  return { buckets, total };
}

interface Cutting {
  readonly input: SeriesInput;
  readonly stepMs: number;
}

/** The steps of one day, each with what is known of it. */
function bucketsOf(date: LocalDate, day: DaySlots | undefined, { input, stepMs }: Cutting): Bucket[] {
  const { priced, corrected } = input;
  const pieces = day ? hoursOf(day.slots, stretchesOf(date, priced.history, priced.colorOn), stepMs) : [];
  const found = Map.groupBy(pieces, ({ start }) => start as number);
  const facts = { priceOf: priced.pricesOn(date), isCorrected: corrected.has(date) };
  const { start, end } = boundsOf(date);
  const buckets: Bucket[] = [];
  for (let at: number = start; at < end; at += stepMs) {
    const tally = new Tally();
    const own = found.get(at);
    if (day && own) tallyPieces(tally, own, { ...facts, quality: qualityAt({ at, to: at + stepMs }, own, day) });
    const key = isoOf(at as Instant);
    buckets.push({ key, start: key, end: isoOf((at + stepMs) as Instant), tally });
  }
  return buckets;
}

interface PieceFacts {
  readonly priceOf: PriceOf;
  readonly quality: DayQuality;
  readonly isCorrected: boolean;
}

function tallyPieces(tally: Tally, pieces: readonly HourEnergy[], { priceOf, quality, isCorrected }: PieceFacts): void {
  for (const { period, energy, estimated } of pieces) {
    tally.add({ period, energy, price: priceOf(period) });
    if (estimated) tally.addEstimated(energy);
  }
  tally.note({ quality, isCorrected });
}

/** Of an estimated day some steps may be measured; of one that lacks some, others are whole. */
function qualityAt(
  { at, to }: { readonly at: number; readonly to: number },
  pieces: readonly HourEnergy[],
  { quality, slots }: DaySlots,
): DayQuality {
  switch (quality) {
    case "complete":
      return "complete";
    case "estimated":
      return pieces.some(({ estimated }) => estimated) ? "estimated" : "complete";
    case "disagreeing":
      return "disagreeing";
    case "partial":
      return minutesIn(slots, { at, to }) * minuteMs === to - at ? "complete" : "partial";
  }
}

const minutesIn = (slots: readonly EnergySlot[], { at, to }: { readonly at: number; readonly to: number }): number =>
  slots.reduce((sum, slot) => sum + Math.max(0, Math.min(endOf(slot), to) - Math.max(slot.start, at)), 0) / minuteMs;
