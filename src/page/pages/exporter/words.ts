import { daysBetween } from "../../../domain/calendar.ts";
import { periodNames } from "../../../domain/tariff/period.ts";
import type { LocalDate } from "../../../domain/units.ts";
import type { AdoptionAnswer, AdoptionPreview } from "../../../server/api/adoption.ts";
import type { ExportsAnswer } from "../../../server/api/diagnostics.ts";
import type { EnergyAnswer } from "../../../server/api/energy.ts";
import type { LogsAnswer, RunAnswer } from "../../../server/api/exports.ts";
import type { ConnectionName } from "../../../server/api/settings.ts";
import type { StatisticsAnswer } from "../../../server/api/statistics.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { counted, energy, percent } from "../../format/amounts.ts";
import { dayShort } from "../../format/dates.ts";

export type Export = ExportsAnswer["exports"][number];
export type FlowReview = EnergyAnswer["flows"][number];
export type Proposal = FlowReview["proposals"][number];
export type Neighbour = FlowReview["neighbours"][number];

/** How a destination fares, in two words. */
export const exportStates: Readonly<Record<Export["state"], Text>> = {
  off: { fr: "pas réglée", en: "not set up" },
  waiting: { fr: "en attente du premier envoi", en: "waiting for the first time" },
  up: { fr: "à jour", en: "up to date" },
  down: { fr: "injoignable", en: "in the way" },
};

/** `2 destinations sur 3 à jour`: of those that are set up; null where none is. */
export function destinationsSentence(exports: readonly Export[], language: Language): string | null {
  const enabled = exports.filter(({ isEnabled }) => isEnabled);
  if (enabled.length === 0) return null;
  const up = enabled.filter(({ state }) => state === "up").length;
  if (language === "en") return `${up} of ${counted(enabled.length, ["destination", "destinations"], "en")} up to date`;
  return `${counted(up, ["destination", "destinations"], "fr")} sur ${enabled.length} à jour`;
}

/** What can be tried of a destination; null for a name that this page does not know. */
export const connectionOf = (destination: string): ConnectionName | null =>
  tried.find((known) => known === destination) ?? null;
const tried = [
  "mqtt",
  "homeassistant",
  "victoriametrics",
  "jeedom",
  "homeassistant_states",
] as const satisfies readonly ConnectionName[];

/** The part of the settings where a destination is set. */
export const settingsPart = (destination: string): string =>
  ({ mqtt: "mqtt", homeassistant: "home-assistant" })[destination] ?? "exports";

export type Run = LogsAnswer["logs"][number];

/** How a run towards a destination ended. */
export const runStates: Readonly<Record<Run["status"], Text>> = {
  running: { fr: "en cours", en: "under way" },
  success: { fr: "réussi", en: "done" },
  partial: { fr: "en partie", en: "in part" },
  failed: { fr: "échoué", en: "failed" },
};

/** A program that ended in the middle never said how its run went. */
export function runState({ status, startedAt }: Run, nowMs: number): Text {
  const isLost = status === "running" && nowMs - Date.parse(startedAt) > lostAfterMs;
  return isLost ? { fr: "interrompu", en: "interrupted" } : runStates[status];
}
const lostAfterMs = 6 * 3_600_000;

/** What a run that was asked for brought, in a sentence. */
export function runSentence({ status, records, problem }: RunAnswer, language: Language): string {
  if (problem !== null) return problem[language];
  const say = (fr: string, en: string): string => (language === "fr" ? fr : en);
  if (status === "success" && records === null) return say("Tout a été renvoyé.", "All of it was sent again.");
  if (records === 0) return say("Rien à envoyer : tout y est.", "Nothing to send: all is there.");
  return language === "fr"
    ? `${counted(records ?? 0, ["valeur envoyée et relue", "valeurs envoyées et relues"], "fr")}.`
    : `${counted(records ?? 0, ["value sent and read back", "values sent and read back"], "en")}.`;
}

export const roleName = (role: Proposal["role"]): Text =>
  role === "total" ? { fr: "Total", en: "Total" } : periodNames[role];

export const flowNames: Readonly<Record<FlowReview["flow"], Text>> = {
  consumption: { fr: "Consommation", en: "Consumption" },
  production: { fr: "Production", en: "Production" },
};

