import type { Language, Text } from "../shared/language.ts";
import type { CallProgress } from "../sync/pass.ts";
import type { Call } from "../sync/plan/call.ts";
import type { Answer } from "../sync/source.ts";
import type { StatisticsProgress } from "../sync/statistics/progress.ts";
import { colon, flowWord, number, percent, reasonWord } from "./words.ts";

const outcomeWord: Readonly<Record<Answer<unknown>["outcome"], Text>> = {
  data: { fr: "réponse reçue", en: "received" },
  no_data: { fr: "rien de publié", en: "nothing published" },
  before_activation: { fr: "avant la mise en service du compteur", en: "before the meter's activation" },
  wrong_flow: { fr: "ce compteur ne mesure pas cela", en: "this meter does not measure that" },
  refused: { fr: "accès refusé", en: "refused" },
  quota: { fr: "quota du jour atteint", en: "today's quota is reached" },
  unauthorized: { fr: "identifiants refusés", en: "credentials refused" },
  unavailable: { fr: "pas de réponse", en: "no answer" },
  clock: { fr: "l'horloge de cette machine est fausse", en: "this machine's clock is wrong" },
  rejected: { fr: "demande jugée incorrecte", en: "request found wrong" },
};

const newValues = (count: number): Text =>
  count === 1 ? { fr: "valeur nouvelle", en: "new value" } : { fr: "valeurs nouvelles", en: "new values" };

/** What the reason alone leaves open. */
function subjectWord(call: Call): Text {
  if (call.kind === "max_power") return { fr: " (puissance maximale)", en: " (maximum power)" };
  if ("flow" in call) return { fr: ` (${flowWord[call.flow].fr})`, en: ` (${flowWord[call.flow].en})` };
  return { fr: "", en: "" };
}

/** One line per finished call: what was asked, what came, and how much of the history is there. */
export function progressLine({ candidate, result, history }: CallProgress, language: Language): string | null {
  if (result === null) return null;
  const { call, reason } = candidate;
  const meter = "usagePoint" in call ? ` …${call.usagePoint.slice(-4)}` : "";
  const what = subjectWord(call)[language];
  const period = "period" in call ? ` ${call.period.from} → ${call.period.to}` : "";
  const rows = result.written > 0 ? `, ${number(result.written, language)} ${newValues(result.written)[language]}` : "";
  const known = history.reduce((sum, point) => sum + point.knownDays, 0);
  const wanted = history.reduce((sum, point) => sum + point.wantedDays, 0);
  const share = wanted === 0 ? "" : percent(Math.floor((100 * known) / wanted), language);
  return `${share.padStart(5)}  ${reasonWord[reason][language]}${meter}${what}${period}${colon[language]} ${outcomeWord[result.outcome][language]}${rows}`;
}

/** One line per so many rows: Home Assistant takes minutes for years. */
const rowsPerLine = 10_000;

/** Tells how far the statistics are, where there is enough of them for somebody to wait for. */
export function statisticsLines(
  line: (text: string) => void,
  language: Language,
): (progress: StatisticsProgress) => void {
  let told = 0;
  return ({ writtenRows, allRows }) => {
    if (writtenRows < told) told = 0;
    if (writtenRows - told < rowsPerLine) return;
    told = writtenRows;
    const share = percent(Math.floor((100 * writtenRows) / allRows), language).padStart(5);
    const [written, all] = [number(writtenRows, language), number(allRows, language)];
    line(
      language === "fr"
        ? `${share}  statistiques dans Home Assistant : ${written} heures sur ${all} écrites et relues`
        : `${share}  statistics in Home Assistant: ${written} of ${all} hours written and read back`,
    );
  };
}
