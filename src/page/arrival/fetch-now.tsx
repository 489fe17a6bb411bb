import { useEffect, useRef, useState } from "preact/hooks";
import type { OverviewAnswer } from "../../server/api/overview.ts";
import type { SyncState } from "../../server/api/sync.ts";
import { failureFrom } from "../api/client.ts";
import type { Failure } from "../api/failure.ts";
import { refreshAll } from "../api/resource.ts";
import { FailureLine } from "../kit/problem.tsx";
import { language, t } from "../language.ts";
import { askRound } from "./asked-round.ts";
import { askedSentence, budgetNote } from "./asked-words.ts";
import { texts } from "./texts.ts";

/** Asks for readings now, says what that takes, and then what came of it. */
export function FetchNow({ budget }: { readonly budget: OverviewAnswer["bridge"]["budget"] }) {
  const [state, setState] = useState<"idle" | "busy" | "asked" | SyncState>("idle");
  const [failure, setFailure] = useState<Failure | null>(null);
  const following = useRef(new AbortController());
  useEffect(() => () => following.current.abort(), []);
  const fetchNow = async (): Promise<void> => {
    following.current.abort();
    const own = new AbortController();
    following.current = own;
    setState("busy");
    setFailure(null);
    try {
      const ended = await askRound(() => setState("asked"), own.signal);
      if (ended === null) return;
      setState(ended);
      await refreshAll();
    } catch (error) {
      if (own.signal.aborted) return;
      setFailure(failureFrom(error));
      setState("idle");
    }
  };
  return (
    <>
      <div class="row">
        <button type="button" class="button" disabled={state === "busy"} onClick={() => void fetchNow()}>
          {t(texts.syncNow)}
        </button>
        <span class="small muted" role="status">
          {state === "asked" && t(texts.asked)}
          {typeof state === "object" && askedSentence(state, language.value)}
        </span>
      </div>
      <p class="small muted">{budgetNote(budget, language.value)}</p>
      {failure && <FailureLine failure={failure} />}
    </>
  );
}
