import { useEffect, useState } from "preact/hooks";
import type { Failure } from "../../api/failure.ts";

/** Seconds until the API takes another attempt, as they go by; 0 when it does. */
export function useWait(failure: Failure | null): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const until = Date.now() + (failure?.retryAfterSeconds ?? 0) * 1000;
    const tell = (): void => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000)));
    tell();
    const timer = setInterval(tell, 250);
    return () => clearInterval(timer);
  }, [failure]);
  return left;
}
