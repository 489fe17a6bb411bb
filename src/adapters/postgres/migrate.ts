import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client, DatabaseError } from "pg";
import type { Text } from "../../shared/language.ts";
import type { Logger } from "../../shared/log.ts";
import { type Connection, pgConfig } from "./connection.ts";

export const migrationsDirectory = join(import.meta.dirname, "migrations");
export const migrationsTable = "pgmigrations";

/** Any 64-bit number no other program is likely to lock: "linkymig" in ASCII. Held by whoever changes the schema. */
export const lockKey = "7811887331863030119";
const lockPollMs = 100;

export interface MigrateOptions {
  readonly log: Logger;
  readonly signal?: AbortSignal;
  /** How long another instance's migration is waited for. Default 20 s. */
  readonly lockTimeoutMs?: number;
  /** Called under the lock with the migrations about to run, only when the store already holds earlier ones. */
  readonly beforeChange?: (pending: readonly string[]) => Promise<void>;
  /** Where the `.sql` files are; for tests. */
  readonly directory?: string;
}

/** The store cannot be brought to this program's schema; the user must act. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
  readonly code: "newer_store" | "locked" | "not_allowed" | "failed";
  readonly text: Text;
  constructor(code: MigrationError["code"], text: Text, options?: ErrorOptions) {
    super(text.en, options);
    this.code = code;
    this.text = text;
  }
}

/**
 * Brings the store's schema to this program's version and returns the names of the migrations that ran, in order; none
 * on a second run. All of them run in one transaction. Another instance's migration is waited for.
 * @throws MigrationError when the store is newer than the program, stays locked, may not be changed, or a migration
 * fails; the store is as it was then.
 */
export async function migrate(connection: Connection, options: MigrateOptions): Promise<readonly string[]> {
  const client = new Client(pgConfig(connection));
  // Without a listener a connection that breaks between two queries would end the process; the next query reports it.
  client.on("error", (error) => options.log.debug({ error: error.message }, "migration connection lost"));
  await client.connect();
  try {
    await takeLock(client, options);
    return await runPending(client, options);
  } finally {
    // Ending the session releases the lock.
    await client.end();
  }
}

async function takeLock(client: Client, { log, signal, lockTimeoutMs = 20_000 }: MigrateOptions): Promise<void> {
  const deadline = Date.now() + lockTimeoutMs;
  for (let waited = false; ; waited = true) {
    const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_lock($1::bigint) as taken", [
      lockKey,
    ]);
    if (rows[0]?.taken) return;
    if (Date.now() >= deadline) throw locked(lockTimeoutMs);
    if (!waited) log.info("another instance is migrating the store; waiting for it");
    await delay(lockPollMs, undefined, signal ? { signal } : {});
  }
}

async function runPending(client: Client, options: MigrateOptions): Promise<readonly string[]> {
  const dir = options.directory ?? migrationsDirectory;
  const ours = await migrationNames(dir);
  const done = await namesRun(client);
  const unknown = done.filter((name) => !ours.includes(name));
  if (unknown.length > 0) throw newerStore(unknown);
  const pending = ours.filter((name) => !done.includes(name));
  if (pending.length === 0) return [];
  if (done.length > 0) await options.beforeChange?.(pending);
  // A table held by someone else's transaction is an error after a while, not a start that hangs.
  await client.query("set lock_timeout = '20s'");
  // Needed once in the life of a store, and not small: a start without anything to migrate does without it.
  const { runner } = await import("node-pg-migrate");
  const ran = await runner({
    dbClient: client,
    dir,
    migrationsTable,
    direction: "up",
    singleTransaction: true,
    noLock: true,
    logger: quietly(options.log),
  }).catch((error: unknown) => {
    if (isPermissionDenied(error)) throw notAllowed(error);
    throw error instanceof DatabaseError ? failed(error) : error;
  });
  const names = ran.map(({ name }) => name);
  options.log.info({ migrations: names }, "store migrated");
  return names;
}

/** The migrations this program knows, in their order. */
export async function migrationNames(dir: string = migrationsDirectory): Promise<string[]> {
  const files = await readdir(dir);
  return files
    .filter((file) => file.endsWith(".sql"))
    .map((file) => file.slice(0, -".sql".length))
    .sort();
}

async function namesRun(client: Client): Promise<string[]> {
  const { rows: found } = await client.query("select 1 from pg_tables where schemaname = 'public' and tablename = $1", [
    migrationsTable,
  ]);
  if (found.length === 0) return [];
  const { rows } = await client.query<{ name: string }>(`select name from public.${migrationsTable} order by id`);
  return rows.map(({ name }) => name);
}

/** node-pg-migrate tells every step; one line of ours is enough, the rest helps only when something fails. */
function quietly(log: Logger) {
  const tell = (message: string): void => log.debug({ step: message }, "migration step");
  return { debug: tell, info: tell, warn: tell, error: tell };
}

const isPermissionDenied = (error: unknown): boolean =>
  error instanceof Error &&
  (("code" in error && error.code === "42501") || error.message.includes("permission denied"));

const newerStore = (unknown: readonly string[]): MigrationError =>
  new MigrationError("newer_store", {
    fr: `La base a été utilisée par une version plus récente de Linky Bridge (migrations inconnues : ${unknown.join(", ")}). Réinstallez cette version, ou restaurez la sauvegarde faite avant la mise à jour. Rien n'a été modifié.`,
    en: `The store was used by a newer version of Linky Bridge (unknown migrations: ${unknown.join(", ")}). Install that version again, or restore the backup made before the update. Nothing was changed.`,
  });

const locked = (waitedMs: number): MigrationError =>
  new MigrationError("locked", {
    fr: `Une autre instance met la base à jour depuis plus de ${waitedMs / 1000} s. Attendez qu'elle finisse, ou arrêtez-la, puis relancez.`,
    en: `Another instance has been migrating the store for more than ${waitedMs / 1000} s. Wait until it ends, or stop it, then start again.`,
  });

const failed = (cause: Error): MigrationError =>
  new MigrationError(
    "failed",
    {
      fr: `La mise à jour de la base a échoué : ${cause.message}. La base est restée telle qu'elle était. Réinstallez la version précédente pour continuer, et signalez ce message.`,
      en: `Updating the database failed: ${cause.message}. The database is as it was before. Install the previous version again to go on, and report this message.`,
    },
    { cause },
  );

const notAllowed = (cause: unknown): MigrationError =>
  new MigrationError(
    "not_allowed",
    {
      fr: "L'utilisateur PostgreSQL de DATABASE_URL n'a pas le droit de créer les tables. Donnez-lui ce droit : grant create on schema public to <utilisateur>, ou faites-en le propriétaire de la base.",
      en: "The PostgreSQL user of DATABASE_URL may not create the tables. Allow it: grant create on schema public to <user>, or make it the owner of the database.",
    },
    { cause },
  );
