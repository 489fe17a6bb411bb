import type { Text } from "../shared/language.ts";

/** Why the demonstration home is not there. */
export interface DemoProblem {
  /** Stable. */
  readonly code: string;
  readonly text: Text;
}

/**
 * | state | the demonstration home |
 * |---|---|
 * | off | is not there; `problem` tells why where nobody wanted that |
 * | starting | is on its way |
 * | running | answers |
 */
export interface DemoStatus {
  readonly state: "off" | "starting" | "running";
  readonly problem: DemoProblem | null;
}

/** An invented home to look at before one's own: a second program beside this one, with data of its own. */
export interface DemoHome {
  status(): DemoStatus;
  /** Nothing where it is on its way or there already. */
  start(): void;
  /** Resolves when it is gone, its data too. */
  stop(): Promise<void>;
  /** Its address, without a slash at its end; null unless it runs. Whoever asks keeps it from ending for want of visitors. */
  visit(): string | null;
}
