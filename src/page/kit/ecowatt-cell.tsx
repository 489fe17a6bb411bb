import "./ecowatt-cell.css";
import { t } from "../language.ts";
import { type EcowattLevelShown, ecowattName, ecowattSign } from "./ecowatt-names.ts";

const classes: Readonly<Record<1 | 2 | 3, string>> = { 1: "green", 2: "orange", 3: "red" };

export interface EcowattCellProps {
  readonly level: EcowattLevelShown;
  /** For those who listen: `18 h, vert`. Without it the cell is silent, and stands beside its words. */
  readonly label?: string;
  readonly isNow?: boolean;
  /** RTE's level 0. */
  readonly isDecarbonised?: boolean;
}

/** The level of an hour: its colour, and its sign. */
export const EcowattCell = ({ level, label, isNow = false, isDecarbonised = false }: EcowattCellProps) => (
  <span
    class={`ecowatt-cell ${level === null ? "unknown" : classes[level]}${isNow ? " now" : ""}`}
    {...(label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label, title: label })}
  >
    {isDecarbonised ? <span class="ecowatt-ring" /> : ecowattSign(level)}
  </span>
);

/** `vert`, with its sign before it. */
export const EcowattWord = ({ level }: { readonly level: EcowattLevelShown }) => (
  <span class="row">
    <EcowattCell level={level} />
    <span class="strong">{t(ecowattName(level))}</span>
  </span>
);
