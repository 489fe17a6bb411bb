import type { Language } from "../../../shared/language.ts";
import type { Logger } from "../../../shared/log.ts";
import type { Connection } from "../connection.ts";
import type { DatabaseFailure } from "./failure.ts";

export interface StartOptions {
  /** The user's own database (`DATABASE_URL`); nothing is started then. */
  readonly url?: string | undefined;
  /** Default `defaultDataDir()`. */
  readonly dataDir?: string | undefined;
  /**
   * For one-shot commands: use the running server as a guest and never stop it; where none runs, start one and stop it
   * at the end. Default false: own the server, or fail when another process does.
   */
  readonly share?: boolean;
  readonly log?: Logger;
  /** Of what the log tells the user to wait for. Default French. */
  readonly language?: Language;
  /** Aborts the start; a server that was started already is stopped. */
  readonly signal?: AbortSignal | undefined;
  /** Further settings of a private cluster's server: `synchronous_commit: "off"` for an SD card, say. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
  /** Only binaries of this directory. Default `LINKY_POSTGRES_BIN`. */
  readonly binDir?: string | undefined;
  /**
   * Where binaries that the database's user cannot reach are copied. Default `/var/cache/linky-bridge` for root, else
   * `binaries` in the data directory.
   */
  readonly stagingDir?: string | undefined;
  /** How long a URL that does not take connections yet is tried. Default 60 s. */
  readonly urlTimeoutMs?: number;
}

export interface Database {
  readonly connection: Connection;
  /** `18.4` */
  readonly version: string;
  /** `private`: our server, stopped by `stop`. `guest`: another process's. `url`: the user's. */
  readonly origin: "url" | "private" | "guest";
  /** Resolves when a private server ends although nobody stopped it. Never for the others: their queries tell. */
  readonly lost: Promise<DatabaseFailure>;
  /** Within five seconds. Close the pools before: open connections are cut. */
  stop(): Promise<void>;
}

/** For databases that are not ours to watch. */
export const neverLost = (): Promise<never> => new Promise(() => {});
