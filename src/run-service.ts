import type { Output, Session } from "./cli/session.ts";
import { buildSession, version } from "./compose.ts";
import type { Config } from "./config/config.ts";
import { describeConfig } from "./config/describe.ts";
import { DatabaseOutage } from "./database-outage.ts";
import type { MissingOption } from "./server/parts.ts";
import type { Clock } from "./shared/clock.ts";
import { type Defer, withReleasers } from "./shared/lifecycle.ts";
import type { Logger } from "./shared/log.ts";
import { brokerAppears, withSupervisorBroker } from "./supervisor-broker.ts";
import type { PassResult } from "./sync/pass.ts";
import { createService, type Service } from "./sync/service.ts";

export interface ServiceParts {
  readonly config: Config;
  readonly log: Logger;
  readonly output: Output;
  readonly clock: Clock;
}

/** Why a round of the service is over while nobody stopped it. */
type Ending = { readonly lost: Error } | "broker appeared" | "stopped";

/**
 * The service, for as long as nobody stops it. A private database that dies is started again, one that cannot be started
 * for want of a disk to write to is waited for, and all of it starts again when the Supervisor comes to know a broker.
 * Without credentials it serves its page, which says what is missing.
 */
export async function runService(parts: ServiceParts, signal: AbortSignal): Promise<void> {
  const { config, log } = parts;
  log.info({ version, ...describeConfig(config) }, "starting");
  const missing = missingCredentials(config);
  for (const { text } of missing) log.warn(text[config.language]);
  const outage = new DatabaseOutage(parts);
  while (!signal.aborted) {
    const known = missing.length > 0 ? config : await withSupervisorBroker(config, log, signal);
    const round = { ...parts, config: known, onReady: () => outage.over() };
    try {
      const ending = await withReleasers((defer) => runRound(round, missing, { defer, signal }));
      if (ending === "stopped") break;
      if (ending !== "broker appeared") await outage.wait(ending.lost, signal);
    } catch (error) {
      if (signal.aborted) break;
      if (!outage.isWaitedFor(error)) throw error;
      await outage.wait(error, signal);
    }
  }
  log.info("stopped");
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

async function runRound(
  { config, log, output, clock, onReady }: ServiceParts & { readonly onReady: () => void },
  missing: readonly MissingOption[],
  { defer, signal }: { readonly defer: Defer; readonly signal: AbortSignal },
): Promise<Ending> {
  const isComplete = missing.length === 0;
  const ending = new AbortController();
  const either = AbortSignal.any([signal, ending.signal]);
  const { session, database, storage, onSyncNow } = await buildSession(
    { config, log, output, clock, share: false, broker: isComplete, feed: isComplete },
    defer,
    signal,
  );
  log.info({ postgres: database.version, origin: database.origin }, "database ready");
  onReady();
  const service = isComplete ? createService({ ...session.sync, storage }) : null;
  const lastPass = (): PassResult | null => service?.lastPass() ?? null;
  await serveApi({ session, config, log, lastPass, missing, anyPort: false }, defer);
  onSyncNow(() => {
    log.info("synchronisation asked for over MQTT");
    service?.request();
  });
  const running = runUntil(service, either);
  const result = await Promise.race([
    running.then(() => "stopped" as const),
    database.lost.then((lost) => ({ lost })),
    ...(isComplete ? [brokerAppears(config, clock, either).then(() => "broker appeared" as const)] : []),
  ]);
  ending.abort();
  await running;
  return signal.aborted ? "stopped" : result;
}

const runUntil = (service: Service | null, signal: AbortSignal): Promise<void> =>
  service?.run(signal) ??
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });

export interface ApiParts {
  readonly session: Session;
  readonly config: Config;
  readonly log: Logger;
  readonly lastPass: () => PassResult | null;
  readonly missing: readonly MissingOption[];
  /** Whether another port does where the wanted one is taken. */
  readonly anyPort: boolean;
}

/** The API's address; null where none is wanted, or where the port is another program's. The page's port answers alike. */
export async function serveApi(
  { session, config, log, lastPass, missing, anyPort }: ApiParts,
  defer: Defer,
): Promise<string | null> {
  if (config.server === null) return null;
  const { createServer } = await import("./server/server.ts");
  const { store, clock, statistics: statisticsParts } = session;
  const { host, port, webPort, supervisor } = config.server;
  const { account } = session.sync;
  const plans = config.tariffPlans;
  const parts = { store, clock, version, account, plans, statistics: statisticsParts, lastPass, missing };
  const serve = async (wanted: number): Promise<string | null> => {
    const server = await createServer({
      parts,
      log: log.child({ component: "server" }),
      host,
      port: wanted,
      supervisor,
      orAnyPort: anyPort,
    });
    if (server) defer(() => server.close());
    return server?.url ?? null;
  };
  const url = await serve(port);
  if (webPort !== null && webPort !== port) await serve(webPort);
  return url;
}
