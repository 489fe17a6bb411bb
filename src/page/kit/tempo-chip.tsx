import "./tempo-chip.css";
import type { TempoColor } from "../../domain/tempo.ts";
import type { Text } from "../../shared/language.ts";
import { t } from "../language.ts";

/** Each colour with its letter, so that nobody has to see colours; null has not been announced. */
export const tempoNames: Readonly<Record<TempoColor, Text>> = {
  BLEU: { fr: "bleu", en: "blue" },
  BLANC: { fr: "blanc", en: "white" },
  ROUGE: { fr: "rouge", en: "red" },
};

const letters: Readonly<Record<TempoColor, Text>> = {
  BLEU: { fr: "B", en: "B" },
  BLANC: { fr: "Bc", en: "W" },
  ROUGE: { fr: "R", en: "R" },
};

const notAnnounced: Text = { fr: "pas encore annoncé", en: "not announced yet" };

export const tempoName = (color: TempoColor | null): Text => (color === null ? notAnnounced : tempoNames[color]);

/** A Tempo colour as a sign beside words that name it. */
export const TempoChip = ({ color }: { readonly color: TempoColor | null }) => (
  <span class={`tempo-chip ${color === null ? "pending" : color.toLowerCase()}`} aria-hidden="true">
    {color === null ? "?" : t(letters[color])}
  </span>
);
