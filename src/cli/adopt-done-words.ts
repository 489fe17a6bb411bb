import type { Language, Text } from "../shared/language.ts";
import type { AdoptOutcome } from "../sync/adoption/adopt.ts";
import type { AdoptionStep } from "../sync/adoption/deps.ts";
import type { OwnSeries } from "../sync/adoption/own-series.ts";
import type { Adoption } from "../sync/adoption/store.ts";
import { nameOfTool } from "../sync/adoption/tools.ts";
import type { UndoOutcome } from "../sync/adoption/undo.ts";
import type { StatisticsProgress } from "../sync/statistics/progress.ts";
import { type Asked, modeWord, undoCommand } from "./adopt-words.ts";
import { colon, counted, number } from "./words.ts";

export const priceWord: Text = {
  fr: "Le prix réglé à côté disparaît : Home Assistant n'en accepte pas pour une série externe.",
  en: "The price set beside it goes: Home Assistant accepts none for an external series.",
};

export function doneLines(
  { adoption, wasApplied, wasHalfWritten, dashboard }: AdoptOutcome,
  asked: Asked,
  language: Language,
): string[] {
  const say = (fr: string, en: string) => (language === "fr" ? fr : en);
  const { tool } = adoption;
  const name = tool === "sensor" ? (asked.what ?? nameOfTool(tool)[language]) : nameOfTool(tool)[language];
  return [
    wasHalfWritten
      ? say(
          `La reprise n° ${adoption.id}, restée à moitié écrite, est finie.`,
          `Adoption no. ${adoption.id}, which was half written, is finished.`,
        )
      : wasApplied
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
    say(`  Pour annuler : ${undoCommand(adoption.id)}`, `  To undo: ${undoCommand(adoption.id)}`),
  ];
}

export function undoLines(adoption: Adoption, language: Language): string[] {
  const { id, tool, mode, statisticIds } = adoption;
  return language === "fr"
    ? [
        `Annuler la reprise n° ${id} (${nameOfTool(tool).fr}, ${modeWord[mode].fr}) rend leurs lignes d'origine à :`,
        ...statisticIds.map((statisticId) => `  ${statisticId}`),
        "Une série qui n'existait pas avant est retirée. Rien n'a été changé. Pour le faire :",
        `  ${undoCommand(id, " --yes")}`,
      ]
    : [
        `Undoing adoption no. ${id} (${nameOfTool(tool).en}, ${modeWord[mode].en}) gives back their original rows to:`,
        ...statisticIds.map((statisticId) => `  ${statisticId}`),
        "A series that did not exist before is removed. Nothing was changed. To do it:",
        `  ${undoCommand(id, " --yes")}`,
      ];
}

export function undoneLines({ adoption, dashboard, ownSeries }: UndoOutcome, language: Language): string[] {
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
    ...(ownSeries === "nothing" ? [] : [ownSeriesWord[ownSeries][language]]),
  ];
}

const ownSeriesWord: Readonly<Record<Exclude<OwnSeries, "nothing">, Text>> = {
  written: {
    fr: "Les séries de Linky Bridge, qui étaient déjà dans Home Assistant, sont à jour.",
    en: "Linky Bridge's own series, which were in Home Assistant before, are up to date.",
  },
  next_pass: {
    fr: "À son prochain passage, Linky Bridge écrira dans Home Assistant ses propres séries, qui n'y étaient pas encore toutes.",
    en: "At its next pass Linky Bridge will write its own series to Home Assistant, which did not hold all of them yet.",
  },
  not_yet: {
    fr: "Les séries de Linky Bridge n'ont pas pu être mises à jour maintenant ; son prochain passage le fera.",
    en: "Linky Bridge's own series could not be brought up to date now; its next pass will do it.",
  },
};

/** What an end before the end leaves; `adoption` null: nothing half done. */
export function interruptedText(adoption: Adoption | null): Text {
  if (adoption === null) return { fr: "rien n'est resté à moitié fait", en: "nothing was left half done" };
  const { id, step } = adoption;
  const giveBack = undoCommand(id, " --yes");
  if (step === "undoing")
    return {
      fr: `l'annulation de la reprise n° ${id} est à moitié faite ; pour la finir : ${giveBack}`,
      en: `the undoing of adoption no. ${id} is half done; to finish it: ${giveBack}`,
    };
  return {
    fr: `la reprise n° ${id} est à moitié écrite ; relancez la même commande pour la finir, ou ${giveBack} pour tout rendre`,
    en: `adoption no. ${id} is half written; run the same command again to finish it, or ${giveBack} to give all back`,
  };
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
  return step.step === "restoring"
    ? `${word}${colon[language]} ${step.statisticId} (${counted(step.rows, rowWords[language], language)})…`
    : word;
}

const rowWords: Readonly<Record<Language, readonly [string, string]>> = {
  fr: ["ligne", "lignes"],
  en: ["row", "rows"],
};

export const writtenLine = ({ writtenRows, allRows }: StatisticsProgress, language: Language): string =>
  language === "fr"
    ? `  ${number(writtenRows, "fr")} lignes sur ${number(allRows, "fr")}`
    : `  ${number(writtenRows, "en")} rows of ${number(allRows, "en")}`;
