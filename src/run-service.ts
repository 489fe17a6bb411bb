import type { Output } from "./cli/session.ts";
import { type Built, buildSession, hasCredentials, type MetricsMemory, metricsMemory, version } from "./compose.ts";
import type { Config } from "./config/config.ts";
import { describeConfig } from "./config/describe.ts";
import type { ConfigReader } from "./config/read.ts";
import { DatabaseOutage } from "./database-outage.ts";
import { forgetDemo } from "./demo-data.ts";
import { createDemoHome } from "./demo-home.ts";
import { demoDirectory, launchDemo } from "./demo-program.ts";
import { wantedDestinations } from "./export-parts.ts";
import { dataDirOf, type Levers, operationsOf } from "./operations-parts.ts";
import { type PageParts, securityOf, settingsOf } from "./page-parts.ts";
import type { DemoHome } from "./server/demo.ts";
import { Doors } from "./server/doors.ts";
import type { MissingOption } from "./server/parts.ts";
import { portOf } from "./server/port.ts";
import type { RunningServer } from "./server/server.ts";
import type { Clock } from "./shared/clock.ts";
import type { Text } from "./shared/language.ts";
import { type Defer, withReleasers } from "./shared/lifecycle.ts";
import { type Logger, retuneLog } from "./shared/log.ts";
import { brokerAppears } from "./supervisor-broker.ts";
import { type AccessMemory, accessMemory } from "./sync/access/access.ts";
import type { LogRing } from "./sync/diagnostics/log-ring.ts";
import type { PassResult, SyncDeps } from "./sync/pass.ts";
import { createService, type Service } from "./sync/service.ts";
import { SyncProgress } from "./sync/view/progress.ts";

export interface ServiceParts {
  /** Without what was set in the page. */
  readonly config: Config;
  /** Makes it anew with what was set in the page; absent: the page sets nothing. */
  readonly reader?: ConfigReader;
  readonly log: Logger;
  readonly output: Output;
  readonly clock: Clock;
  /** Keeps the last lines of the log, for diagnostics; absent: nobody does. */
  readonly ring?: LogRing;
}

/** Why a round of the service is over while nobody stopped it. */
type Ending = { readonly lost: Error } | "broker appeared" | "settings changed" | "stopped";

/**
 * The service, for as long as nobody stops it. A private database that dies is started again, one that cannot be started
 * for want of a disk to write to is waited for, and all of it starts again when the Supervisor comes to know a broker, or
 * when settings are changed in the page. Without credentials it serves its page, which says what is missing.
 */
export async function runService(parts: ServiceParts, signal: AbortSignal): Promise<void> {
  const { config, log } = parts;
  log.info({ version, ...describeConfig(config) }, "starting");
  await withReleasers(async (defer) => {
    const doors = doorsUntil(signal, defer);
    const outage = new DatabaseOutage({ ...parts, doors });
    const memory = accessMemory();
    const metrics = metricsMemory();
    while (!signal.aborted) {
      const round = { ...parts, memory, metrics, doors, onReady: () => outage.over() };
      try {
        const ending = await withReleasers((release) => runRound(round, { defer: release, signal }));
        if (ending === "stopped") break;
        if (typeof ending === "object") await outage.wait(ending.lost, signal);
      } catch (error) {
        if (signal.aborted) break;
        if (!outage.isWaitedFor(error)) throw error;
        await outage.wait(error, signal);
      }
    }
  });
  log.info("stopped");
}

/** The addresses of page and API for as long as the program runs; who stops it frees them at once. */
export function doorsUntil(signal: AbortSignal, defer: Defer): Doors {
  const doors = new Doors();
  defer(() => doors.close());
  signal.addEventListener("abort", () => void doors.close(), { once: true });
  return doors;
}

/** What nothing can be fetched without, under its key in the app's options. */
const missingCredentials = ({ gateway: { clientId, clientSecret } }: Config): readonly MissingOption[] => [
  ...(clientId === null ? [missingId] : []),
  ...(clientSecret === null ? [missingSecret] : []),
];

const missingId: MissingOption = {
  option: "client_id",
  text: {
    fr: "L'identifiant client manque (client_id) : reliez votre compteur à un compte sur www.v2.myelectricaldata.fr, et recopiez l'identifiant que sa page affiche ; il commence par cli_.",
    en: "The client id is missing (client_id): link your meter to an account on www.v2.myelectricaldata.fr, and copy the id its page shows; it begins with cli_.",
  },
};
const missingSecret: MissingOption = {
  option: "client_secret",
  text: {
    fr: "Le secret client manque (client_secret) : il est sur la même page que l'identifiant.",
    en: "The client secret is missing (client_secret): it is on the same page as the id.",
  },
};

const pageAsksForThem: Text = {
  fr: "La page les demande : ouvrez-la (son adresse suit), rien ne sera relevé avant. Ou donnez client_id et client_secret (MED_CLIENT_ID et MED_CLIENT_SECRET), puis redémarrez.",
  en: "The page asks for them: open it (its address follows), nothing is fetched until then. Or give client_id and client_secret (MED_CLIENT_ID and MED_CLIENT_SECRET), then start again.",
};

interface RoundParts extends ServiceParts {
  readonly memory: AccessMemory;
  readonly metrics: MetricsMemory;
  readonly doors: Doors;
  readonly onReady: () => void;
}

