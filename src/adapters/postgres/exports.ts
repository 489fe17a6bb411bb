import type postgres from "postgres";
import type { ExportMemory } from "../../sync/exports/memory.ts";
import { claimExport, releaseExport } from "./exports-claim.ts";
import { saveExportConfigs } from "./exports-configs.ts";
import { beginExport, endExport, forgetExportLogs, loadExportLogs } from "./exports-logs.ts";
import { forgetSent, loadSent, saveSent } from "./exports-sent.ts";

/** What the exports remember, in the database. */
export const createExportMemory = (sql: postgres.Sql): ExportMemory => ({
  loadSent: (place) => loadSent(sql, place),
  saveSent: (place, months, correctedAt) => saveSent(sql, place, { months, correctedAt }),
  forgetSent: (place) => forgetSent(sql, place),
  claimExport: (claim) => claimExport(sql, claim),
  releaseExport: (destination, holder) => releaseExport(sql, destination, holder),
  beginExport: (destination, at) => beginExport(sql, destination, at),
  endExport: (id, end) => endExport(sql, id, end),
  loadExportLogs: (filter) => loadExportLogs(sql, filter),
  forgetExportLogs: (before) => forgetExportLogs(sql, before),
  saveExportConfigs: (configs, at) => saveExportConfigs(sql, configs, at),
});
