import { clockMinutesAt, monthOf, weekdayOf } from "../../domain/calendar.ts";
import { hoursOf } from "../../domain/statistics/hours.ts";
import { hourMs, type LocalDate, minuteMs } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import { type BillDeps, openMeter } from "../bill/meter.ts";
import { type DaySlots, loadDaySlots } from "../bill/readings.ts";
import type { HourStep } from "./series-input.ts";
import { type AskedSpan, readDetailSpan } from "./span.ts";

export interface ProfileRequest extends AskedSpan {
  readonly pdl: string;
  readonly flow: Flow;
  readonly step: HourStep;
}

/** The average day of a span, by day of the week and season, of its complete days alone. @throws BillRefusal */
export async function loadProfile(deps: BillDeps, { pdl, flow, step, ...asked }: ProfileRequest) {
  const span = readDetailSpan(asked);
  const { point } = await openMeter(deps, pdl);
  const stepMs = step === "hour" ? hourMs : hourMs / 2;
  const days = (await loadDaySlots(deps.store, { usagePoint: point.id, flow }, span))
    .filter(({ quality }) => quality === "complete")
    .map((day) => clockDay(day, stepMs));
  return {
    usagePoint: point.id,
    flow,
    step,
    start: span.from,
    end: span.to,
    ...viewsOf(days),
    winter: viewsOf(days.filter(({ date }) => isWinter(date))),
    summer: viewsOf(days.filter(({ date }) => !isWinter(date))),
  };
}

/** One day on the clock: a step that is shown twice, as one hour is in autumn, has twice the minutes. */
interface ClockDay {
  readonly date: LocalDate;
  readonly energy: readonly number[];
  readonly minutes: readonly number[];
}

function clockDay({ date, slots }: DaySlots, stepMs: number): ClockDay {
  const stepMinutes = stepMs / minuteMs;
  const energy = new Array<number>((24 * 60) / stepMinutes).fill(0);
  const minutes = [...energy];
  for (const piece of hoursOf(slots, [], stepMs)) {
    const position = Math.floor(clockMinutesAt(piece.start) / stepMinutes);
    energy[position] = (energy[position] ?? 0) + piece.energy;
    minutes[position] = (minutes[position] ?? 0) + stepMinutes;
  }
  return { date, energy, minutes };
}

const isWinter = (date: LocalDate): boolean => ["11", "12", "01", "02", "03"].includes(monthOf(date).slice(5));

const viewsOf = (days: readonly ClockDay[]) => ({
  all: viewOf(days),
  weekday: viewOf(days.filter(({ date }) => weekdayOf(date) <= 5)),
  saturday: viewOf(days.filter(({ date }) => weekdayOf(date) === 6)),
  sunday: viewOf(days.filter(({ date }) => weekdayOf(date) === 7)),
});

function viewOf(days: readonly ClockDay[]) {
  if (days.length === 0) return null;
  const energy: number[] = [];
  const minutes: number[] = [];
  for (const day of days)
    for (const [position, own] of day.energy.entries()) {
      energy[position] = (energy[position] ?? 0) + own;
      minutes[position] = (minutes[position] ?? 0) + (day.minutes[position] ?? 0);
    }
  return { days: days.length, meanW: energy.map((sum, position) => meanOf(sum, minutes[position] ?? 0)) };
}

/** In W, to the tenth. The hour that no clock shows in spring is known by no day where that day is alone. */
const meanOf = (energy: number, minutes: number): number | null =>
  minutes === 0 ? null : Math.round((energy / minutes) * 10) / 10;
