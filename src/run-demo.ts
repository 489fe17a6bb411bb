import { rm } from "node:fs/promises";
import { defaultDataDir } from "./adapters/postgres/launcher/data-directory.ts";
import { DatabaseFailure } from "./adapters/postgres/launcher/failure.ts";
import { type Command, type DemoCommand, spokenLanguage } from "./cli/arguments.ts";
import { type DemoPlaces, demo, demoAgain, demoClock, demoStopped, demoWelcome, type Running } from "./cli/demo.ts";
import { statisticsLines } from "./cli/progress.ts";
import type { Output } from "./cli/session.ts";
import { buildSession, type MetricsMemory, metricsMemory } from "./compose.ts";
import type { Config } from "./config/config.ts";
import { type ConfigReader, openConfig } from "./config/read.ts";
import { forgetDemo } from "./demo-data.ts";
import { type DemoHost, findDemoHost } from "./demo-host.ts";
import type { LocalDate } from "./domain/units.ts";
import { done, quietLogBeside, refuse } from "./exit.ts";
import { doorsUntil, type Served, serveApi, watched } from "./run-service.ts";
import type { Doors } from "./server/doors.ts";
import type { Clock } from "./shared/clock.ts";
import type { Text } from "./shared/language.ts";
import { type Defer, withReleasers } from "./shared/lifecycle.ts";
import type { Logger } from "./shared/log.ts";
import { type AccessMemory, accessMemory } from "./sync/access/access.ts";
import { LogRing } from "./sync/diagnostics/log-ring.ts";
import type { PassResult } from "./sync/pass.ts";
import type { PassEnd } from "./sync/service.ts";
import { SyncProgress } from "./sync/view/progress.ts";

/** The demonstration, until it is stopped: everything around the program is simulated, the program is the real one. */
export async function runDemo(
  command: DemoCommand & Command,
  env: NodeJS.ProcessEnv,
  output: Output,
  signal: AbortSignal,
): Promise<number> {
  const host = findDemoHost(env);
  if (host === null) return simulate(command, env, { output, signal, host });
  try {
    return await simulate(command, env, { output, signal: AbortSignal.any([signal, host.gone]), host });
  } catch (error) {
    if (error instanceof DatabaseFailure) host.tell({ code: `database_${error.code}`, ...error.text });
    // What is under way when the host goes fails for want of what it needs.
    if (host.gone.aborted) return done;
    throw error;
  } finally {
    host.leave();
  }
}

interface Around {
  readonly output: Output;
  readonly signal: AbortSignal;
  /** The service that shows it; null where a person started it. */
  readonly host: DemoHost | null;
}

async function simulate(
  command: DemoCommand & Command,
  env: NodeJS.ProcessEnv,
  { output, signal, host }: Around,
): Promise<number> {
  const dataDir = command.data ?? `${defaultDataDir()}-demo`;
  const keepsData = command.data !== undefined && host === null;
  // A service never needs these, and keeps what it loads in memory for months.
  const { demoClientId, demoClientSecret, demoHome } = await import("./simulator/demo.ts");
  const { startDemoHomeAssistant } = await import("./simulator/home-assistant/demo.ts");
  const { startDemoBroker } = await import("./simulator/broker.ts");
  const recordedThrough = command.play === undefined ? null : await lastDayOf(command.play);
  if (recordedThrough !== null && typeof recordedThrough !== "string")
    return refuse([recordedThrough[command.language ?? spokenLanguage([], env)]]);
  const clock = demoClock({ recordedThrough, speed: command.speed ?? 1 });
  return withReleasers(async (defer) => {
    const gateway = await demoHome({ clock, seed: 1, ...(command.play ? { play: command.play } : {}) }).listen({
      port: 0,
    });
    defer(() => gateway.close());
    const homeAssistant = await startDemoHomeAssistant(clock);
    defer(() => homeAssistant.close());
    const wantedPort = command.port ?? 1883;
    const broker = command.mqtt === undefined ? await startDemoBroker(wantedPort) : null;
    if (broker) defer(() => broker.close());
    const reader = openConfig({
      env: withoutAccount(env),
      requireCredentials: true,
      // Those of a Home Assistant app are its user's.
      usualOptionsPath: `${dataDir}/options.json`,
      overrides: {
        ...(command.language ? { language: command.language } : {}),
        gateway_url: gateway.url,
        client_id: demoClientId,
        client_secret: demoClientSecret,
        data_dir: dataDir,
        mqtt_broker: command.mqtt ?? broker?.url ?? "",
        homeassistant_url: homeAssistant.url,
        homeassistant_token: homeAssistant.token,
      },
    });
    const read = reader.read();
    if ("faults" in read) return refuse(read.faults.map((fault) => fault.text[read.language]));
    const { config } = read;
    const places = {
      gatewayUrl: gateway.url,
      brokerUrl: config.mqtt?.url ?? "",
      homeAssistant,
      brokerPort: broker?.port ?? null,
      takenPort: broker && wantedPort !== 0 && broker.port !== wantedPort ? wantedPort : null,
      keepsData,
    };
    for (const line of demoWelcome(places, config.language)) output.line(line);
    const ring = new LogRing();
    const log = quietLogBeside(config, ring);
    if (!keepsData) {
      await forgetDemo(dataDir, log);
      defer(() => rm(dataDir, { recursive: true, force: true }));
    }
    const doors = doorsUntil(signal, defer);
    const parts = {
      config,
      reader,
      log,
      ring,
      output,
      clock,
      host,
      memory: accessMemory(),
      metrics: metricsMemory(),
      doors,
    };
    const run = (again: Served | null) =>
      withReleasers((defer) => demoRound({ ...parts, places, again }, { defer, signal }));
    let ended = await run(null);
    while (typeof ended === "object") ended = await run(ended);
    if (ended === done) output.line(demoStopped(places.keepsData)[config.language]);
    return ended;
  });
}

