import { type Bill, billOf } from "../../domain/bill/bill.ts";
import { type Projection, projectMonth, usualSince } from "../../domain/bill/project.ts";
import { addYears, monthOf } from "../../domain/calendar.ts";
import { type HourEnergy, hoursOf } from "../../domain/statistics/hours.ts";
import { costsByDay, costsOf, type DayCost } from "../../domain/tariff/cost.ts";
import { standingIn } from "../../domain/tariff/cost-standing.ts";
import { type PlanDoubt, type PlanHistory, planOn } from "../../domain/tariff/plan.ts";
import type { PriceSourceKind } from "../../domain/tariff/price.ts";
import { energyPricesIn } from "../../domain/tariff/price-book.ts";
import { type ColorOn, stretchesOf } from "../../domain/tariff/stretches.ts";
import type { LocalDate, UsagePointId } from "../../domain/units.ts";
import type { Period } from "../source.ts";
import { readAmount } from "./amount.ts";
import { compareInvoice, type InvoiceComparison } from "./invoice.ts";
import { type BillDeps, type BilledMeter, loadColors, openMeter } from "./meter.ts";
import { type DaySlots, loadDaySlots } from "./readings.ts";
import { noReadings } from "./refusal.ts";
import { loadRevenue, type Revenue } from "./revenue.ts";
import { type BillSpan, type ContractYear, contractYearOf, readSpan, type SpanRequest } from "./span.ts";
import { type StandingPart, standingParts } from "./standing.ts";

export interface BillRequest extends SpanRequest {
  readonly meter: string | null;
  /** What the supplier asks for the span, as printed on the invoice. */
  readonly invoice?: string | undefined;
}

/** What a span of a meter cost, and what can be said beside it. */
export interface MeterBill {
  readonly usagePoint: UsagePointId;
  readonly name: string | null;
  readonly doubts: readonly PlanDoubt[];
  readonly span: BillSpan;
  /** Of a span that is still running: up to the last known day. */
  readonly bill: Bill;
  /** What its standing charge is made of. */
  readonly standing: readonly StandingPart[];
  /** Days whose half-hours are inferred from their daily value. */
  readonly estimatedDays: readonly LocalDate[];
  /** Days that are known in part, and count as what is known. */
  readonly partialDays: readonly LocalDate[];
  /** Where prices come from, without repeats. */
  readonly sources: readonly PriceSourceKind[];
  /** What was injected; null where the meter does not inject. */
  readonly revenue: Revenue | null;
  /** Of the current month alone: how it may end. Null while too few days are known to go by. */
  readonly projection: Projection | null;
  /** Of the current month alone: the year of contract up to the last known day. */
  readonly contractYear: { readonly year: ContractYear; readonly bill: Bill } | null;
  readonly invoice: InvoiceComparison | null;
}

/** @throws BillRefusal */
export async function bill(deps: BillDeps, request: BillRequest): Promise<MeterBill> {
  const invoiced = request.invoice === undefined ? null : readAmount(request.invoice);
  const meter = await openMeter(deps, request.meter);
  const span = readSpan(request, meter.today);
  const isCurrentMonth = span.kind === "month" && span.whole >= meter.today;
  const year = contractYearOf(meter.point.activationDate, meter.today);
  const readings = await load(deps, meter, isCurrentMonth ? widened(span, year) : span);
  const known = { ...span, to: lastKnownDay(readings, span, meter.today) };
  const made = billOf({ ...readings.priced, span: { from: known.from, to: known.to } });
  const inSpan = readings.days.filter(({ date }) => date >= known.from && date <= known.to);
  const daysOf = (wanted: DaySlots["quality"]) =>
    inSpan.filter(({ quality }) => quality === wanted).map(({ date }) => date);
  const facts = { estimatedDays: daysOf("estimated"), partialDays: daysOf("partial"), sources: sourcesOf(made) };
  return {
    usagePoint: meter.point.id,
    name: meter.point.name,
    doubts: meter.plan.doubts,
    span: known,
    bill: made,
    standing: standingParts(readings.priced, known),
    ...facts,
    revenue: meter.point.hasProduction ? await loadRevenue(deps.store, meter, known) : null,
    projection: isCurrentMonth ? project(meter, readings, known) : null,
    contractYear: isCurrentMonth
      ? { year, bill: billOf({ ...readings.priced, span: { from: year.from, to: known.to } }) }
      : null,
    invoice: invoiced === null ? null : compared(invoiced, made, facts),
  };
}

