import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { addDays, dateAt } from "../../src/domain/calendar.ts";
import { systemClock } from "../../src/shared/clock.ts";
import { createGateway, type Gateway, type GatewayOptions } from "../../src/simulator/gateway.ts";
import { baseHome, solarHome } from "../../src/simulator/homes.ts";
import { startAedes, type TestBroker } from "./broker.ts";
import { killDatabase, Program, type RunOptions } from "./process-program.ts";

export const processAccount = { clientId: "cli_process", clientSecret: "secret-of-the-process-tests" };
export const processHouse = "12345678901234";
export const processFlat = "12345678905678";

/** A house that also injects, and a flat. */
export const twoHomes = () => [
  solarHome({ usagePointId: processHouse, seed: 7, name: "Maison" }),
  baseHome({ usagePointId: processFlat, seed: 8, name: "Appartement" }),
];

/** A flat with two months of history: a backfill of a few seconds. */
export const youngFlat = () => [
  baseHome({
    usagePointId: processFlat,
    seed: 8,
    name: "Appartement",
    activationDate: addDays(dateAt(systemClock.now()), -60),
  }),
];

/** The outside of a program under test, all of it on this machine: a gateway, a broker, a directory for its data. */
export interface ProcessWorld {
  readonly gateway: Gateway;
  readonly gatewayUrl: string;
  readonly broker: TestBroker;
  /** Its database's user may reach it; it does not exist yet. */
  readonly dataDir: string;
  /** The environment of a program that lives in this world. */
  readonly env: Readonly<Record<string, string>>;
  start(args: readonly string[], env?: Readonly<Record<string, string>>, options?: Omit<RunOptions, "env">): Program;
}

/** A world of its own for one test; programs that still run at its end are killed, their databases too. */
export async function processWorld(context: TestContext, options: Partial<GatewayOptions> = {}): Promise<ProcessWorld> {
  const gateway = createGateway({
    clock: systemClock,
    accounts: [{ ...processAccount, usagePoints: twoHomes() }],
    ...options,
  });
  const listening = await gateway.listen({ port: 0 });
  const broker = await startAedes();
  const directory = await reachableDirectory();
  const dataDir = join(directory, "data");
  const programs: Program[] = [];
  context.after(async () => {
    for (const program of programs) if (program.isRunning) program.send("SIGKILL");
    await Promise.all(programs.map((program) => program.ended()));
    await killDatabase(dataDir);
    await listening.close();
    await broker.stop();
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  });
  const env = environment({ gatewayUrl: listening.url, brokerUrl: broker.url, dataDir });
  return {
    gateway,
    gatewayUrl: listening.url,
    broker,
    dataDir,
    env,
    start(args, more = {}, how = {}) {
      const program = new Program(args, { env: { ...env, ...more }, ...how });
      programs.push(program);
      return program;
    },
  };
}

/** A temporary directory that other users may pass through, as the database's does. */
export async function reachableDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "linky-process-"));
  await chmod(directory, 0o755);
  return directory;
}

interface Places {
  readonly gatewayUrl: string;
  readonly brokerUrl: string;
  readonly dataDir: string;
}

export const environment = ({ gatewayUrl, brokerUrl, dataDir }: Places): Record<string, string> => ({
  MED_API_URL: gatewayUrl,
  MED_CLIENT_ID: processAccount.clientId,
  MED_CLIENT_SECRET: processAccount.clientSecret,
  MQTT_BROKER: brokerUrl,
  LINKY_DATA_DIR: dataDir,
  // Programs of several tests run at a time, and each would want the usual one.
  LINKY_WEB_PORT: "0",
  LINKY_LANGUAGE: "fr",
});
