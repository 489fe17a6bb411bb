import { dateAt } from "../domain/calendar.ts";
import { periodNames } from "../domain/tariff/period.ts";
import { wh } from "../domain/units.ts";
import type { Language, Text } from "../shared/language.ts";
import type { AdoptOutcome } from "../sync/adoption/adopt.ts";
import type { AdoptionStep } from "../sync/adoption/deps.ts";
import type { HistoryFacts, SeriesFacts } from "../sync/adoption/inspect.ts";
import type { FoundHistory } from "../sync/adoption/list.ts";
import type { ModeChoice } from "../sync/adoption/modes.ts";
import type { Preview } from "../sync/adoption/preview.ts";
import type { Adoption, AdoptionMode } from "../sync/adoption/store.ts";
import { formerTools, toolNames } from "../sync/adoption/tools.ts";
import type { UndoOutcome } from "../sync/adoption/undo.ts";
import type { StatisticsProgress } from "../sync/statistics/progress.ts";
import type { SeriesRole } from "../sync/statistics/series.ts";
import { colon, counted, flowWord, kwh, number, periodInWords } from "./words.ts";

/** What the user typed, for the next command. */
interface Typed {
  readonly what?: string;
  readonly meter?: string;
  readonly until?: string;
  readonly prefix?: string;
}

const command = (typed: Typed, mode: AdoptionMode | null, more: string): string =>
  [
    "linky-bridge adopt",
    typed.what ?? "",
    typed.meter ? `--meter ${typed.meter}` : "",
    typed.prefix ? `--prefix ${typed.prefix}` : "",
    typed.until ? `--until ${typed.until}` : "",
    mode ? `--${mode}` : "",
    more,
  ]
    .filter((word) => word !== "")
    .join(" ");

const modeWord: Readonly<Record<AdoptionMode, Text>> = {
  continue: { fr: "continuer les mêmes séries", en: "continue the same series" },
  copy: { fr: "copier dans les séries de Linky Bridge", en: "copy into Linky Bridge's series" },
};

const roleWord = (role: SeriesRole, language: Language): string =>
  role === "total" ? "total" : periodNames[role][language];

const nameOf = (tool: string): string => {
  const known = formerTools.find((one) => one === tool);
  return known === undefined ? "Linky Bridge" : toolNames[known];
};

/** What is found, with what can be done, and the exact command for it. */
export function foundLines(found: readonly FoundHistory[], typed: Typed, language: Language): string[] {
  if (found.length === 0)
    return [
      language === "fr"
        ? "Aucune série d'un autre outil n'est dans Home Assistant."
        : "Home Assistant holds no series of another tool.",
    ];
  return found.flatMap(({ history, facts, modes, adoption }) => {
    const { tool, usagePoint, flow, isOurs } = history;
    const next = { ...typed, what: typed.what ?? tool, meter: usagePoint };
    return [
      `${toolNames[tool]}, PDL ${usagePoint}, ${flowWord[flow][language]}${colon[language]}`,
      ...factLines(facts, language),
      ...(isOurs ? [] : [notOurs[language]]),
      ...(adoption ? [adoptionLine(adoption, language)] : []),
      ...(adoption && adoption.keepThrough === null ? [] : modes.flatMap((mode) => modeLines(mode, next, language))),
    ];
  });
}

const notOurs: Text = {
  fr: "  Linky Bridge ne relève pas ce compteur : rien à reprendre.",
  en: "  Linky Bridge does not read this meter: nothing to take over.",
};

const adoptionLine = ({ id, mode, step, keepThrough }: Adoption, language: Language): string => {
  if (keepThrough !== null)
    return language === "fr"
      ? `  Linky Bridge continue ces séries après le ${keepThrough} (n° ${id}) et n'a rien réécrit avant. Il peut aussi :`
      : `  Linky Bridge goes on with these series after ${keepThrough} (no. ${id}) and rewrote nothing before. It can also:`;
  const begun = step === "applied" ? "" : language === "fr" ? ", pas terminé" : ", not finished";
  return language === "fr"
    ? `  Déjà repris (n° ${id}, ${modeWord[mode].fr}${begun}). Pour annuler : linky-bridge adopt undo ${id}`
    : `  Already taken over (no. ${id}, ${modeWord[mode].en}${begun}). To undo: linky-bridge adopt undo ${id}`;
};

