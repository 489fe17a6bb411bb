import type { ClientConfig } from "pg";
import postgres from "postgres";
import { type Logger, silentLog } from "../../shared/log.ts";

/** Where a database is: the user's own URL, or a private cluster's socket directory. */
export type Connection =
  | { readonly url: string }
  | {
      /** A directory that holds a unix socket. */
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly database: string;
    };

export type Sql = postgres.Sql;
export type Transaction = postgres.TransactionSql;

export interface OpenOptions {
  /** Connections at most. Default 4: each costs the server a process, and the service rarely runs more than two queries at once. */
  readonly max?: number;
  /** Named prepared statements. Default true; false behind a pgbouncer that pools transactions. */
  readonly prepare?: boolean;
  readonly connectTimeoutMs?: number;
  readonly log?: Logger;
}

const oid = { int8: 20, date: 1082, timestamptz: 1184 } as const;

/**
 * Milliseconds of a `timestamptz` as the server writes it with `TimeZone=UTC`: `2026-10-25 00:30:00.123456+00`.
 * Microseconds are cut. @throws RangeError for infinity and for another zone.
 */
export function parseTimestamp(text: string): number {
  const ms = text.endsWith("+00") ? Date.parse(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`) : Number.NaN;
  if (Number.isNaN(ms)) throw new RangeError(`Not an instant in UTC: "${text}"`);
  return ms;
}

/** @throws RangeError beyond 2^53, where a number would no longer be exact. */
export function parseBigint(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`A bigint too large to be exact: ${text}`);
  return value;
}

const types = {
  bigint: { to: oid.int8, from: [oid.int8], serialize: String, parse: parseBigint },
  day: { to: oid.date, from: [oid.date], serialize: String, parse: String },
  instant: {
    to: oid.timestamptz,
    from: [oid.timestamptz],
    serialize: (at: number | string | Date) => new Date(at).toISOString(),
    parse: parseTimestamp,
  },
};

/**
 * A pool on the database; connects on first use. `timestamptz` is integer milliseconds both ways, `date` is
 * `YYYY-MM-DD` text, `bigint` is a number (an error beyond 2^53).
 */
export function openSql(connection: Connection, options: OpenOptions = {}): Sql {
  const { max = 4, prepare = true, connectTimeoutMs = 10_000, log = silentLog() } = options;
  const settings = {
    max,
    connect_timeout: connectTimeoutMs / 1000,
    idle_timeout: 60,
    connection: { application_name: "linky-bridge", TimeZone: "UTC", DateStyle: "ISO" },
    types,
    onnotice: (notice: postgres.Notice) => log.debug({ notice: notice.message }, "database notice"),
    // Left out when true, so that a URL's own `?prepare=false` counts.
    ...(prepare ? {} : { prepare: false }),
  };
  if ("url" in connection) return postgres(connection.url, settings);
  return postgres({ ...connection, ...settings, ssl: false, password: "" });
}

/** Lets running queries finish for five seconds, then cuts them. */
export const closeSql = (sql: Sql): Promise<void> => sql.end({ timeout: 5 });

/** The same place for `pg`. */
export function pgConfig(connection: Connection): ClientConfig {
  const common = { application_name: "linky-bridge", connectionTimeoutMillis: 10_000 };
  if ("url" in connection) return { ...common, connectionString: withLibpqSsl(connection.url) };
  return { ...common, ...connection, ssl: false };
}

/** `pg` reads `sslmode=require` as "verify the certificate" unless told to follow libpq, as postgres.js does. */
function withLibpqSsl(url: string): string {
  return /[?&]sslmode=/.test(url) && !url.includes("uselibpqcompat") ? `${url}&uselibpqcompat=true` : url;
}

/** A place for logs: never the password. */
export function describeConnection(connection: Connection): string {
  if (!("url" in connection)) return `${connection.host} (${connection.database})`;
  if (!URL.canParse(connection.url)) return "DATABASE_URL";
  const { host, pathname } = new URL(connection.url);
  return `${host}${pathname}`;
}
