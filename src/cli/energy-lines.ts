import { toWh, type WattMinutes } from "../domain/units.ts";
import type { Language, Text } from "../shared/language.ts";
import type { EnergyApplied } from "../sync/energy/apply.ts";
import { type EnergyReview, type FlowReview, isThere, type Neighbour, type Proposal } from "../sync/energy/review.ts";
import type { EnergyUndone } from "../sync/energy/undo.ts";
import type { EnergyArguments } from "./energy.ts";
import { colon, counted, dayInWords, flowWord, kwh, percent, typed } from "./words.ts";

/** What the assistant found, and what to type next. */
export function reviewLines(review: EnergyReview, language: Language): string[] {
  const say = (fr: string, en: string): string => (language === "fr" ? fr : en);
  const head = review.isSetUp
    ? say(
        `Tableau Énergie de Home Assistant ${review.homeAssistant}`,
        `Energy Dashboard of Home Assistant ${review.homeAssistant}`,
      )
    : say("Le tableau Énergie n'a encore aucune source.", "The Energy Dashboard has no source yet.");
  if (review.flows.length === 0)
    return [
      head,
      say("Linky Bridge n'a encore aucune statistique à y mettre.", "Linky Bridge has no statistics to put there yet."),
    ];
  return [head, ...review.flows.flatMap((flow) => flowLines(flow, language)), ...adviceLines(review, language)];
}

function flowLines({ usagePoint, flow, proposals, neighbours }: FlowReview, language: Language): string[] {
  return [
    `PDL ${usagePoint}, ${flowWord[flow][language]}${colon[language]}`,
    ...proposals.map((proposal) => `  ${proposalLine(proposal, language)}`),
    ...neighbours.flatMap((neighbour) => [
      `  ${neighbourLine(neighbour, language)}`,
      ...lossLines(neighbour, proposals, language).map((line) => `    ${line}`),
    ]),
  ];
}

const stateWords: Readonly<Record<Proposal["state"], Text>> = {
  there: { fr: "déjà dans le tableau", en: "already in the dashboard" },
  uncosted: {
    fr: "déjà dans le tableau, sans prix ; son coût peut y être ajouté",
    en: "already in the dashboard, without a price; its cost can be added",
  },
  missing: { fr: "à ajouter", en: "to be added" },
  twice: {
    fr: "absente, et compterait deux fois la même énergie",
    en: "missing, and would count the same energy twice",
  },
  waiting: { fr: "pas encore écrite dans Home Assistant", en: "not yet written to Home Assistant" },
};
const stateMarks: Readonly<Record<Proposal["state"], string>> = {
  there: "✓",
  uncosted: "~",
  missing: "+",
  twice: "⚠",
  waiting: "…",
};

function proposalLine({ statisticId, name, state, from, source }: Proposal, language: Language): string {
  const money = source.stat_cost ?? source.stat_compensation;
  const since = `${language === "fr" ? "historique depuis le" : "history since"} ${dayInWords(from, language)}`;
  const cost = money === null ? "" : `, ${language === "fr" ? "coût" : "cost"} ${money}`;
  return `${stateMarks[state]} ${name} (${statisticId})${colon[language]} ${stateWords[state][language]}, ${since}${cost}`;
}

function neighbourLine(neighbour: Neighbour, language: Language): string {
  const { statisticId, overlap, relation } = neighbour;
  const say = (fr: string, en: string): string => (language === "fr" ? fr : en);
  const facts = factsOf(neighbour, language);
  if (relation === "own_total")
    return say(
      `⚠ ${statisticId} : le total de ces mêmes périodes ; il ne va jamais à côté de son détail`,
      `⚠ ${statisticId}: the total of these very periods; it never stands beside its split`,
    );
  if (overlap === "apart")
    return say(
      `· ${statisticId} : autre source, sans jour en commun`,
      `· ${statisticId}: another source, with no day in common`,
    );
  if (overlap === "unknown")
    return say(
      `⚠ ${statisticId} : autre source encore en marche, trop récente pour être comparée ; si elle mesure le même logement, l'énergie comptera deux fois`,
      `⚠ ${statisticId}: another source that still runs, too recent to be compared; if it measures the same home, energy will count twice`,
    );
  if (overlap === "other")
    return say(
      `· ${statisticId} : autre source au même moment, sans ressemblance (${facts})`,
      `· ${statisticId}: another source at the same time, unlike it (${facts})`,
    );
  return say(
    `⚠ ${statisticId} : compte la même énergie (${facts})`,
    `⚠ ${statisticId}: counts the same energy (${facts})`,
  );
}

/** Days that only the other source knows would leave the dashboard with it. */
function lossLines(
  { overlap, relation, since }: Neighbour,
  proposals: readonly Proposal[],
  language: Language,
): readonly string[] {
  const [first] = proposals.map(({ from }) => from).toSorted();
  if (overlap !== "twice" || since === null || first === undefined || since >= first) return [];
  const [from, until] = [dayInWords(since, language), dayInWords(first, language)];
  const loss =
    language === "fr"
      ? `elle remonte au ${from} : la remplacer retire du tableau les jours d'avant le ${until}`
      : `it goes back to ${from}: replacing it takes the days before ${until} out of the dashboard`;
  if (relation === "own_total") return [loss];
  const adopt =
    language === "fr"
      ? `pour les garder, reprenez d'abord son historique : ${typed("adopt")}`
      : `to keep them, take its history over first: ${typed("adopt")}`;
  return [loss, adopt];
}