function modeLines({ mode, reason, care }: ModeChoice, next: Typed, language: Language): string[] {
  const title = modeWord[mode][language];
  if (reason)
    return [language === "fr" ? `  ✗ ${title}${colon.fr} ${reason.fr}.` : `  ✗ ${title}: not possible, ${reason.en}.`];
  return [`  → ${title}${colon[language]} ${command(next, mode, "")}`, ...(care ? [`    ${care[language]}.`] : [])];
}

function factLines(facts: HistoryFacts, language: Language): string[] {
  const say = (fr: string, en: string) => (language === "fr" ? fr : en);
  const lines = facts.series.map((series) => `  ${seriesLine(series, language)}`);
  for (const { statisticId, metadata, expectedUnits } of facts.refused)
    lines.push(
      say(
        `  ✗ ${statisticId} : en ${metadata.unit ?? "aucune unité"} au lieu de ${expectedUnits.join(" ou ")}, laissée de côté`,
        `  ✗ ${statisticId}: in ${metadata.unit ?? "no unit"} instead of ${expectedUnits.join(" or ")}, left alone`,
      ),
    );
  if (facts.costs.length > 0)
    lines.push(
      say(
        `  Coûts : ${facts.costs.map(({ statisticId }) => statisticId).join(", ")} ; Linky Bridge n'y touche pas`,
        `  Costs: ${facts.costs.map(({ statisticId }) => statisticId).join(", ")}; Linky Bridge leaves them untouched`,
      ),
    );
  if (facts.commonDays > 0)
    lines.push(
      say(
        `  ${counted(facts.commonDays, ["jour", "jours"], "fr")} connus aussi de Linky Bridge : ${kwh(facts.formerWh, "fr")} là-bas, ${kwh(facts.storeWh, "fr")} ici`,
        `  ${counted(facts.commonDays, ["day", "days"], "en")} that Linky Bridge knows too: ${kwh(facts.formerWh, "en")} there, ${kwh(facts.storeWh, "en")} here`,
      ),
    );
  if (facts.isRecent)
    lines.push(
      say(
        "  ⚠ Sa dernière ligne a moins de deux jours : si cet outil tourne encore, arrêtez-le d'abord.",
        "  ⚠ Its last row is less than two days old: if this tool is still running, stop it first.",
      ),
    );
  return lines;
}

function seriesLine(series: SeriesFacts, language: Language): string {
  const say = (fr: string, en: string) => (language === "fr" ? fr : en);
  const { statisticId, role, first, last, hours, unit, lastSum } = series;
  if (first === null) return `${statisticId}${colon[language]} ${say("vide", "empty")}`;
  const flaws = [
    series.negativeSteps.length > 0
      ? say(
          `cumul en baisse le ${series.negativeSteps.slice(0, 3).join(", ")}${series.negativeSteps.length > 3 ? "…" : ""}`,
          `sum falls on ${series.negativeSteps.slice(0, 3).join(", ")}${series.negativeSteps.length > 3 ? "…" : ""}`,
        )
      : "",
    series.holes > 0
      ? say(
          counted(series.holes, ["heure absente", "heures absentes"], "fr"),
          counted(series.holes, ["hour missing", "hours missing"], "en"),
        )
      : "",
    series.dailyBars > 0
      ? say(
          counted(series.dailyBars, ["jour sans détail horaire", "jours sans détail horaire"], "fr"),
          counted(series.dailyBars, ["day without hours", "days without hours"], "en"),
        )
      : "",
  ].filter((flaw) => flaw !== "");
  const facts = [
    series.kind === "stray" ? say("sans période tarifaire", "of no tariff period") : roleWord(role, language),
    `${first} → ${last}`,
    counted(hours, language === "fr" ? ["heure", "heures"] : ["hour", "hours"], language),
    ...(lastSum === null
      ? []
      : [`${say("cumul", "sum")} ${number(Math.round(lastSum * 1000) / 1000, language)} ${unit ?? ""}`]),
    ...flaws,
  ];
  return `${statisticId}${colon[language]} ${facts.join(", ")}`;
}

