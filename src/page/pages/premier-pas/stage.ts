import type { FlowOverview, OverviewAnswer, UsagePointOverview } from "../../../server/api/overview.ts";

/** `asking`: no meter is known yet. `arriving`: its first day is not. `there`: it is. `stopped`: something is in the way. */
export type Stage = "asking" | "arriving" | "there" | "stopped";

/** How far the first fetch is, once there is an account. */
export function stageOf({ usagePoints, bridge }: Pick<OverviewAnswer, "usagePoints" | "bridge">): Stage {
  if (firstKnown({ usagePoints }) !== null) return "there";
  if (bridge.problems.length > 0) return "stopped";
  return usagePoints.length > 0 ? "arriving" : "asking";
}

export interface Known {
  readonly point: UsagePointOverview;
  readonly flow: FlowOverview;
}

/** What the first chart is of: consumption wherever there is any, because that is what people come for. */
export function firstKnown({ usagePoints }: Pick<OverviewAnswer, "usagePoints">): Known | null {
  for (const point of usagePoints) {
    const flow = point.flows.find((one) => one.flow === "consumption") ?? point.flows[0];
    if (flow && flow.latest !== null) return { point, flow };
  }
  return null;
}
