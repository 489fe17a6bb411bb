import { compareOffers, type OfferCost } from "../../domain/bill/offers.ts";
import { addDays, addYears, daysBetween } from "../../domain/calendar.ts";
import { type OffPeakSchedule, parseOffPeak } from "../../domain/tariff/off-peak.ts";
import type { PlanDoubt, PlanKind } from "../../domain/tariff/plan.ts";
import type { MicroEur, PriceSource } from "../../domain/tariff/price.ts";
import { microEur } from "../../domain/tariff/price.ts";
import { powerOn, pricesOn } from "../../domain/tariff/price-book.ts";
import { type LocalDate, toWh, type UsagePointId, type Wh, wattMinutes } from "../../domain/units.ts";
import type { Text } from "../../shared/language.ts";
import type { Period } from "../source.ts";
import { type Absent, type CandidateOrigin, candidatesOf, type Entrant } from "./candidates.ts";
import { type BillDeps, loadColors, openMeter } from "./meter.ts";
import { loadPowers, type Powers } from "./powers.ts";
import { type DaySlots, loadDaySlots } from "./readings.ts";
import { BillRefusal, noReadings } from "./refusal.ts";
import { readDays } from "./span.ts";

export interface CompareRequest {
  readonly meter: string | null;
  /** Without both: the twelve months up to the last known day. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Off-peak windows to try, in any spelling of a contract. */
  readonly whatIf?: string | undefined;
}

export interface ComparedOffer {
  readonly origin: CandidateOrigin;
  readonly name: Text;
  readonly plan: OfferCost["candidate"]["plan"];
  readonly powerKva: number | null;
  readonly energyCost: MicroEur;
  readonly standing: MicroEur;
  readonly total: MicroEur;
  /** Against the household's own plan; negative: cheaper. Null where that has no price. */
  readonly difference: MicroEur | null;
  /** Of when its prices are, and who says so. */
  readonly pricesFrom: LocalDate | null;
  readonly source: PriceSource | null;
}

/** What the same days would have cost by other plans, at the prices of one day. */
export interface Comparison {
  readonly usagePoint: UsagePointId;
  readonly name: string | null;
  readonly doubts: readonly PlanDoubt[];
  readonly span: Period;
  /** The day whose prices count for all. */
  readonly asOf: LocalDate;
  readonly powerKva: number | null;
  /** Days that are compared. */
  readonly days: number;
  /** Days of the span without any reading. */
  readonly daysWithoutEnergy: number;
  readonly partialDays: number;
  /** Compared days whose half-hours are inferred from their daily value, and what they hold. */
  readonly estimatedDays: number;
  readonly estimatedWh: Wh;
  /** Days that a plan cannot price, with the plans: they count for none. */
  readonly leftOut: readonly { readonly date: LocalDate; readonly by: readonly Text[] }[];
  /** Cheapest first. */
  readonly ranking: readonly ComparedOffer[];
  readonly absent: readonly Absent[];
  readonly whatIf: OffPeakSchedule | null;
  /** Off-peak hours of the day that has the most of them by `whatIf`. */
  readonly whatIfHours: number | null;
  readonly powers: Powers | null;
}

/** @throws BillRefusal */
export async function compare(deps: BillDeps, request: CompareRequest): Promise<Comparison> {
  const whatIf = request.whatIf === undefined ? null : readWindows(request.whatIf);
  const asked = readDays(request);
  const meter = await openMeter(deps, request.meter);
  const { store } = deps;
  const span = asked ?? (await lastTwelveMonths(deps, meter.point.id, meter.today));
  const days = await loadDaySlots(store, { usagePoint: meter.point.id, flow: "consumption" }, span);
  if (days.length === 0) throw noReadings(span);
  const colorOn = await loadColors(store, span);
  const asOf = meter.today;
  const { entrants, absent } = candidatesOf({ meter, asOf, offers: await store.loadOffers(), whatIf });
  const compared = compareOffers(days, {
    candidates: entrants.map(({ candidate }) => candidate),
    colorOn,
    pricesAsOf: asOf,
  });
  const nameBy = new Map(entrants.map(({ candidate, name }) => [candidate.name, name]));
  const unpriceable = entrants.filter(({ candidate }) => compared.unpriceable.includes(candidate));
  return {
    usagePoint: meter.point.id,
    name: meter.point.name,
    doubts: meter.plan.doubts,
    span,
    asOf,
    powerKva: powerOn(meter.book, asOf),
    days: compared.days.length,
    daysWithoutEnergy: daysBetween(span.from, span.to) + 1 - days.length,
    partialDays: days.filter(({ quality }) => quality === "partial").length,
    ...estimatesIn(days, new Set(compared.days)),
    leftOut: compared.leftOut.map(({ date, by }) => ({ date, by: by.flatMap((name) => nameBy.get(name) ?? []) })),
    ranking: rankingOf(compared.ranking, entrants, asOf),
    absent: [
      ...absent,
      ...unpriceable.map(({ name, candidate }): Absent => ({ name, reason: reasonOf(candidate, asOf) })),
    ],
    whatIf,
    whatIfHours: whatIf && longestDayOf(whatIf),
    powers: await loadPowers(store, { meter, days, colorOn, asOf, span }),
  };
}

