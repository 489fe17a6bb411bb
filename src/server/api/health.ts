import { z } from "zod";
import { instant, list } from "./fields.ts";
import { problem } from "./statistics.ts";

export const missingOption = z.strictObject({
  option: z.string().describe("Its name in the configuration"),
  fr: z.string(),
  en: z.string(),
});

const url = z.string();
const homeAssistant = z
  .discriminatedUnion("state", [
    z.strictObject({ state: z.literal("off") }),
    z.strictObject({ state: z.literal("waiting"), url }),
    z.strictObject({ state: z.literal("up"), url, since: instant.nullable().describe("When it last took statistics") }),
    z.strictObject({
      state: z.literal("down"),
      url,
      since: instant.nullable(),
      reason: z.string(),
      lastSuccessAt: instant.nullable(),
    }),
  ])
  .nullable()
  .describe("Null while the database does not answer");

const trouble = z.strictObject({
  code: z.string().describe("Stable, for programs"),
  since: instant,
  fr: z.string(),
  en: z.string(),
});

export const healthAnswer = z.strictObject({
  status: z
    .enum(["up", "degraded", "down"])
    .describe(
      "degraded: what is there can be looked at, nothing new can be stored, and a restart would not help. down: the database does not answer",
    ),
  version: z.string(),
  problem: trouble.optional().describe("Why it is degraded"),
  missing: list(missingOption).optional().describe("What has to be set before anything can be fetched"),
  database: z.strictObject({ isReachable: z.boolean() }),
  lastPass: z
    .strictObject({
      calls: z.int().describe("Calls of the gateway"),
      written: z.int().describe("Readings that were new or other than before"),
      nextCallAt: instant.nullable(),
      lastAnswerAt: instant.nullable(),
      problems: list(z.strictObject(problem)),
    })
    .nullable()
    .describe("Null before the first one since the start"),
  homeAssistant,
});
export type HealthAnswer = z.infer<typeof healthAnswer>;

/** While there is no database to serve anything from: its server could not be started, or stopped. */
export const waitingAnswer = z.strictObject({
  status: z.literal("waiting"),
  version: z.string(),
  problem: trouble,
  database: z.strictObject({ isReachable: z.literal(false) }),
  lastPass: z.null(),
});
export type WaitingAnswer = z.infer<typeof waitingAnswer>;
