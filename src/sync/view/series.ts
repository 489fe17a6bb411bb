import type { Flow } from "../../domain/usage-point.ts";
import { type BillDeps, openMeter } from "../bill/meter.ts";
import { priceFlow } from "./priced-flow.ts";
import { loadDaySeries } from "./series-days.ts";
import { loadHourSeries } from "./series-hours.ts";
import type { Bucket, DayStep, HourStep, SeriesInput } from "./series-input.ts";
import { type AskedSpan, readDetailSpan, readSpanOfDays } from "./span.ts";
import { exactWh } from "./tally.ts";

export interface SeriesRequest extends AskedSpan {
  readonly pdl: string;
  readonly flow: Flow;
  readonly step: DayStep | HourStep;
}

/** The energy of a span in equal steps, split and priced as its bill is. @throws BillRefusal */
export async function loadSeries(deps: BillDeps, { pdl, flow, step, ...asked }: SeriesRequest) {
  const isHourly = step === "half_hour" || step === "hour";
  const span = isHourly ? readDetailSpan(asked) : readSpanOfDays(asked);
  const meter = await openMeter(deps, pdl);
  const { store } = deps;
  const usagePoint = meter.point.id;
  const [priced, corrected, index] = await Promise.all([
    priceFlow(store, meter, { flow, span }),
    store.loadCorrectedDays(usagePoint, flow, span),
    store.loadIndex(usagePoint, flow),
  ]);
  const through = index?.through ?? null;
  const input: SeriesInput = { store, usagePoint, flow, span, priced, corrected: new Set(corrected), through };
  const { buckets, total } = isHourly ? await loadHourSeries(input, step) : await loadDaySeries(input, step);
  // Half a watt-hour, rounded up 48 times, would be a day of 24 Wh more.
  const views = buckets.map((bucket) => viewOf(bucket, isHourly ? exactWh : undefined));
  return { usagePoint, flow, step, start: span.from, end: span.to, buckets: views, total: total.view() };
}

const viewOf = ({ key, start, end, tally }: Bucket, whOf: typeof exactWh | undefined) => ({
  key,
  start,
  end,
  ...tally.view(whOf),
});

export type SeriesView = Awaited<ReturnType<typeof loadSeries>>;
