import { z } from "zod";
import { instant, list, usagePoint } from "./fields.ts";
import { count } from "./values.ts";

export const budget = z.strictObject({
  used: count.describe("Calls of the gateway today (UTC)"),
  allowed: count,
  left: count,
});

const backfill = z.strictObject({
  usagePoint,
  knownDays: count.describe("Days held, over curves and daily values"),
  wantedDays: count.describe("Days that may be held"),
  remainingCalls: count.describe("Calls that the rest takes, estimated"),
});

const lastPass = z.strictObject({ calls: count, written: count.describe("Readings that were new or changed") });

/** `GET /api/sync`, the answer to `POST /api/sync`, and each event of `GET /api/sync/events`. */
export const syncState = z.strictObject({
  running: z.boolean().describe("Whether calls are being made"),
  call: z
    .strictObject({
      kind: z.string().describe("What is asked of the gateway"),
      reason: z.string().describe("Why it is due"),
      usagePoint: usagePoint.nullable(),
      outcome: z.string().nullable().describe("Null while it is under way"),
      at: instant,
    })
    .nullable()
    .describe("The latest call of this process"),
  lastPass: lastPass.nullable().describe("Null before the first one of this process has ended"),
  lastAsked: z
    .strictObject({
      endedAt: instant,
      result: lastPass.nullable().describe("Null where the round failed; it is repeated by itself"),
    })
    .nullable()
    .describe("The latest round of this process that was asked for and is over"),
  lastAnswerAt: instant.nullable().describe("Last successful answer of the gateway"),
  nextCallAt: instant.nullable(),
  budget: budget.nullable().describe("Null: nothing was counted today"),
  history: list(backfill).describe("Progress of the first fetch"),
  remainingCalls: count
    .nullable()
    .describe("Calls that the rest of the history takes, estimated; null: no meter is known yet"),
  remainingDays: count.nullable().describe("Days until it is there, estimated from the daily calls; 0: today"),
  canRequest: z.boolean().describe("Whether a synchronisation can be asked for: credentials are set"),
});
export type SyncState = z.infer<typeof syncState>;

/** `POST /api/sync` */
export const syncBody = z.strictObject({});