async function runRound(
  { config: base, reader, log, output, clock, ring, memory, metrics, doors, onReady }: RoundParts,
  { defer, signal }: { readonly defer: Defer; readonly signal: AbortSignal },
): Promise<Ending> {
  const ending = new AbortController();
  const either = AbortSignal.any([signal, ending.signal]);
  const onConfig = (known: Config): void => retuneLog(log, known.log);
  const built = await buildSession(
    {
      config: base,
      ...(reader ? { reader, onConfig } : {}),
      log,
      output,
      clock,
      share: false,
      broker: true,
      feed: true,
      metrics,
      waitForCredentials: true,
    },
    defer,
    signal,
  );
  const { session, database, storage, onSyncNow } = built;
  const { config } = session;
  log.info({ postgres: database.version, origin: database.origin }, "database ready");
  onReady();
  const missing = missingCredentials(config);
  for (const { text } of missing) log.warn(text[config.language]);
  if (missing.length > 0 && config.server !== null) log.warn(pageAsksForThem[config.language]);
  const isComplete = hasCredentials(config);
  const progress = new SyncProgress(clock);
  const service = isComplete
    ? createService({ ...watched(session.sync, progress), storage, onPass: (pass) => built.metrics?.observePass(pass) })
    : null;
  const lastPass = (): PassResult | null => service?.lastPass() ?? null;
  const changed = Promise.withResolvers<"settings changed">();
  const apply = (): void => {
    // Whoever asks next is answered by what the settings make.
    doors.hold();
    changed.resolve("settings changed");
  };
  const page = { base, ...(reader ? { reader } : {}), memory, apply };
  const levers = { service: () => service, restart: page.apply, ring };
  const demo = isComplete ? null : demoBeside(config, log);
  // It goes with the round: with the service, and when an account is given.
  if (demo) defer(() => demo.stop());
  await serveApi({ built, page, levers, progress, log, lastPass, missing, ports: "asSet", demo, doors }, defer);
  onSyncNow(() => {
    log.info("synchronisation asked for over MQTT");
    built.exports.hasten();
    service?.request();
  });
  const running = runUntil(service, either);
  const result = await Promise.race([
    running.then(() => "stopped" as const),
    database.lost.then((lost) => ({ lost })),
    changed.promise,
    ...(isComplete ? [brokerAppears(config, clock, either).then(() => "broker appeared" as const)] : []),
  ]);
  ending.abort();
  await running;
  return signal.aborted ? "stopped" : result;
}

/** A home to look at until there is an account; null where nobody could look at it. */
function demoBeside(config: Config, parentLog: Logger): DemoHome | null {
  const [, entry] = process.argv;
  if (config.server === null || entry === undefined) return null;
  const log = parentLog.child({ component: "demo" });
  const place = { entry, dataDir: dataDirOf(config), language: config.language, log };
  const tidy = (): Promise<void> => forgetDemo(demoDirectory(place.dataDir), log);
  return createDemoHome({ launch: (signal) => launchDemo(place, signal), tidy, log });
}

/** The fetching, followed by whoever watches it. */
export const watched = (sync: SyncDeps, progress: SyncProgress): SyncDeps => ({
  ...sync,
  sinks: [...sync.sinks, progress.sink],
  onCall: (call) => {
    sync.onCall?.(call);
    progress.onCall(call);
  },
});

const runUntil = (service: Service | null, signal: AbortSignal): Promise<void> =>
  service?.run(signal) ??
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });

export interface ApiParts {
  readonly built: Built;
  readonly page: PageParts;
  readonly levers: Levers;
  readonly progress: SyncProgress;
  readonly log: Logger;
  readonly lastPass: () => PassResult | null;
  readonly missing: readonly MissingOption[];
  /** What is done about ports: those that are set; another where one of them is taken; one free one for page and API. */
  readonly ports: "asSet" | "anyWhereTaken" | "free";
  readonly doors: Doors;
  /** Absent or null: no demonstration home is offered. */
  readonly demo?: DemoHome | null;
  /** Where it was before: there again, whatever is set. */
  readonly again?: Served;
}

export type Served = Pick<RunningServer, "url" | "pageUrl">;

/** Where the page and the API are; null where none is wanted, or where the ports are another program's. */
export async function serveApi(
  { built, page, levers, progress, log: parentLog, lastPass, missing, ports, doors, demo, again }: ApiParts,
  defer: Defer,
): Promise<Served | null> {
  const { store, clock, config, statistics, sync } = built.session;
  if (config.server === null) {
    await doors.close();
    return null;
  }
  const { createServer } = await import("./server/server.ts");
  const { findPage } = await import("./server/static.ts");
  const { host, port, webPort, supervisor } = config.server;
  const log = parentLog.child({ component: "server" });
  const security = await securityOf(built, page, log);
  const settings = settingsOf(built, page, log);
  const server = await createServer({
    parts: {
      store,
      clock,
      version,
      account: sync.account,
      plans: config.tariffPlans,
      destinations: wantedDestinations(config),
      ...(built.metrics ? { metrics: built.metrics } : {}),
      statistics,
      lastPass,
      trouble: () => levers.service()?.trouble() ?? null,
      missing,
      security,
      ...(settings ? { settings } : {}),
      operations: operationsOf(built, levers),
      progress,
      page: findPage(),
      demo: demo ?? null,
    },
    log,
    host,
    port: again ? portOf(again.url) : ports === "free" ? 0 : port,
    pagePort: again ? portOf(again.pageUrl) : ports === "free" ? null : webPort,
    supervisor,
    orAnyPort: ports !== "asSet",
    doors,
  });
  if (server) defer(() => server.close());
  return server;
}
