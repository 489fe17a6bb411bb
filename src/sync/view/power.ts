import { type BillDeps, openMeter } from "../bill/meter.ts";
import type { MaxPowerReading } from "../source.ts";
import { isoOf } from "./iso.ts";
import { type AskedSpan, readSpanOfDays } from "./span.ts";

/** The highest power of each day of a span, and of all of it. @throws BillRefusal */
export async function loadPower(deps: BillDeps, { pdl, ...asked }: AskedSpan & { readonly pdl: string }) {
  const span = readSpanOfDays(asked);
  const { point } = await openMeter(deps, pdl);
  const readings = await deps.store.loadMaxPowers(point.id, span);
  const highest = readings.reduce<MaxPowerReading | null>(
    (found, reading) => (found === null || reading.powerVa > found.powerVa ? reading : found),
    null,
  );
  return {
    usagePoint: point.id,
    start: span.from,
    end: span.to,
    subscribedPowerKva: point.subscribedPowerKva,
    days: readings.map(powerView),
    highest: highest && powerView(highest),
  };
}

export type PowerView = Awaited<ReturnType<typeof loadPower>>;

const powerView = ({ date, powerVa, at }: MaxPowerReading) => ({ date, powerVa, at: isoOf(at) });
