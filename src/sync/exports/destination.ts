import type { Instant } from "../../domain/units.ts";
import type { Text } from "../../shared/language.ts";
import type { Finding } from "../checks/finding.ts";
import type { Snapshot } from "../snapshot.ts";

/** The secondary destinations, by the name that options, API, commands and tables use. */
export const destinationNames = ["victoriametrics", "jeedom", "homeassistant_states"] as const;
export type DestinationName = (typeof destinationNames)[number];

/** What a run brought. */
export interface Brought {
  /** Points or states that were written and read back. */
  readonly records: number;
  /** Series whose correction waits, because the destination bears few of them. */
  readonly waitingCorrections: number;
}

/** What the feeder drives. */
export interface Destination {
  readonly name: DestinationName;
  readonly title: Text;
  /** As it may be shown. */
  readonly address: string;
  /** Whether it is brought values of the moment, which change every hour: that a run brought some is no news then. */
  readonly isMomentary?: boolean;
  test(signal: AbortSignal): Promise<readonly Finding[]>;
  /**
   * Brings all that is lacking; `onBrought` is told each time something more is known to be there.
   * @throws ExportFailure for the destination's own trouble.
   */
  run(request: RunRequest, signal: AbortSignal): Promise<Brought>;
}

export interface RunRequest {
  /** Null until the first pass of the process has shown one. */
  readonly snapshot: Snapshot | null;
  /** Somebody asked for it: nothing waits for a better moment. */
  readonly isForced: boolean;
  /** Whether what was brought before is looked for. */
  readonly isCheck: boolean;
  readonly onBrought: (records: number) => void;
  /** Told as the run goes on, from 0 to 1: how much of what may be lacking has been looked through. */
  readonly onShare?: (share: number) => void;
}

/** A run that is on its way. */
export interface RunningExport {
  readonly startedAt: Instant;
  /** Values that were written and read back so far. */
  readonly records: number;
  /** From 0 to 1; null where nobody can tell. */
  readonly share: number | null;
}

/** How one run ended. */
export interface ExportRun {
  readonly status: "success" | "partial" | "failed";
  readonly records: number;
  readonly waitingCorrections: number;
  readonly startedAt: Instant;
  readonly completedAt: Instant;
  /** Why it did not go well; null where it did. */
  readonly problem: Text | null;
}
