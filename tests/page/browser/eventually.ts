import { setTimeout as delay } from "node:timers/promises";

/** By then a page has failed on a slow machine too, in ms. */
const patience = 20_000;

/**
 * What a page does upon a key, a press or another address is drawn a moment later: the assertion is tried until it
 * holds.
 * @throws what the assertion threw last
 */
export async function eventually(assertion: () => Promise<void>): Promise<void> {
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (performance.now() >= deadline) throw error;
      await delay(50);
    }
  }
}
