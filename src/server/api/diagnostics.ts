import { z } from "zod";
import { dayStates } from "../../domain/day-state.ts";
import { flows } from "../../domain/usage-point.ts";
import { day, instant, list, text } from "./fields.ts";

/** What works, for whoever helps: no secret, and of a usage point its last four digits. */

const shortPoint = z.string().describe("Of a usage point its last four digits");

const versions = z.strictObject({
  linkyBridge: z.string(),
  node: z.string(),
  postgres: z.string(),
  platform: z.string().describe("Operating system and processor"),
});

const table = z.strictObject({
  name: z.string(),
  rows: z.int(),
  bytes: z.int().describe("With its indexes"),
});

const meter = z.strictObject({
  usagePoint: shortPoint,
  isListed: z.boolean().describe("Whether the account listed it last time"),
  isActive: z.boolean(),
  hasConsumption: z.boolean(),
  hasProduction: z.boolean(),
  contractKnown: z.boolean(),
  problem: z.string().nullable(),
  flows: z.array(
    z.strictObject({
      flow: z.enum(flows),
      firstDay: day.nullable(),
      lastDay: day.nullable(),
      counts: z.partialRecord(z.enum(dayStates), z.int()).describe("Days in each state, as in /api/quality"),
    }),
  ),
});

const task = z.strictObject({
  key: z.string(),
  askedAt: instant,
  succeededAt: instant.nullable(),
  failures: z.int().describe("Consecutive ones"),
  retryAt: instant.nullable(),
  detail: z.string().nullable(),
});

const series = z.strictObject({
  statisticId: z.string(),
  measure: z.string(),
  firstHour: instant.nullable(),
  lastHour: instant.nullable(),
  writtenUntil: instant.nullable().describe("The first hour not read back from Home Assistant yet; null: all was"),
  foreignAt: instant.nullable().describe("When somebody else's rows were last found in it"),
});

export const diagnosticsAnswer = z.strictObject({
  madeAt: instant,
  versions,
  startedAt: instant.describe("When this process started"),
  config: z.record(z.string(), z.unknown()).describe("What is set, without secrets"),
  missingOptions: z.array(z.string()).describe("What has to be set before anything can be fetched"),
  tables: z.array(table),
  meters: z.array(meter),
  lastPass: z
    .strictObject({
      calls: z.int().describe("Calls of the gateway"),
      written: z.int().describe("Readings that were new or other than before"),
      nextCallAt: instant.nullable(),
      lastAnswerAt: instant.nullable(),
    })
    .nullable()
    .describe("Null before the first one since the start"),
  problems: z.array(
    z.strictObject({
      code: z.string().describe("Stable, for programs"),
      since: instant,
      usagePoint: shortPoint.nullable(),
      ...text.shape,
    }),
  ),
  tasks: z.array(task).describe("What each kind of call remembers"),
  budgets: z.array(
    z.strictObject({
      bucket: z.enum(["no_cache", "cached"]),
      utcDay: day.describe("The gateway counts by UTC days"),
      used: z.int(),
      allowed: z.int(),
    }),
  ),
  series: z.array(series).describe("The statistics of Home Assistant"),
  memory: z.strictObject({ rssBytes: z.int(), heapUsedBytes: z.int(), externalBytes: z.int() }),
  log: list(z.string()).describe("The last lines of the log, oldest first"),
});
export type DiagnosticsAnswer = z.infer<typeof diagnosticsAnswer>;

export const exportsAnswer = z.strictObject({
  exports: z.array(
    z.strictObject({
      destination: z.string().describe("Stable, for programs: mqtt, home_assistant"),
      name: text,
      isEnabled: z.boolean(),
      state: z
        .enum(["off", "waiting", "up", "down"])
        .describe("off: not set; waiting: not spoken to yet; up: it took what it was last brought; down: in the way"),
      address: z.string().nullable().describe("Without credentials"),
      lastSuccessAt: instant.nullable().describe("The last success that is remembered"),
      fedWith: z.array(text).describe("What it is brought"),
      problem: z.strictObject({ since: instant.nullable(), ...text.shape }).nullable(),
      running: z
        .strictObject({
          startedAt: instant,
          records: z.int().describe("Values that were brought and read back so far"),
          share: z.number().nullable().describe("From 0 to 1, of what may be lacking; null where it cannot be told"),
        })
        .nullable()
        .describe("The run that is on its way; null while there is none, and where nobody can tell"),
    }),
  ),
});
export type ExportsAnswer = z.infer<typeof exportsAnswer>;
