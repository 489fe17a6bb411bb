import type { UsagePointId } from "../../domain/units.ts";
import { shortId } from "../../shared/redaction.ts";
import type { PlanSetting } from "./plans.ts";

/** A number in the user's settings that no known meter bears, mistyped as likely as not. */
export interface UnknownPoint {
  readonly usagePoint: UsagePointId;
  readonly known: readonly UsagePointId[];
}

/** Each number once, in the order of the settings; none while no meter is known. */
export function unknownPointsIn(
  settings: readonly Pick<PlanSetting, "usagePoint">[],
  points: readonly { readonly id: UsagePointId }[],
): readonly UnknownPoint[] {
  const known = points.map(({ id }) => id);
  if (known.length === 0) return [];
  const named = new Set(settings.flatMap(({ usagePoint }) => usagePoint ?? []));
  return [...named].filter((usagePoint) => !known.includes(usagePoint)).map((usagePoint) => ({ usagePoint, known }));
}

/** What the sentence `unknown_usage_point` says; the known ones are whole, because a slip may be in any digit. */
export const wordsOf = ({ usagePoint, known }: UnknownPoint): { readonly meter: string; readonly detail: string } => ({
  meter: shortId(usagePoint),
  detail: known.join(", "),
});
