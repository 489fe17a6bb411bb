import type { Text } from "../../shared/language.ts";
import type { FormerHistory } from "./find.ts";
import type { AdoptionMode } from "./store.ts";

/** A way to take a history over; `reason` says why it is not possible, `care` what to know when it is. */
export interface ModeChoice {
  readonly mode: AdoptionMode;
  readonly reason: Text | null;
  readonly care: Text | null;
}

/** A reason or a care where it stands alone. */
export const sentence = (words: Text): Text => ({ fr: asSentence(words.fr), en: asSentence(words.en) });
const asSentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

export const modesOf = (history: FormerHistory): readonly ModeChoice[] => [canContinue(history), canCopy(history)];

export function canContinue(history: FormerHistory): ModeChoice {
  return { mode: "continue", reason: whyNotContinue(history), care: continueCare(history) };
}

function canCopy({ series }: FormerHistory): ModeChoice {
  return { mode: "copy", reason: series.length === 0 ? nothingUsable : null, care: null };
}

function whyNotContinue({ tool, series }: FormerHistory): Text | null {
  if (series.length === 0) return nothingUsable;
  if (tool === "hass_myelectricaldata_entity" || tool === "sensor")
    return {
      fr: "ces séries appartiennent à un capteur vivant, que Home Assistant et son intégration écrivent eux-mêmes : elles ne peuvent être que copiées",
      en: "these series belong to a live sensor, which Home Assistant and its integration write themselves: they can only be copied",
    };
  const roles = series.filter(({ kind }) => kind !== "stray").map(({ role }) => role);
  if (roles.length === 0)
    return {
      fr: "cette série n'est d'aucune période tarifaire : elle ne peut être que copiée",
      en: "this series belongs to no tariff period: it can only be copied",
    };
  if (new Set(roles).size < roles.length)
    return {
      fr: "plusieurs de ces séries n'en font qu'une pour Linky Bridge : elles ne peuvent être que copiées",
      en: "several of these series are one for Linky Bridge: they can only be copied",
    };
  return null;
}

function continueCare({ tool, flow }: FormerHistory): Text | null {
  if (tool !== "ha_linky" || flow !== "consumption") return null;
  return {
    fr: "cette série reste un total, en Wh ; les séries par période tarifaire existent à côté, et les deux ne doivent jamais être ensemble dans Énergie",
    en: "this series stays a total, in Wh; the series by tariff period exist beside it, and the two must never be in Energy together",
  };
}

const nothingUsable: Text = {
  fr: "aucune de ces séries ne peut être lue comme de l'énergie",
  en: "none of these series can be read as energy",
};
