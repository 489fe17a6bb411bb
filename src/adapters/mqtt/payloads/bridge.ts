import { parisTimeOrNull } from "../../../domain/paris-time.ts";
import type { BridgeSnapshot } from "../../../sync/snapshot.ts";
import { problemsPayload } from "./problem.ts";

export function bridgePayload({ version, lastSyncAt, nextCallAt, budget, problems }: BridgeSnapshot): object {
  return {
    version,
    last_sync: parisTimeOrNull(lastSyncAt),
    next_call: parisTimeOrNull(nextCallAt),
    budget: { used: budget?.used ?? null, allowed: budget?.allowed ?? null, left: budget?.left ?? null },
    problem: problemsPayload(problems),
  };
}
