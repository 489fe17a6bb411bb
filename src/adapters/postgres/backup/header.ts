import { z } from "zod";

/** Of the file's layout, not of the schema inside. */
export const formatVersion = 1;
export const formatName = "linky-bridge-dump";

const table = z.object({
  name: z.string(),
  columns: z.array(z.string()),
  rows: z.number().int().nonnegative(),
  /** Of its rows in PostgreSQL's text format for COPY, as they stand in the file. */
  bytes: z.number().int().nonnegative(),
  /** SHA-256 of those bytes, in hexadecimal. */
  sha256: z.string(),
  /** Identity columns with the number that comes next. */
  identities: z.array(z.object({ column: z.string(), next: z.number().int() })),
});
export type DumpedTable = z.infer<typeof table>;

/** What every version of the format begins with. */
export const anyHeader = z.looseObject({ format: z.literal(formatName), version: z.number().int() });

/**
 * The first line of a dump, as JSON. The rows of its tables follow in the same order without anything between them. Both
 * parts are gzip, one after the other: `zcat FILE | head -1` shows the header of any dump.
 */
export const dumpHeader = z.object({
  format: z.literal(formatName),
  version: z.literal(formatVersion),
  /** Instant in UTC, ISO 8601. */
  madeAt: z.iso.datetime(),
  /** PostgreSQL's version, `18.4`. */
  postgres: z.string(),
  /** Names of the migrations that made the schema, in order. */
  migrations: z.array(z.string()),
  /** In an order in which no row refers to a later table. */
  tables: z.array(table),
});
export type DumpHeader = z.infer<typeof dumpHeader>;

/** Rows of all tables together. */
export const rowsIn = ({ tables }: Pick<DumpHeader, "tables">): number =>
  tables.reduce((sum, { rows }) => sum + rows, 0);
