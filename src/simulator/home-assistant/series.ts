import type { Instant } from "../../domain/units.ts";

/** Metadata as the recorder keeps them. */
export interface SeriesMetadata {
  readonly statistic_id: string;
  /** The part of the id before the colon; `recorder` for an entity's. */
  readonly source: string;
  readonly name: string | null;
  readonly unit_of_measurement: string | null;
  readonly unit_class: string | null;
  readonly has_sum: boolean;
  /** 0 none, 1 arithmetic, 2 circular. */
  readonly mean_type: 0 | 1 | 2;
}

/** One row of the hourly table. What was not given is null. */
export interface Row {
  /** UTC; the top of an hour, but for rows that were sent with an offset that is no whole hour. */
  readonly start: Instant;
  readonly state: number | null;
  readonly sum: number | null;
  readonly mean: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly last_reset: Instant | null;
}

/** A row with what is not given left out. */
export type PartialRow = Pick<Row, "start"> & Partial<Row>;

export const wholeRow = (row: PartialRow): Row => ({
  start: row.start,
  state: row.state ?? null,
  sum: row.sum ?? null,
  mean: row.mean ?? null,
  min: row.min ?? null,
  max: row.max ?? null,
  last_reset: row.last_reset ?? null,
});

/** A series: rows by start, ascending. */
export class Series {
  metadata: SeriesMetadata;
  #rows: Row[] = [];

  constructor(metadata: SeriesMetadata) {
    this.metadata = metadata;
  }

  get rows(): readonly Row[] {
    return this.#rows;
  }

  /** Replaces the row of the same start whole: a field that is not given becomes null. Rows after it stay as they are. */
  upsert(row: PartialRow): void {
    const position = this.positionFrom(row.start);
    this.#rows.splice(position, this.#rows[position]?.start === row.start ? 1 : 0, wholeRow(row));
  }

  /** Position of the first row that does not begin before `at`. */
  positionFrom(at: number): number {
    const last = this.#rows.at(-1);
    if (!last || last.start < at) return this.#rows.length;
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#rows[middle]?.start ?? at) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Changes every row from `from` on. */
  change(from: number, changed: (row: Row) => Row): void {
    for (let position = this.positionFrom(from); position < this.#rows.length; position++) {
      const row = this.#rows[position];
      if (row) this.#rows[position] = changed(row);
    }
  }
}