interface Readings {
  readonly days: readonly DaySlots[];
  readonly colorOn: ColorOn;
  readonly priced: { readonly hours: readonly HourEnergy[] } & Pick<BilledMeter, "book"> & {
      readonly history: PlanHistory;
    };
}

/** All that the answer is made of, read once. */
async function load({ store }: BillDeps, { point, plan, book }: BilledMeter, span: Period): Promise<Readings> {
  const colorOn = await loadColors(store, span);
  const days = await loadDaySlots(store, { usagePoint: point.id, flow: "consumption" }, span);
  const { history } = plan;
  return { days, colorOn, priced: { hours: hoursIn(days, history, colorOn), history, book } };
}

const hoursIn = (days: readonly DaySlots[], history: PlanHistory, colorOn: ColorOn): HourEnergy[] =>
  days.flatMap(({ date, slots }) => hoursOf(slots, stretchesOf(date, history, colorOn)));

/** With the year of contract, and the year behind that a month to come is estimated by. */
const widened = ({ from, to }: BillSpan, year: ContractYear): Period => {
  const usualFrom = addYears(from, -1);
  return { from: year.from < usualFrom ? year.from : usualFrom, to };
};

/** In a span that is still running, days after it are to come or not read yet, and no gap. @throws BillRefusal */
function lastKnownDay({ days }: Readings, { from, to, whole }: BillSpan, today: LocalDate): LocalDate {
  const last = days.findLast(({ date }) => date >= from && date <= to)?.date;
  if (last === undefined) throw noReadings({ from, to });
  return whole >= today ? last : to;
}

const sourcesOf = (made: Bill): PriceSourceKind[] => [
  ...new Set(made.lines.flatMap(({ parts }) => parts.map(({ source }) => source.kind))),
];

/** The month as it may end, by the household's own days at today's plan and prices. */
function project({ plan, book, today }: BilledMeter, { days, colorOn }: Readings, span: BillSpan): Projection | null {
  const current = planOn(plan.history, today);
  const history: PlanHistory = [{ from: null, plan: current, origin: "user" }];
  const prices = energyPricesIn(book, history)(today);
  const whole = days.filter(({ quality }) => quality !== "partial");
  const since = usualSince(span.from);
  const usualDays = whole.filter(({ date }) => date >= since);
  const usual = costsByDay(costsOf(hoursIn(usualDays, history, colorOn), () => prices));
  const inMonth = whole.filter(({ date }) => date >= span.from && date <= span.to);
  const known: DayCost[] = costsByDay(
    costsOf(hoursIn(inMonth, plan.history, colorOn), energyPricesIn(book, plan.history)),
  );
  const standing = standingIn(book, plan.history, { from: span.from, to: span.whole });
  return projectMonth({
    month: monthOf(span.from),
    known,
    usual,
    standing: standing.unknownDays.length === 0 ? standing.amount : null,
  });
}

const compared = (
  invoiced: Parameters<typeof compareInvoice>[0],
  made: Bill,
  { estimatedDays, sources }: Pick<MeterBill, "estimatedDays" | "sources">,
): InvoiceComparison | null =>
  compareInvoice(invoiced, {
    energy: made.energyCost,
    standing: made.standing,
    unknownDays: made.daysWithoutEnergy.length,
    unpricedDays: new Set([...made.pendingDays, ...made.daysWithoutPrice]).size,
    estimatedDays: estimatedDays.length,
    standingUnknownDays: made.daysWithoutStanding.length,
    sources,
  });
