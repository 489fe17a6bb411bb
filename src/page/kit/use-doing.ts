import { useState } from "preact/hooks";
import { failureFrom } from "../api/client.ts";
import type { Failure } from "../api/failure.ts";

/** Something that a button does: whether it is under way, and why it failed. */
export interface Doing {
  readonly isBusy: boolean;
  readonly failure: Failure | null;
  /** Whether `act` went through; while one is under way, another is not begun. */
  run(act: () => Promise<void>): Promise<boolean>;
  /** Takes the failure away: what it was about has changed. */
  forget(): void;
}

export function useDoing(): Doing {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  return {
    isBusy,
    failure,
    forget: () => setFailure(null),
    run: async (act) => {
      if (isBusy) return false;
      setBusy(true);
      setFailure(null);
      try {
        await act();
        return true;
      } catch (error) {
        setFailure(failureFrom(error));
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
