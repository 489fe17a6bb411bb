import { dateAt } from "../../domain/calendar.ts";
import { type LabelledPoint, resolveCurve } from "../../domain/labels.ts";
import { watts } from "../../domain/units.ts";
import type { Answer, CurveReadings, Period } from "../../sync/source.ts";
import { answerWith, isWithin, type RawReading, readMeterReading } from "./readings.ts";
import { readLabel, readMinutes, readWhole } from "./values.ts";

/** Of a meter that does not say: the step of nearly all of them. */
const usualMinutes = 30;

/**
 * The slots of the days asked for. The gateway's labels mark the START of the interval, shifted there by naive
 * arithmetic from Enedis' END (gateway, adapters/enedis.py), which `resolveCurve` undoes. Days beside the period come
 * back when one day was asked for, and are dropped.
 */
export function parseCurve(data: unknown, period: Period, incomplete: string | undefined): Answer<CurveReadings> {
  const { points, unreadable } = readPoints(readMeterReading(data));
  const resolved = resolveCurve(points, "start");
  const slots = resolved.slots.filter((slot) => isWithin(dateAt(slot.start), period));
  const ambiguousDays = resolved.ambiguousDays.filter((date) => isWithin(date, period));
  return answerWith(
    { slots, ambiguousDays },
    { count: slots.length, unreadable: unreadable + resolved.offGrid, incomplete },
  );
}

function readPoints({ points, factor }: RawReading): {
  readonly points: readonly LabelledPoint[];
  readonly unreadable: number;
} {
  const read: LabelledPoint[] = [];
  let unreadable = 0;
  for (const { value, date, interval_length } of points) {
    const powerW = readWhole(value, factor);
    if (powerW === "missing") continue;
    const labelWall = readLabel(date);
    const minutes =
      interval_length === undefined || interval_length === null ? usualMinutes : readMinutes(interval_length);
    if (powerW === "unreadable" || labelWall === null || minutes === null) unreadable++;
    else read.push({ labelWall, minutes, powerW: watts(powerW) });
  }
  return { points: read, unreadable };
}
