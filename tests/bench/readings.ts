import { batchesOf } from "../../src/adapters/postgres/arguments.ts";
import { addDays, addYears, boundsOf, daysFromTo, localDate, wallAt } from "../../src/domain/calendar.ts";
import type { LabelledPoint } from "../../src/domain/labels.ts";
import type { Slot } from "../../src/domain/slot.ts";
import { instant, type LocalDate, minuteMs, usagePointId, watts } from "../../src/domain/units.ts";
import { type Flow, flows } from "../../src/domain/usage-point.ts";
import type { Period } from "../../src/sync/source.ts";

/** Invented half-hours of a usage point with two flows, in the forms in which they pass through the program. */
export const usagePoint = usagePointId("12345678901234");

const firstDay = localDate("2014-01-01");
/** Whole years; three of them without 29 February: 1,095 days, 52,560 half-hours a flow. */
export const yearsOf = (years: number, from: LocalDate = firstDay): Period => ({
  from,
  to: addDays(addYears(from, years), -1),
});
export const threeYears = yearsOf(3, localDate("2021-01-01"));

/** The half-hours of one flow; the flows differ. */
function slotsOf({ from, to }: Period, flow: Flow): Slot[] {
  const seed = 7919 + flows.indexOf(flow);
  const slots: Slot[] = [];
  for (const { start, end } of daysFromTo(from, to).map(boundsOf))
    for (let at: number = start; at < end; at += 30 * minuteMs)
      slots.push({ start: instant(at), minutes: 30, powerW: watts(((at / minuteMs) * seed) % 6000) });
  return slots;
}

const daysPerAnswer = 56;

/** A span of both flows as it is asked of the source and answered, eight weeks at a time. */
export const answersOf = ({ from, to }: Period): { flow: Flow; period: Period; slots: Slot[] }[] =>
  flows.flatMap((flow) =>
    [...batchesOf(daysFromTo(from, to), daysPerAnswer)].map((days) => {
      const period = { from: days[0] ?? from, to: days.at(-1) ?? to };
      return { flow, period, slots: slotsOf(period, flow) };
    }),
  );

/** As the gateway labels it: the clock reading of the interval's end, moved to its start by naive arithmetic. */
export const labelled = ({ start, minutes, powerW }: Slot): LabelledPoint => ({
  labelWall: wallAt(instant(start + minutes * minuteMs)) - minutes * minuteMs,
  minutes,
  powerW,
});

/** One answer of the gateway's batch route, as text. */
export const answerText = (slots: readonly Slot[]): string =>
  JSON.stringify({
    success: true,
    data: { meter_reading: { interval_reading: slots.map(itemOf) } },
    error: null,
    timestamp: "2024-01-01T08:00:00.000000",
  });

const itemOf = (slot: Slot): object => ({
  value: String(slot.powerW),
  date: new Date(labelled(slot).labelWall).toISOString().slice(0, 19).replace("T", " "),
  interval_length: "PT30M",
  measure_type: "B",
});
