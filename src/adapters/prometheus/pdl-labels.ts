import type { UsagePointId } from "../../domain/units.ts";

/** How a meter is named in a label: its number tells who lives there. */
export const pdlModes = ["full", "last4", "alias"] as const;
export type PdlMode = (typeof pdlModes)[number];

/**
 * The label of each meter: its 14 digits, the last four of them, or `meter_1`, `meter_2`. In the order of their numbers;
 * where two end alike the later one gets `-2`, since one would hide the other.
 */
export function pdlLabels(
  points: readonly { readonly id: UsagePointId }[],
  mode: PdlMode,
): ReadonlyMap<UsagePointId, string> {
  const ids = points.map(({ id }) => id).sort();
  if (mode === "full") return new Map(ids.map((id) => [id, id]));
  if (mode === "alias") return new Map(ids.map((id, position) => [id, `meter_${position + 1}`]));
  const endings = ids.map((id) => id.slice(-4));
  return new Map(ids.map((id, position) => [id, distinct(endings, position)]));
}

function distinct(endings: readonly string[], position: number): string {
  const ending = endings[position] ?? "";
  const before = endings.slice(0, position).filter((other) => other === ending).length;
  return before === 0 ? ending : `${ending}-${before + 1}`;
}
