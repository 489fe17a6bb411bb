import { instant, minuteMs } from "../../domain/units.ts";
import type { Clock } from "../../shared/clock.ts";
import { maxRowsPerImport, type Recorder, type StatisticMetadata, type StatisticRow } from "../statistics/recorder.ts";
import { AdoptionRefusal } from "./refusal.ts";
import type { SavedSeries } from "./store.ts";

/** Home Assistant answers before it stores; how often to look, and for how long the whole of a series may take. */
const firstLookMs = 50;
const longestLookMs = 2_000;
const withinMs = 15 * minuteMs;

export interface RestoreDeps {
  readonly session: Recorder;
  readonly clock: Clock;
  readonly renew: () => Promise<void>;
}

/**
 * Gives a series back as it was saved, and reads it back field by field. Rows are written over where no other row stands;
 * otherwise exactly this id is cleared first, because a single row cannot be removed. A series that did not exist is
 * cleared. Repeated after a crash it goes on.
 * @throws AdoptionRefusal when the rows do not come up.
 */
export async function restoreSeries(saved: SavedSeries, deps: RestoreDeps): Promise<void> {
  const { session } = deps;
  const { statisticId, metadata, rows } = saved;
  const { held, current } = await look(session, statisticId);
  if (metadata === null) {
    if (held !== undefined) await session.clearSeries(statisticId);
    return waitFor(saved, deps);
  }
  const starts = new Set(rows.map(({ start }) => start));
  if (current.some(({ start }) => !starts.has(start))) await session.clearSeries(statisticId);
  // Without rows the metadata alone are made.
  for (let from = 0; from === 0 || from < rows.length; from += maxRowsPerImport) {
    await session.importRows(metadata, rows.slice(from, from + maxRowsPerImport));
    await deps.renew();
  }
  await waitFor(saved, deps);
}

async function look(session: Recorder, statisticId: string) {
  const held = (await session.listStatistics()).find((metadata) => metadata.statisticId === statisticId);
  const current = (await session.loadRows([statisticId], {})).get(statisticId) ?? [];
  return { held, current };
}

async function waitFor(saved: SavedSeries, { session, clock, renew }: RestoreDeps): Promise<void> {
  const until = instant(clock.now() + withinMs);
  for (let pauseMs = firstLookMs; ; pauseMs = Math.min(longestLookMs, pauseMs * 2)) {
    const { held, current } = await look(session, saved.statisticId);
    if (sameMetadata(saved.metadata, held ?? null) && sameRows(saved.rows, current)) return;
    if (clock.now() >= until) throw notRestored(saved.statisticId);
    await clock.sleep(pauseMs);
    await renew();
  }
}

function sameMetadata(a: StatisticMetadata | null, b: StatisticMetadata | null): boolean {
  if (a === null || b === null) return a === b;
  return a.name === b.name && a.unit === b.unit && a.source === b.source && a.hasSum === b.hasSum;
}

/** Every field of every row, exactly. */
export const sameRows = (a: readonly StatisticRow[], b: readonly StatisticRow[]): boolean =>
  a.length === b.length && a.every((row, position) => sameRow(row, b[position]));

const sameRow = (a: StatisticRow, b: StatisticRow | undefined): boolean =>
  a.start === b?.start &&
  a.state === b.state &&
  a.sum === b.sum &&
  a.mean === b.mean &&
  a.min === b.min &&
  a.max === b.max &&
  a.lastReset === b.lastReset;

const notRestored = (statisticId: string): AdoptionRefusal =>
  new AdoptionRefusal("not_restored", {
    fr: `Home Assistant n'a pas encore repris les anciennes lignes de ${statisticId} ; relancez la même commande, elle reprendra où elle en est.`,
    en: `Home Assistant has not taken back the former rows of ${statisticId} yet; run the same command again, it goes on from there.`,
  });
