import { createReadStream, createWriteStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip, gzipSync } from "node:zlib";
import type { Instant } from "../../../domain/units.ts";
import type { Queries } from "../arguments.ts";
import type { Connection, Transaction } from "../connection.ts";
import { appliedMigrations, type Extent, ownTables, type StoredTable } from "./catalog.ts";
import { isLockedOut, schemaLocked } from "./failure.ts";
import { partialBeside, publish } from "./files.ts";
import { type DumpedTable, type DumpHeader, formatName, formatVersion } from "./header.ts";
import { exactText, lockTimeout } from "./session-settings.ts";
import { withStoppable } from "./stoppable.ts";
import { Tally } from "./tally.ts";

export interface WriteRequest extends Extent {
  readonly at: Instant;
  /** The file's path, once the schema is known. It appears there whole or not at all. */
  readonly pathFor: (migrations: readonly string[]) => string;
  /** How long a change of the schema by somebody else is waited for. Default 20 s. */
  readonly lockTimeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface WrittenDump {
  readonly path: string;
  readonly header: DumpHeader;
}

/**
 * Writes all the store holds at one instant into one file, while others go on reading and writing. Memory stays bounded:
 * rows stream from the server through gzip to the disk.
 * @throws BackupFailure when somebody else changes the schema for too long; the signal's reason when aborted.
 */
export function writeDump(connection: Connection, request: WriteRequest): Promise<WrittenDump> {
  return withStoppable(connection, request.signal, async (sql) => {
    // Read before the transaction, so that it can begin with locks: its view of the data starts with its first query.
    const before = await appliedMigrations(sql);
    const tables = await ownTables(sql, request);
    return sql.begin("isolation level repeatable read read only", async (tx) => {
      await lockTables(tx, tables, request);
      await exactText(tx);
      const migrations = await appliedMigrations(tx);
      if (migrations.join() !== before.join()) throw new Error("The schema changed while a dump of it began");
      return write(tx, { tables, migrations, request });
    });
  });
}

/** Nobody changes the schema until the dump ends; readers and writers are not held up. */
async function lockTables(
  tx: Transaction,
  tables: readonly StoredTable[],
  { lockTimeoutMs }: Pick<WriteRequest, "lockTimeoutMs">,
): Promise<void> {
  if (tables.length === 0) return;
  const names = tables.map(({ name }) => `public.${quoted(name)}`).join(", ");
  await lockTimeout(tx, lockTimeoutMs);
  await tx.unsafe(`lock table ${names} in access share mode`).catch((error: unknown) => {
    throw isLockedOut(error) ? schemaLocked() : error;
  });
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

interface Content {
  readonly tables: readonly StoredTable[];
  readonly migrations: readonly string[];
  readonly request: WriteRequest;
}

async function write(tx: Transaction, { tables, migrations, request }: Content): Promise<WrittenDump> {
  const path = request.pathFor(migrations);
  const [body, draft] = [partialBeside(`${path}.rows`), partialBeside(path)];
  try {
    const dumped = await writeRows(tx, tables, { body, signal: request.signal });
    const header: DumpHeader = {
      format: formatName,
      version: formatVersion,
      madeAt: new Date(request.at).toISOString(),
      postgres: await versionOf(tx),
      migrations: [...migrations],
      tables: dumped,
    };
    // Counts and sums are known once the rows are written, and stand before them: gzip files may be joined.
    await writeHeader(draft, header);
    await pipeline(createReadStream(body), createWriteStream(draft, { flags: "a" }));
    await publish(draft, path);
    return { path, header };
  } finally {
    for (const file of [body, draft]) await rm(file, { force: true });
  }
}

async function writeHeader(path: string, header: DumpHeader): Promise<void> {
  const handle = await open(path, "wx", 0o600);
  try {
    await handle.writeFile(gzipSync(`${JSON.stringify(header)}\n`));
  } finally {
    await handle.close();
  }
}

async function writeRows(
  tx: Transaction,
  tables: readonly StoredTable[],
  { body, signal }: { readonly body: string; readonly signal?: AbortSignal | undefined },
): Promise<DumpedTable[]> {
  const dumped: DumpedTable[] = [];
  async function* rows(): AsyncGenerator<Buffer> {
    for (const table of tables) {
      const tally = new Tally();
      const identities = await Promise.all(table.identities.map((identity) => nextOf(tx, identity)));
      for await (const chunk of copyOut(tx, table)) {
        tally.add(chunk);
        yield chunk;
      }
      dumped.push({ name: table.name, columns: [...table.columns], ...tally.result(), identities });
    }
  }
  await pipeline(Readable.from(rows()), createGzip(), createWriteStream(body, { flags: "wx", mode: 0o600 }), {
    ...(signal ? { signal } : {}),
  });
  return dumped;
}

async function* copyOut(tx: Transaction, { name, columns }: StoredTable): AsyncGenerator<Buffer> {
  const stream = await tx`copy ${tx(`public.${name}`)} (${tx([...columns])}) to stdout`.readable();
  yield* stream;
  // The client stops reading from its socket while the stream is full, and reads on when the stream asks for more. One
  // that was full when its last row came asks no more, and the next query would wait for ever.
  stream._read(0);
}

/** Numbers are never given twice, also not those of rows that went: the sequence is what counts, not the rows. */
async function nextOf(tx: Queries, { column, sequence }: StoredTable["identities"][number]) {
  const [row] = await tx.unsafe<{ next: number }[]>(
    `select last_value + case when is_called then 1 else 0 end as next from ${sequence}`,
  );
  return { column, next: row?.next ?? 1 };
}

async function versionOf(tx: Queries): Promise<string> {
  const [row] = await tx<{ version: string }[]>`select current_setting('server_version') as version`;
  return row?.version.split(" ")[0] ?? "";
}
