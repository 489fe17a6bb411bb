import type { Clock } from "../../shared/clock.ts";
import type { Logger } from "../../shared/log.ts";
import type { MetricNames, TempoColorNames } from "./metric-names.ts";

export interface VictoriaMetricsSettings {
  /** Base address to write to; `/api/v1/…` is appended. Of a cluster `http://vminsert:8480/insert/0/prometheus`. */
  readonly writeUrl: string;
  /** Base address to read from. Default: the one to write to. */
  readonly readUrl?: string | null;
  /** Base address to delete at. Default: the one to write to. */
  readonly deleteUrl?: string | null;
  readonly username?: string | null;
  readonly password?: string | null;
  /** Bearer token, as vmauth asks for one; takes the place of name and password. */
  readonly token?: string | null;
  /** Sent with each request; one of them may be the authorization. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Borne by each series. Ours win over one of the same name. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Value of `-deleteAuthKey`. */
  readonly deleteAuthKey?: string | null;
  readonly metricNames: MetricNames;
  readonly tempoColors: TempoColorNames;
  /**
   * `replace`: a series with a corrected value is deleted and sent again as a whole. `append`: the value is sent beside
   * the former one, of which VictoriaMetrics shows the larger one: a correction downwards is lost there.
   */
  readonly corrections: "replace" | "append";
  /** For one request, its answer included. Default 30 000. */
  readonly timeoutMs?: number;
  readonly clock: Clock;
  readonly log: Logger;
}
