import { floatOf, textOf } from "./php.ts";
import type { Command } from "./tables.ts";

/**
 * What an event's value becomes (`cmd::formatValue`). A number is clamped into the command's limits; null, a blank and
 * what begins with no digit are 0.
 */
export function formatValue(sent: unknown, { subType, configuration }: Command): number | string {
  if (typeof sent === "object" && sent !== null) return "";
  const text = textOf(sent ?? 0)
    .trim()
    .replaceAll(/^"+|"+$/g, "");
  if (subType === "binary") return floatOf(text) >= 1 ? 1 : 0;
  if (subType !== "numeric") return text;
  return clamped(floatOf(text.replace(",", ".")), configuration);
}

function clamped(value: number, { maxValue, minValue, historizeRound }: Command["configuration"]): number {
  const decimals = limit(historizeRound);
  const rounded = decimals === null ? value : Number(value.toFixed(decimals));
  return Math.max(limit(minValue) ?? -Infinity, Math.min(limit(maxValue) ?? Infinity, rounded));
}

/** An option that holds nothing is no limit. */
const limit = (option: unknown): number | null => (textOf(option).trim() === "" ? null : floatOf(textOf(option)));
