/** Bounds on the connection, in milliseconds. What waits for the network counts real time; what polls, the clock's. */
export interface Timing {
  /** Until the websocket is open, and again until the login is answered. */
  readonly connectMs: number;
  /** Until a command is answered. */
  readonly commandMs: number;
  /** The same for a read of many rows and for a removal, which queue behind what the recorder is busy with. */
  readonly longCommandMs: number;
  /** How long `open` waits for Home Assistant to run, and how often it looks, on the clock. */
  readonly readyMs: number;
  readonly readyPauseMs: number;
  /** The same for a removal that Home Assistant is late with. */
  readonly goneMs: number;
  readonly gonePauseMs: number;
  /** Until the other side has agreed to a close; then it is cut. */
  readonly closeMs: number;
}

export const defaultTiming: Timing = {
  connectMs: 10_000,
  commandMs: 30_000,
  longCommandMs: 120_000,
  readyMs: 120_000,
  readyPauseMs: 1_000,
  goneMs: 600_000,
  gonePauseMs: 2_000,
  closeMs: 2_000,
};
