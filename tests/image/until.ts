import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { Container } from "./container.ts";

const started = performance.now();

/** A line about what was found, with the seconds since the check began. */
export const tell = (text: string): void =>
  console.log(`${((performance.now() - started) / 1_000).toFixed(0).padStart(4)} s  ${text}`);

interface Wait {
  readonly withinMs: number;
  readonly what: string;
  readonly container: Container;
  readonly everyMs?: number;
}

/** @throws with the service's words when it does not come true in time. */
export async function until(
  isTrue: () => boolean | Promise<boolean>,
  { withinMs, what, container, everyMs = 100 }: Wait,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await isTrue())) {
    const isLate = performance.now() > deadline;
    assert.ok(!isLate, `${withinMs} ms passed before this was true: ${what}\n${container.log}`);
    await sleep(everyMs);
  }
}

/** Until the image's own health check passes. */
export const isWell = (container: Container): Promise<void> =>
  until(() => container.isHealthy(), { withinMs: 60_000, what: "the health check passes", container });

/** Until `amount` has not grown for six seconds. */
export async function isQuiet(amount: () => number, wait: Wait): Promise<void> {
  let last = { amount: 0, at: performance.now() };
  await until(() => {
    if (amount() !== last.amount) last = { amount: amount(), at: performance.now() };
    return last.amount > 0 && performance.now() - last.at > 6_000;
  }, wait);
}

/** The program's own check of what it promises. */
export async function isVerified(container: Container): Promise<string> {
  const { code, output } = await container.exec(["linky-bridge", "verify"]);
  assert.equal(code, 0, `${output}\n${container.log}`);
  return output.trim().split("\n").at(-1) ?? "";
}
