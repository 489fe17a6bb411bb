import { readdir, readFile, rm } from "node:fs/promises";
import { BackupFailure } from "./adapters/postgres/backup/failure.ts";
import { defaultDataDir } from "./adapters/postgres/launcher/data-directory.ts";
import { DatabaseFailure } from "./adapters/postgres/launcher/failure.ts";
import { startDatabase } from "./adapters/postgres/launcher/start-database.ts";
import { MigrationError } from "./adapters/postgres/migrate.ts";
import { manageAccess } from "./cli/access.ts";
import { adopt } from "./cli/adopt.ts";
import { type Command, type DemoCommand, parseArguments, spokenLanguage } from "./cli/arguments.ts";
import { backup } from "./cli/backup.ts";
import { type BillPort, bill } from "./cli/bill.ts";
import { compare } from "./cli/compare.ts";
import { type DemoPlaces, demo, demoAgain, demoClock, demoStopped, demoWelcome, type Running } from "./cli/demo.ts";
import { doctor } from "./cli/doctor.ts";
import { energy } from "./cli/energy.ts";
import { explain } from "./cli/explain.ts";
import { prices } from "./cli/prices.ts";
import { statisticsLines } from "./cli/progress.ts";
import { parseRegisters, type RegisterDay } from "./cli/registers.ts";
import { restore } from "./cli/restore.ts";
import type { Output, Session } from "./cli/session.ts";
import { statistics } from "./cli/statistics.ts";
import { status } from "./cli/status.ts";
import { sync } from "./cli/sync.ts";
import { usage } from "./cli/usage.ts";
import { verify } from "./cli/verify.ts";
import { colon, rememberStart } from "./cli/words.ts";
import { type Built, buildSession, hasCredentials, keyringOf, version } from "./compose.ts";
import type { Config } from "./config/config.ts";
import { type ConfigReader, openConfig, type ReadInput } from "./config/read.ts";
import { type Refusal, refuse as refuseValue } from "./config/remark.ts";
import type { LocalDate } from "./domain/units.ts";
import { runService, type Served, serveApi, watched } from "./run-service.ts";
import { type Clock, systemClock } from "./shared/clock.ts";
import type { Text } from "./shared/language.ts";
import { type Defer, withReleasers } from "./shared/lifecycle.ts";
import { createLog, type Logger } from "./shared/log.ts";
import { type AccessMemory, accessMemory, createAccess } from "./sync/access/access.ts";
import { LogRing } from "./sync/diagnostics/log-ring.ts";
import type { PassResult } from "./sync/pass.ts";
import { KeyFailure } from "./sync/settings/store.ts";
import { SyncProgress } from "./sync/view/progress.ts";

/** Exit codes. */
const done = 0;
const failed = 1;
const toCorrect = 2;

/** Runs one command and resolves to its exit code. The only place that listens to signals; `compose.ts` builds the parts. */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const output: Output = { line: (text) => void process.stdout.write(`${text}\n`) };
  const command = parseArguments(argv);
  if ("fault" in command) return refuse([command.fault[spokenLanguage(argv, env)]]);
  if (command.name === "version") return say(output, version);
  if (command.name === "help") return say(output, usage(spokenLanguage(argv, env)).trimEnd());

  const stop = new AbortController();
  const onSignal = (): void => stop.abort(new Error("stopped"));
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, onSignal);
  try {
    return command.name === "demo"
      ? await runDemo(command, env, output, stop.signal)
      : await runCommand(command, env, output, stop.signal);
  } catch (error) {
    // Whoever stops a command has what it did so far; of a backup or a restore that is nothing.
    if (stop.signal.aborted) return command.name === "backup" || command.name === "restore" ? failed : done;
    return explainFailure(error, spokenLanguage(argv, env));
  } finally {
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.off(signal, onSignal);
  }
}

function say(output: Output, text: string): number {
  output.line(text);
  return done;
}

function refuse(sentences: readonly string[]): number {
  for (const sentence of sentences) process.stderr.write(`${sentence}\n`);
  return toCorrect;
}

/** What the database's client says when its server goes away under a command. */
const lostConnection = [
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "EPIPE",
  "ECONNRESET",
  "57P01",
];

function explainFailure(error: unknown, language: "fr" | "en"): number {
  if (error instanceof Error && "code" in error && lostConnection.includes(String(error.code))) {
    process.stderr.write(`${databaseGone[language]}\n`);
    return failed;
  }
  if (!isToldToUsers(error)) throw error;
  process.stderr.write(`${error.text[language]}\n`);
  return failed;
}

const isToldToUsers = (error: unknown): error is Error & { readonly text: Text } =>
  [DatabaseFailure, MigrationError, BackupFailure, KeyFailure].some((kind) => error instanceof kind);

const databaseGone: Text = {
  fr: "La base de données s'est arrêtée pendant la commande (le service a-t-il été arrêté ?). Rien n'est perdu : relancez la même commande.",
  en: "The database stopped during the command (was the service stopped?). Nothing is lost: run the same command again.",
};

