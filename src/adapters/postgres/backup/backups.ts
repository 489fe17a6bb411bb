import { createReadStream } from "node:fs";
import { mkdtemp, open as openFile, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Instant, instant, type LocalDate, type UsagePointId } from "../../../domain/units.ts";
import type { Flow } from "../../../domain/usage-point.ts";
import {
  type Backups,
  BackupTrouble,
  type Download,
  type DumpFacts,
  type StoredBackup,
  type StoreFacts,
  type UploadedDump,
} from "../../../sync/backups/backups.ts";
import { rowsOf } from "../arguments.ts";
import type { Sql } from "../connection.ts";
import type { Database } from "../launcher/database.ts";
import { tableSizes } from "../table-sizes.ts";
import { appliedMigrations } from "./catalog.ts";
import { backupDirectory, listDumps, saveDump } from "./directory.ts";
import { BackupFailure, notListed, sentDump } from "./failure.ts";
import { makeBackupDirectory } from "./files.ts";
import { type DumpHeader, rowsIn } from "./header.ts";
import { type DumpName, newestFirst } from "./names.ts";
import { extentOf } from "./prepare.ts";
import { loadOutcome } from "./restore-staged.ts";
import { confirmStaged, type DumpSource, stageDump, stagingDirectory } from "./staging.ts";

export interface BackupsOptions {
  readonly database: Pick<Database, "connection" | "origin">;
  /** On the same database. */
  readonly sql: Sql;
  readonly dataDir: string;
  readonly now: () => Instant;
}

/** Dumps, as the page sees to them. Every failure is a BackupTrouble. */
export function createBackups(options: BackupsOptions): Backups {
  const { dataDir } = options;
  const directory = backupDirectory(dataDir);
  return {
    directory,
    list: () => explained(list(directory)),
    make: (signal) => explained(make(options, signal)),
    download: (file, signal) => explained(file === undefined ? downloadNew(options, signal) : open(directory, file)),
    stage: (from, signal) => explained(stage(options, from, signal)),
    here: () => here(options),
    confirm: async (id) => {
      if (!(await confirmStaged(dataDir, id))) throw unknownStaged();
    },
    lastRestore: () => loadOutcome(dataDir),
  };
}

async function explained<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof BackupFailure ? new BackupTrouble(error.code, error.text, { cause: error }) : error;
  }
}

const unknownStaged = (): BackupTrouble =>
  new BackupTrouble("not_staged", {
    fr: "Cette sauvegarde n'attend plus d'être restaurée : choisissez-la de nouveau.",
    en: "This dump no longer waits to be restored: choose it again.",
  });

const list = async (directory: string): Promise<readonly StoredBackup[]> =>
  Promise.all(newestFirst(await listDumps(directory)).map((name) => factsOf(directory, name)));

const factsOf = async (directory: string, { file, kind, stamp, schema }: DumpName): Promise<StoredBackup> => ({
  file,
  kind,
  madeAt: instantOf(stamp),
  bytes: (await stat(join(directory, file))).size,
  schema,
});

/** `20261121T134500123Z` */
const instantOf = (stamp: string): Instant =>
  instant(Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/, "$1-$2-$3T$4:$5:$6.$7Z")));

async function make({ database, dataDir, now }: BackupsOptions, signal: AbortSignal) {
  const directory = backupDirectory(dataDir);
  const { path, header } = await saveDump(database.connection, {
    directory,
    kind: "backup",
    at: now(),
    prune: true,
    ...extentOf(database),
    signal,
  });
  const backup = (await list(directory)).find(({ file }) => file === basename(path));
  if (backup === undefined) throw new Error("The dump that was just made is not there");
  return { backup, rows: rowsIn(header) };
}

/** Only names of the list: nothing else of the machine can be asked for. */
async function open(directory: string, file: string): Promise<Download> {
  const path = await pathOf(directory, file);
  return { file, bytes: (await stat(path)).size, stream: createReadStream(path) };
}

/** Counts and sums stand before the rows, so that a dump is whole before its first byte leaves. */
async function downloadNew({ database, dataDir, now }: BackupsOptions, signal: AbortSignal): Promise<Download> {
  await makeBackupDirectory(stagingDirectory(dataDir));
  const directory = await mkdtemp(join(stagingDirectory(dataDir), "download-"));
  try {
    const request = { directory, kind: "backup", at: now(), prune: false, ...extentOf(database), signal } as const;
    const { path } = await saveDump(database.connection, request);
    const handle = await openFile(path, "r");
    return { file: basename(path), bytes: (await handle.stat()).size, stream: handle.createReadStream() };
  } finally {
    // What is open can be read to its end all the same, and a killed process leaves nothing behind.
    await rm(directory, { recursive: true, force: true });
  }
}

async function stage({ dataDir }: BackupsOptions, from: UploadedDump | { readonly file: string }, signal: AbortSignal) {
  const source = "file" in from ? await listed(backupDirectory(dataDir), from.file) : sent(from);
  const { id, header } = await stageDump(dataDir, source, signal);
  return { id, dump: dumpFacts(header) };
}

const sent = ({ content, name }: UploadedDump): DumpSource => ({ open: () => content, title: name ?? sentDump });

async function listed(directory: string, file: string): Promise<DumpSource> {
  const path = await pathOf(directory, file);
  return { open: () => createReadStream(path), title: file };
}

/** @throws BackupFailure where the list has no such file. */
async function pathOf(directory: string, file: string): Promise<string> {
  if ((await listDumps(directory)).some((name) => name.file === file)) return join(directory, file);
  throw notListed(file);
}

const dumpFacts = ({ madeAt, migrations, postgres, tables }: DumpHeader): DumpFacts => ({
  madeAt: instant(Date.parse(madeAt)),
  schema: schemaOf(migrations),
  postgres,
  tables: Object.fromEntries(tables.map(({ name, rows }) => [name, rows])),
});

const schemaOf = (migrations: readonly string[]): string => (migrations.at(-1) ?? "0000").slice(0, 4);

async function here({ database, sql }: BackupsOptions): Promise<StoreFacts> {
  const sizes = await tableSizes(sql, extentOf(database));
  const tables = Object.fromEntries(sizes.map(({ name, rows }) => [name, rows]));
  const days = await rowsOf(
    sql<{ usagePoint: UsagePointId; flow: Flow; count: number; first: LocalDate; last: LocalDate }[]>`
      select usage_point_id as "usagePoint", flow, count(*)::integer as count, min(date) as first, max(date) as last
      from day where value_wh is not null group by usage_point_id, flow order by usage_point_id, day.flow`,
  );
  return { schema: schemaOf(await appliedMigrations(sql)), tables, days };
}
