import type { Instant } from "../../domain/units.ts";
import { JobQueue } from "./job-queue.ts";
import { type PartialRow, Series, type SeriesMetadata } from "./series.ts";
import { converter } from "./units.ts";

export interface CommitOptions {
  /** From the reply to the moment at which rows are there, in real milliseconds. Default 0: the next turn of the event loop. */
  readonly delayMs?: number;
  /** Speed at which rows are written on top of it; null for no limit, which is the default. */
  readonly rowsPerSecond?: number | null;
  /** `lose`: success is answered, nothing is stored, an error stands in the log. Default `commit`. */
  readonly mode?: "commit" | "lose";
}

/** A line of Home Assistant's log about the recorder. */
export interface LogEntry {
  readonly at: Instant;
  readonly level: "warning" | "error";
  readonly message: string;
}

/** Statistics and the thread that writes them. What is read is what is committed, never what is queued. */
export class Recorder {
  readonly series = new Map<string, Series>();
  readonly log: LogEntry[] = [];
  readonly queue: JobQueue;
  rowsCommitted = 0;
  readonly #now: () => Instant;
  #mode: "commit" | "lose" = "commit";

  constructor(now: () => Instant, commit: CommitOptions) {
    this.#now = now;
    this.queue = new JobQueue({ delayMs: 0, rowsPerSecond: null }, (error) =>
      this.note("error", `Unhandled database error while processing task: ${String(error)}`),
    );
    this.setCommit(commit);
  }

  setCommit({ delayMs, rowsPerSecond, mode }: CommitOptions): void {
    if (delayMs !== undefined) this.queue.pace.delayMs = delayMs;
    if (rowsPerSecond !== undefined) this.queue.pace.rowsPerSecond = rowsPerSecond;
    if (mode !== undefined) this.#mode = mode;
  }

  note(level: LogEntry["level"], message: string): void {
    this.log.push({ at: this.#now(), level, message });
  }

  /** Queues rows; they are written in one transaction, after `ready`. */
  queueImport(metadata: SeriesMetadata, rows: readonly PartialRow[], ready: Promise<unknown>): void {
    const run = (): void => {
      if (this.#mode === "lose") {
        this.note("error", `Error while importing ${metadata.statistic_id}: ${rows.length} rows lost`);
        return;
      }
      this.put(metadata, rows);
      this.rowsCommitted += rows.length;
    };
    this.queue.push({ rows: rows.length, ready, run });
  }

  /** Inserts or updates metadata for the whole series, then each row; the last of two rows of one start wins. */
  put(metadata: SeriesMetadata, rows: readonly PartialRow[]): void {
    const series = this.series.get(metadata.statistic_id) ?? new Series(metadata);
    this.series.set(metadata.statistic_id, series);
    series.metadata = metadata;
    for (const row of rows) series.upsert(row);
  }

  /** Resolves when the series are gone, in their turn. Unknown ids are no matter. */
  clear(statisticIds: readonly string[]): Promise<void> {
    return this.#done(() => {
      for (const id of statisticIds) this.series.delete(id);
    });
  }

  /** Changes the labels, not the numbers. Resolves when it is done. */
  relabel(statisticId: string, unit: Pick<SeriesMetadata, "unit_of_measurement" | "unit_class">): Promise<void> {
    return this.#done(() => {
      const series = this.series.get(statisticId);
      if (series) series.metadata = { ...series.metadata, ...unit };
    });
  }

  /** Queues an addition, in the unit stored, to every sum from `from` on. */
  adjust(statisticId: string, from: Instant, adjustment: number, ready: Promise<unknown>): void {
    const run = (): void =>
      this.series
        .get(statisticId)
        ?.change(from, (row) => ({ ...row, sum: row.sum === null ? null : row.sum + adjustment }));
    this.queue.push({ rows: 0, ready, run });
  }

  /** Queues a conversion of an entity's series; external ones are left as they are. */
  convert(
    statisticId: string,
    { from, to }: { from: string | null; to: string | null },
    ready: Promise<unknown>,
  ): void {
    const run = (): void => {
      const series = this.series.get(statisticId);
      if (series?.metadata.source !== "recorder" || series.metadata.unit_of_measurement !== from) return;
      const changed = converter(series.metadata.unit_class, { from, to });
      const orNull = (value: number | null): number | null => (value === null ? null : changed(value));
      series.change(Number.NEGATIVE_INFINITY, ({ start, last_reset, state, sum, mean, min, max }) => ({
        start,
        last_reset,
        state: orNull(state),
        sum: orNull(sum),
        mean: orNull(mean),
        min: orNull(min),
        max: orNull(max),
      }));
      series.metadata = { ...series.metadata, unit_of_measurement: to };
    };
    this.queue.push({ rows: 0, ready, run });
  }

  #done(action: () => void): Promise<void> {
    return new Promise((resolve) => {
      const run = (): void => {
        action();
        resolve();
      };
      this.queue.push({ rows: 0, ready: Promise.resolve(), run });
    });
  }
}
