import { dateAt } from "../../domain/calendar.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Text } from "../../shared/language.ts";
import { type BringDeps, bringSeries } from "./bring.ts";
import type { Brought, Destination, DestinationName, RunRequest } from "./destination.ts";
import type { NewestPoint } from "./exporter.ts";
import type { ExportKind } from "./series.ts";

export interface SeriesDestinationDeps extends Omit<BringDeps, "destination"> {
  readonly name: DestinationName;
  readonly title: Text;
  /** As it may be shown. */
  readonly address: string;
  readonly kinds: readonly ExportKind[];
  readonly clock: Pick<Clock, "now">;
}

/** A destination that is brought dated series, one series after the other. */
export const seriesDestination = ({
  name,
  title,
  address,
  kinds,
  clock,
  ...deps
}: SeriesDestinationDeps): Destination => ({
  name,
  title,
  address,
  test: (signal) => deps.exporter.test(signal),
  async run({ isForced, isCheck, onBrought }: RunRequest, signal): Promise<Brought> {
    const { exporter, reader } = deps;
    await exporter.open(signal);
    const newest: NewestPoint[] = [];
    let records = 0;
    let waitingCorrections = 0;
    for (const series of await reader.list(kinds)) {
      if (!exporter.takes(series)) continue;
      signal.throwIfAborted();
      const now = clock.now();
      const request = { now, today: dateAt(now), isForced, isCheck, onBrought };
      const outcome = await bringSeries(series, { destination: name, ...deps }, request, signal);
      records += outcome.records;
      if (outcome.isCorrectionWaiting) waitingCorrections++;
      if (outcome.newest) newest.push(outcome.newest);
    }
    if (newest.length > 0) await exporter.conclude?.(newest, signal);
    return { records, waitingCorrections };
  },
});
