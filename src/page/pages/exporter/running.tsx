import { Progress } from "../../kit/progress.tsx";
import { language, t } from "../../language.ts";
import { runningText, sentSoFar } from "./running-words.ts";
import type { Export } from "./words.ts";

/** How far the run is that is on its way to a destination. */
export function Running({ running }: Pick<Export, "running">) {
  if (running === null) return null;
  const sent = sentSoFar(running, language.value);
  const label = t(runningText(running));
  return running.share === null ? (
    <p>
      {label} {sent}
    </p>
  ) : (
    <Progress label={label} value={running.share} max={1} note={sent} />
  );
}
