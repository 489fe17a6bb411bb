import { readdir, statfs } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { defaultDataDir } from "./adapters/postgres/launcher/data-directory.ts";
import { DatabaseFailure } from "./adapters/postgres/launcher/failure.ts";
import { databaseStopped, explainStorage } from "./adapters/postgres/storage.ts";
import { storagePlace, version } from "./compose.ts";
import type { Config } from "./config/config.ts";
import type { Instant } from "./domain/units.ts";
import type { Doors } from "./server/doors.ts";
import { serveWaiting } from "./server/waiting.ts";
import type { Clock } from "./shared/clock.ts";
import type { Logger } from "./shared/log.ts";
import { type StorageTrouble, storesAgain } from "./sync/storage.ts";

interface OutageParts {
  readonly config: Config;
  readonly log: Logger;
  readonly clock: Clock;
  /** Where the trouble is told meanwhile. */
  readonly doors: Doors;
}

const firstPauseMs = 2_000;
const longestPauseMs = 30_000;
/** A server that ran for this long is no server that cannot be started. */
const lastingMs = 60_000;
/** PostgreSQL needs it to start and go on; a new cluster is 40 MB and up to 32 MB of log. */
const leastFreeBytes = 16 * 1024 * 1024;
const leastFreeForNewBytes = 80 * 1024 * 1024;

/**
 * The time without a database, from its loss or from a start without one until it runs. A service waits for it: ending
 * would have it started again and again by whatever watches over it, and help nothing.
 */
export class DatabaseOutage {
  readonly #parts: OutageParts;
  #trouble: (StorageTrouble & { readonly since: Instant }) | null = null;
  #attempts = 0;
  #readyAt: number | null = null;

  constructor(parts: OutageParts) {
    this.#parts = parts;
  }

  /** Whether trying again unchanged may help. A server that ran before may run again, whatever it says meanwhile. */
  isWaitedFor(error: unknown): boolean {
    if (explainStorage(error, storagePlace(this.#parts.config)) !== null) return true;
    return this.#readyAt !== null && error instanceof DatabaseFailure && error.code === "start_failed";
  }

  /** The database runs. */
  over(): void {
    const { log, config } = this.#parts;
    if (this.#trouble) log.info(storesAgain[config.language]);
    this.#trouble = null;
    this.#readyAt = performance.now();
  }

  /** Tells the trouble once, and resolves when the next attempt is due; longer each time. */
  async wait(error: unknown, signal: AbortSignal): Promise<void> {
    if (this.#readyAt !== null && performance.now() - this.#readyAt > lastingMs) this.#attempts = 0;
    const trouble = this.#tell(error);
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** this.#attempts++);
    const close = await this.#serve(trouble);
    try {
      do await this.#parts.clock.sleep(pauseMs, signal);
      while (trouble.code === "disk_full" && !(await this.#hasRoom()));
    } catch (cause) {
      if (!signal.aborted) throw cause;
    } finally {
      await close();
    }
  }

  #tell(error: unknown): StorageTrouble & { readonly since: Instant } {
    const { config, log, clock } = this.#parts;
    const found = databaseStopped(error, storagePlace(config));
    if (this.#trouble?.code === found.code) return this.#trouble;
    // What keeps the server from coming back says more than that it stopped; the other way round nothing is new.
    if (this.#trouble === null || found.code !== "database_stopped")
      log.error({ problem: found.code, detail: found.detail }, found.text[config.language]);
    this.#trouble = { ...found, since: this.#trouble?.since ?? clock.now() };
    return this.#trouble;
  }

  async #serve(waiting: StorageTrouble & { readonly since: Instant }): Promise<() => Promise<void>> {
    const { server } = this.#parts.config;
    if (server === null) return async () => undefined;
    const { host, port, webPort, supervisor } = server;
    const { log, doors } = this.#parts;
    return serveWaiting({ version, waiting, host, port, pagePort: webPort, supervisor, log, doors });
  }

  /** Without a look at the free space each attempt would fill the disk anew. */
  async #hasRoom(): Promise<boolean> {
    const { database, dataDir } = this.#parts.config;
    if (database.url !== null) return true;
    const directory = resolve(dataDir ?? defaultDataDir());
    const names = await readdir(directory).catch(() => []);
    const isNew = !names.some((name) => /^pg\d+$/.test(name));
    const free = await freeBytes(directory);
    return free === null || free >= (isNew ? leastFreeForNewBytes : leastFreeBytes);
  }
}

/** On the disk of a directory, or of the one it would be made in; null where the system does not tell. */
async function freeBytes(directory: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(directory);
    return bavail * bsize;
  } catch {
    return dirname(directory) === directory ? null : freeBytes(dirname(directory));
  }
}
