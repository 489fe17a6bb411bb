import "./ecowatt-cell.css";
import type { Text } from "../../shared/language.ts";
import { t } from "../language.ts";

export type EcowattLevelShown = 1 | 2 | 3 | null;

/** What a level means for the household. */
export const ecowattNames: Readonly<Record<1 | 2 | 3, Text>> = {
  1: { fr: "vert", en: "green" },
  2: { fr: "orange", en: "orange" },
  3: { fr: "rouge", en: "red" },
};

const signs: Readonly<Record<1 | 2 | 3, string>> = { 1: "", 2: "!", 3: "!!" };
const classes: Readonly<Record<1 | 2 | 3, string>> = { 1: "green", 2: "orange", 3: "red" };
const unknown: Text = { fr: "inconnu", en: "unknown" };

export const ecowattName = (level: EcowattLevelShown): Text => (level === null ? unknown : ecowattNames[level]);

export interface EcowattCellProps {
  readonly level: EcowattLevelShown;
  /** For those who listen: `18 h, vert`. Without it the cell is silent, and stands beside its words. */
  readonly label?: string;
  readonly isNow?: boolean;
}

/** The level of an hour: its colour, and marks that grow with it. */
export const EcowattCell = ({ level, label, isNow = false }: EcowattCellProps) => (
  <span
    class={`ecowatt-cell ${level === null ? "unknown" : classes[level]}${isNow ? " now" : ""}`}
    {...(label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label, title: label })}
  >
    {level === null ? "—" : signs[level]}
  </span>
);

/** `vert`, with its sign before it. */
export const EcowattWord = ({ level }: { readonly level: EcowattLevelShown }) => (
  <span class="row">
    <EcowattCell level={level} />
    <span class="strong">{t(ecowattName(level))}</span>
  </span>
);
