import { useState } from "preact/hooks";
import type { RunAnswer } from "../../../server/api/exports.ts";
import { ask } from "../../api/client.ts";
import { refreshAll } from "../../api/resource.ts";
import { FailureLine } from "../../kit/problem.tsx";
import { useDoing } from "../../kit/use-doing.ts";
import { language, t } from "../../language.ts";
import { awaitRun } from "./following.ts";
import { texts } from "./texts.ts";
import { runSentence } from "./words.ts";

/** Brings one destination what it lacks, and says how that went. */
export function RunNow({ destination, name }: { readonly destination: string; readonly name: string }) {
  const [answer, setAnswer] = useState<RunAnswer | null>(null);
  const running = useDoing();
  const start = () =>
    running.run(async () => {
      setAnswer(null);
      awaitRun();
      setAnswer(await ask<RunAnswer>(`api/export/${destination}/run`, { method: "POST" }));
      await refreshAll();
    });
  return (
    <>
      <button
        type="button"
        class="button"
        aria-label={`${t(texts.runNow)} : ${name}`}
        disabled={running.isBusy}
        onClick={() => void start()}
      >
        {t(running.isBusy ? texts.running : texts.run)}
      </button>
      <span class="small" role="status">
        {answer && runSentence(answer, language.value)}
      </span>
      {running.failure && <FailureLine failure={running.failure} />}
    </>
  );
}
