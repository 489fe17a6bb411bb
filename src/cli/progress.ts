import type { Language } from "../shared/language.ts";
import type { CallProgress } from "../sync/pass.ts";
import type { Answer } from "../sync/source.ts";
import { number, reasonWord } from "./words.ts";

const outcomeWord: Readonly<Record<Answer<unknown>["outcome"], { readonly fr: string; readonly en: string }>> = {
  data: { fr: "reçu", en: "received" },
  no_data: { fr: "rien de publié", en: "nothing published" },
  before_activation: { fr: "avant la mise en service du compteur", en: "before the meter's activation" },
  wrong_flow: { fr: "ce compteur ne mesure pas cela", en: "this meter does not measure that" },
  refused: { fr: "refusé", en: "refused" },
  quota: { fr: "quota du jour atteint", en: "today's quota is reached" },
  unauthorized: { fr: "identifiants refusés", en: "credentials refused" },
  unavailable: { fr: "pas de réponse", en: "no answer" },
  rejected: { fr: "demande jugée incorrecte", en: "request found wrong" },
};

/** One line per finished call: what was asked, what came, and how much of the history is there. */
export function progressLine({ candidate, result, history }: CallProgress, language: Language): string | null {
  if (result === null) return null;
  const { call, reason } = candidate;
  const meter = "usagePoint" in call ? ` …${call.usagePoint.slice(-4)}` : "";
  const flow = "flow" in call && call.flow === "production" ? " (production)" : "";
  const period = "period" in call ? ` ${call.period.from} → ${call.period.to}` : "";
  const rows =
    result.written > 0
      ? `, ${number(result.written, language)} ${language === "fr" ? "valeurs nouvelles" : "new values"}`
      : "";
  const known = history.reduce((sum, point) => sum + point.knownDays, 0);
  const wanted = history.reduce((sum, point) => sum + point.wantedDays, 0);
  const share = wanted === 0 ? "    " : `${String(Math.floor((100 * known) / wanted)).padStart(3)}%`;
  return `${share}  ${reasonWord[reason][language]}${meter}${flow}${period} : ${outcomeWord[result.outcome][language]}${rows}`;
}
