import { z } from "zod";
import { exportTypes } from "../../sync/exports/destination-options.ts";
import { instant, list, text } from "./fields.ts";
import { changes, setting } from "./settings.ts";

export const exportType = z.enum(exportTypes);

export const exportParams = z.strictObject({
  type: z
    .string()
    .max(80)
    .describe(`The destination: ${exportTypes.join(", ")}`),
});

export const exportConfig = z.strictObject({
  type: exportType,
  name: text,
  state: z
    .enum(["off", "waiting", "up", "down"])
    .describe("off: not set; waiting: not spoken to yet; up: has what it was last brought; down: in the way"),
  address: z.string().nullable().describe("Without credentials; null where it is off"),
  enabled: z.boolean().describe("Whether it is brought anything"),
  intervalMinutes: z.int().nullable().describe("Between two runs; null: each value as soon as it changes"),
  exportData: list(z.string()).nullable().describe("What it is brought; null: nothing can be chosen"),
  lastSuccessAt: instant.nullable(),
  nextRunAt: instant.nullable().describe("Null where values go as they change, and where nothing is planned"),
  problem: text.extend({ since: instant.nullable() }).nullable(),
  settings: list(setting).describe("Its options, as in GET /api/settings; no secret"),
});
export type ExportConfig = z.infer<typeof exportConfig>;

export const exportConfigsAnswer = z.strictObject({ configs: list(exportConfig) });
export type ExportConfigsAnswer = z.infer<typeof exportConfigsAnswer>;

export const changeExportBody = z.strictObject({
  enabled: z.boolean().nullable().optional().describe("Null takes the page's word away"),
  intervalMinutes: z.int().nullable().optional(),
  exportData: z.array(z.string().max(80)).max(40).nullable().optional(),
  settings: changes.optional().describe("By the option's key, with or without the destination's name before it"),
});
export type ChangeExportBody = z.infer<typeof changeExportBody>;

export const changedExportAnswer = exportConfig.extend({
  isChanged: z
    .boolean()
    .describe("Whether anything is otherwise than before: the service then starts anew within seconds"),
});
export type ChangedExportAnswer = z.infer<typeof changedExportAnswer>;

export const runAnswer = z.strictObject({
  type: exportType,
  status: z.enum(["success", "partial", "failed"]),
  records: z.int().nullable().describe("Values that were brought and read back; null where nobody counts"),
  problem: text.nullable().describe("Why it did not go well"),
});
export type RunAnswer = z.infer<typeof runAnswer>;

export const logsQuery = z.strictObject({
  type: exportType.optional().describe("Of one destination; absent: of all"),
  limit: z.coerce.number().int().min(1).max(1000).default(100).describe("How many, the latest first"),
  before: z.coerce.number().int().min(1).optional().describe("Only runs before this id: the next page"),
});

export const exportLog = z.strictObject({
  id: z.int(),
  type: z.string(),
  status: z.enum(["running", "success", "partial", "failed"]),
  records: z.int().describe("Values that were brought"),
  error: z.string().nullable().describe("In the language of the installation"),
  startedAt: instant,
  completedAt: instant.nullable().describe("Null while it runs, or where the program ended in the middle"),
});

export const logsAnswer = z.strictObject({ logs: list(exportLog) });
export type LogsAnswer = z.infer<typeof logsAnswer>;
