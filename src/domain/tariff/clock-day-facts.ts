import { addDays, weekdayOf } from "../calendar.ts";
import { type TempoColor, tempoColors } from "../tempo.ts";
import type { LocalDate } from "../units.ts";
import { isHoliday } from "./holidays.ts";
import type { TariffPlan } from "./plan.ts";

/** The colour of the Tempo day that begins on a date; undefined while it is not known. */
export type ColorOn = (date: LocalDate) => TempoColor | undefined;

/** Whether a day is one of the few dear ones that the supplier tells the day before. */
export type PeakFact = "normal" | "peak" | "unknown";

/** All that a day adds to its plan: days with equal facts are split alike. What a plan does not ask is at its first value. */
export interface DayFacts {
  /** 1 Monday to 7 Sunday, which a holiday counts as where the plan says so; 1 where the plan knows no weekday. */
  readonly weekday: number;
  readonly season: "winter" | "summer";
  /** Colours of the Tempo days that began the day before and this day. */
  readonly eveColor: TempoColor | undefined;
  readonly color: TempoColor | undefined;
  readonly evePeak: PeakFact;
  readonly peak: PeakFact;
}

const plainFacts: DayFacts = {
  weekday: 1,
  season: "winter",
  eveColor: undefined,
  color: undefined,
  evePeak: "normal",
  peak: "normal",
};

export function factsOf(date: LocalDate, plan: TariffPlan, colorOn: ColorOn): DayFacts {
  switch (plan.kind) {
    case "BASE":
      return plainFacts;
    case "TEMPO":
      return { ...plainFacts, eveColor: colorOn(addDays(date, -1)), color: colorOn(date) };
    case "EJP":
      return { ...plainFacts, evePeak: winterPeakOf(addDays(date, -1), plan), peak: winterPeakOf(date, plan) };
    case "SEASONAL": {
      const season = isWinter(date) ? "winter" : "summer";
      const peak = plan.peakDays ? winterPeakOf(date, plan) : "normal";
      return { ...plainFacts, weekday: weekdayBy(date, plan), season, peak };
    }
    case "ZEN_FLEX":
      return { ...plainFacts, weekday: weekdayBy(date, plan), peak: sobrietyOf(date, plan) };
    default:
      return { ...plainFacts, weekday: weekdayBy(date, plan) };
  }
}

const peakFacts: readonly PeakFact[] = ["normal", "peak", "unknown"];
const colorNumber = (color: TempoColor | undefined): number => (color ? tempoColors.indexOf(color) + 1 : 0);

/** A number below 2,016 (7 weekdays, 2 seasons, 4 × 4 colours, 3 × 3 peak days) that tells different facts apart. */
export const factsKey = ({ weekday, season, eveColor, color, evePeak, peak }: DayFacts): number =>
  ((((weekday - 1) * 2 + (season === "summer" ? 1 : 0)) * 4 + colorNumber(eveColor)) * 4 + colorNumber(color)) * 9 +
  peakFacts.indexOf(evePeak) * 3 +
  peakFacts.indexOf(peak);

const weekdayBy = (date: LocalDate, { holidays }: TariffPlan): number =>
  holidays && isHoliday(date, holidays) ? 7 : weekdayOf(date);

/** November to March: the winter of SEASONAL in the gateway's services/offers/seasonal.py, and the peak season of EJP. */
function isWinter(date: LocalDate): boolean {
  const monthAndDay = date.slice(5);
  return monthAndDay < "04-01" || monthAndDay > "10-31";
}

/** Peak days fall in winter, at weekends too; one that the user lists elsewhere is believed. */
function winterPeakOf(date: LocalDate, plan: TariffPlan): PeakFact {
  const told = toldOf(date, plan);
  return told === "unknown" && !isWinter(date) ? "normal" : told;
}

/**
 * Twenty days a year, never at a weekend (the gateway's own page of offers). No source at hand names a season, so that
 * any other day may be one.
 */
const sobrietyOf = (date: LocalDate, plan: TariffPlan): PeakFact =>
  weekdayBy(date, plan) >= 6 ? "normal" : toldOf(date, plan);

function toldOf(date: LocalDate, { peakDays }: TariffPlan): PeakFact {
  if (peakDays?.dates.has(date)) return "peak";
  const known = peakDays?.knownThrough ?? null;
  return known !== null && date <= known ? "normal" : "unknown";
}