function factsOf({ comparison }: Neighbour, language: Language): string {
  const { commonDays, from, to, likeness, ownEnergy, otherEnergy } = comparison;
  const inKwh = (energy: WattMinutes): string => kwh(toWh(energy), language);
  const alike = percent(Math.round(100 * (likeness ?? 0)), language);
  return language === "fr"
    ? `${counted(commonDays, ["jour commun", "jours communs"], "fr")}, du ${from} au ${to}, ressemblance ${alike}, ${inKwh(otherEnergy)} contre ${inKwh(ownEnergy)}`
    : `${counted(commonDays, ["common day", "common days"], "en")}, ${from} to ${to}, likeness ${alike}, ${inKwh(otherEnergy)} against ${inKwh(ownEnergy)}`;
}

/** What to type next. */
function adviceLines(review: EnergyReview, language: Language): string[] {
  const say = (fr: string, en: string): string => (language === "fr" ? fr : en);
  if (review.isOldFormat)
    return [
      say(
        `Home Assistant ${review.homeAssistant} garde son tableau sous sa forme d'avant 2026 : mettez-le à jour, ou ajoutez les séries à la main.`,
        `Home Assistant ${review.homeAssistant} keeps its dashboard in the form of before 2026: update it, or add the series by hand.`,
      ),
    ];
  const states = review.flows.flatMap(({ proposals }) => proposals.map(({ state }) => state));
  const twice = [
    ...new Set(
      review.flows
        .filter(({ proposals }) => proposals.some((proposal) => isThere(proposal) || proposal.state === "twice"))
        .flatMap(({ neighbours }) => neighbours.filter(({ overlap }) => overlap === "twice"))
        .map(({ statisticId }) => statisticId),
    ),
  ];
  const lines: string[] = [];
  if (states.includes("missing")) lines.push(say(`Pour ajouter : ${command([])}`, `To add: ${command([])}`));
  else if (states.includes("uncosted"))
    lines.push(say(`Pour ajouter les coûts : ${command([])}`, `To add the costs: ${command([])}`));
  if (twice.length > 0)
    lines.push(
      say(
        `Pour remplacer ce qui compterait deux fois : ${command(twice)}`,
        `To replace what would count twice: ${command(twice)}`,
      ),
    );
  if (lines.length === 0 && !states.includes("waiting"))
    lines.push(say("Rien à faire : tout est dans le tableau.", "Nothing to do: all is in the dashboard."));
  return lines;
}

const command = (replace: readonly string[], more: readonly string[] = []): string =>
  typed(["energy apply", ...replace.map((id) => `--replace ${id}`), ...more, "--yes"].join(" "));

/** What was added and taken out, or would be. */
export function applyLines(
  { added, completed, removed, leftOut, moneyLost, waiting }: Omit<EnergyApplied, "change">,
  { yes, replace, anyway }: Pick<EnergyArguments, "yes" | "replace" | "anyway">,
  language: Language,
): string[] {
  const say = (fr: string, en: string): string => (language === "fr" ? fr : en);
  const lines = [
    ...added.map((id) => `+ ${id}`),
    ...completed.map((id) => say(`~ ${id} : avec son coût`, `~ ${id}: with its cost`)),
    ...removed.map((id) => `- ${id}`),
    ...leftOut.map((id) =>
      say(
        `⚠ ${id} : laissée de côté, une autre source compte la même énergie ou la comptera (${typed("energy")} montre laquelle)`,
        `⚠ ${id}: left out, another source counts the same energy or will (${typed("energy")} shows which)`,
      ),
    ),
    ...moneyLost.map((id) =>
      say(
        `⚠ ${id} : son prix ou son coût quitte le tableau avec elle ; Home Assistant n'accepte pour nos séries qu'une statistique de coût`,
        `⚠ ${id}: its price or cost leaves the dashboard with it; for our series Home Assistant only takes a cost statistic`,
      ),
    ),
    ...waiting.map((id) => `… ${id}${colon[language]} ${stateWords.waiting[language]}`),
  ];
  if (added.length + completed.length + removed.length === 0)
    return [...lines, say("Rien à changer.", "Nothing to change.")];
  const next = command(replace, anyway ? ["--anyway"] : []);
  return [
    ...lines,
    yes
      ? say(
          `C'est fait, et relu dans Home Assistant. Pour annuler : ${typed("energy undo --yes")}`,
          `Done, and read back from Home Assistant. To undo: ${typed("energy undo --yes")}`,
        )
      : say(`Rien n'est encore changé. Pour le faire : ${next}`, `Nothing is changed yet. To do it: ${next}`),
  ];
}

/** What goes and what comes back. */
export function undoLines(
  { removed, restored, wasUndone, isChangedSince }: EnergyUndone,
  yes: boolean,
  language: Language,
): string[] {
  const say = (fr: string, en: string): string => (language === "fr" ? fr : en);
  if (wasUndone) return [say("Le tableau Énergie est déjà comme avant.", "The Energy Dashboard is as before already.")];
  const next = typed(["energy undo", ...(isChangedSince ? ["--anyway"] : []), "--yes"].join(" "));
  return [
    ...restored.map((id) => `+ ${id}`),
    ...removed.map((id) => `- ${id}`),
    ...(isChangedSince
      ? [
          say(
            "⚠ Il a été changé à la main depuis : ces changements seraient perdus.",
            "⚠ It was changed by hand since: these changes would be lost.",
          ),
        ]
      : []),
    yes
      ? say("Le tableau Énergie est de nouveau comme avant.", "The Energy Dashboard is as before again.")
      : say(`Rien n'est encore changé. Pour le faire : ${next}`, `Nothing is changed yet. To do it: ${next}`),
  ];
}
