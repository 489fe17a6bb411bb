import type { Audit } from "../adapters/postgres/audit.ts";
import type { Config } from "../config/config.ts";
import type { Clock } from "../shared/clock.ts";
import type { Language } from "../shared/language.ts";
import type { Logger } from "../shared/log.ts";
import type { Destination } from "../sync/exports/destination.ts";
import type { SyncDeps } from "../sync/pass.ts";
import type { Source } from "../sync/source.ts";
import type { HomeAssistant } from "../sync/statistics/recorder.ts";
import type { StatisticsDeps } from "../sync/statistics/run.ts";
import type { Store } from "../sync/store.ts";

/** Where a command writes what its user asked for. Logs go elsewhere. */
export interface Output {
  line(text: string): void;
}

/** The parts of the program, built by `main`, as the commands use them. */
export interface Session {
  readonly config: Config;
  readonly language: Language;
  readonly clock: Clock;
  readonly log: Logger;
  readonly output: Output;
  readonly sync: SyncDeps;
  readonly audit: Audit;
  readonly database: DatabaseFacts;
  readonly broker: BrokerPort | null;
  readonly store: Store;
  /** Null where no Home Assistant is set. */
  readonly homeAssistant: HomeAssistant | null;
  /** What writing statistics needs; null where no Home Assistant is set. */
  readonly statistics: StatisticsDeps | null;
  /** The secondary destinations that are set. */
  readonly destinations: readonly Destination[];
}

export interface DatabaseFacts {
  readonly version: string;
  readonly origin: "url" | "private" | "guest";
  /** How to look inside with psql. */
  readonly psql: string;
}

/** What commands need to know of the broker. */
export interface BrokerPort {
  /** As the user may type it, without credentials. */
  readonly url: string;
  firstAttempt(): Promise<{ readonly connected: boolean; readonly problem: string | null }>;
}

export type SourcePort = Pick<Source, "ping" | "listUsagePoints" | "fetchUsage">;
