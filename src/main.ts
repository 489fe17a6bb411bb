import { readdir, readFile } from "node:fs/promises";
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
import { type DoctorWithoutDatabasePort, doctor, doctorWithoutDatabase } from "./cli/doctor.ts";
import { energy } from "./cli/energy.ts";
import { explain } from "./cli/explain.ts";
import { type ExportPort, exportNow, testExport } from "./cli/export.ts";
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
import { openConfig, type ReadInput } from "./config/read.ts";
import { type Refusal, refuse as refuseValue } from "./config/remark.ts";
import { done, failed, quietLog, refuse } from "./exit.ts";
import { buildFeeder, wantedDestinations } from "./export-parts.ts";
import { runDemo } from "./run-demo.ts";
import { runService } from "./run-service.ts";
import { systemClock } from "./shared/clock.ts";
import type { Text } from "./shared/language.ts";
import { withReleasers } from "./shared/lifecycle.ts";
import { createLog, type Logger } from "./shared/log.ts";
import { accessMemory, createAccess } from "./sync/access/access.ts";
import { LogRing } from "./sync/diagnostics/log-ring.ts";
import { KeyFailure } from "./sync/settings/store.ts";
import { currentSnapshot } from "./sync/view/current-snapshot.ts";
import { tryConnection } from "./try-connection.ts";

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
  if (command.name === "doctor" && config.database.url === null && !(await hasCluster(config)))
    return doctorWithoutDatabase(doctorPort({ config, log, output, json: command.json }, signal));
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
      case "export":
        return exportNow(exportPort(built), command);
      case "test-export":
        return testExport(built.session, command.what, signal);
      case "password":
      case "token":
      case "secrets":
        return manageAccess(accessPort(built, config), command);
      default:
        return doctor(built.session, { source: built.source, json: wantsJson }, signal);
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
      language: config.language,
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

/** The command itself says how each run ended, trouble included: the log would say it again. */
const withoutSteps = (log: Logger): Logger =>
  log.level === "info" || log.level === "warn" ? log.child({}, { level: "error" }) : log;

/** What `export` works with. */
const exportPort = ({ session, exports, source }: Built): ExportPort => {
  const { clock, config, destinations, language, log, output, store, sync } = session;
  const { account, credentials, destinations: wanted = [], holder, only, plans, rhythm } = sync;
  const planning = source === null ? null : { credentials, rhythm, only };
  const told = { store, clock, account, plans, version, planning, destinations: wanted };
  const parts = { config, log: withoutSteps(log), clock, memory: exports.memory, store, holder };
  return {
    destinations,
    language,
    output,
    feederOf: (destination) => buildFeeder(destination, parts),
    snapshot: async () => (await currentSnapshot(told)).snapshot,
  };
};

/** What `doctor` works with where there is no database: nobody has counted any call yet. */
function doctorPort(
  { config, log, output, json }: Pick<DoctorWithoutDatabasePort, "output" | "json"> & { config: Config; log: Logger },
  signal: AbortSignal,
): DoctorWithoutDatabasePort {
  const store = { loadBudget: async () => null, takeBudget: async () => true };
  return {
    dataDir: config.dataDir ?? defaultDataDir(),
    destinations: wantedDestinations(config),
    language: config.language,
    output,
    json,
    tryConnection: (name) => tryConnection(name, { config, store, log, clock: systemClock }, signal),
  };
}

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
