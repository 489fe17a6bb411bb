import { createHash, randomUUID } from "node:crypto";
import { resolve } from "node:path";
import packageFile from "../package.json" with { type: "json" };
import { createGatewaySource, type GatewaySource } from "./adapters/gateway/source.ts";
import { createHomeAssistant } from "./adapters/home-assistant/home-assistant.ts";
import type { BrokerSettings } from "./adapters/mqtt/link.ts";
import { MqttSink, type MqttSinkOptions, type MqttStatus } from "./adapters/mqtt/publisher.ts";
import { createAccessStore } from "./adapters/postgres/access.ts";
import { createAudit } from "./adapters/postgres/audit.ts";
import { prepareStore } from "./adapters/postgres/backup/prepare.ts";
import { restoreStaged } from "./adapters/postgres/backup/restore-staged.ts";
import { type Connection, closeSql, describeConnection, openSql, type Sql } from "./adapters/postgres/connection.ts";
import { createExportMemory } from "./adapters/postgres/exports.ts";
import { defaultDataDir } from "./adapters/postgres/launcher/data-directory.ts";
import type { Database } from "./adapters/postgres/launcher/database.ts";
import { startDatabase } from "./adapters/postgres/launcher/start-database.ts";
import { createSettingsStore } from "./adapters/postgres/settings.ts";
import { createStorage, directoryPlace, urlPlace } from "./adapters/postgres/storage.ts";
import { createStore } from "./adapters/postgres/store.ts";
import { createTopicInventory } from "./adapters/postgres/topic-inventory.ts";
import type { MetricsRecorder } from "./adapters/prometheus/recorder.ts";
import type { StoreMetricsDeps } from "./adapters/prometheus/store-facts.ts";
import { fileKeyring, givenKeyring, type Keyring } from "./adapters/secrets/keyring.ts";
import { createVault } from "./adapters/secrets/vault.ts";
import type { Output, Session } from "./cli/session.ts";
import type { Config } from "./config/config.ts";
import type { ConfigReader } from "./config/read.ts";
import { settingRules } from "./config/setting-rules.ts";
import { utcDayAt } from "./domain/calendar.ts";
import type { UsagePointId } from "./domain/units.ts";
import { buildExports, configRows, type ExportParts, wantedDestinations } from "./export-parts.ts";
import { withFormerAccount } from "./former-account.ts";
import { configWithPage } from "./page-config.ts";
import { type Clock, systemClock } from "./shared/clock.ts";
import type { Text } from "./shared/language.ts";
import type { Defer } from "./shared/lifecycle.ts";
import type { Logger } from "./shared/log.ts";
import { renewedBroker, withSupervisorBroker } from "./supervisor-broker.ts";
import type { AccessStore } from "./sync/access/store.ts";
import { toldIn } from "./sync/changes/told.ts";
import type { DestinationName, ExportRun } from "./sync/exports/destination.ts";
import { createExportReader } from "./sync/exports/reader.ts";
import { defaultDailyCalls } from "./sync/plan/plan.ts";
import { rhythmOf } from "./sync/plan/rhythm.ts";
import { createSettings, type Settings } from "./sync/settings/settings.ts";
import type { Source } from "./sync/source.ts";
import { StatisticsFeeder } from "./sync/statistics/feeder.ts";
import type { StatisticsProgress } from "./sync/statistics/progress.ts";
import type { HomeAssistant } from "./sync/statistics/recorder.ts";
import type { StatisticsDeps } from "./sync/statistics/run.ts";
import type { Storage } from "./sync/storage.ts";
import type { Bucket, Store } from "./sync/store.ts";

export const { version } = packageFile;
/** The gateway's limit of answers from its cache, until it tells another. */
const defaultCachedCalls = 1000;

