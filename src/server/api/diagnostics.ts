import { z } from "zod";

/** What works, for whoever helps: no secret, and of a usage point its last four digits. */

const instant = z.iso.datetime().describe("Instant in UTC, ISO 8601");
const texts = { fr: z.string(), en: z.string() };

export const noQuery = z.strictObject({});

const problem = z.strictObject({
  code: z.string().describe("Stable, for automations"),
  since: instant,
  usagePoint: z.string().nullable().describe("Its last four digits"),
  ...texts,
});

export const diagnosticsAnswer = z.strictObject({
  madeAt: instant,
  versions: z.strictObject({
    linkyBridge: z.string(),
    node: z.string(),
    postgres: z.string(),
    platform: z.string().describe("Operating system and processor"),
  }),
  startedAt: instant.describe("When this process started"),
  config: z.record(z.string(), z.unknown()).describe("What is set, without secrets"),
  missingOptions: z.array(z.string()).describe("What has to be set before anything can be fetched"),
  tables: z.array(
    z.strictObject({
      name: z.string(),
      rows: z.int().describe("As PostgreSQL counts them; below a thousand exact, else its estimate"),
      bytes: z.int().describe("With indexes"),
    }),
  ),
  meters: z.array(
    z.strictObject({
      usagePoint: z.string().describe("Its last four digits"),
      isListed: z.boolean(),
      isActive: z.boolean(),
      hasConsumption: z.boolean(),
      hasProduction: z.boolean(),
      contractKnown: z.boolean(),
      problem: z.string().nullable(),
      flows: z.array(
        z.strictObject({
          flow: z.string(),
          firstDay: z.iso.date().nullable(),
          lastDay: z.iso.date().nullable(),
          counts: z.record(z.string(), z.int()).describe("Days in each state, see /api/quality"),
        }),
      ),
    }),
  ),
  lastPass: z
    .strictObject({
      calls: z.int(),
      written: z.int().describe("Rows of readings that were new or changed"),
      nextCallAt: instant.nullable(),
      lastAnswerAt: instant.nullable(),
    })
    .nullable(),
  problems: z.array(problem),
  tasks: z.array(
    z.strictObject({
      key: z.string(),
      askedAt: instant,
      succeededAt: instant.nullable(),
      failures: z.int(),
      retryAt: instant.nullable(),
      detail: z.string().nullable(),
    }),
  ),
  budgets: z.array(
    z.strictObject({
      bucket: z.enum(["no_cache", "cached"]),
      utcDay: z.iso.date().describe("The gateway counts by UTC days"),
      used: z.int(),
      allowed: z.int(),
    }),
  ),
  series: z.array(
    z.strictObject({
      statisticId: z.string(),
      measure: z.string(),
      isActive: z.boolean(),
      firstHour: instant.nullable(),
      lastHour: instant.nullable(),
      writtenUntil: instant.nullable().describe("The first hour not yet read back from Home Assistant; null: all was"),
      foreignAt: instant.nullable(),
    }),
  ),
  memory: z.strictObject({
    rssBytes: z.int(),
    heapUsedBytes: z.int(),
    externalBytes: z.int(),
  }),
  log: z.array(z.string()).describe("The last lines of the log, oldest first, already without secrets"),
});
export type DiagnosticsAnswer = z.infer<typeof diagnosticsAnswer>;

/** A destination that what is stored is brought to. */
export const exportStates = ["off", "waiting", "up", "down"] as const;

export const exportsAnswer = z.strictObject({
  exports: z.array(
    z.strictObject({
      destination: z.string().describe("mqtt, home_assistant, …"),
      name: z.strictObject(texts),
      isEnabled: z.boolean(),
      state: z.enum(exportStates).describe("waiting: it has not been spoken to yet"),
      address: z.string().nullable().describe("Without credentials"),
      lastSuccessAt: instant.nullable(),
      fedWith: z.array(z.strictObject(texts)).describe("What it is brought"),
      problem: z.strictObject({ since: instant.nullable(), ...texts }).nullable(),
    }),
  ),
});
export type ExportsAnswer = z.infer<typeof exportsAnswer>;