/** What would change, and the command that does it. */
export function previewLines(preview: Preview, typed: Typed, language: Language): string[] {
  const say = (fr: string, en: string) => (language === "fr" ? fr : en);
  const { request, until, dashboard } = preview;
  const care = preview.modes.find(({ mode }) => mode === request.mode)?.care;
  const next = { ...typed, what: typed.what ?? request.tool, meter: request.usagePoint };
  return [
    `${toolNames[request.tool]}, PDL ${request.usagePoint}, ${flowWord[request.flow][language]}${colon[language]} ${modeWord[request.mode][language]}`,
    ...factLines(preview.facts, language),
    ...(until ? [say(`  Jusqu'au ${until} à 00:00.`, `  Up to ${until} 00:00.`)] : []),
    ...(care ? [`  ⚠ ${care[language]}.`] : []),
    say("  Ce qui serait écrit :", "  What would be written:"),
    ...preview.series.map((series) => `    ${writtenSeries(series, language)}`),
    say("  Énergie avant → après :", "  Energy before → after:"),
    ...shiftsOf(preview, language).map((line) => `    ${line}`),
    ...(dashboard
      ? [
          say(
            `  Énergie (tableau de bord) : ${dashboard.replaced.join(", ") || "en plus"} → ${dashboard.added.join(", ") || "retirée"}`,
            `  Energy Dashboard: ${dashboard.replaced.join(", ") || "besides"} → ${dashboard.added.join(", ") || "taken out"}`,
          ),
          ...(dashboard.dropsPrice ? [`    ${priceWord[language]}`] : []),
        ]
      : [say("  Énergie (tableau de bord) : rien à changer", "  Energy Dashboard: nothing to change")]),
    say(
      "  Rien n'a été changé. Les lignes d'origine seront gardées, et tout peut être annulé. Pour le faire :",
      "  Nothing was changed. The original rows will be kept, and all can be undone. To do it:",
    ),
    `    ${command(next, request.mode, "--yes")}`,
  ];
}

const priceWord: Text = {
  fr: "Le prix réglé à côté disparaît : Home Assistant n'en accepte pas pour une série externe.",
  en: "The price set beside it goes: Home Assistant accepts none for an external series.",
};

function writtenSeries(series: Preview["series"][number], language: Language): string {
  const rows = (count: number) => counted(count, language === "fr" ? ["ligne", "lignes"] : ["row", "rows"], language);
  const title = `${series.statisticId} (${roleWord(series.role, language)}, ${series.unit})${colon[language]}`;
  if (series.firstChange === null) return language === "fr" ? `${title} rien à changer` : `${title} nothing to change`;
  const since = dateAt(series.firstChange);
  return language === "fr"
    ? `${title} ${rows(series.newRows)} en plus, ${rows(series.changedRows)} réécrites, à partir du ${since}`
    : `${title} ${rows(series.newRows)} more, ${rows(series.changedRows)} rewritten, from ${since} on`;
}

/** By tariff period, then by month; by year where there are more than two years. */
function shiftsOf({ roles, months }: Preview, language: Language): string[] {
  const line = (title: string, before: number, after: number): string => {
    const shift = after - before;
    const sign = shift > 0 ? "+" : "";
    return `${title}${colon[language]} ${kwh(wh(before), language)} → ${kwh(wh(after), language)} (${sign}${kwh(wh(shift), language)})`;
  };
  const periods = new Map<string, { before: number; after: number }>();
  for (const { name, formerWh, afterWh } of months) {
    const period = months.length > 24 ? name.slice(0, 4) : name;
    const sums = periods.get(period) ?? { before: 0, after: 0 };
    periods.set(period, { before: sums.before + formerWh, after: sums.after + afterWh });
  }
  return [
    ...roles.map(({ name, formerWh, afterWh }) => line(roleWord(name, language), formerWh, afterWh)),
    ...[...periods].map(([period, { before, after }]) => line(periodInWords(period, language), before, after)),
  ];
}

