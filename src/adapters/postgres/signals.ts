import type postgres from "postgres";
import type { SignalStore } from "../../sync/store.ts";
import { loadEcowatt, saveEcowatt } from "./ecowatt.ts";
import { loadTempo, saveTempo } from "./tempo.ts";

export function createSignals(sql: postgres.Sql): SignalStore {
  return {
    saveTempo: (days, at) => saveTempo(sql, days, at),
    loadTempo: (period) => loadTempo(sql, period),
    saveEcowatt: (days) => saveEcowatt(sql, days),
    loadEcowatt: (period) => loadEcowatt(sql, period),
  };
}