export const proposalStates: Readonly<Record<Proposal["state"], Text>> = {
  there: { fr: "dans le tableau", en: "in the dashboard" },
  uncosted: { fr: "dans le tableau, sans son coût", en: "in the dashboard, without its cost" },
  missing: { fr: "à ajouter", en: "to be added" },
  twice: { fr: "compterait deux fois", en: "would count twice" },
  waiting: { fr: "pas encore écrite", en: "not written yet" },
};

/** Why another source of the dashboard matters, in a sentence. */
export function neighbourSentence({ relation, overlap, comparison }: Neighbour, language: Language): string {
  const { commonDays, likeness, ownWh, otherWh } = comparison;
  const say = (fr: string, en: string): string => (language === "fr" ? fr : en);
  if (relation === "own_total")
    return say(
      "C'est le total de ces mêmes périodes : il ne va jamais à côté de son détail.",
      "It is the total of these very periods: it never stands beside its split.",
    );
  if (overlap === "apart") return say("Autre source, sans jour en commun.", "Another source, with no day in common.");
  if (overlap === "unknown")
    return say(
      "Autre source encore en marche, trop récente pour être comparée : si elle mesure le même logement, l'énergie comptera deux fois.",
      "Another source that still runs, too recent to be compared: if it measures the same home, energy will count twice.",
    );
  const days = counted(
    commonDays,
    language === "fr" ? ["jour commun", "jours communs"] : ["common day", "common days"],
    language,
  );
  const facts = say(
    `${days}, ressemblance ${percent(likeness, "fr")}, ${energy(otherWh, "fr")} contre ${energy(ownWh, "fr")}`,
    `${days}, likeness ${percent(likeness, "en")}, ${energy(otherWh, "en")} against ${energy(ownWh, "en")}`,
  );
  return overlap === "twice"
    ? say(`Elle compte la même énergie (${facts}).`, `It counts the same energy (${facts}).`)
    : say(
        `Autre source au même moment, sans ressemblance (${facts}).`,
        `Another source at the same time, unlike it (${facts}).`,
      );
}

/** The days that only the other source knows and that would leave the dashboard with it; null where there are none. */
export function lossSentence(
  { overlap, since }: Neighbour,
  proposals: readonly Proposal[],
  language: Language,
): string | null {
  const first = proposals.map(({ from }) => from).toSorted()[0];
  if (overlap !== "twice" || since === null || first === undefined || since >= first) return null;
  const [from, until] = [dayShort(since as LocalDate, language), dayShort(first as LocalDate, language)];
  return language === "fr"
    ? `Elle remonte au ${from} : la remplacer retire du tableau les jours d'avant le ${until}. Pour les garder, reprenez d'abord son historique.`
    : `It goes back to ${from}: replacing it takes the days before ${until} out of the dashboard. To keep them, take its history over first.`;
}

/** Whether another source can be replaced by what is proposed. */
export const isReplaceable = ({ overlap }: Neighbour): boolean => overlap === "twice" || overlap === "unknown";

/** What a change of the dashboard would do, from what is shown and chosen. */
export interface Plan {
  readonly add: readonly string[];
  readonly complete: readonly string[];
  readonly remove: readonly string[];
}

/** The same rule as the API's: a flow is left as it is while a source that counts the same stays in it. */
export function planOf(flows: readonly FlowReview[], replace: readonly string[], anyway: boolean): Plan {
  const blocks = (one: Neighbour): boolean =>
    isReplaceable(one) && !replace.includes(one.statisticId) && (one.relation === "own_total" || !anyway);
  const idsOf = (flow: FlowReview, ...states: readonly Proposal["state"][]): string[] =>
    flow.proposals.filter(({ state }) => states.includes(state)).map(({ statisticId }) => statisticId);
  return {
    add: flows.filter((flow) => !flow.neighbours.some(blocks)).flatMap((flow) => idsOf(flow, "missing", "twice")),
    complete: flows.flatMap((flow) => idsOf(flow, "uncosted")),
    remove: replace,
  };
}

/** The answer of the assistant: how many of its series the dashboard has. */
export function energySentence(flows: readonly FlowReview[], language: Language): string {
  const proposals = flows.flatMap((flow) => flow.proposals);
  const there = proposals.filter(({ state }) => state === "there" || state === "uncosted").length;
  const all = proposals.length;
  if (there === all) return language === "fr" ? "Tout est dans le tableau Énergie" : "All is in the Energy Dashboard";
  return language === "fr"
    ? `${counted(there, ["série", "séries"], "fr")} sur ${all} dans le tableau Énergie`
    : `${there} of ${counted(all, ["series", "series"], "en")} in the Energy Dashboard`;
}

