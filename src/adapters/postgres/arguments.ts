import type postgres from "postgres";

/** Where a query may run: on a connection of its own, or inside a transaction. */
export type Queries = postgres.ISql;

/** Rows per statement: the figures are flat from 1,000 to 10,000, and the memory of a statement stays bounded. */
const rowsPerStatement = 5_000;

/**
 * A PostgreSQL array of numbers, booleans or words without punctuation, as text to cast: `${…}::text::int[]`. Several
 * times faster than the client's own arrays, which quote each element.
 */
export function arrayText(values: readonly (number | boolean | string | null)[]): string {
  return `{${values.map((value) => (value === null ? "null" : value)).join(",")}}`;
}

/** Rows as one JSON argument, to read with `json_to_recordset(${…}::text::json)`: for short lists with texts in them. */
export const jsonText = (value: unknown): string => JSON.stringify(value ?? null);

/** The rows alone, without what the client's own kind of array remembers of the query. */
export const rowsOf = async <T>(query: PromiseLike<readonly T[]>): Promise<readonly T[]> => [...(await query)];

/** Rows with one per key, the last given: one statement cannot write the same row twice. */
export const lastOfEach = <T>(rows: readonly T[], key: (row: T) => string): readonly T[] => [
  ...new Map(rows.map((row) => [key(row), row])).values(),
];

export function* batchesOf<T>(rows: readonly T[], size: number = rowsPerStatement): Generator<readonly T[]> {
  if (rows.length <= size) {
    if (rows.length > 0) yield rows;
    return;
  }
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size);
}

/**
 * A `timestamptz` from milliseconds. `to_timestamp` rounds to the microsecond, and a double holds milliseconds of this
 * century with a tenth of a microsecond to spare: exact.
 */
export const timestamp = (sql: Queries, ms: number | null) => sql`to_timestamp(${ms}::float8 / 1000)`;

/** A `date` from `YYYY-MM-DD`, whatever the client would make of the type. */
export const date = (sql: Queries, day: string) => sql`${day}::text::date`;

/**
 * Lets one writer at a time work on what `name` names, until the transaction ends. Taken first and alone, so that
 * writers cannot wait for each other in a circle; statements after it see all that earlier holders committed.
 *
 * Also `preferIndexes`, as one statement.
 */
export async function lockFor(tx: Queries, name: string): Promise<void> {
  await tx`
    select pg_advisory_xact_lock(hashtextextended(${`linky-bridge/${name}`}::text, 0)),
      set_config('enable_seqscan', 'off', true)`;
}

/**
 * Keeps the planner from reading whole tables until the transaction ends. On a first run a statement is planned while
 * its table is empty, and the plan is kept while the table grows to a hundred thousand rows: what read "all of nothing"
 * for each new slot took 83 s where the index takes half a second.
 *
 * For the same reason a row's former value is looked up in a `lateral … limit 1`, which the planner cannot turn into a
 * join: without statistics it takes a usage point for a row or two, and compares every new row with all stored ones.
 */
export async function preferIndexes(tx: Queries): Promise<void> {
  await tx`select set_config('enable_seqscan', 'off', true)`;
}
