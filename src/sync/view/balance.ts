import { daysFromTo } from "../../domain/calendar.ts";
import type { LocalDate } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import { type BillDeps, type BilledMeter, openMeter } from "../bill/meter.ts";
import type { Period } from "../source.ts";
import { priceFlow } from "./priced-flow.ts";
import { type DaySeries, dayGroups, loadDaySeries } from "./series-days.ts";
import { type DayStep, isMissing } from "./series-input.ts";
import { type AskedSpan, readSpanOfDays } from "./span.ts";
import type { Tally } from "./tally.ts";

export interface BalanceRequest extends AskedSpan {
  readonly pdl: string;
  readonly step: DayStep;
}

/** What the meter took from the grid and gave to it, in equal steps. @throws BillRefusal */
export async function loadBalance(deps: BillDeps, { pdl, step, ...asked }: BalanceRequest) {
  const span = readSpanOfDays(asked);
  const meter = await openMeter(deps, pdl);
  const consumed = await loadFlow(deps, meter, { flow: "consumption", span, step });
  const injected = await loadFlow(deps, meter, { flow: "production", span, step });
  const dates = [...dayGroups(span, step).values()];
  const buckets = consumed.series.buckets.map(({ key, start, end, tally }, position) => {
    const given = injected.series.buckets[position]?.tally;
    return { key, start, end, ...amountsOf({ taken: tally, given, dates: dates[position] ?? [], consumed, injected }) };
  });
  const all = { taken: consumed.series.total, given: injected.series.total, dates: daysFromTo(span.from, span.to) };
  return {
    usagePoint: meter.point.id,
    start: span.from,
    end: span.to,
    step,
    buckets,
    total: amountsOf({ ...all, consumed, injected }),
    selfConsumptionWh: null,
    /** What the inverter produced passes no meter of the grid. */
    selfConsumptionReason: "needs_inverter_production" as const,
  };
}

interface KnownFlow {
  readonly series: DaySeries;
  readonly isMissing: (date: LocalDate) => boolean;
}

async function loadFlow(
  { store }: BillDeps,
  meter: BilledMeter,
  { flow, span, step }: { readonly flow: Flow; readonly span: Period; readonly step: DayStep },
): Promise<KnownFlow> {
  const usagePoint = meter.point.id;
  const priced = await priceFlow(store, meter, { flow, span });
  const through = (await store.loadIndex(usagePoint, flow))?.through ?? null;
  const series = await loadDaySeries({ store, usagePoint, flow, span, priced, corrected: new Set(), through }, step);
  return { series, isMissing: (date) => isMissing({ through }, date) && !series.known.has(date) };
}

interface AmountsInput {
  readonly taken: Tally;
  readonly given: Tally | undefined;
  readonly dates: readonly LocalDate[];
  readonly consumed: KnownFlow;
  readonly injected: KnownFlow;
}

function amountsOf({ taken, given, dates, consumed, injected }: AmountsInput) {
  const [cost, revenue] = [taken.view(), given?.view()];
  const injectedWh = revenue?.energyWh ?? null;
  const areSameDays = dates.every((date) => consumed.series.known.has(date) === injected.series.known.has(date));
  return {
    consumedWh: cost.energyWh,
    injectedWh,
    netWh: areSameDays && cost.energyWh !== null && injectedWh !== null ? cost.energyWh - injectedWh : null,
    costEur: cost.eur,
    revenueEur: revenue?.eur ?? null,
    missingDays: dates.filter((date) => consumed.isMissing(date) || injected.isMissing(date)).length,
  };
}
