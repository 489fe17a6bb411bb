/** Bounds on the network, in milliseconds of real time whatever the household's clock says. */
export interface Timing {
  /** Until a broker has accepted a connection. */
  readonly connectMs: number;
  /** Until a message is acknowledged; then the connection is given up. */
  readonly acknowledgeMs: number;
  /** Retained messages are taken as complete after this long without one… */
  readonly quietMs: number;
  /** …and after this long in any case. */
  readonly learnMs: number;
  /** Pause before the second attempt; doubled from one to the next up to `longestRetryMs`. */
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
}

export const defaultTiming: Timing = {
  connectMs: 10_000,
  acknowledgeMs: 10_000,
  quietMs: 500,
  learnMs: 5_000,
  firstRetryMs: 1_000,
  longestRetryMs: 60_000,
};

/** Home Assistant is busy when it says `online`: the answer waits for a random time between these. */
export const birthPauseMs = { shortest: 1_000, longest: 10_000 } as const;

/** Between the two messages that take a component away. */
export const removalPauseMs = 5_000;

/** Messages on their way at once; the Mosquitto app queues far more per client. */
export const mostInFlight = 20;
