import type { Clock } from "../../shared/clock.ts";
import type { Faults } from "./faults.ts";
import type { Life } from "./life.ts";
import type { EnergyPreferences } from "./preferences.ts";
import type { Recorder } from "./recorder.ts";
import type { Traffic } from "./traffic.ts";
import type { Rules } from "./version.ts";
import type { Zone } from "./zone.ts";

export interface User {
  readonly token: string;
  readonly isAdmin: boolean;
}

/** Limits of the core, in real milliseconds. */
export interface Limits {
  /** From the connection to the token. */
  readonly authMs: number;
  /** From a clear or a change of metadata to its end. */
  readonly jobMs: number;
}

/** Known to be the core's. */
export const defaultLimits: Limits = { authMs: 10_000, jobMs: 10_000 };

/** All that a Home Assistant is and remembers. */
export interface World {
  readonly clock: Clock;
  readonly rules: Rules;
  readonly zone: Zone;
  readonly currency: string;
  readonly users: readonly User[];
  /** The token by which the Supervisor knows the app; null without a Supervisor. */
  readonly supervisorToken: string | null;
  readonly limits: Limits;
  readonly recorder: Recorder;
  readonly life: Life;
  readonly faults: Faults;
  readonly traffic: Traffic;
  states: readonly Readonly<Record<string, unknown>>[];
  /** Entities whose state came over REST: nothing restores them after a restart. */
  readonly pushedStates: Set<string>;
  preferences: EnergyPreferences | null;
  /** Whether replies that are ready together leave in the reverse of their order. */
  reordersReplies: boolean;
}
