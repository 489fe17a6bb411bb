import PQueue from "p-queue";
import { dateAt } from "../../domain/calendar.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Text } from "../../shared/language.ts";
import { type BringDeps, bringSeries, type SeriesOutcome } from "./bring.ts";
import type { Brought, Destination, DestinationName, RunRequest } from "./destination.ts";
import type { ExportKind, ExportSeries } from "./series.ts";

export interface SeriesDestinationDeps extends Omit<BringDeps, "destination"> {
  readonly name: DestinationName;
  readonly title: Text;
  /** As it may be shown. */
  readonly address: string;
  readonly kinds: readonly ExportKind[];
  readonly clock: Pick<Clock, "now">;
}

/** A destination that is brought dated series. */
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
  async run({ isForced, isCheck, onBrought, onShare }: RunRequest, signal): Promise<Brought> {
    const { exporter, reader } = deps;
    await exporter.open(signal);
    const wanted = (await reader.list(kinds)).filter((series) => exporter.takes(series));
    const shares = new Map<ExportSeries, number>();
    const note = (series: ExportSeries, share: number): void => {
      shares.set(series, share);
      onShare?.([...shares.values()].reduce((sum, each) => sum + each, 0) / wanted.length);
    };
    const bring = async (series: ExportSeries, either: AbortSignal): Promise<SeriesOutcome> => {
      const now = clock.now();
      const onShareOfSeries = (share: number): void => note(series, share);
      const request = { now, today: dateAt(now), isForced, isCheck, onBrought, onShare: onShareOfSeries };
      const outcome = await bringSeries(series, { destination: name, ...deps }, request, either);
      // Not at the end of the run: a first one may take long, and end before its time.
      if (outcome.newest) await exporter.conclude?.(outcome.newest, either);
      note(series, 1);
      return outcome;
    };
    const outcomes = await bringAll(wanted, bring, { parallel: exporter.parallel ?? 1, signal });
    const lost = outcomes.filter(({ isLost }) => isLost).length;
    if (lost > 0)
      deps.log.warn({ series: lost }, "what had been exported was no longer there; all of it was sent again");
    // The other series have been brought all the same.
    for (const { refusal } of outcomes) if (refusal) throw refusal;
    return {
      records: outcomes.reduce((sum, { records }) => sum + records, 0),
      waitingCorrections: outcomes.filter(({ isCorrectionWaiting }) => isCorrectionWaiting).length,
    };
  },
});

/** In the order of the series. The first failure ends the others, and is thrown once they have ended. */
async function bringAll(
  wanted: readonly ExportSeries[],
  bring: (series: ExportSeries, signal: AbortSignal) => Promise<SeriesOutcome>,
  { parallel, signal }: { readonly parallel: number; readonly signal: AbortSignal },
): Promise<readonly SeriesOutcome[]> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const queue = new PQueue({ concurrency: parallel });
  const endings = await Promise.allSettled(
    wanted.map((series) =>
      queue.add(async () => {
        either.throwIfAborted();
        return bring(series, either).catch((error: unknown) => {
          failed.abort(error);
          throw error;
        });
      }),
    ),
  );
  signal.throwIfAborted();
  if (failed.signal.aborted) throw failed.signal.reason;
  return endings.map((ending) => {
    if (ending.status === "rejected") throw ending.reason;
    return ending.value;
  });
}
