import type { Instant } from "../domain/units.ts";
import type { Clock } from "../shared/clock.ts";
import type { Language, Text } from "../shared/language.ts";
import type { Logger } from "../shared/log.ts";
import type { Access } from "../sync/access/access.ts";
import type { Finding } from "../sync/checks/finding.ts";
import type { DestinationName } from "../sync/exports/destination.ts";
import type { PassResult } from "../sync/pass.ts";
import type { PageSettings, Settings } from "../sync/settings/settings.ts";
import type { PlanSetting } from "../sync/statistics/plans.ts";
import type { StatisticsDeps } from "../sync/statistics/run.ts";
import type { StorageTrouble } from "../sync/storage.ts";
import type { Store } from "../sync/store.ts";
import type { SyncProgress } from "../sync/view/progress.ts";
import type { ConnectionName, Setting } from "./api/settings.ts";
import type { DemoHome } from "./demo.ts";
import type { Door } from "./guard.ts";
import type { OperationsParts } from "./operations.ts";

/** An option that has to be filled in, and what to do. */
export interface MissingOption {
  readonly option: string;
  readonly text: Text;
}

/** Who may use the page and its API. */
export interface SecurityParts {
  readonly access: Access;
  /** Of the installation: the page speaks it before it knows its visitor. */
  readonly language: Language;
  readonly log: Logger;
}

/** The settings, as the page changes them. */
export interface SettingsParts {
  readonly settings: Settings;
  /** Every option, with these values set in the page. */
  readonly describe: (page: PageSettings["values"]) => readonly Omit<Setting, "isUnreadable">[];
  /** Tries a connection with settings that need not be in force. */
  readonly tryConnection: (
    name: ConnectionName,
    page: PageSettings,
    signal: AbortSignal,
  ) => Promise<readonly Finding[]>;
  /** Brings changed settings into force; every connection ends soon after. */
  readonly apply: () => void;
  readonly log: Logger;
}

/** What Prometheus scrapes. */
export interface MetricsParts {
  readonly contentType: string;
  /** The text of one scrape. */
  write(): Promise<string>;
}

/** What the routes work with: the session's own parts. */
export interface ServerParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly version: string;
  /** Whose meters are shown. */
  readonly account: string;
  /** What the user says of tariffs. */
  readonly plans: readonly PlanSetting[];
  /** Home Assistant, and what writing its statistics needs; null where none is set. */
  readonly statistics: StatisticsDeps | null;
  /** The secondary destinations that are set; absent: none. */
  readonly destinations?: readonly DestinationName[];
  /** Null before the first one of this process. */
  readonly lastPass: () => PassResult | null;
  /** What keeps the service from storing, since when; absent or null: nothing does. */
  readonly trouble?: () => (StorageTrouble & { readonly since: Instant }) | null;
  /** What has to be set before anything can be fetched; absent or empty: nothing. */
  readonly missing?: readonly MissingOption[];
  /** Absent: only what the store tells can be looked at. */
  readonly operations?: OperationsParts;
  /** The service's calls as they are made; absent: nothing is fetched. */
  readonly progress?: SyncProgress;
  /** The directory of the page's built files; null or absent: it is not built, and a welcome stands in for it. */
  readonly page?: string | null;
  /** Absent: nobody logs in, and only this machine is listened to. */
  readonly security?: SecurityParts;
  /** Absent: the page sets nothing. */
  readonly settings?: SettingsParts;
  /** Absent: Prometheus is not served. */
  readonly metrics?: MetricsParts;
  /** Null or absent: no demonstration home is offered. */
  readonly demo?: DemoHome | null;
}

/** What the families of routes share. */
export interface RouteContext {
  readonly parts: ServerParts;
  /** Aborts when the server closes. */
  readonly signal: AbortSignal;
  /** One change of Home Assistant after the other. */
  readonly inTurn: <T>(change: () => Promise<T>) => Promise<T>;
  /** As the door knows it. */
  readonly supervisor: Door["supervisor"];
}
