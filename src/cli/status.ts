import { addDays } from "../domain/calendar.ts";
import type { Language } from "../shared/language.ts";
import { observe } from "../sync/observe.ts";
import { loadState } from "../sync/pass.ts";
import { type Plan, plan } from "../sync/plan/plan.ts";
import type { FlowSnapshot, Snapshot, UsagePointSnapshot } from "../sync/snapshot.ts";
import type { Session } from "./session.ts";
import { dayInWords, flowWord, kwh, momentOf, number, qualityWord, reasonWord } from "./words.ts";

/** What is known, what is missing and when the next call is due, from the store alone. */
export async function status(session: Session, { json }: { readonly json: boolean }): Promise<number> {
  const input = await loadState(session.sync, null);
  const planned = plan(input);
  const snapshot = await observe(input, planned, session.sync);
  if (json) session.output.line(JSON.stringify({ ...snapshot, next: nextCall(planned) }, null, 2));
  else for (const line of statusLines(snapshot, planned, session.language)) session.output.line(line);
  return 0;
}

const nextCall = (planned: Plan) => {
  const next = planned.due[0] ?? planned.next;
  return next && { reason: next.reason, dueAt: new Date(next.dueAt).toISOString() };
};

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
  const history = language === "fr" ? `historique à ${share} %` : `history at ${share}%`;
  return [`${title} : ${history}`, ...point.flows.map((flow) => `  ${flowLine(flow, language)}`)];
}

function flowLine({ flow, latest, yesterday, yesterdayDate, month, year }: FlowSnapshot, language: Language): string {
  const word = flowWord[flow][language];
  if (latest === null) return language === "fr" ? `${word} : rien encore` : `${word}: nothing yet`;
  const day = `${dayInWords(latest.date, language)} ${kwh(latest.energyWh, language)} (${qualityWord[latest.quality][language]})`;
  const sums = [month, year].flatMap((sum) => (sum ? `${sum.period} ${kwh(sum.energyWh, language)}` : [])).join(", ");
  const late =
    yesterday !== null || latest.date >= yesterdayDate
      ? ""
      : language === "fr"
        ? ` ; ${dayInWords(addDays(latest.date, 1), language)} n'est pas encore là`
        : `; ${dayInWords(addDays(latest.date, 1), language)} is not there yet`;
  return `${word}${language === "fr" ? " :" : ":"} ${day} ; ${sums}${late}`;
}

function tempoLine({ tempo }: Snapshot, language: Language): string {
  const unknown = language === "fr" ? "inconnue" : "unknown";
  const remaining = tempo.remaining?.notAnnounced;
  const left =
    remaining === undefined
      ? ""
      : language === "fr"
        ? ` ; restent ${number(remaining.BLEU, language)} bleus, ${remaining.BLANC} blancs, ${remaining.ROUGE} rouges`
        : `; ${number(remaining.BLEU, language)} blue, ${remaining.BLANC} white, ${remaining.ROUGE} red left`;
  return language === "fr"
    ? `Tempo : aujourd'hui ${tempo.today.color ?? unknown}, demain ${tempo.tomorrow.color ?? unknown}${left}`
    : `Tempo: today ${tempo.today.color ?? unknown}, tomorrow ${tempo.tomorrow.color ?? unknown}${left}`;
}

function ecowattLine({ ecowatt }: Snapshot, language: Language): string {
  const words = language === "fr" ? ["", "vert", "orange", "rouge"] : ["", "green", "orange", "red"];
  const level = ecowatt.current ? words[ecowatt.current.level] : language === "fr" ? "inconnu" : "unknown";
  return language === "fr" ? `EcoWatt : ${level} à cette heure` : `EcoWatt: ${level} at this hour`;
}
