import type { Instant, LocalDate, UsagePointId } from "../../domain/units.ts";
import type { Flow, Subject } from "../../domain/usage-point.ts";
import type { CurveRoute, Period } from "../source.ts";

/** One call to the source, as the plan wants it made. */
export type Call =
  | { readonly kind: "usage_points" }
  | { readonly kind: "usage" }
  | { readonly kind: "contract"; readonly usagePoint: UsagePointId }
  | { readonly kind: "address"; readonly usagePoint: UsagePointId }
  | {
      readonly kind: "curve";
      readonly usagePoint: UsagePointId;
      readonly flow: Flow;
      readonly period: Period;
      readonly route: CurveRoute;
    }
  | { readonly kind: "daily"; readonly usagePoint: UsagePointId; readonly flow: Flow; readonly period: Period }
  | { readonly kind: "max_power"; readonly usagePoint: UsagePointId; readonly period: Period }
  | { readonly kind: "tempo"; readonly from: LocalDate | null }
  | { readonly kind: "ecowatt"; readonly period: Period }
  | { readonly kind: "offers" };

/** Why a call is made, for the log and the status. In order of urgency. */
export const reasons = [
  "usage_points",
  "usage",
  "tempo",
  "contract",
  "yesterday",
  "ecowatt",
  "recent",
  "wished",
  "address",
  "history_daily",
  "offers",
  "history_curve",
  "reread",
  "hole",
] as const;
export type Reason = (typeof reasons)[number];

/** A call with the moment from which it should be made. */
export interface Candidate {
  readonly call: Call;
  readonly reason: Reason;
  readonly dueAt: Instant;
  /** Orders candidates of one reason: smaller first. */
  readonly rank: number;
}

/** Whether the call takes one of the 50 of the day. The others are counted elsewhere or not at all. */
export const isCounted = (call: Call): boolean =>
  call.kind === "curve" || call.kind === "daily" || call.kind === "max_power" || call.kind === "ecowatt";

export const usagePointOf = (call: Call): UsagePointId | null => ("usagePoint" in call ? call.usagePoint : null);

export const subjectOf = (call: Call): Subject | null => {
  switch (call.kind) {
    case "curve":
      return `${call.flow}_curve`;
    case "daily":
      return `${call.flow}_daily`;
    case "max_power":
      return "max_power";
    default:
      return null;
  }
};

/** The row of the store's task memory that remembers failures of this kind of call. */
export function taskKeyOf(call: Call): string {
  const point = usagePointOf(call);
  const what = subjectOf(call) ?? call.kind;
  return point === null ? what : `${what}:${point}`;
}

/** The source as a whole: no call is made before its `retryAt`. */
export const sourceTask = "source";
/** Remembers when a condition of the whole account began: `askedAt` while `failures` is 1. */
export const conditionTask = (condition: "outage" | "no_usage_points"): string => `since:${condition}`;
/** Begins the source's `detail` when it refused the credentials, followed by what names those. */
export const unauthorizedDetail = "unauthorized ";
/** Remembers that a meter does not measure a flow. */
export const wrongFlowTask = (flow: Flow, usagePoint: UsagePointId): string => `wrong_flow:${flow}:${usagePoint}`;
/** Remembers the latest start that was refused as before the activation, as a day in `detail`. */
export const frontierTask = (subject: Subject, usagePoint: UsagePointId): string => `frontier:${subject}:${usagePoint}`;
