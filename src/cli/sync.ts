import type { Text } from "../shared/language.ts";
import { loadState, runPass } from "../sync/pass.ts";
import { type Plan, plan } from "../sync/plan/plan.ts";
import type { Snapshot } from "../sync/snapshot.ts";
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
  const planned = plan(await loadState(session.sync, null));
  if (calls === 0) output.line(nothingAsked(planned, snapshot)[language]);
  for (const line of statusLines(snapshot, planned, language)) output.line(line);
  return blockingOf(snapshot).length > 0 || (attempt && !attempt.connected) ? 1 : 0;
}

const blockingOf = ({ bridge }: Snapshot) =>
  bridge.problems.filter(({ code }) => code !== "data_late" && code !== "no_load_curve");

/** Why no call was made. */
function nothingAsked({ due }: Plan, snapshot: Snapshot): Text {
  if (due.length > 0)
    return {
      fr: "Rien demandé : un autre Linky Bridge s'en charge en ce moment sur la même base.",
      en: "Nothing asked: another Linky Bridge on the same database is doing it right now.",
    };
  if (blockingOf(snapshot).length > 0) return { fr: "Rien demandé pour l'instant.", en: "Nothing asked for now." };
  if (snapshot.usagePoints.some(({ history }) => history.knownDays < history.wantedDays))
    return {
      fr: "Rien à demander pour l'instant : ce qui manque encore viendra à son heure.",
      en: "Nothing to ask for now: what is still missing comes in its time.",
    };
  return { fr: "Rien à demander : tout est à jour.", en: "Nothing to ask: all is up to date." };
}
