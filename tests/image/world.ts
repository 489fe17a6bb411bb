import { execFile } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { connectAsync } from "mqtt";
import { systemClock } from "../../src/shared/clock.ts";
import { createGateway, type Gateway } from "../../src/simulator/gateway.ts";
import { createHomeAssistant, type HomeAssistantDouble } from "../../src/simulator/home-assistant/double.ts";
import { freePort, startMosquitto } from "../support/broker.ts";
import { mosquittoApp, startFakeSupervisor } from "../support/fake-supervisor.ts";
import { processAccount, twoHomes } from "../support/process-world.ts";
import type { Place } from "./container.ts";

const run = promisify(execFile);
const login = { username: "addons", password: "of-the-broker-app" };

/** What surrounds an app in Home Assistant, all of it on the loopback: a Supervisor, its core, a broker, the gateway. */
export interface World {
  readonly gateway: Gateway;
  readonly homeAssistant: HomeAssistantDouble;
  /** Topics heard, with their last payload. */
  readonly heard: ReadonlyMap<string, string>;
  /** The Supervisor of this machine, which may be away. */
  readonly supervisor: Switch;
  /** An installation: a data directory as the Supervisor makes it, holding the options and what is put into it. */
  install(settings?: Settings): Promise<Place>;
  close(): Promise<void>;
}

export interface Settings {
  /** Added to the app's options. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** In place of the environment that the Supervisor gives; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Files and directories of this machine that lie in the data directory, by their path in there. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface Switch {
  leave(): Promise<void>;
  /** At the same address; with a wrong password for the broker where it is told to. */
  comeBack(how?: { readonly hasRightPassword: boolean }): Promise<void>;
}

/** Called from the last to the first at the end, whatever came in between. */
type Releasers = (() => Promise<unknown>)[];

/** A world whose gateway knows the given homes. */
export async function openWorld(homes = twoHomes()): Promise<World> {
  const releasers: Releasers = [];
  const clock = systemClock;
  const gateway = createGateway({
    clock,
    accounts: [{ ...processAccount, usagePoints: homes }],
    limits: { no_cache: 500 },
  });
  const gatewayAt = await gateway.listen({ port: 0 });
  releasers.push(() => gatewayAt.close());
  const directory = await mkdtemp(join(tmpdir(), "linky-installations-"));
  releasers.push(() => rm(directory, { recursive: true, force: true, maxRetries: 5 }));
  await chmod(directory, 0o755);
  const mosquitto = await startMosquitto(["allow_anonymous false", `password_file ${await passwordFile(directory)}`]);
  releasers.push(() => mosquitto.stop());
  const { token, url: supervisorUrl, ...supervisor } = await startSupervisor(Number(new URL(mosquitto.url).port));
  releasers.push(() => supervisor.leave());
  const homeAssistant = createHomeAssistant({ clock, tokens: [], supervisorToken: token });
  const coreAt = await homeAssistant.listen({ port: 0 });
  releasers.push(() => coreAt.close());
  const { client, heard } = await listenTo(mosquitto.url);
  releasers.push(() => client.endAsync(true));

  let count = 0;
  const install = async ({ options, env, files = {} }: Settings = {}): Promise<Place> => {
    const dataDir = join(directory, `data-${++count}`);
    await mkdir(dataDir);
    const { clientId: client_id, clientSecret: client_secret } = processAccount;
    const content = { client_id, client_secret, tariff_plans: [], gateway_url: gatewayAt.url, ...options };
    // As the Supervisor leaves it: root's, and nobody else's to read.
    await writeFile(join(dataDir, "options.json"), JSON.stringify(content), { mode: 0o600 });
    for (const [path, from] of Object.entries(files)) await cp(from, join(dataDir, path), { recursive: true });
    const given = {
      SUPERVISOR_TOKEN: token,
      SUPERVISOR_URL: supervisorUrl,
      HOMEASSISTANT_URL: `${coreAt.url}/core`,
      API_PORT: String(await freePort()),
      LINKY_WEB_PORT: String(await freePort()),
      TZ: "Europe/Paris",
      ...env,
    };
    const set = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
    return { dataDir, env: Object.fromEntries(set) };
  };
  return {
    gateway,
    homeAssistant,
    heard,
    supervisor,
    install,
    async close() {
      for (const release of releasers.reverse()) await release();
    },
  };
}

/** The logins of a broker app. */
async function passwordFile(directory: string): Promise<string> {
  const path = join(directory, "broker-logins");
  await run("mosquitto_passwd", ["-b", "-c", path, login.username, login.password]);
  // The broker reads it as a user of its own.
  await chmod(path, 0o644);
  return path;
}

async function startSupervisor(brokerPort: number): Promise<Switch & { readonly url: string; readonly token: string }> {
  let one = await startFakeSupervisor(mosquittoApp(brokerPort, login.password));
  const { url, token } = one;
  return {
    url,
    token,
    leave: () => one.stop(),
    async comeBack({ hasRightPassword } = { hasRightPassword: true }) {
      await one.stop();
      const password = hasRightPassword ? login.password : "of-another-one";
      one = await startFakeSupervisor(mosquittoApp(brokerPort, password), Number(new URL(url).port));
    },
  };
}

async function listenTo(url: string) {
  const client = await connectAsync(url, { protocolVersion: 4, ...login });
  const heard = new Map<string, string>();
  client.on("message", (topic, payload) => void heard.set(topic, payload.toString()));
  await client.subscribeAsync("#", { qos: 0 });
  return { client, heard };
}