async function runCommand(
  command: Exclude<Command, DemoCommand>,
  env: NodeJS.ProcessEnv,
  output: Output,
  signal: AbortSignal,
): Promise<number> {
  const { name } = command;
  const reader = openConfig(configInput(command, env));
  const read = reader.read();
  if ("faults" in read) return refuse(read.faults.map((fault) => fault.text[read.language]));
  const lacking = lackingCredentials(command, env, read.config);
  // They may have been given on the page, which keeps them in the database.
  if (lacking.length > 0 && !(await mayHoldSettings(read.config))) return refuse(lacking);
  const { notices } = read;
  const speaksToBroker = name === "sync" || name === "doctor";
  const { dataDir, optionsPath } = command;
  rememberStart({
    viaNpm: env.npm_lifecycle_event === "linky-bridge",
    ...(dataDir ? { dataDir } : {}),
    ...(optionsPath ? { optionsPath } : {}),
  });
  const ring = new LogRing();
  const log = name === "start" ? createLog(read.config.log, ring.before(process.stdout)) : quietLog(read.config);
  const { config } = read;
  for (const notice of notices) log.warn(notice.text[config.language]);
  if (name === "start") {
    await runService({ config, reader, log, output, clock: systemClock, ring }, signal);
    return done;
  }
  if (command.name === "backup" || command.name === "restore")
    return keepSafe(command, { config, log, output }, signal);
  const wantsJson = "json" in command && command.json;
  const registers = command.name === "verify" ? await readRegisters(command.registers) : null;
  if (registers !== null && "text" in registers)
    return refuse([`--registers${colon[config.language]} ${registers.text[config.language]}`]);
  const isLooking = name !== "sync" && name !== "doctor";
  if (isLooking && config.database.url === null && !(await hasCluster(config)))
    return say(output, wantsJson ? "null" : nothingYet(config.dataDir ?? defaultDataDir())[config.language]);
  return withReleasers(async (defer) => {
    const built = await buildSession(
      {
        config,
        reader,
        log,
        output,
        clock: systemClock,
        share: true,
        broker: speaksToBroker,
        feed: name === "sync",
        ...(name === "sync" ? { onStatistics: statisticsLines(output.line, config.language) } : {}),
      },
      defer,
      signal,
    );
    if (lacking.length > 0 && !hasCredentials(built.session.config)) return refuse(lacking);
    switch (command.name) {
      case "sync":
        return sync(built.session, signal);
      case "status":
        return status(built.session, { json: command.json });
      case "statistics":
        return statistics(built.session, { json: command.json });
      case "verify":
        return verify(built.session, { json: command.json, registers }, signal);
      case "energy":
        return energy(built.session, command, signal);
      case "adopt":
        return adopt(built.session, command, signal);
      case "prices":
        return prices(built.session, { json: command.json, at: command.at ?? null });
      case "bill":
        return bill(billPort(built.session), command);
      case "explain":
        return explain(billPort(built.session), command);
      case "compare":
        return compare(billPort(built.session), command);
      case "password":
      case "token":
      case "secrets":
        return manageAccess(accessPort(built, config), command);
      default:
        return doctor(built.session, built.source, signal);
    }
  });
}

/** Why a command cannot fetch, unless the page was given the credentials. A service asks for them on its page, if it has one. */
function lackingCredentials(
  command: Exclude<Command, DemoCommand>,
  env: NodeJS.ProcessEnv,
  { server, supervisor }: Config,
): readonly string[] {
  const isNeeded = command.name === "sync" || (command.name === "start" && server === null && supervisor === null);
  const read = openConfig({ ...configInput(command, env), requireCredentials: true }).read();
  return isNeeded && "faults" in read ? read.faults.map(({ text }) => text[read.language]) : [];
}

const mayHoldSettings = async (config: Config): Promise<boolean> =>
  config.database.url !== null || (await hasCluster(config));

/** What works on the database as a whole, whatever schema it has. A restore needs it for itself. */
async function keepSafe(
  command: Extract<Command, { readonly name: "backup" | "restore" }>,
  { config, log, output }: { readonly config: Config; readonly log: Logger; readonly output: Output },
  signal: AbortSignal,
): Promise<number> {
  if (command.name === "backup" && config.database.url === null && !(await hasCluster(config)))
    return say(output, nothingYet(config.dataDir ?? defaultDataDir())[config.language]);
  return withReleasers(async (defer) => {
    const database = await startDatabase({
      url: config.database.url ?? undefined,
      dataDir: config.dataDir ?? undefined,
      share: command.name === "backup",
      log: log.child({ component: "postgres" }),
      signal,
    });
    defer(() => database.stop());
    const port = {
      database,
      dataDir: config.dataDir ?? defaultDataDir(),
      clock: systemClock,
      language: config.language,
      output,
      log: log.child({ component: "backup" }),
    };
    return command.name === "backup"
      ? backup(port, command, signal)
      : restore(port, { from: command.what, yes: command.yes }, signal);
  });
}

const billPort = ({ store, clock, sync: { account }, config, language, output }: Session): BillPort => ({
  store,
  clock,
  account,
  plans: config.tariffPlans,
  language,
  output,
});

