import { type Instant, minuteMs } from "../../domain/units.ts";
import type { AskedRound, PassResult } from "../pass.ts";
import { defaultDailyCalls } from "../plan/plan.ts";
import type { BridgeSnapshot, Snapshot } from "../snapshot.ts";
import { isoOf, isoOrNull } from "./iso.ts";
import type { LatestCall } from "./progress.ts";

export interface SyncInput {
  readonly now: Instant;
  readonly snapshot: Snapshot;
  /** Null before the first call of this process. */
  readonly call: LatestCall | null;
  /** Null before the first pass of this process has ended. */
  readonly lastPass: PassResult | null;
  /** Null before the first round that was asked for has ended. */
  readonly lastAsked: AskedRound | null;
  readonly canRequest: boolean;
}

/** A pause between two calls, or a call, is never longer than this. */
const silenceMs = 5 * minuteMs;

/** How the fetching stands, as an answer of the API has it. */
export function syncStateView({ now, snapshot, call, lastPass, lastAsked, canRequest }: SyncInput) {
  const { bridge, usagePoints } = snapshot;
  const remainingCalls = usagePoints.reduce((sum, { history }) => sum + history.remainingCalls, 0);
  const isKnown = usagePoints.length > 0;
  return {
    running: isRunning(call, bridge, now),
    call: call && { ...call, at: isoOf(call.at) },
    lastPass: lastPass && doneOf(lastPass),
    lastAsked: lastAsked && { endedAt: isoOf(lastAsked.endedAt), result: lastAsked.result && doneOf(lastAsked.result) },
    lastAnswerAt: isoOrNull(bridge.lastSyncAt),
    nextCallAt: isoOrNull(bridge.nextCallAt),
    budget: bridge.budget,
    history: usagePoints.map(({ id, history }) => ({ usagePoint: id, ...history })),
    remainingCalls: isKnown ? remainingCalls : null,
    remainingDays: isKnown ? daysFor(remainingCalls, bridge.budget) : null,
    canRequest,
  };
}

const doneOf = ({ calls, written }: Pick<PassResult, "calls" | "written">) => ({ calls, written });

/** One call after the other, as long as one is due. */
const isRunning = (call: LatestCall | null, { nextCallAt }: BridgeSnapshot, now: Instant): boolean =>
  call !== null &&
  now - call.at < silenceMs &&
  (call.outcome === null || (nextCallAt !== null && nextCallAt <= call.at));

/** 0 where today's calls are enough. */
function daysFor(calls: number, budget: BridgeSnapshot["budget"]): number {
  const { left, allowed } = budget ?? { left: defaultDailyCalls, allowed: defaultDailyCalls };
  return calls <= left ? 0 : Math.ceil((calls - left) / Math.max(1, allowed));
}
