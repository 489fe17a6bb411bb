import type { Instant } from "../../domain/units.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Bans } from "./bans.ts";
import type { BoxTime } from "./box-time.ts";
import type { Faults } from "./faults.ts";
import type { History } from "./history.ts";
import type { BoxSettings } from "./settings.ts";
import type { Tables } from "./tables.ts";
import type { Traffic } from "./traffic.ts";
import type { Values } from "./values.ts";

/** All that a box is and remembers. */
export interface World {
  readonly clock: Clock;
  /** The zone that the box is set to. */
  readonly zone: string;
  readonly time: BoxTime;
  readonly version: string;
  /** What a lone call takes, on the clock; those at once make each other slower. */
  readonly callMs: number;
  readonly tables: Tables;
  readonly history: History;
  readonly values: Values;
  readonly rooms: string[];
  readonly bans: Bans;
  readonly traffic: Traffic;
  readonly faults: Faults;
  settings: BoxSettings;
  /** Up to when the daily jobs are done. */
  lookedAt: Instant;
  /** The status by which another address is named; null where the box answers by itself. */
  redirect: 301 | 302 | 308 | null;
}
