import { periodNames } from "../domain/tariff/period.ts";
import type { Language, Text } from "../shared/language.ts";
import type { HistoryFacts, SeriesFacts } from "../sync/adoption/inspect.ts";
import type { FoundHistory } from "../sync/adoption/list.ts";
import { type ModeChoice, sentence } from "../sync/adoption/modes.ts";
import type { Adoption, AdoptionMode } from "../sync/adoption/store.ts";
import { type FormerTool, toolNames } from "../sync/adoption/tools.ts";
import type { SeriesRole } from "../sync/statistics/series.ts";
import { colon, counted, flowWord, kwh, number, typed } from "./words.ts";

/** What the user typed, for the next command. */
export interface Asked {
  readonly what?: string;
  readonly meter?: string;
  readonly until?: string;
  readonly prefix?: string;
}

export const command = (asked: Asked, mode: AdoptionMode | null, more: string): string =>
  typed(
    [
      "adopt",
      asked.what ?? "",
      asked.meter ? `--meter ${asked.meter}` : "",
      asked.prefix ? `--prefix ${asked.prefix}` : "",
      asked.until ? `--until ${asked.until}` : "",
      mode ? `--${mode}` : "",
      more,
    ]
      .filter((word) => word !== "")
      .join(" "),
  );

export const undoCommand = (id: number, more = ""): string => typed(`adopt undo ${id}${more}`);

export const modeWord: Readonly<Record<AdoptionMode, Text>> = {
  continue: { fr: "continuer les mêmes séries", en: "continue the same series" },
  copy: { fr: "copier dans les séries de Linky Bridge", en: "copy into Linky Bridge's series" },
};

export const roleWord = (role: SeriesRole, language: Language): string =>
  role === "total" ? "total" : periodNames[role][language];

/** A former tool by its name; a sensor that the user names, by its id. */
export const titleOf = (tool: FormerTool, named: string | undefined): string =>
  tool === "sensor" && named !== undefined ? named : toolNames[tool];

function nothingFound({ what, meter }: Asked, language: Language): string {
  if (what === undefined)
    return language === "fr"
      ? "Aucune série d'un autre outil n'est dans Home Assistant."
      : "Home Assistant holds no series of another tool.";
  const isId = /[:.]/.test(what);
  return language === "fr"
    ? `Home Assistant n'a aucune série ${isId ? "du nom de" : "de"} ${what}${meter ? ` pour le compteur ${meter}` : ""}.`
    : `Home Assistant holds no series ${isId ? "by the name of" : "of"} ${what}${meter ? ` for the meter ${meter}` : ""}.`;
}

/** What is found, with what can be done, and the exact command for it. */
export function foundLines(found: readonly FoundHistory[], asked: Asked, language: Language): string[] {
  if (found.length === 0) return [nothingFound(asked, language)];
  return found.flatMap(({ history, facts, modes, adoption, isHalfWritten }) => {
    const { tool, usagePoint, flow, isOurs } = history;
    const next = { ...asked, what: asked.what ?? tool, meter: usagePoint };
    return [
      `${titleOf(tool, asked.what)}, PDL ${usagePoint}, ${flowWord[flow][language]}${colon[language]}`,
      ...factLines(facts, language),
      ...(isOurs ? [] : [notOurs[language]]),
      ...(adoption ? adoptionLines({ adoption, isHalfWritten }, next, language) : []),
      ...(adoption && adoption.keepThrough === null ? [] : modes.flatMap((mode) => modeLines(mode, next, language))),
    ];
  });
}

const notOurs: Text = {
  fr: "  Linky Bridge ne relève pas ce compteur : rien à reprendre.",
  en: "  Linky Bridge does not read this meter: nothing to take over.",
};

/**
 * | it is | then |
 * |---|---|
 * | kept up to a day | the bridge goes on after it, and may do more |
 * | saved | nothing is written: the same command begins again |
 * | undoing | the undo goes on |
 * | half written | the same command goes on, or the undo gives back |
 * | written | it may be undone |
 */
function adoptionLines(
  { adoption, isHalfWritten }: { readonly adoption: Adoption; readonly isHalfWritten: boolean },
  next: Asked,
  language: Language,
): string[] {
  const say = (fr: string, en: string) => (language === "fr" ? fr : en);
  const { id, mode, step, keepThrough } = adoption;
  const title = `n° ${id}, ${modeWord[mode].fr}`;
  const titleEn = `no. ${id}, ${modeWord[mode].en}`;
  const toFinish = (line: string) => say(`    pour la finir : ${line}`, `    to finish it: ${line}`);
  const toUndo = say(
    `    pour tout rendre : ${undoCommand(id, " --yes")}`,
    `    to give all back: ${undoCommand(id, " --yes")}`,
  );
  if (keepThrough !== null)
    return [
      say(
        `  Linky Bridge continue ces séries après le ${keepThrough} (n° ${id}) et n'a rien réécrit avant. Il peut aussi :`,
        `  Linky Bridge goes on with these series after ${keepThrough} (no. ${id}) and rewrote nothing before. It can also:`,
      ),
    ];
  if (step === "undoing")
    return [
      say(`  ⚠ Annulation à moitié faite (${title}).`, `  ⚠ Undone by half (${titleEn}).`),
      toFinish(undoCommand(id, " --yes")),
    ];
  if (step === "saved")
    return [
      say(
        `  ⚠ Reprise commencée (${title}) ; rien n'est encore écrit.`,
        `  ⚠ Taking over was begun (${titleEn}); nothing is written yet.`,
      ),
      toFinish(command(next, mode, "--yes")),
      toUndo,
    ];
  if (isHalfWritten)
    return [
      say(
        `  ⚠ Repris à moitié (${title}) : le reste n'est pas encore dans Home Assistant.`,
        `  ⚠ Taken over by half (${titleEn}): the rest is not in Home Assistant yet.`,
      ),
      toFinish(command(next, mode, "--yes")),
      toUndo,
    ];
  return [
    say(
      `  Déjà repris (${title}). Pour annuler : ${undoCommand(id)}`,
      `  Already taken over (${titleEn}). To undo: ${undoCommand(id)}`,
    ),
  ];
}

function modeLines({ mode, reason, care }: ModeChoice, next: Asked, language: Language): string[] {
  const title = modeWord[mode][language];
  if (reason)
    return [language === "fr" ? `  ✗ ${title}${colon.fr} ${reason.fr}.` : `  ✗ ${title}: not possible, ${reason.en}.`];
  return [
    `  → ${title}${colon[language]} ${command(next, mode, "")}`,
    ...(care ? [`    ${sentence(care)[language]}`] : []),
  ];
}

export function factLines(facts: HistoryFacts, language: Language): string[] {
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
