import { hourMs, type Instant, instant } from "../../domain/units.ts";
import type { Clock } from "../../shared/clock.ts";
import { type AmountSum, inUnit, sumsInUnit } from "./amount.ts";
import { compareRows } from "./compare.ts";
import {
  HomeAssistantFailure,
  maxRowsPerImport,
  type Recorder,
  type StatisticMetadata,
  type WrittenRow,
} from "./recorder.ts";
import type { SeriesHour, SeriesState } from "./series.ts";
import type { StatisticStore } from "./store.ts";

type WriteStore = Pick<StatisticStore, "loadHours" | "loadBefore" | "moveCursor">;

export interface WriteDeps {
  readonly store: WriteStore;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Told while it is waited for Home Assistant. */
  readonly onWait?: () => Promise<void>;
  /** Told after each chunk that was read back. */
  readonly onRows?: (rows: number) => void;
}

/** Home Assistant answers before it stores: how often to look, and how long one chunk may take. */
const firstLookMs = 50;
const longestLookMs = 2_000;
const chunkWithinMs = 5 * 60_000;

/**
 * Brings one series up to date from its first hour that was not read back, in order, chunk by chunk: send, read back until
 * every row is there, and only then move the cursor. A crash anywhere repeats the chunk, which replaces itself. Returns
 * the rows written.
 * @throws HomeAssistantFailure
 */
export async function writeSeries(series: SeriesState, deps: WriteDeps): Promise<number> {
  const { store, clock } = deps;
  let written = 0;
  let from = series.dirtyFrom;
  while (from !== null) {
    deps.signal.throwIfAborted();
    await deps.onWait?.();
    const hours = await store.loadHours(series.id, from, maxRowsPerImport + 1);
    const chunk = hours.slice(0, maxRowsPerImport);
    const next = hours[maxRowsPerImport]?.start ?? null;
    await writeChunk(series, chunk, deps);
    written += chunk.length;
    deps.onRows?.(chunk.length);
    // What changed meanwhile stays dirty from its own first hour, and is written by the next run.
    if (!(await store.moveCursor(series.id, series.revision, next, clock.now()))) return written;
    from = next;
  }
  return written;
}

async function writeChunk(series: SeriesState, chunk: readonly SeriesHour[], deps: WriteDeps): Promise<void> {
  const [first] = chunk;
  if (first === undefined) return;
  const before = await deps.store.loadBefore(series.id, first.start);
  const rows = rowsOf(series, chunk, before.sum);
  await deps.recorder.importRows(metadataOf(series), rows);
  await readBack(series.statisticId, rows, deps);
}

/** The rows of consecutive hours as they stand in Home Assistant; `before` is the sum of all earlier hours. */
export function rowsOf(
  { base, unit }: Pick<SeriesState, "base" | "unit">,
  hours: readonly SeriesHour[],
  before: AmountSum,
): WrittenRow[] {
  const amounts = hours.map(({ amount }) => amount);
  const sums = sumsInUnit(base + before, amounts, unit);
  return hours.map(({ start, amount }, position) => ({
    start,
    state: inUnit(amount, unit),
    sum: sums[position] ?? 0,
  }));
}

export const metadataOf = ({ statisticId, name, unit, measure }: SeriesState): StatisticMetadata => ({
  statisticId,
  source: sourceOf(statisticId),
  name,
  unit,
  unitClass: measure === "energy" ? "energy" : null,
  hasSum: true,
});

/** The part before the colon. */
export const sourceOf = (statisticId: string): string => statisticId.slice(0, statisticId.indexOf(":"));

/** Waits until Home Assistant shows every row as it was sent. */
async function readBack(
  statisticId: string,
  rows: readonly WrittenRow[],
  { recorder, clock, signal, onWait }: Pick<WriteDeps, "recorder" | "clock" | "signal" | "onWait">,
): Promise<void> {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return;
  const until = clock.now() + chunkWithinMs;
  for (let pauseMs = firstLookMs; ; pauseMs = Math.min(longestLookMs, pauseMs * 2)) {
    const tail = await load(recorder, statisticId, last.start, last.start);
    if (compareRows([last], tail) === null) {
      const difference = compareRows(rows, await load(recorder, statisticId, first.start, last.start));
      if (difference === null) return;
    }
    if (clock.now() >= until) throw notStored(statisticId);
    await clock.sleep(pauseMs, signal);
    await onWait?.();
  }
}

async function load(recorder: Recorder, statisticId: string, first: Instant, last: Instant) {
  const rows = await recorder.loadRows([statisticId], { from: first, before: instant(last + hourMs) });
  return rows.get(statisticId) ?? [];
}

const notStored = (statisticId: string): HomeAssistantFailure =>
  new HomeAssistantFailure("not_stored", {
    fr: `Home Assistant a accepté les statistiques ${statisticId} mais ne les a pas enregistrées en cinq minutes ; elles seront envoyées de nouveau. Si cela dure, regardez le journal de Home Assistant (recorder) et la place libre sur son disque.`,
    en: `Home Assistant accepted the statistics ${statisticId} but did not store them within five minutes; they will be sent again. If it lasts, look at Home Assistant's log (recorder) and the free space on its disk.`,
  });
