import type { Bill, BillLine } from "../../domain/bill/bill.ts";
import type { PowerOption } from "../../domain/bill/powers.ts";
import type { Projection, Range } from "../../domain/bill/project.ts";
import { describeOffPeak } from "../../domain/tariff/off-peak.ts";
import type { DatedPlan, TariffPlan } from "../../domain/tariff/plan.ts";
import { type EnergyPrice, type MicroEur, toEur, toMicroEur } from "../../domain/tariff/price.ts";
import type { QuotedPrice } from "../../domain/tariff/price-book.ts";
import { type Instant, toWh } from "../../domain/units.ts";
import type { MeterBill } from "./bill.ts";
import type { ComparedOffer, Comparison } from "./compare.ts";
import type { DayTariff } from "./day-tariff.ts";
import type { Explanation } from "./explain.ts";
import type { InvoiceComparison } from "./invoice.ts";
import type { Powers } from "./powers.ts";
import { nameOfSpan } from "./span.ts";

/**
 * The answers as JSON, for the API and for `--json`: energy in Wh, amounts in EUR to the millionth, prices in EUR per kWh,
 * taxes included; null is not known. Field names never change.
 */
const eurOf = (amount: MicroEur | null): number | null => (amount === null ? null : toEur(amount));
/** Both are counted in millionths. */
const perKwhOf = (price: EnergyPrice): number => price / 1_000_000;
const isoOf = (at: Instant): string => new Date(at).toISOString();

export const billView = (answer: MeterBill) => ({
  usagePoint: answer.usagePoint,
  name: answer.name,
  period: nameOfSpan(answer.span),
  from: answer.span.from,
  to: answer.span.to,
  /** The last day of the month or year asked for, which may be to come. */
  wholeTo: answer.span.whole,
  ...amountsView(answer.bill),
  standingParts: answer.standing.map((part) => ({
    eurPerMonth: toEur(part.monthly),
    source: part.source,
    firstDay: part.firstDay,
    lastDay: part.lastDay,
    days: part.days,
    eur: toEur(part.amount),
  })),
  estimatedDays: answer.estimatedDays,
  partialDays: answer.partialDays,
  planDoubts: answer.doubts,
  revenue: answer.revenue && {
    energyWh: answer.revenue.energyWh,
    eur: eurOf(answer.revenue.amount),
    daysWithoutPrice: answer.revenue.daysWithoutPrice,
  },
  projection: answer.projection && projectionView(answer.projection),
  contractYear: answer.contractYear && {
    ...answer.contractYear.year,
    through: answer.contractYear.bill.span.to,
    ...amountsView(answer.contractYear.bill),
  },
  invoice: answer.invoice && invoiceView(answer.invoice),
});

const amountsView = (bill: Bill) => ({
  lines: bill.lines.map(lineView),
  energyWh: bill.energyWh,
  estimatedWh: bill.estimatedWh,
  energyEur: eurOf(bill.energyCost),
  standingEur: eurOf(bill.standing),
  totalEur: eurOf(bill.total),
  isWhole: bill.isWhole,
  pendingDays: bill.pendingDays,
  daysWithoutPrice: bill.daysWithoutPrice,
  daysWithoutEnergy: bill.daysWithoutEnergy,
  daysWithoutStanding: bill.daysWithoutStanding,
});

const lineView = ({ period, energyWh, cost, unpricedWh, parts }: BillLine) => ({
  period,
  energyWh,
  unpricedWh,
  eur: eurOf(cost),
  parts: parts.map((part) => ({
    ...quoteView(part),
    firstDay: part.firstDay,
    lastDay: part.lastDay,
    energyWh: part.energyWh,
    eur: toEur(part.cost),
  })),
});

const quoteView = ({ price, source, from }: QuotedPrice) => ({
  eurPerKwh: perKwhOf(price),
  source,
  pricesFrom: from,
});

const projectionView = ({ month, knownDays, knownCost, estimatedDays, energy, total }: Projection) => ({
  month,
  knownDays,
  knownEnergyEur: eurOf(knownCost),
  estimatedDays,
  energyEur: rangeView(energy),
  totalEur: total && rangeView(total),
});