export interface BuildOptions {
  /** Without what was set in the page. */
  readonly config: Config;
  /** Makes the config anew with what was set in the page; absent: nothing is taken from there. */
  readonly reader?: ConfigReader;
  /** Told the config that counts, before anything but the database is built. */
  readonly onConfig?: (config: Config) => void;
  readonly log: Logger;
  readonly output: Output;
  readonly clock: Clock;
  /** A guest of a running service's database where there is one. */
  readonly share: boolean;
  /** Whether the command speaks to the broker. */
  readonly broker: boolean;
  /** Whether statistics are written after each pass. */
  readonly feed: boolean;
  /** What is counted goes on from there; absent: it begins anew. */
  readonly metrics?: MetricsMemory;
  /** Whether broker and statistics wait until there are credentials. */
  readonly waitForCredentials?: boolean;
  /** Told while statistics are written. */
  readonly onStatistics?: (progress: StatisticsProgress) => void;
  readonly pauseMs?: number;
  /** Whether each step is on the broker before the next: for runs that end with their pass. */
  readonly waitForSinks?: boolean;
}

/** What is counted for as long as the process runs, whatever is set meanwhile. */
export interface MetricsMemory {
  /** Null until Prometheus is served for the first time. */
  recorder: MetricsRecorder | null;
}

export const metricsMemory = (): MetricsMemory => ({ recorder: null });

export interface Built {
  readonly session: Session;
  readonly database: Database;
  /** On the database, for what reads it as a whole. */
  readonly sql: Sql;
  /** Null without credentials. */
  readonly source: GatewaySource | null;
  /** How the connection to the broker is; null where none is wanted. */
  readonly brokerStatus: (() => MqttStatus) | null;
  readonly storage: Storage;
  readonly access: AccessStore;
  /** Null where nothing is taken from the page. */
  readonly settings: Settings | null;
  /** Says what the bridge's button does. */
  readonly onSyncNow: (action: () => void) => void;
  readonly exports: ExportParts;
  /** Null where Prometheus is not served. */
  readonly metrics: MetricsRecorder | null;
  /** What the primary destinations do when asked to; null where they are not set, or not fed. */
  readonly runNow: { readonly mqtt: (() => Promise<void>) | null; readonly statistics: (() => Promise<void>) | null };
}

/** Builds every part of the program in the order they need each other. */
export async function buildSession(given: BuildOptions, defer: Defer, signal: AbortSignal): Promise<Built> {
  const { log, output, clock } = given;
  const { database, sql } = await openDatabase(given, defer, signal);
  const settings = buildSettings(given, sql);
  const options = await withPageSettings(given, settings, signal);
  const { config } = options;
  const store = withFormerAccount(createStore(sql));
  // What a killed process was working on would wait for its leases to end.
  if (database.origin === "private") await store.forgetLeases();
  const installation = await store.loadInstallationId(clock.now());
  const account = await accountOf(options, store);
  const source = buildSource(options, store);

  let syncNow: () => void = () => undefined;
  const mqtt =
    config.mqtt && options.broker
      ? buildMqtt(options, { inventory: createTopicInventory(sql, config.mqtt.url), told: toldIn(store) }, () =>
          syncNow(),
        )
      : null;
  if (mqtt) {
    mqtt.start();
    defer(() => mqtt.close());
  }
  const holder = randomUUID();
  const homeAssistant = buildHomeAssistant(options);
  const statistics = homeAssistant && statisticsDeps(options, { store, homeAssistant, account, holder });
  const feeder = statistics && options.feed ? new StatisticsFeeder(statistics) : null;
  if (feeder) defer(() => feeder.close());
  const only = [...config.gateway.usagePoints] as UsagePointId[];
  const plans = config.tariffPlans;
  const memory = createExportMemory(sql);
  if (!options.share) await memory.saveExportConfigs(configRows(config), clock.now());
  const reader = createExportReader({ store, account, plans, only, clock });
  const wanted = wantedDestinations(config);
  const broker = mqtt && (() => mqtt.status());
  const metrics = options.feed
    ? await buildMetrics(options, { store, memory, clock, account, broker, destinations: wanted })
    : null;
  const onRun = (name: DestinationName, run: ExportRun): void => metrics?.observeExportRun(name, run);
  const exports = buildExports({ config, log, clock, reader, memory, store, holder, onRun }, options.feed);
  const { destinations, feeders } = exports;
  for (const feeder of feeders) defer(() => feeder.close());
  const session: Session = {
    config,
    language: config.language,
    clock,
    log,
    output,
    audit: createAudit(sql),
    database: { version: database.version, origin: database.origin, psql: psqlCommand(database.connection) },
    broker: mqtt && config.mqtt && { url: config.mqtt.url, firstAttempt: () => brokerState(mqtt, config) },
    store,
    homeAssistant,
    statistics,
    destinations,
    sync: {
      source: source ?? unusable,
      store,
      account,
      credentials: `${nameOf(config)}/${holder.slice(0, 8)}`,
      rhythm: rhythmOf(installation),
      log: log.child({ component: "sync" }),
      clock,
      sinks: [...(mqtt ? [mqtt] : []), ...(feeder ? [feeder] : []), ...feeders, ...(metrics ? [metrics] : [])],
      destinations: wanted,
      ...(metrics ? { onCall: (progress) => metrics.observeCall(progress) } : {}),
      waitForSinks: options.waitForSinks ?? options.share,
      language: config.language,
      version,
      plans,
      holder,
      only,
      pauseMs: options.pauseMs ?? 250,
    },
  };
  return {
    session,
    database,
    sql,
    source,
    brokerStatus: broker,
    metrics,
    storage: createStorage(sql, storagePlace(config)),
    access: createAccessStore(sql),
    settings,
    onSyncNow: (action) => (syncNow = action),
    exports,
    runNow: { mqtt: mqtt && (() => mqtt.republish()), statistics: feeder && (() => feeder.runNow()) },
  };
}

