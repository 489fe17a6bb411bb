import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sql } from "../../src/adapters/postgres/connection.ts";
import { createExportMemory } from "../../src/adapters/postgres/exports.ts";
import { createSettingsStore } from "../../src/adapters/postgres/settings.ts";
import { MetricsRecorder } from "../../src/adapters/prometheus/recorder.ts";
import { storeMetrics } from "../../src/adapters/prometheus/store-facts.ts";
import { fileKeyring } from "../../src/adapters/secrets/keyring.ts";
import { createVault } from "../../src/adapters/secrets/vault.ts";
import { openConfig } from "../../src/config/read.ts";
import { settingRules } from "../../src/config/setting-rules.ts";
import { hourMs } from "../../src/domain/units.ts";
import type { ServerParts, SettingsParts } from "../../src/server/parts.ts";
import type { Clock } from "../../src/shared/clock.ts";
import { silentLog } from "../../src/shared/log.ts";
import { homeAssistantExport, mqttExport, secondaryExport } from "../../src/sync/diagnostics/exports.ts";
import { type DestinationName, destinationNames } from "../../src/sync/exports/destination.ts";
import { exportKinds } from "../../src/sync/exports/series.ts";
import { destinationTitles } from "../../src/sync/exports/words.ts";
import { createSettings } from "../../src/sync/settings/settings.ts";
import type { Store } from "../../src/sync/store.ts";
import { currentSnapshot } from "../../src/sync/view/current-snapshot.ts";
import { idleOperations } from "../server/operations.ts";

interface Given {
  readonly sql: Sql;
  readonly store: Store;
  readonly clock: Clock;
  readonly account: string;
}

export interface ApiParts {
  readonly parts: ServerParts;
  /** Makes the metrics tell of the meters, as a pass does. */
  readonly show: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What the routes work with where every destination is set and Prometheus is served. */
export function apiParts({ sql, store, clock, account }: Given): ApiParts {
  const directory = mkdtempSync(join(tmpdir(), "linky-bench-api-"));
  const memory = createExportMemory(sql);
  const source = storeMetrics({ store, memory, clock, account, destinations: destinationNames, broker: null });
  const metrics = new MetricsRecorder({ source, clock, version: "1", pdlMode: "full" });
  const parts: ServerParts = {
    store,
    clock,
    version: "1",
    account,
    plans: [],
    statistics: null,
    destinations: destinationNames,
    lastPass: () => null,
    operations: idleOperations({
      exports: [
        mqttExport(null),
        homeAssistantExport(null, store),
        ...destinationNames.map((name) => portOf(name, store)),
      ],
      exportLogs: memory,
    }),
    settings: settingsOf(sql, clock, join(directory, "secret.key")),
    metrics,
  };
  return {
    parts,
    show: async () => metrics.publish((await currentSnapshot({ ...parts, planning: null })).snapshot),
    close: () => rm(directory, { recursive: true, force: true }),
  };
}

/** A destination that is set, and brings nothing here. */
const portOf = (name: DestinationName, store: Store) =>
  secondaryExport(
    name,
    {
      destination: {
        name,
        title: destinationTitles[name],
        address: `http://${name}.test`,
        test: async () => [],
        run: async () => ({ records: 0, waitingCorrections: 0 }),
      },
      runNow: async () => null,
      nextAt: null,
      running: null,
      succeededAt: null,
    },
    { store, kinds: exportKinds },
  );

function settingsOf(sql: Sql, clock: Clock, keyPath: string): SettingsParts {
  const reader = openConfig({
    env: {
      VICTORIAMETRICS_URL: "http://vm.test:8428",
      JEEDOM_URL: "http://box.test",
      JEEDOM_API_KEY: "0123456789abcdef",
    },
    requireCredentials: false,
    usualOptionsPath: "/nowhere",
  });
  const vault = createVault(fileKeyring(keyPath));
  return {
    settings: createSettings({ store: createSettingsStore(sql), vault, rules: settingRules(reader), clock }),
    describe: reader.describe,
    tryConnection: async () => [],
    apply: () => undefined,
    log: silentLog(),
  };
}

/** A year of hourly runs of every secondary destination, up to now: what the log keeps. */
export async function fillExportLogs(sql: Sql, clock: Clock): Promise<void> {
  const last = new Date(clock.now()).toISOString();
  const first = new Date(clock.now() - 365 * 24 * hourMs).toISOString();
  for (const name of destinationNames)
    await sql`
      insert into export_logs (destination, status, records_exported, started_at, completed_at)
      select ${name}, 'success', 48, at, at + interval '2 seconds'
      from generate_series(${first}::text::timestamptz, ${last}::text::timestamptz, interval '1 hour') as hours (at)`;
}

/** One run more. */
export async function noteRun(sql: Sql, clock: Clock): Promise<void> {
  const memory = createExportMemory(sql);
  const id = await memory.beginExport("jeedom", clock.now());
  await memory.endExport(id, { status: "success", records: 1, error: null, at: clock.now() });
}
