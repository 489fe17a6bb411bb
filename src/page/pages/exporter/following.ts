import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { refreshAll } from "../../api/resource.ts";
import type { Export } from "./words.ts";

/** While a run is on its way, and after one was asked for: by then it has begun, or there was nothing to bring. */
const everyMs = 2_000;
const patienceMs = 20_000;

/** Until when a run may begin that was asked for here. */
const awaitedUntil = signal(0);

export const awaitRun = (): void => {
  awaitedUntil.value = Date.now() + patienceMs;
};

/** Asks again how the destinations fare while something is sent, and for everything on screen once it has ended. */
export function useFollowing(exports: readonly Export[] | undefined, reload: () => Promise<void>): void {
  const isRunning = exports?.some(({ running }) => running !== null) === true;
  const wasRunning = useRef(false);
  const asked = awaitedUntil.value;
  useEffect(() => {
    if (wasRunning.current && !isRunning) void refreshAll();
    wasRunning.current = isRunning;
    if (!isRunning && asked <= Date.now()) return;
    const timer = setInterval(() => {
      if (isRunning || Date.now() < asked) void reload();
      else clearInterval(timer);
    }, everyMs);
    return () => clearInterval(timer);
    // `reload` is another one each time, and asks for the same.
  }, [isRunning, asked]);
}
