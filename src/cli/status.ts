import { addDays } from "../domain/calendar.ts";
import type { Language } from "../shared/language.ts";
import { observe } from "../sync/observe.ts";
import { loadState } from "../sync/pass.ts";
import { type Plan, plan } from "../sync/plan/plan.ts";
import type { FlowSnapshot, Snapshot, UsagePointSnapshot } from "../sync/snapshot.ts";
import type { Session } from "./session.ts";
import {
  colon,
  colorWord,
  counted,
  dayInWords,
  flowWord,
  kwh,
  momentOf,
  percent,
  periodInWords,
  qualityWord,
  reasonWord,
} from "./words.ts";

/** What is known, what is missing and when the next call is due, from the store alone. */
export async function status(session: Session, { json }: { readonly json: boolean }): Promise<number> {
  const input = await loadState(session.sync, null);
  const planned = plan(input);
  const snapshot = await observe(input, planned, session.sync);
  if (json) session.output.line(JSON.stringify({ ...snapshot, next: nextCall(planned) }, null, 2));
  else {
    for (const line of statusLines(snapshot, planned, session.language)) session.output.line(line);
    if (session.homeAssistant) session.output.line(await statisticsLine(session));
  }
  return 0;
}

/** Whether Home Assistant has all that is known; what is in the way is among the problems. */
async function statisticsLine({ store, language }: Pick<Session, "store" | "language">): Promise<string> {
  const series = await store.loadSeries();
  const waiting = series.filter(({ dirtyFrom }) => dirtyFrom !== null).length;
  const days = (await store.loadStaleStatisticDays()).length;
  const isDone = waiting === 0 && days === 0;
  if (language === "fr")
    return `Statistiques de Home Assistant : ${counted(series.length, ["série", "séries"], "fr")}, ${isDone ? "à jour" : `${counted(waiting, ["série", "séries"], "fr")} et ${counted(days, ["jour", "jours"], "fr")} à écrire`}.`;
  return `Statistics of Home Assistant: ${series.length} series, ${isDone ? "up to date" : `${waiting} series and ${counted(days, ["day", "days"], "en")} to be written`}.`;
}

const nextCall = (planned: Plan) => {
  const next = planned.due[0] ?? planned.next;
  return next && { reason: next.reason, dueAt: new Date(next.dueAt).toISOString() };
};

/** What is kept for yesterday, EcoWatt and the button: the history is given no call of these. */
const fewCallsLeft = 7;

/** The snapshot in sentences, one a line. */
export function statusLines(snapshot: Snapshot, planned: Plan, language: Language): string[] {
  const say = (fr: string, en: string) => (language === "fr" ? fr : en);
  const lines: string[] = [];
  if (snapshot.usagePoints.length === 0)
    lines.push(say("Aucun compteur connu pour l'instant.", "No meter is known yet."));
  for (const point of snapshot.usagePoints) lines.push(...pointLines(point, language));
  lines.push(tempoLine(snapshot, language), ecowattLine(snapshot, language));
  const { bridge } = snapshot;
  if (bridge.lastSyncAt !== null)
    lines.push(
      say(
        `Dernière réponse de la passerelle : ${momentOf(bridge.lastSyncAt)}.`,
        `Last answer of the gateway: ${momentOf(bridge.lastSyncAt)}.`,
      ),
    );
  if (bridge.budget)
    lines.push(
      say(
        `Appels comptés aujourd'hui (UTC) : ${bridge.budget.used} sur ${bridge.budget.allowed}.`,
        `Calls counted today (UTC): ${bridge.budget.used} of ${bridge.budget.allowed}.`,
      ),
    );
  const waits = snapshot.usagePoints.some(({ history }) => history.knownDays < history.wantedDays);
  if (waits && bridge.budget !== null && bridge.budget.left <= fewCallsLeft)
    lines.push(
      say(
        "La suite de l'historique vient avec les appels de demain : le quota repart à minuit UTC.",
        "The rest of the history comes with tomorrow's calls: the quota restarts at midnight UTC.",
      ),
    );
  const next = planned.due[0] ?? planned.next;
  if (next)
    lines.push(
      say(
        `Prochain appel : ${reasonWord[next.reason].fr}, ${momentOf(next.dueAt)}.`,
        `Next call: ${reasonWord[next.reason].en}, ${momentOf(next.dueAt)}.`,
      ),
    );
  for (const problem of bridge.problems) lines.push(`⚠ ${problem.sentence}`);
  return lines;
}

function pointLines(point: UsagePointSnapshot, language: Language): string[] {
  const title = `${point.name ?? "Linky"} (PDL ${point.id})`;
  const { knownDays, wantedDays } = point.history;
  const share = wantedDays === 0 ? 100 : Math.floor((100 * knownDays) / wantedDays);
  const history = `${language === "fr" ? "historique à" : "history at"} ${percent(share, language)}`;
  return [`${title}${colon[language]} ${history}`, ...point.flows.map((flow) => `  ${flowLine(flow, language)}`)];
}

function flowLine({ flow, latest, yesterday, yesterdayDate, month, year }: FlowSnapshot, language: Language): string {
  const word = flowWord[flow][language];
  const title = `${word}${colon[language]}`;
  if (latest === null) return `${title} ${language === "fr" ? "rien encore" : "nothing yet"}`;
  const day = `${kwh(latest.energyWh, language)} ${language === "fr" ? "le" : "on"} ${dayInWords(latest.date, language)} (${qualityWord[latest.quality][language]})`;
  const sums = [month, year]
    .flatMap((sum) =>
      sum
        ? ` ; ${kwh(sum.energyWh, language)} ${language === "fr" ? "en" : "in"} ${periodInWords(sum.period, language)}`
        : [],
    )
    .join("");
  const late =
    yesterday !== null || latest.date >= yesterdayDate
      ? ""
      : language === "fr"
        ? ` ; ${dayInWords(addDays(latest.date, 1), language)} n'est pas encore là`
        : `; ${dayInWords(addDays(latest.date, 1), language)} is not there yet`;
  return `${title} ${day}${language === "fr" ? sums : sums.replaceAll(" ;", ";")}${late}`;
}

function tempoLine({ tempo }: Snapshot, language: Language): string {
  const colorOf = ({ color }: Snapshot["tempo"]["today"]): string =>
    color === null ? (language === "fr" ? "pas encore connu" : "not known yet") : colorWord[color][language];
  const [today, tomorrow] = [colorOf(tempo.today), colorOf(tempo.tomorrow)];
  const line =
    language === "fr"
      ? `Tempo : aujourd'hui ${today}, demain ${tomorrow}`
      : `Tempo: today ${today}, tomorrow ${tomorrow}`;
  const remaining = tempo.remaining?.notAnnounced;
  if (remaining === undefined) return line;
  const { BLEU: blue, BLANC: white, ROUGE: red } = remaining;
  return language === "fr"
    ? `${line} ; à venir cette saison : ${counted(blue, ["bleu", "bleus"], "fr")}, ${counted(white, ["blanc", "blancs"], "fr")}, ${counted(red, ["rouge", "rouges"], "fr")}`
    : `${line}; still to come this season: ${blue} blue, ${white} white, ${red} red`;
}

function ecowattLine({ ecowatt }: Snapshot, language: Language): string {
  const words = language === "fr" ? ["", "vert", "orange", "rouge"] : ["", "green", "orange", "red"];
  const level = ecowatt.current ? words[ecowatt.current.level] : language === "fr" ? "inconnu" : "unknown";
  return language === "fr" ? `EcoWatt : ${level} à cette heure` : `EcoWatt: ${level} at this hour`;
}
