import type { Link } from "./link.ts";
import type { Timing } from "./timing.ts";

/**
 * What the broker keeps on exactly these topics: nobody else's are asked for. MQTT 3.1.1 has no end mark for retained
 * messages, so they are taken as complete after a quiet while.
 */
export async function learnRetained(
  link: Link,
  topics: readonly string[],
  { quietMs, learnMs }: Timing,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const wanted = new Set(topics);
  let lastAt = performance.now();
  let isOpen = true;
  void link.closed.then(() => {
    isOpen = false;
  });
  const stop = link.onMessage(({ topic, payload, isRetained }) => {
    if (!isRetained || !wanted.has(topic)) return;
    found.set(topic, payload);
    lastAt = performance.now();
  });
  try {
    await link.subscribe(topics);
    const began = performance.now();
    lastAt = began;
    for (let now = began; isOpen && now - lastAt < quietMs && now - began < learnMs; now = performance.now())
      await Promise.race([pause(Math.max(1, quietMs - (now - lastAt))), link.closed]);
    await link.unsubscribe(topics);
  } finally {
    stop();
  }
  return found;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
