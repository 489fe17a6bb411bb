import { addDays, weekdayOf } from "../calendar.ts";
import { type TempoColor, tempoColors } from "../tempo.ts";
import type { LocalDate } from "../units.ts";
import { type OffPeakWindow, windowsOn } from "./off-peak.ts";
import { type TariffPeriod, tempoPeriods } from "./period.ts";
import type { PeakDays, TariffPlan } from "./plan.ts";

/** The colour of the Tempo day that begins on a date; undefined while it is not known. */
export type ColorOn = (date: LocalDate) => TempoColor | undefined;

/** `[from, to)` in minutes of the clock; null is pending: which period it is will be told later, and is never guessed. */
export interface ClockPiece {
  readonly from: number;
  readonly to: number;
  readonly period: TariffPeriod | null;
}

type EjpDay = "normal" | "peak" | "unknown";

/** All that a day adds to its plan: days with equal facts are split alike. What a plan does not ask is at its first value. */
export interface DayFacts {
  /** 1 Monday to 7 Sunday; 1 where the plan knows no weekday. */
  readonly weekday: number;
  /** Colours of the Tempo days that began the day before and this day. */
  readonly eveColor: TempoColor | undefined;
  readonly color: TempoColor | undefined;
  readonly eveEjp: EjpDay;
  readonly ejp: EjpDay;
}

const plainFacts: DayFacts = { weekday: 1, eveColor: undefined, color: undefined, eveEjp: "normal", ejp: "normal" };

export function factsOf(date: LocalDate, plan: TariffPlan, colorOn: ColorOn): DayFacts {
  switch (plan.kind) {
    case "BASE":
      return plainFacts;
    case "TEMPO":
      return { ...plainFacts, eveColor: colorOn(addDays(date, -1)), color: colorOn(date) };
    case "EJP":
      return { ...plainFacts, eveEjp: ejpDayOf(addDays(date, -1), plan.peakDays), ejp: ejpDayOf(date, plan.peakDays) };
    default:
      return { ...plainFacts, weekday: weekdayOf(date) };
  }
}

const ejpDays: readonly EjpDay[] = ["normal", "peak", "unknown"];
const colorNumber = (color: TempoColor | undefined): number => (color ? tempoColors.indexOf(color) + 1 : 0);

/** A number below 1,008 (7 weekdays, 4 × 4 colours, 3 × 3 EJP days) that tells different facts apart. */
export const factsKey = ({ weekday, eveColor, color, eveEjp, ejp }: DayFacts): number =>
  (((weekday - 1) * 4 + colorNumber(eveColor)) * 4 + colorNumber(color)) * 9 +
  ejpDays.indexOf(eveEjp) * 3 +
  ejpDays.indexOf(ejp);

/** Peak days fall between 1 November and 31 March. */
function ejpDayOf(date: LocalDate, peakDays: PeakDays | undefined): EjpDay {
  const monthAndDay = date.slice(5);
  if (peakDays?.dates.has(date)) return "peak";
  if (monthAndDay >= "04-01" && monthAndDay <= "10-31") return "normal";
  const known = peakDays?.knownThrough ?? null;
  return known !== null && date <= known ? "normal" : "unknown";
}

const midnight = 1440;
const tempoOffPeak: readonly OffPeakWindow[] = [
  { from: 0, to: 6 * 60 },
  { from: 22 * 60, to: midnight },
];
const nightOffPeak: readonly OffPeakWindow[] = [
  { from: 0, to: 6 * 60 },
  { from: 23 * 60, to: midnight },
];

/** A civil day as its clock shows it, from 0 to 1440 without holes; neighbours may bear the same period. */
export function clockPieces(plan: TariffPlan, facts: DayFacts): readonly ClockPiece[] {
  const weekend = facts.weekday >= 6;
  switch (plan.kind) {
    case "BASE":
      return whole("base");
    case "BASE_WEEKEND":
      return whole(weekend ? "base_weekend" : "base");
    case "HC_HP":
      return plan.offPeak ? split(windowsOn(plan.offPeak, facts.weekday)) : whole("base");
    case "HC_WEEKEND":
      if (!plan.offPeak) return whole("base");
      return weekend ? whole("hc") : split(windowsOn(plan.offPeak, facts.weekday));
    case "HC_NUIT_WEEKEND":
      return weekend ? whole("hc") : split(nightOffPeak);
    case "TEMPO":
      return tempoPieces(facts);
    case "EJP":
      return ejpPieces(facts);
  }
}

const whole = (period: TariffPeriod): ClockPiece[] => [{ from: 0, to: midnight, period }];

function split(windows: readonly OffPeakWindow[]): ClockPiece[] {
  const pieces: ClockPiece[] = [];
  let at = 0;
  for (const { from, to } of windows) {
    if (from > at) pieces.push({ from: at, to: from, period: "hp" });
    pieces.push({ from, to, period: "hc" });
    at = to;
  }
  if (at < midnight) pieces.push({ from: at, to: midnight, period: "hp" });
  return pieces;
}

/** Until 06:00 the Tempo day of the day before lasts. Its hours are the same for all, whatever windows a contract names. */
function tempoPieces({ eveColor, color }: DayFacts): ClockPiece[] {
  return split(tempoOffPeak).map((piece) => {
    const of = piece.from === 0 ? eveColor : color;
    return { ...piece, period: of ? tempoPeriods[of][piece.period === "hc" ? "hc" : "hp"] : null };
  });
}

/** Peak from 07:00 to 01:00 of the next day; no public notice at hand confirms the hours, only suppliers' pages. */
function ejpPieces({ eveEjp, ejp }: DayFacts): ClockPiece[] {
  return [
    { from: 0, to: 60, period: ejpPeriod(eveEjp) },
    { from: 60, to: 7 * 60, period: "ejp_normal" },
    { from: 7 * 60, to: midnight, period: ejpPeriod(ejp) },
  ];
}

function ejpPeriod(day: EjpDay): TariffPeriod | null {
  if (day === "unknown") return null;
  return day === "peak" ? "ejp_peak" : "ejp_normal";
}