export function doneLines({ adoption, wasApplied, dashboard }: AdoptOutcome, language: Language): string[] {
  const say = (fr: string, en: string) => (language === "fr" ? fr : en);
  const name = nameOf(adoption.tool);
  return [
    wasApplied
      ? say(
          `${name} était déjà repris (n° ${adoption.id}) ; tout est à jour.`,
          `${name} was already taken over (no. ${adoption.id}); all is up to date.`,
        )
      : say(
          `L'historique de ${name} est repris (n° ${adoption.id}).`,
          `The history of ${name} is taken over (no. ${adoption.id}).`,
        ),
    ...(dashboard.outcome === "changed_by_hand"
      ? [
          say(
            "  Le tableau de bord Énergie a été changé entre-temps : il est laissé tel quel.",
            "  The Energy Dashboard was changed meanwhile: it is left as it is.",
          ),
        ]
      : []),
    ...(dashboard.added.length > 0
      ? [
          say(
            `  Énergie montre maintenant ${dashboard.added.join(", ")}.`,
            `  Energy now shows ${dashboard.added.join(", ")}.`,
          ),
        ]
      : []),
    ...(dashboard.dropsPrice ? [`  ${priceWord[language]}`] : []),
    say(`  Pour annuler : linky-bridge adopt undo ${adoption.id}`, `  To undo: linky-bridge adopt undo ${adoption.id}`),
  ];
}

export function undoLines(adoption: Adoption, language: Language): string[] {
  const { id, tool, mode, statisticIds } = adoption;
  return language === "fr"
    ? [
        `Annuler la reprise n° ${id} (${nameOf(tool)}, ${modeWord[mode].fr}) rend leurs lignes d'origine à :`,
        ...statisticIds.map((statisticId) => `  ${statisticId}`),
        "Une série qui n'existait pas avant est retirée. Rien n'a été changé. Pour le faire :",
        `  linky-bridge adopt undo ${id} --yes`,
      ]
    : [
        `Undoing adoption no. ${id} (${nameOf(tool)}, ${modeWord[mode].en}) gives back their original rows to:`,
        ...statisticIds.map((statisticId) => `  ${statisticId}`),
        "A series that did not exist before is removed. Nothing was changed. To do it:",
        `  linky-bridge adopt undo ${id} --yes`,
      ];
}

export function undoneLines({ adoption, dashboard }: UndoOutcome, language: Language): string[] {
  const say = (fr: string, en: string) => (language === "fr" ? fr : en);
  return [
    say(
      `La reprise n° ${adoption.id} est annulée : chaque ligne est comme avant, relue et comparée.`,
      `Adoption no. ${adoption.id} is undone: every row is as before, read back and compared.`,
    ),
    ...(dashboard === "changed_by_hand"
      ? [
          say(
            "Le tableau de bord Énergie a été changé depuis : il est laissé tel quel.",
            "The Energy Dashboard was changed since: it is left as it is.",
          ),
        ]
      : []),
  ];
}

export function stepLine(step: AdoptionStep, language: Language): string {
  const words: Readonly<Record<AdoptionStep["step"], Text>> = {
    reading: { fr: "Lecture des séries…", en: "Reading the series…" },
    saving: { fr: "Sauvegarde des lignes d'origine…", en: "Saving the original rows…" },
    applying: { fr: "Reprise dans Linky Bridge…", en: "Taking over into Linky Bridge…" },
    writing: { fr: "Écriture dans Home Assistant…", en: "Writing to Home Assistant…" },
    dashboard: { fr: "Tableau de bord Énergie…", en: "Energy Dashboard…" },
    restoring: { fr: "Restitution", en: "Giving back" },
    reverting: { fr: "Retour aux séries de Linky Bridge…", en: "Back to Linky Bridge's own series…" },
  };
  const word = words[step.step][language];
  return step.step === "restoring" ? `${word}${colon[language]} ${step.statisticId} (${step.rows})…` : word;
}

export const writtenLine = ({ writtenRows, allRows }: StatisticsProgress, language: Language): string =>
  language === "fr"
    ? `  ${number(writtenRows, "fr")} lignes sur ${number(allRows, "fr")}`
    : `  ${number(writtenRows, "en")} rows of ${number(allRows, "en")}`;