async function openDatabase(
  { config, log, clock, share }: BuildOptions,
  defer: Defer,
  signal: AbortSignal,
): Promise<{ readonly database: Database; readonly sql: Sql }> {
  const database = await startDatabase({
    url: config.database.url ?? undefined,
    dataDir: config.dataDir ?? undefined,
    share,
    log: log.child({ component: "postgres" }),
    language: config.language,
    signal,
  });
  defer(() => database.stop());
  const preparing = {
    dataDir: resolve(config.dataDir ?? defaultDataDir()),
    now: clock.now,
    log: log.child({ component: "postgres" }),
    language: config.language,
    signal,
  };
  // Before anything else looks into it: the user has chosen what the store is to hold.
  if (!share) await restoreStaged(database, preparing);
  await prepareStore(database, preparing);
  const sql = openSql(database.connection);
  defer(() => closeSql(sql));
  return { database, sql };
}

/** Beside the database unless the environment holds them. */
export const keyringOf = ({ dataDir, secretKeys }: Pick<Config, "dataDir" | "secretKeys">): Keyring =>
  secretKeys === null ? fileKeyring(resolve(dataDir ?? defaultDataDir(), "secret.key")) : givenKeyring(secretKeys);

function buildSettings({ config, reader, log, clock }: BuildOptions, sql: Sql): Settings | null {
  if (reader === undefined) return null;
  const vault = createVault(keyringOf(config), ({ text }) => log.warn(text[config.language]));
  return createSettings({ store: createSettingsStore(sql), vault, rules: settingRules(reader), clock });
}

/** The options with the config that counts: the page's settings, and the broker that the Supervisor knows. */
async function withPageSettings(
  given: BuildOptions,
  settings: Settings | null,
  signal: AbortSignal,
): Promise<BuildOptions> {
  const { config: base, reader, log } = given;
  const set = reader && settings ? configWithPage(base, reader, { page: await settings.load(), log }) : base;
  const waits = given.waitForCredentials === true && !hasCredentials(set);
  const broker = given.broker && !waits;
  const config = broker ? await withSupervisorBroker(set, log, signal) : set;
  given.onConfig?.(config);
  return { ...given, config, broker, feed: given.feed && !waits };
}

export const hasCredentials = ({ gateway: { clientId, clientSecret } }: Config): boolean =>
  clientId !== null && clientSecret !== null;

/** Where is stored, as a sentence names it. */
export const storagePlace = ({ database, dataDir }: Pick<Config, "database" | "dataDir">): Text =>
  database.url === null
    ? directoryPlace(resolve(dataDir ?? defaultDataDir()))
    : urlPlace(describeConnection({ url: database.url }));

/**
 * Without credentials there is nothing to ask for, but still something to look at; so there is for a command that only
 * looks, in a database that knows nothing of the account that is set.
 */
async function accountOf({ config, feed }: BuildOptions, store: Store): Promise<string> {
  const { clientId } = config.gateway;
  if (clientId !== null && feed) return clientId;
  const known = await store.loadAccounts();
  return clientId !== null && (known.length === 0 || known.includes(clientId)) ? clientId : (known[0] ?? "");
}

