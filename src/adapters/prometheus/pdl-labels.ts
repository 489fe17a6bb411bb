import type { UsagePointId } from "../../domain/units.ts";
import type { UsagePointSnapshot } from "../../sync/snapshot.ts";

/** How a meter is named in a label: its number tells who lives there. */
export const pdlModes = ["full", "last4", "alias"] as const;
export type PdlMode = (typeof pdlModes)[number];

/**
 * The label of each meter: its 14 digits, the last four of them, or the name it bears in the account (without one, its
 * last four digits). Never the same for two meters, since one would hide the other: the later one by number gets `-2`.
 */
export function pdlLabels(
  points: readonly Pick<UsagePointSnapshot, "id" | "name">[],
  mode: PdlMode,
): ReadonlyMap<UsagePointId, string> {
  const labels = new Map<UsagePointId, string>();
  const taken = new Set<string>();
  for (const point of points.toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
    const wished = labelOf(point, mode);
    let label = wished;
    for (let count = 2; taken.has(label); count++) label = `${wished}-${count}`;
    taken.add(label);
    labels.set(point.id, label);
  }
  return labels;
}

function labelOf({ id, name }: Pick<UsagePointSnapshot, "id" | "name">, mode: PdlMode): string {
  if (mode === "full") return id;
  return (mode === "alias" && name?.trim()) || id.slice(-4);
}