const rangeView = ({ expected, low, high }: Range) => ({
  expected: toEur(expected),
  low: toEur(low),
  high: toEur(high),
});

const invoiceView = ({ invoiced, difference, perMille, reasons }: InvoiceComparison) => ({
  invoicedEur: toEur(invoiced),
  differenceEur: toEur(difference),
  differencePercent: perMille === null ? null : perMille / 10,
  reasons,
});

const planView = ({ kind, offPeak, summerOffPeak, holidays }: TariffPlan) => ({
  plan: kind,
  offpeakHours: offPeak && describeOffPeak(offPeak),
  ...(summerOffPeak ? { summerOffpeakHours: describeOffPeak(summerOffPeak) } : {}),
  ...(holidays ? { holidays } : {}),
});

const datedPlanView = (dated: DatedPlan | null) =>
  dated && { ...planView(dated.plan), from: dated.from, origin: dated.origin };

export const tariffView = ({ date, plan, doubts, powerKva, tempo, stretches, standing }: DayTariff) => ({
  date,
  plan: datedPlanView(plan),
  planDoubts: doubts,
  powerKva,
  tempo: tempo && { eve: tempo.eve, day: tempo.day },
  stretches: stretches.map(({ start, end, period, price }) => ({
    start: isoOf(start),
    end: isoOf(end),
    period,
    price: price && quoteView(price),
  })),
  standing: standing && { eurPerMonth: toEur(standing.monthly), source: standing.source },
});

export const explanationView = ({ usagePoint, name, hour, doubts, dayQuality, isPast }: Explanation) => ({
  usagePoint,
  name,
  start: isoOf(hour.start),
  date: hour.date,
  isPast,
  plan: datedPlanView(hour.plan),
  planDoubts: doubts,
  tempo: hour.tempo,
  day: hour.day.map(({ start, end, period }) => ({ start: isoOf(start), end: isoOf(end), period })),
  dayQuality,
  parts: hour.parts.map(({ period, spans, energy, estimated, price, cost, missing, gap }) => ({
    period,
    spans: spans.map(({ from, to }) => ({ start: isoOf(from), end: isoOf(to) })),
    energyWh: energy === null ? null : toWh(energy),
    isEstimated: estimated,
    price: price && quoteView(price),
    eur: cost === null ? null : toEur(toMicroEur(cost)),
    missing,
    gap,
  })),
});

export const comparisonView = (answer: Comparison) => ({
  usagePoint: answer.usagePoint,
  name: answer.name,
  planDoubts: answer.doubts,
  from: answer.span.from,
  to: answer.span.to,
  pricesOf: answer.asOf,
  powerKva: answer.powerKva,
  days: answer.days,
  daysWithoutEnergy: answer.daysWithoutEnergy,
  partialDays: answer.partialDays,
  estimatedDays: answer.estimatedDays,
  estimatedWh: answer.estimatedWh,
  leftOut: answer.leftOut,
  whatIf: answer.whatIf && describeOffPeak(answer.whatIf),
  whatIfHoursPerDay: answer.whatIfHours,
  ranking: answer.ranking.map(offerView),
  absent: answer.absent,
  powers: answer.powers && powersView(answer.powers),
});

const offerView = (offer: ComparedOffer) => ({
  origin: offer.origin,
  name: offer.name,
  ...planView(offer.plan),
  powerKva: offer.powerKva,
  energyEur: toEur(offer.energyCost),
  standingEur: toEur(offer.standing),
  totalEur: toEur(offer.total),
  differenceEur: eurOf(offer.difference),
  pricesFrom: offer.pricesFrom,
  source: offer.source,
});

const powersView = ({ days, from, to, isLongEnough, highest, current, options, cheapest }: Powers) => ({
  days,
  from,
  to,
  isLongEnough,
  highest: { date: highest.date, maximumVa: highest.maximum },
  current: current && powerView(current),
  options: options.map(powerView),
  cheapestKva: cheapest?.kva ?? null,
});

const powerView = ({ kva, headroomVa, overruns, yearlyCost, yearlyDifference }: PowerOption) => ({
  kva,
  headroomVa,
  overruns,
  yearlyEur: eurOf(yearlyCost),
  yearlyDifferenceEur: eurOf(yearlyDifference),
});
