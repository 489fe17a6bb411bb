import type { Text } from "../../shared/language.ts";

export type EcowattLevelShown = 1 | 2 | 3 | null;

/** What the signal is called. */
const names: Readonly<Record<1 | 2 | 3, Text>> = {
  1: { fr: "vert", en: "green" },
  2: { fr: "orange", en: "orange" },
  3: { fr: "rouge", en: "red" },
};

/** What says the same without colours. The dash is a short one: those of narrow neighbours must not meet. */
const signs: Readonly<Record<1 | 2 | 3, string>> = { 1: "✓", 2: "!", 3: "!!" };

export const ecowattSign = (level: EcowattLevelShown): string => (level === null ? "–" : signs[level]);

const unknown: Text = { fr: "inconnu", en: "unknown" };

export const ecowattName = (level: EcowattLevelShown): Text => (level === null ? unknown : names[level]);