/** Names the credentials without telling them. */
const nameOf = ({ gateway: { url, clientId, clientSecret } }: Config): string =>
  createHash("sha256")
    .update(JSON.stringify([url, clientId, clientSecret]))
    .digest("hex")
    .slice(0, 8);

export function buildSource(
  { config, log, clock }: Pick<BuildOptions, "config" | "log" | "clock">,
  store: Pick<Store, "loadBudget" | "takeBudget">,
): GatewaySource | null {
  const { url, clientId, clientSecret } = config.gateway;
  if (clientId === null || clientSecret === null) return null;
  const spend = async (bucket: Bucket): Promise<boolean> => {
    const utcDay = utcDayAt(clock.now());
    const known = await store.loadBudget(clientId, utcDay, bucket);
    const allowed = known?.allowed ?? (bucket === "no_cache" ? defaultDailyCalls : defaultCachedCalls);
    return store.takeBudget({ account: clientId, utcDay, bucket, allowed });
  };
  return createGatewaySource({
    baseUrl: url,
    clientId,
    clientSecret,
    version,
    log: log.child({ component: "gateway" }),
    spend,
    clock,
  });
}

/** Stands where a source would be in commands that only look at the store. */
const unusable: Source = new Proxy({} as Source, {
  get(_target, method) {
    throw new Error(`No credentials are set, so that ${String(method)} cannot be asked`);
  },
});

export function buildHomeAssistant({
  config,
  log,
  clock,
}: Pick<BuildOptions, "config" | "log" | "clock">): HomeAssistant | null {
  if (config.homeAssistant === null) return null;
  return createHomeAssistant({
    endpoint: config.homeAssistant,
    log: log.child({ component: "home-assistant" }),
    clock,
  });
}

const statisticsDeps = (
  { config, log, clock, onStatistics }: BuildOptions,
  parts: Pick<StatisticsDeps, "store" | "homeAssistant" | "account" | "holder">,
): StatisticsDeps => ({
  ...parts,
  clock,
  log: log.child({ component: "statistics" }),
  language: config.language,
  plans: config.tariffPlans,
  only: [...config.gateway.usagePoints] as UsagePointId[],
  ...(onStatistics ? { onProgress: onStatistics } : {}),
});

function buildMqtt(
  { config, log, clock, share }: BuildOptions,
  memory: Pick<MqttSinkOptions, "inventory" | "told">,
  onSyncNow: () => void,
): MqttSink {
  if (config.mqtt === null) throw new Error("No broker is set");
  const { url, username, password, tls, ...settings } = config.mqtt;
  const broker: BrokerSettings = { url, username, password, tls };
  return new MqttSink({
    broker,
    settings: {
      ...settings,
      language: config.language,
      statisticsInUse: config.homeAssistant !== null,
      supportUrl: null,
      configurationUrl: null,
    },
    ...memory,
    log: log.child({ component: "mqtt" }),
    clock: systemClock === clock ? clock : systemClock,
    random: Math.random,
    announceOnly: share,
    onSyncNow,
    renewBroker: (signal) => renewedBroker(config, signal),
  });
}

async function brokerState(mqtt: MqttSink, config: Config): Promise<{ connected: boolean; problem: string | null }> {
  const { connected, problem } = await mqtt.firstAttempt();
  return { connected, problem: problem?.[config.language] ?? null };
}

/** What Prometheus is served by; most installations never load it. */
async function buildMetrics(
  { config, clock, metrics: memory = metricsMemory() }: BuildOptions,
  deps: StoreMetricsDeps,
): Promise<MetricsRecorder | null> {
  if (config.prometheus === null) return null;
  const { MetricsRecorder } = await import("./adapters/prometheus/recorder.ts");
  const { storeMetrics } = await import("./adapters/prometheus/store-facts.ts");
  const options = { source: storeMetrics(deps), clock, version, pdlMode: config.prometheus.meterLabel };
  memory.recorder?.follow(options);
  memory.recorder ??= new MetricsRecorder(options);
  return memory.recorder;
}

function psqlCommand(connection: Connection): string {
  if ("url" in connection) return "psql $DATABASE_URL";
  return `psql -h ${connection.host} -p ${connection.port} -U ${connection.user} ${connection.database}`;
}