function accessPort({ session: { clock, language, output }, access: store, settings }: Built, config: Config) {
  if (settings === null) throw new Error("The session has no settings");
  const access = createAccess({ store, clock, memory: accessMemory() });
  return { access, settings, keyring: keyringOf(config), language, output, input: process.stdin };
}

async function readRegisters(path: string | undefined): Promise<readonly RegisterDay[] | Refusal | null> {
  if (path === undefined) return null;
  try {
    return parseRegisters(await readFile(path, "utf8"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const missing = reason.startsWith("ENOENT");
    return missing
      ? refuseValue(`le fichier « ${path} » n'existe pas.`, `the file "${path}" does not exist.`)
      : refuseValue(
          `« ${path} » ne peut pas être lu comme un fichier (${reason}).`,
          `"${path}" cannot be read as a file (${reason}).`,
        );
  }
}

/** Commands that only look make no database. */
async function hasCluster({ dataDir }: Config): Promise<boolean> {
  try {
    return (await readdir(dataDir ?? defaultDataDir())).some((name) => /^pg\d+$/.test(name));
  } catch (error) {
    // What else is wrong with the directory, its launcher explains.
    return !(error instanceof Error && "code" in error && error.code === "ENOENT");
  }
}

const nothingYet = (dataDir: string): Text => ({
  fr: `Rien n'est encore relevé dans ${dataDir} : lancez start, ou donnez un autre dossier par --data-dir.`,
  en: `Nothing has been fetched into ${dataDir} yet: run start, or name another directory with --data-dir.`,
});

/** Commands tell their result on stdout; what else there is to say goes to stderr, and only from `warn` on. */
const quietLog = (config: Config): Logger =>
  createLog(
    { level: config.log.level === "info" ? "warn" : config.log.level, format: config.log.format },
    process.stderr,
  );

function configInput(command: Exclude<Command, DemoCommand>, env: NodeJS.ProcessEnv): ReadInput {
  return {
    env,
    requireCredentials: false,
    overrides: {
      ...(command.language ? { language: command.language } : {}),
      ...(command.dataDir ? { data_dir: command.dataDir } : {}),
    },
    ...(command.optionsPath ? { optionsPath: command.optionsPath } : {}),
  };
}

async function runDemo(
  command: DemoCommand & Command,
  env: NodeJS.ProcessEnv,
  output: Output,
  signal: AbortSignal,
): Promise<number> {
  const dataDir = command.data ?? `${defaultDataDir()}-demo`;
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
      keepsData: command.data !== undefined,
    };
    for (const line of demoWelcome(places, config.language)) output.line(line);
    const log = quietLog(config);
    if (command.data === undefined) {
      await forget(dataDir, log);
      defer(() => rm(dataDir, { recursive: true, force: true }));
    }
    const parts = { config, reader, log, output, clock, memory: accessMemory() };
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
  readonly output: Output;
  readonly clock: Clock;
  readonly memory: AccessMemory;
  readonly places: DemoPlaces;
  /** Where page and API were before a change of the settings; null in the first round, which tells what there is to see. */
  readonly again: Served | null;
}

/** The demo until it is stopped, or until its settings are changed in the page. */
async function demoRound(
  { config, reader, log, output, clock, memory, places, again }: DemoRound,
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
      pauseMs: demoPauseMs,
      waitForSinks: true,
      onStatistics: again ? () => undefined : statisticsLines(output.line, config.language),
    },
    defer,
    either,
  );
  let running: Running | null = null;
  const lastPass = (): PassResult | null => running?.lastPass() ?? null;
  const page = { base: config, reader, memory, apply: () => changed.abort(new Error("settings changed")) };
  const levers = { service: () => running, restart: page.apply };
  const progress = new SyncProgress(clock);
  const served = await serveApi(
    { built, page, levers, progress, log, lastPass, missing: [], anyPort: true, ...(again ? { again } : {}) },
    defer,
  );
  const session = { ...built.session, sync: watched(built.session.sync, progress) };
  const onStart = (started: Running): void => {
    running = started;
  };
  const ended = again ? demoAgain(session, onStart, either) : demo(session, { ...places, served, onStart }, either);
  const code = await ended.catch((error: unknown) => {
    if (either.aborted) return done;
    throw error;
  });
  return changed.signal.aborted && !signal.aborted && served ? served : code;
}
const demoPauseMs = 20;

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

/** The demo takes nothing of the user's account, database or broker from the environment. */
function withoutAccount(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own =
    /^(MED_|GATEWAY_URL|CLIENT_|DATABASE_URL|MQTT_(BROKER|USERNAME|PASSWORD|ENABLED|.*CERT|.*KEY)|HOMEASSISTANT_|SUPERVISOR_TOKEN|TARIFF_PLANS|API_|LINKY_(DATA_DIR|OPTIONS_FILE|USAGE_POINTS|PASSWORD|SECRET_KEY))/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !own.test(name)));
}

/** What an earlier demo left, its database's server included. */
async function forget(dataDir: string, log: Logger): Promise<void> {
  const left = await startDatabase({ dataDir, log });
  await left.stop();
  await rm(dataDir, { recursive: true, force: true });
}
