import { addDays, daysFromTo } from "../../domain/calendar.ts";
import type { LocalDate } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import { type BillDeps, openMeter } from "../bill/meter.ts";
import { loadDaySlots } from "../bill/readings.ts";
import { isoOf } from "./iso.ts";
import { type AskedSpan, readDetailSpan, readSpanOfDays } from "./span.ts";

export interface ReadingsRequest extends AskedSpan {
  readonly pdl: string;
  readonly flow: Flow;
}

/** A list that names more would not be read. */
const mostMissingDays = 400;

/** The known days of a span, and those that are not. @throws BillRefusal */
export async function loadDaily(deps: BillDeps, { pdl, flow, ...asked }: ReadingsRequest) {
  const span = readSpanOfDays(asked);
  const { point, today } = await openMeter(deps, pdl);
  const [days, corrected] = await Promise.all([
    deps.store.loadDays(point.id, flow, span),
    deps.store.loadCorrectedDays(point.id, flow, span),
  ]);
  const isCorrected = new Set(corrected);
  const missingDays = unknownDays(
    span.from,
    earlier(span.to, addDays(today, -1)),
    new Set(days.map(({ date }) => date)),
  );
  return {
    usagePoint: point.id,
    flow,
    start: span.from,
    end: span.to,
    days: days.map((day) => ({
      date: day.date,
      valueWh: day.energyWh,
      quality: day.quality,
      officialWh: day.officialWh,
      slotsWh: day.slotsWh,
      minutesPresent: day.minutesPresent,
      changedAt: isoOf(day.changedAt),
      isCorrected: isCorrected.has(day.date),
    })),
    missingDays: missingDays.slice(0, mostMissingDays),
    missingDaysCount: missingDays.length,
  };
}

export type DailyView = Awaited<ReturnType<typeof loadDaily>>;

const earlier = (a: LocalDate, b: LocalDate): LocalDate => (a < b ? a : b);

const unknownDays = (from: LocalDate, to: LocalDate, known: ReadonlySet<LocalDate>): LocalDate[] =>
  daysFromTo(from, to).filter((date) => !known.has(date));

interface SlotView {
  readonly start: string;
  readonly minutes: number;
  readonly powerW: number;
  readonly energyWh: number;
  readonly isEstimated: boolean;
}

/** Every slot of a span as it is stored, and those that the daily value lets be inferred. @throws BillRefusal */
export async function loadDetail(deps: BillDeps, { pdl, flow, ...asked }: ReadingsRequest) {
  const span = readDetailSpan(asked);
  const { point } = await openMeter(deps, pdl);
  const slots: SlotView[] = [];
  for (const day of await loadDaySlots(deps.store, { usagePoint: point.id, flow }, span))
    for (const { start, minutes, energy, origin } of day.slots)
      slots.push({
        start: isoOf(start),
        minutes,
        powerW: thousandths(energy / minutes),
        energyWh: thousandths(energy / 60),
        isEstimated: origin === "estimated",
      });
  return { usagePoint: point.id, flow, start: span.from, end: span.to, slots };
}

export type DetailView = Awaited<ReturnType<typeof loadDetail>>;

const thousandths = (value: number): number => Math.round(value * 1_000) / 1_000;
