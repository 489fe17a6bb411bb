import { loadState, runPass } from "../sync/pass.ts";
import { plan } from "../sync/plan/plan.ts";
import { progressLine } from "./progress.ts";
import type { Session } from "./session.ts";
import { statusLines } from "./status.ts";

/** One pass: asks what is due, stores, publishes, tells, ends. 1 when something keeps data from coming. */
export async function sync(session: Session, signal: AbortSignal): Promise<number> {
  const { language, output, broker } = session;
  const attempt = await broker?.firstAttempt();
  if (attempt && !attempt.connected && attempt.problem) output.line(`⚠ ${attempt.problem}`);
  const deps = {
    ...session.sync,
    onCall: (progress: Parameters<NonNullable<Session["sync"]["onCall"]>>[0]) => {
      const line = progressLine(progress, language);
      if (line !== null) output.line(line);
    },
  };
  const { snapshot, calls } = await runPass(deps, signal);
  if (calls === 0)
    output.line(language === "fr" ? "Rien à demander : tout est à jour." : "Nothing to ask: all is up to date.");
  for (const line of statusLines(snapshot, plan(await loadState(session.sync, null)), language)) output.line(line);
  const blocking = snapshot.bridge.problems.filter(({ code }) => code !== "data_late" && code !== "no_load_curve");
  return blocking.length > 0 || (attempt && !attempt.connected) ? 1 : 0;
}
