import { z } from "zod";
import { firstInstantAt } from "../../domain/calendar.ts";
import { type LocalDate, voltAmperes, wh } from "../../domain/units.ts";
import type { Answer, DailyReading, MaxPowerReading, Period } from "../../sync/source.ts";
import { noData, quota } from "./failure.ts";
import { anything, kiloOf, readDate, readLabel, readWhole } from "./values.ts";

/** What a point of any of the metering routes may hold; each field is read by its own rule. */
const point = z.object({ value: anything, date: anything, interval_length: anything });
export type RawPoint = z.infer<typeof point>;

const meterReading = z.object({
  meter_reading: z.object({
    reading_type: z.object({ unit: z.string().nullish() }).nullish(),
    interval_reading: z.array(point).nullish(),
  }),
});

export interface RawReading {
  readonly points: readonly RawPoint[];
  readonly factor: 1 | 1000;
}

/** @throws ZodError when the data are no meter reading; null data are one without points. */
export function readMeterReading(data: unknown): RawReading {
  if (data === null || data === undefined) return { points: [], factor: 1 };
  const { interval_reading, reading_type } = meterReading.parse(data).meter_reading;
  return { points: interval_reading ?? [], factor: kiloOf(reading_type?.unit) };
}

export const isWithin = (date: LocalDate, { from, to }: Period): boolean => date >= from && date <= to;

/** PARTIAL_DATA for want of quota, which tells nothing of the days that are not there. */
const quotaRemark = /rate limit exceeded/i;

/** Data when something came, with what is known to be missing from it; an empty list is no data. */
export function answerWith<T>(
  data: T,
  found: { readonly count: number; readonly unreadable: number; readonly incomplete: string | undefined },
): Answer<T> {
  const { count, unreadable, incomplete } = found;
  const remarks = [incomplete, unreadable > 0 ? `${unreadable} points could not be read` : undefined];
  const remark = remarks.filter((text) => text !== undefined).join("; ");
  if (count === 0 && quotaRemark.test(remark)) return quota(remark);
  if (count === 0) return noData(remark === "" ? "An empty answer" : remark);
  return { outcome: "data", data, ...(remark === "" ? {} : { incomplete: remark }) };
}

/** Days in order. Of several values for one day a non-zero one is right: spurious zeros stand among duplicates. */
export function parseDaily(
  data: unknown,
  period: Period,
  incomplete: string | undefined,
): Answer<readonly DailyReading[]> {
  const { points, factor } = readMeterReading(data);
  const days = new Map<LocalDate, DailyReading>();
  let unreadable = 0;
  for (const { value, date: written } of points) {
    const date = readDate(written);
    const energy = readWhole(value, factor);
    if (energy === "missing") continue;
    if (energy === "unreadable" || date === null) {
      unreadable++;
      continue;
    }
    if (!isWithin(date, period)) continue;
    const former = days.get(date);
    if (!former || former.energyWh === 0) days.set(date, { date, energyWh: wh(energy) });
  }
  return answerWith(inOrder(days), { count: days.size, unreadable, incomplete });
}

/**
 * Days in order; the day is the label's. On the repeated hour, which the label cannot tell, the first occurrence. Of
 * several peaks of one day the highest is its maximum.
 */
export function parseMaxPower(
  data: unknown,
  period: Period,
  incomplete: string | undefined,
): Answer<readonly MaxPowerReading[]> {
  const { points, factor } = readMeterReading(data);
  const days = new Map<LocalDate, MaxPowerReading>();
  let unreadable = 0;
  for (const { value, date: written } of points) {
    const date = readDate(written);
    const label = readLabel(written);
    const power = readWhole(value, factor);
    if (power === "missing") continue;
    if (power === "unreadable" || date === null || label === null) {
      unreadable++;
      continue;
    }
    if (!isWithin(date, period)) continue;
    const former = days.get(date);
    if (!former || former.powerVa < power)
      days.set(date, { date, at: firstInstantAt(label), powerVa: voltAmperes(power) });
  }
  return answerWith(inOrder(days), { count: days.size, unreadable, incomplete });
}

const inOrder = <T>(days: ReadonlyMap<LocalDate, T>): T[] =>
  [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, reading]) => reading);
