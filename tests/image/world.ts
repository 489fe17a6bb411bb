import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectAsync, type MqttClient } from "mqtt";
import { systemClock } from "../../src/shared/clock.ts";
import { createGateway, type Gateway } from "../../src/simulator/gateway.ts";
import { createHomeAssistant, type HomeAssistantDouble } from "../../src/simulator/home-assistant/double.ts";
import { freePort, startMosquitto } from "../support/broker.ts";
import { mosquittoApp, startFakeSupervisor } from "../support/fake-supervisor.ts";
import { processAccount, twoHomes } from "../support/process-world.ts";
import type { Place } from "./container.ts";

/** What surrounds an app in Home Assistant, all of it on the loopback: a Supervisor, its core, a broker, the gateway. */
export interface World {
  readonly gateway: Gateway;
  readonly homeAssistant: HomeAssistantDouble;
  readonly broker: MqttClient;
  /** Topics heard, with their last payload. */
  readonly heard: ReadonlyMap<string, string>;
  /** An installation: a data directory as the Supervisor makes it, holding nothing but the options. */
  install(): Promise<Place>;
  /** Another installation that has what a backup of the first holds. */
  reinstall(from: Place): Promise<Place>;
  close(): Promise<void>;
}

/** Called from the last to the first at the end, whatever came in between. */
type Releasers = (() => Promise<unknown>)[];

export async function openWorld(): Promise<World> {
  const releasers: Releasers = [];
  const clock = systemClock;
  const gateway = createGateway({
    clock,
    accounts: [{ ...processAccount, usagePoints: twoHomes() }],
    limits: { no_cache: 500 },
  });
  const gatewayAt = await gateway.listen({ port: 0 });
  releasers.push(() => gatewayAt.close());
  const mosquitto = await startMosquitto();
  releasers.push(() => mosquitto.stop());
  const supervisor = await startFakeSupervisor(mosquittoApp(Number(new URL(mosquitto.url).port), "of-the-broker-app"));
  releasers.push(() => supervisor.stop());
  const homeAssistant = createHomeAssistant({ clock, tokens: [], supervisorToken: supervisor.token });
  const coreAt = await homeAssistant.listen({ port: 0 });
  releasers.push(() => coreAt.close());
  const { client, heard } = await listenTo(mosquitto.url);
  releasers.push(() => client.endAsync(true));
  const directory = await mkdtemp(join(tmpdir(), "linky-installations-"));
  releasers.push(() => rm(directory, { recursive: true, force: true, maxRetries: 5 }));
  await chmod(directory, 0o755);

  let count = 0;
  const install = async (): Promise<Place> => {
    const dataDir = join(directory, `data-${++count}`);
    await mkdir(dataDir);
    const { clientId: client_id, clientSecret: client_secret } = processAccount;
    const options = { client_id, client_secret, tariff_plans: [], gateway_url: gatewayAt.url };
    // As the Supervisor leaves it: root's, and nobody else's to read.
    await writeFile(join(dataDir, "options.json"), JSON.stringify(options), { mode: 0o600 });
    return {
      dataDir,
      env: {
        SUPERVISOR_TOKEN: supervisor.token,
        SUPERVISOR_URL: supervisor.url,
        HOMEASSISTANT_URL: `${coreAt.url}/core`,
        API_PORT: String(await freePort()),
        LINKY_WEB_PORT: String(await freePort()),
        TZ: "Europe/Paris",
      },
    };
  };
  return {
    gateway,
    homeAssistant,
    broker: client,
    heard,
    install,
    async reinstall(from) {
      const place = await install();
      await cp(join(from.dataDir, "backup"), join(place.dataDir, "backup"), { recursive: true });
      return place;
    },
    async close() {
      for (const release of releasers.reverse()) await release();
    },
  };
}

async function listenTo(url: string): Promise<{ client: MqttClient; heard: ReadonlyMap<string, string> }> {
  const client = await connectAsync(url, { protocolVersion: 4 });
  const heard = new Map<string, string>();
  client.on("message", (topic, payload) => void heard.set(topic, payload.toString()));
  await client.subscribeAsync("#", { qos: 0 });
  return { client, heard };
}
