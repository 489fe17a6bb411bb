import type { Merge } from "./local-time.ts";

/**
 * Something the box is told about a meter. It gets two commands there, because a dated event also becomes the current
 * value and starts scenarios: one with history, for charts, and one without, for scenarios, tiles and other programs.
 */
export interface Quantity {
  /** Names the commands for ever: `<id>` and `<id>_last`. Letters, digits and `_`. */
  readonly id: string;
  /** Shown once, when the command is made; afterwards the name is the user's. */
  readonly historyName: string;
  readonly currentName: string;
  readonly subType: "numeric" | "string";
  /** `kWh`, `W`; empty for none. */
  readonly unit: string;
  /** Of the command without history: `DAILY_CONSUMPTION`, `POWER`… (core/config/jeedom.config.php). Null for none. */
  readonly genericType: string | null;
  /** What the two runs of the hour that autumn repeats become. */
  readonly merge: Merge;
}

/** Something of which only the value of the moment is told: one command, `<id>_last`. */
export type ValueQuantity = Omit<Quantity, "historyName" | "merge">;

/** A command of the box. */
export interface CommandRef {
  readonly id: number;
  readonly equipmentId: number;
  readonly logicalId: string;
  readonly subType: "numeric" | "string";
}
export interface HistoryCommand extends CommandRef {
  readonly merge: Merge;
}

/** The column of history values is a varchar of that size. */
const longestText = 127;
const largestNumber = 1e15;

/**
 * The value as it is sent. A box makes 0 of what it cannot read and says ok, so that nothing doubtful may leave.
 * @throws RangeError for what the box would change: no finite number, a text with blanks or quotes around it, or too long.
 */
export function wireValue(
  { logicalId, subType }: Pick<CommandRef, "logicalId" | "subType">,
  value: number | string,
): string {
  if (subType === "numeric" && typeof value === "number" && Math.abs(value) < largestNumber) return String(value);
  if (subType === "string" && typeof value === "string" && isPlain(value)) return value;
  throw new RangeError(`Jeedom's command ${logicalId} (${subType}) cannot hold ${JSON.stringify(value)}`);
}

const isPlain = (text: string): boolean =>
  text.length > 0 && text.length <= longestText && text.trim() === text && !/^"|"$/.test(text);

/** Whether the box holds `wanted`: numbers come back as numbers or as texts, rounded to what PHP prints. */
export function isHeld(held: number | string | boolean | null, wanted: number | string): boolean {
  if (typeof wanted === "string") return held === wanted;
  if (held === null || typeof held === "boolean" || held === "") return false;
  return Math.abs(Number(held) - wanted) <= Math.abs(wanted) * 1e-12;
}
