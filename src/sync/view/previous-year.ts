import { addDays, addYears, daysBetween } from "../../domain/calendar.ts";
import type { KnownDay } from "../../domain/day.ts";
import type { LocalDate, UsagePointId } from "../../domain/units.ts";
import type { FlowSnapshot } from "../snapshot.ts";
import type { Period } from "../source.ts";
import type { ReadingStore } from "../store.ts";

/** The same days one year before, and their energy where each of them is wholly known. */
export interface PreviousYear {
  readonly start: LocalDate;
  readonly end: LocalDate;
  readonly energyWh: number | null;
}

/** Tells the year before of any span inside what a flow shows. */
export async function loadPreviousYear(
  store: Pick<ReadingStore, "loadDays">,
  usagePoint: UsagePointId,
  { flow, latest, yesterdayDate, year }: FlowSnapshot,
): Promise<(span: Period) => PreviousYear> {
  const dates = [year?.from, year?.through, latest?.date, yesterdayDate].filter((date) => date !== undefined).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  const span = first && last ? yearBefore({ from: first, to: last }) : null;
  const days = span ? await store.loadDays(usagePoint, flow, span) : [];
  return (asked) => energyIn(days, yearBefore(asked));
}

const yearBefore = ({ from, to }: Period): Period => ({ from: addYears(from, -1), to: addYears(to, -1) });

function energyIn(days: readonly KnownDay[], { from, to }: Period): PreviousYear {
  const inside = days.filter(({ date, quality }) => date >= from && date <= to && quality !== "partial");
  const isWhole = inside.length === daysBetween(from, addDays(to, 1));
  const energyWh = isWhole ? inside.reduce((sum, day) => sum + day.energyWh, 0) : null;
  return { start: from, end: to, energyWh };
}
