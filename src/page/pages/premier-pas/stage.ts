import type { OverviewAnswer } from "../../../server/api/overview.ts";

/** `asking`: no meter is known yet. `arriving`: its first day is not. `there`: it is. `stopped`: something is in the way. */
export type Stage = "asking" | "arriving" | "there" | "stopped";

/** How far the first fetch is, once there is an account. */
export function stageOf({ usagePoints, bridge }: Pick<OverviewAnswer, "usagePoints" | "bridge">): Stage {
  if (usagePoints.some(({ flows }) => flows.some(({ latest }) => latest !== null))) return "there";
  if (bridge.problems.length > 0) return "stopped";
  return usagePoints.length > 0 ? "arriving" : "asking";
}
