import { readPlans } from "../../src/config/read-plans.ts";
import { instant } from "../../src/domain/units.ts";
import type { OperationsParts } from "../../src/server/operations.ts";

/** An installation of which nothing is known, and that nothing moves. */
export const idleOperations = (told: Partial<OperationsParts> = {}): OperationsParts => ({
  planning: null,
  wake: () => undefined,
  request: () => undefined,
  lastAsked: () => null,
  restart: () => undefined,
  backups: null,
  facts: {
    startedAt: instant(Date.UTC(2026, 10, 20, 6)),
    postgres: "18.4",
    node: "24.21.0",
    platform: "linux x64",
    config: {},
    tables: async () => [],
    memory: () => ({ rss: 90_000_000, heapUsed: 40_000_000, external: 2_000_000 }),
    log: () => [],
  },
  exports: [],
  exportLogs: { loadExportLogs: async () => [] },
  readPlans,
  contributions: null,
  ...told,
});
