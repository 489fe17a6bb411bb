import type { DayFacts, PeakFact } from "./clock-day-facts.ts";
import { type OffPeakWindow, windowsOn } from "./off-peak.ts";
import { type TariffPeriod, tempoPeriods } from "./period.ts";
import type { TariffPlan } from "./plan.ts";

/** `[from, to)` in minutes of the clock; null is pending: which period it is will be told later, and is never guessed. */
export interface ClockPiece {
  readonly from: number;
  readonly to: number;
  readonly period: TariffPeriod | null;
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
/** As the gateway's scrapers and page have it. The press names other hours (8-13 and 18-20 dear): the user's windows decide. */
const flexOffPeak = tempoOffPeak;

/** A civil day as its clock shows it, from 0 to 1440 without holes; neighbours may bear the same period. */
export function clockPieces(plan: TariffPlan, facts: DayFacts): readonly ClockPiece[] {
  const weekend = facts.weekday >= 6;
  switch (plan.kind) {
    case "BASE":
      return whole("base");
    case "BASE_WEEKEND":
      return whole(weekend ? "base_weekend" : "base");
    case "HC_HP":
      return plan.offPeak ? split(windowsOn(plan.offPeak, facts.weekday), plain) : whole("base");
    // The gateway's services/offers/hc_hp.py: the same windows, at other prices on Saturday and Sunday.
    case "HC_HP_WEEKEND":
      return plan.offPeak ? split(windowsOn(plan.offPeak, facts.weekday), weekend ? ofWeekend : plain) : whole("base");
    case "HC_WEEKEND":
      if (!plan.offPeak) return whole("base");
      return weekend ? whole("hc") : split(windowsOn(plan.offPeak, facts.weekday), plain);
    case "HC_NUIT_WEEKEND":
      return weekend ? whole("hc") : split(nightOffPeak, plain);
    case "TEMPO":
      return tempoPieces(facts);
    case "EJP":
      return ejpPieces(facts);
    case "SEASONAL":
      return seasonalPieces(plan, facts);
    case "ZEN_FLEX":
      return flexPieces(plan, facts);
  }
}

interface Pair {
  readonly hc: TariffPeriod | null;
  readonly hp: TariffPeriod | null;
}
const plain: Pair = { hc: "hc", hp: "hp" };
const ofWeekend: Pair = { hc: "hc_weekend", hp: "hp_weekend" };
const ofSeason: Readonly<Record<DayFacts["season"], Pair>> = {
  winter: { hc: "winter_hc", hp: "winter_hp" },
  summer: { hc: "summer_hc", hp: "summer_hp" },
};
const ofFlex: Readonly<Record<PeakFact, Pair>> = {
  normal: { hc: "flex_hc", hp: "flex_hp" },
  peak: { hc: "sobriety_hc", hp: "sobriety_hp" },
  unknown: { hc: null, hp: null },
};

const whole = (period: TariffPeriod | null): ClockPiece[] => [{ from: 0, to: midnight, period }];

function split(windows: readonly OffPeakWindow[], { hc, hp }: Pair): ClockPiece[] {
  const pieces: ClockPiece[] = [];
  let at = 0;
  for (const { from, to } of windows) {
    if (from > at) pieces.push({ from: at, to: from, period: hp });
    pieces.push({ from, to, period: hc });
    at = to;
  }
  if (at < midnight) pieces.push({ from: at, to: midnight, period: hp });
  return pieces;
}

/** Until 06:00 the Tempo day of the day before lasts. Its hours are the same for all, whatever windows a contract names. */
function tempoPieces({ eveColor, color }: DayFacts): ClockPiece[] {
  return split(tempoOffPeak, plain).map((piece) => {
    const of = piece.from === 0 ? eveColor : color;
    return { ...piece, period: of ? tempoPeriods[of][piece.period === "hc" ? "hc" : "hp"] : null };
  });
}

/** Peak from 07:00 to 01:00 of the next day; no public notice at hand confirms the hours, only suppliers' pages. */
function ejpPieces({ evePeak, peak }: DayFacts): ClockPiece[] {
  return [
    { from: 0, to: 60, period: ejpPeriod(evePeak) },
    { from: 60, to: 7 * 60, period: "ejp_normal" },
    { from: 7 * 60, to: midnight, period: ejpPeriod(peak) },
  ];
}

function ejpPeriod(day: PeakFact): TariffPeriod | null {
  if (day === "unknown") return null;
  return day === "peak" ? "ejp_peak" : "ejp_normal";
}

/**
 * The gateway's services/offers/seasonal.py: two prices a season by the meter's windows, and one price all through a peak
 * day. Its page gives Enercoop's offers hours of their own per season and off-peak weekends: the user says which holds.
 */
function seasonalPieces({ offPeak, summerOffPeak, weekendOffPeak }: TariffPlan, facts: DayFacts): ClockPiece[] {
  const { weekday, season, peak } = facts;
  if (peak !== "normal") return whole(peak === "peak" ? "peak_day" : null);
  const windows = season === "summer" ? (summerOffPeak ?? offPeak) : offPeak;
  if (!windows) return whole("base");
  const periods = ofSeason[season];
  return weekendOffPeak && weekday >= 6 ? whole(periods.hc) : split(windowsOn(windows, weekday), periods);
}

const flexPieces = ({ offPeak }: TariffPlan, { weekday, peak }: DayFacts): ClockPiece[] =>
  split(offPeak ? windowsOn(offPeak, weekday) : flexOffPeak, ofFlex[peak]);