export type SeriesState = StatisticsAnswer["series"][number];

/** `Consommation Maison Bleu HC`: a series by its meter's name rather than by its number, where it has that in its own. */
export const shownSeriesName = ({ name, usagePoint }: SeriesState, meter: string | null): string =>
  meter === null ? name : name.replace(usagePoint, () => meter);

/** How far a series of statistics is: its key in the texts. */
export function seriesState({ firstHour, writtenUntil }: SeriesState) {
  if (firstHour === null) return "seriesEmpty" as const;
  return writtenUntil === null ? ("seriesDone" as const) : ("seriesUnder" as const);
}

/** The most days of half-hours that the API gives at once. */
const detailDays = 366;

/** Which days a file may hold: its key in the texts, null where all is well. */
export function spanFault({
  start,
  end,
  isDetail,
}: {
  readonly start: string;
  readonly end: string;
  readonly isDetail: boolean;
}) {
  if (start === "" || end === "") return "noDay" as const;
  if (end < start) return "backwards" as const;
  if (isDetail && daysBetween(start as LocalDate, end as LocalDate) >= detailDays) return "tooLong" as const;
  return null;
}

export type FoundHistory = AdoptionAnswer["found"][number];

/** From the first to the last day of any of its series; null where none has any. */
export function historySpan({ series }: FoundHistory["facts"]): { readonly from: string; readonly to: string } | null {
  const from = series.flatMap(({ first }) => first ?? []).toSorted()[0];
  const to = series
    .flatMap(({ last }) => last ?? [])
    .toSorted()
    .at(-1);
  return from === undefined || to === undefined ? null : { from, to };
}

/** Of all its series together. */
export const hoursOf = ({ series }: FoundHistory["facts"]): { readonly hours: number; readonly holes: number } => ({
  hours: series.reduce((sum, { hours }) => sum + hours, 0),
  holes: series.reduce((sum, { holes }) => sum + holes, 0),
});

const modes: Readonly<Record<"continue" | "copy", Text>> = {
  continue: { fr: "Continuer", en: "Go on" },
  copy: { fr: "Copier", en: "Copy" },
};
export const modeOf = (mode: "continue" | "copy"): Text => modes[mode];

/** A tool by its stored code, as its users call it. */
export const toolName = (tool: string): string =>
  ({
    myelectricaldata_v1: "MyElectricalData v1",
    myelectricaldata_v2: "MyElectricalData v2",
    ha_linky: "ha-linky",
    hass_myelectricaldata: "hass-myelectricaldata",
    hass_myelectricaldata_entity: "hass-myelectricaldata",
  })[tool] ?? tool;

/** What a preview comes down to: rows, days that are added, days still to come. */
export function previewSentence({ series, added, waitingDays }: AdoptionPreview, language: Language): string {
  const changed = series.reduce((sum, { changedRows }) => sum + changedRows, 0);
  const fresh = series.reduce((sum, { newRows }) => sum + newRows, 0);
  const say = (fr: string, en: string): string => (language === "fr" ? fr : en);
  const rows = say(
    `${counted(changed, ["ligne changerait", "lignes changeraient"], "fr")} et ${counted(fresh, ["serait nouvelle", "seraient nouvelles"], "fr")}.`,
    `${counted(changed, ["row would change", "rows would change"], "en")} and ${counted(fresh, ["would be new", "would be new"], "en")}.`,
  );
  const days = say(
    ` ${counted(added.days, ["jour que l'ancien outil n'avait pas s'ajoute", "jours que l'ancien outil n'avait pas s'ajoutent"], "fr")}, ${energy(added.energyWh, "fr")}.`,
    ` ${counted(added.days, ["day that the former tool lacked is added", "days that the former tool lacked are added"], "en")}, ${energy(added.energyWh, "en")}.`,
  );
  const waiting = say(
    ` ${counted(waitingDays, ["jour est encore à calculer et viendra", "jours sont encore à calculer et viendront"], "fr")} en plus.`,
    ` ${counted(waitingDays, ["day is yet to be derived and comes", "days are yet to be derived and come"], "en")} on top.`,
  );
  return `${rows}${added.days > 0 ? days : ""}${waitingDays > 0 ? waiting : ""}`;
}
