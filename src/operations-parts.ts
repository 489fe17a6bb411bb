import { resolve } from "node:path";
import { contributionBody } from "./adapters/gateway/contribution.ts";
import { createBackups } from "./adapters/postgres/backup/backups.ts";
import { extentOf } from "./adapters/postgres/backup/prepare.ts";
import { defaultDataDir } from "./adapters/postgres/launcher/data-directory.ts";
import { tableSizes } from "./adapters/postgres/table-sizes.ts";
import type { Built } from "./compose.ts";
import type { Config } from "./config/config.ts";
import { describeConfig } from "./config/describe.ts";
import { readPlans } from "./config/read-plans.ts";
import { instant } from "./domain/units.ts";
import { destinationConfig } from "./export-parts.ts";
import type { OperationsParts } from "./server/operations.ts";
import type { ContributionTaker } from "./sync/contribution/proposal.ts";
import { type ExportPort, homeAssistantExport, mqttExport, secondaryExport } from "./sync/diagnostics/exports.ts";
import type { LogRing } from "./sync/diagnostics/log-ring.ts";
import type { ProgramFacts } from "./sync/diagnostics/report.ts";
import { destinationNames } from "./sync/exports/destination.ts";
import type { Service } from "./sync/service.ts";

/** What the page may move in the running program. */
export interface Levers {
  /** Null while nothing is fetched. */
  readonly service: () => Pick<Service, "wake" | "request" | "lastAsked" | "trouble"> | null;
  /** Ends this round of the service and begins the next one. */
  readonly restart: () => void;
  /** Absent: the log is not kept. */
  readonly ring?: LogRing | undefined;
}

/** What looking after the installation needs, of the parts that were built for this round. */
export function operationsOf(built: Built, { service, restart, ring }: Levers): OperationsParts {
  const { session, database, sql, source } = built;
  const { config, clock, sync } = session;
  const { credentials, rhythm, only } = sync;
  return {
    planning: source === null ? null : { credentials, rhythm, only },
    wake: () => service()?.wake(),
    request: () => {
      built.exports.hasten();
      service()?.request();
    },
    lastAsked: () => service()?.lastAsked() ?? null,
    restart,
    // What another process holds open cannot be restored under it.
    backups:
      database.origin === "guest" ? null : createBackups({ database, sql, dataDir: dataDirOf(config), now: clock.now }),
    facts: factsOf(built, ring),
    exports: exportsOf(built),
    exportLogs: built.exports.memory,
    readPlans,
    contributions: source === null ? null : takerOf(source),
  };
}

export const dataDirOf = ({ dataDir }: Pick<Config, "dataDir">): string => resolve(dataDir ?? defaultDataDir());

const takerOf = (source: NonNullable<Built["source"]>): ContributionTaker => ({
  bodyOf: contributionBody,
  contribute: (contribution, signal) => source.contribute(contribution, signal),
});

const startedAt = instant(Date.now() - Math.round(process.uptime() * 1000));

const factsOf = ({ session, database, sql }: Built, ring: LogRing | undefined): ProgramFacts => ({
  startedAt,
  postgres: database.version,
  node: process.versions.node,
  platform: `${process.platform} ${process.arch}`,
  config: describeConfig(session.config),
  tables: () => tableSizes(sql, extentOf(database)),
  memory: () => process.memoryUsage(),
  log: () => ring?.lines() ?? [],
});

function exportsOf({ session, brokerStatus, exports, runNow }: Built): readonly ExportPort[] {
  const { config, statistics, store } = session;
  const broker = config.mqtt &&
    brokerStatus &&
    runNow.mqtt && {
      url: config.mqtt.url,
      kinds: config.mqtt.exportData,
      status: brokerStatus,
      republish: runNow.mqtt,
    };
  const home = statistics && { homeAssistant: statistics.homeAssistant, runNow: runNow.statistics };
  const secondary = destinationNames.map((name) => {
    const feeder = exports.feeders.find(({ destination }) => destination.name === name) ?? null;
    return secondaryExport(name, feeder, { store, kinds: destinationConfig(config, name)?.exportData ?? [] });
  });
  return [mqttExport(broker), homeAssistantExport(home, store), ...secondary];
}
