import type { Clock } from "../shared/clock.ts";
import type { PassResult } from "../sync/pass.ts";
import type { StatisticsDeps } from "../sync/statistics/run.ts";
import type { Store } from "../sync/store.ts";

/** What the routes work with: the session's own parts. */
export interface ServerParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly version: string;
  /** Home Assistant, and what writing its statistics needs; null where none is set. */
  readonly statistics: StatisticsDeps | null;
  /** Null before the first one of this process. */
  readonly lastPass: () => PassResult | null;
}