const longestDayOf = ({ days }: OffPeakSchedule): number =>
  Math.max(...days.map((windows) => windows.reduce((sum, { from, to }) => sum + to - from, 0))) / 60;

/** A plan by hours is compared on such days by what the household usually does, not by what the meter saw. */
function estimatesIn(
  days: readonly DaySlots[],
  compared: ReadonlySet<LocalDate>,
): Pick<Comparison, "estimatedDays" | "estimatedWh"> {
  const own = days
    .filter(({ date }) => compared.has(date))
    .map(({ slots }) => slots.filter(({ origin }) => origin === "estimated"))
    .filter((slots) => slots.length > 0);
  const energy = own.flat().reduce((sum, slot) => sum + slot.energy, 0);
  return { estimatedDays: own.length, estimatedWh: toWh(wattMinutes(energy)) };
}

/** Without a power no row of a table by power holds; with all prices known it is the calendar that is not. */
function reasonOf({ powerKva, plan, prices }: Entrant["candidate"], asOf: LocalDate): Absent["reason"] {
  const powers = powerKva === null ? [] : [{ from: null, kva: powerKva }];
  const inForce = pricesOn({ prices, buyback: [], powers }, asOf, plan.kind);
  if (inForce !== null && inForce.standing !== null && needsCalendar(plan.kind)) return "no_calendar";
  return powerKva === null ? "no_power" : "no_price";
}

const needsCalendar = (kind: PlanKind): boolean => kind === "TEMPO" || kind === "EJP" || kind === "ZEN_FLEX";

function rankingOf(ranking: readonly OfferCost[], entrants: readonly Entrant[], asOf: LocalDate): ComparedOffer[] {
  const own = ranking.find(({ candidate }) => candidate === entrants[0]?.candidate);
  return ranking.flatMap((cost) => {
    const entrant = entrants.find(({ candidate }) => candidate === cost.candidate);
    if (entrant === undefined) return [];
    const { candidate, energyCost, standing, total } = cost;
    const powers = candidate.powerKva === null ? [] : [{ from: null, kva: candidate.powerKva }];
    const prices = pricesOn({ prices: candidate.prices, buyback: [], powers }, asOf, candidate.plan.kind);
    return [
      {
        origin: entrant.origin,
        name: entrant.name,
        plan: candidate.plan,
        powerKva: candidate.powerKva,
        energyCost,
        standing,
        total,
        difference: own === undefined ? null : microEur(total - own.total),
        pricesFrom: prices?.from ?? null,
        source: prices?.source ?? null,
      },
    ];
  });
}

async function lastTwelveMonths({ store }: BillDeps, id: UsagePointId, today: LocalDate): Promise<Period> {
  const index = await store.loadIndex(id, "consumption");
  const to = index === null || index.through > today ? today : index.through;
  return { from: addDays(addYears(to, -1), 1), to };
}

function readWindows(text: string): OffPeakSchedule {
  const { schedule, leftOver } = parseOffPeak(text);
  if (schedule !== null && leftOver === null) return schedule;
  throw new BillRefusal("invalid_windows", {
    fr: `« ${text} » n'est pas compris comme des heures creuses ; écrivez par exemple "HC (1H00-9H00)" ou 01:00-07:00;12:30-14:30.`,
    en: `"${text}" is not understood as off-peak hours; write for example "HC (1H00-9H00)" or 01:00-07:00;12:30-14:30.`,
  });
}