interface DemoRound {
  readonly config: Config;
  readonly reader: ConfigReader;
  readonly log: Logger;
  readonly ring: LogRing;
  readonly output: Output;
  readonly clock: Clock;
  readonly memory: AccessMemory;
  readonly metrics: MetricsMemory;
  readonly doors: Doors;
  readonly host: DemoHost | null;
  readonly places: DemoPlaces;
  /** Where page and API were before a change of the settings; null in the first round, which tells what there is to see. */
  readonly again: Served | null;
}

/** The demo until it is stopped, or until its settings are changed in the page. */
async function demoRound(
  { config, reader, log, ring, output, clock, memory, metrics, doors, host, places, again }: DemoRound,
  { defer, signal }: { readonly defer: Defer; readonly signal: AbortSignal },
): Promise<number | Served> {
  const changed = new AbortController();
  const either = AbortSignal.any([signal, changed.signal]);
  const built = await buildSession(
    {
      config,
      reader,
      log,
      output,
      clock,
      share: false,
      broker: true,
      feed: true,
      metrics,
      pauseMs: demoPauseMs,
      waitForSinks: true,
      onStatistics: again ? () => undefined : statisticsLines(output.line, config.language),
    },
    defer,
    either,
  );
  let running: Running | null = null;
  const lastPass = (): PassResult | null => running?.lastPass() ?? null;
  const apply = (): void => {
    // Whoever asks next is answered by what the settings make.
    doors.hold();
    changed.abort(new Error("settings changed"));
  };
  const page = { base: config, reader, memory, apply };
  const levers = { service: () => running, restart: page.apply, ring };
  const progress = new SyncProgress(clock);
  const served = await serveApi(
    {
      built,
      page,
      levers,
      progress,
      log,
      lastPass,
      missing: [],
      ports: host ? "free" : "anyWhereTaken",
      doors,
      ...(again ? { again } : {}),
    },
    defer,
  );
  const tellHost = (): void => {
    if (served) host?.tell({ url: served.pageUrl });
  };
  if (host) whenFilled(progress, tellHost);
  const session = { ...built.session, sync: watched(built.session.sync, progress) };
  const onStart = (started: Running): void => {
    running = started;
    // Whatever came of the first pass: there is nothing more to wait for.
    tellHost();
  };
  const follower = { onStart, onPass: (pass: PassEnd): void => built.metrics?.observePass(pass) };
  const ended = again
    ? demoAgain(session, follower, either)
    : demo(session, { ...places, served, ...follower }, either);
  const code = await ended.catch((error: unknown) => {
    if (either.aborted) return done;
    throw error;
  });
  return changed.signal.aborted && !signal.aborted && served ? served : code;
}
const demoPauseMs = 20;

/** Calls `then` once there is a first day of every meter to look at, before the years of its history. */
function whenFilled(progress: SyncProgress, then: () => void): void {
  const stop = progress.listen(() => {
    const points = progress.snapshot?.usagePoints ?? [];
    if (points.length === 0 || points.some(({ flows }) => flows.some(({ latest }) => latest === null))) return;
    stop();
    then();
  });
}

/** Of a recording to play; a sentence where it cannot be read. */
async function lastDayOf(path: string): Promise<LocalDate | Text> {
  const { loadRecording, spanOf } = await import("./simulator/recording.ts");
  try {
    return spanOf(loadRecording(path)).last;
  } catch (error) {
    const isAbsent = error instanceof Error && "code" in error && error.code === "ENOENT";
    return {
      fr: `--play : ${path} ${isAbsent ? "n'existe pas" : "n'est pas un enregistrement lisible"} ; donnez un fichier « utc_start,minutes,avg_w » ou l'export horaire de votre espace client Enedis.`,
      en: `--play: ${path} ${isAbsent ? "does not exist" : "is no recording that can be read"}; give a file "utc_start,minutes,avg_w" or the hourly export of your Enedis customer account.`,
    };
  }
}

/** The demo takes nothing of the user's account, database, broker or other destinations from the environment. */
function withoutAccount(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own =
    /^(MED_|GATEWAY_URL|CLIENT_|DATABASE_URL|MQTT_(BROKER|USERNAME|PASSWORD|ENABLED|.*CERT|.*KEY)|HOMEASSISTANT_|VICTORIAMETRICS_|JEEDOM_|SUPERVISOR_TOKEN|TARIFF_PLANS|API_HOST|LINKY_(DATA_DIR|OPTIONS_FILE|USAGE_POINTS|PASSWORD|SECRET_KEY))/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !own.test(name)));
}
