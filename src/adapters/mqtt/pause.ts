import { setTimeout as delay } from "node:timers/promises";

/** A pause of real time, for the network; ends early, without a word, when `signal` says so. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
}
