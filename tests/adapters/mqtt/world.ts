import { connect, type MqttClient } from "mqtt";
import { type BrokerSettings, type Link, newClientId, openLink } from "../../../src/adapters/mqtt/link.ts";
import { MqttSink, type MqttSinkOptions } from "../../../src/adapters/mqtt/publisher.ts";
import { defaultTiming } from "../../../src/adapters/mqtt/timing.ts";
import { silentLog } from "../../../src/shared/log.ts";
import { memoryInventory } from "../../support/memory-inventory.ts";
import { at } from "../../support/snapshots.ts";
import { HandClock } from "./hand-clock.ts";
import { settings } from "./settings.ts";

/** Short enough for tests against a broker on the same machine. */
export const quick = {
  ...defaultTiming,
  quietMs: 80,
  learnMs: 2_000,
  firstRetryMs: 20,
  longestRetryMs: 80,
  connectMs: 3_000,
};

export const anonymous = (url: string): BrokerSettings => ({
  url,
  username: null,
  password: null,
  tls: { caCert: null, clientCert: null, clientKey: null },
});

export function sinkOn(url: string, changes: Partial<MqttSinkOptions> = {}) {
  const clock = new HandClock(at("2026-11-21T08:00:00Z"));
  const inventory = memoryInventory();
  const sink = new MqttSink({
    broker: anonymous(url),
    settings: { ...settings(), retain: true },
    inventory,
    log: silentLog(),
    clock,
    random: () => 0.5,
    timing: quick,
    ...changes,
  });
  return { sink, clock, inventory };
}

/** Waits for something another process or connection does. @throws after five seconds. */
export async function until(isSo: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`Not in five seconds: ${what}`);
    await pause(5);
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Somebody else on the broker: what is retained now on all topics. */
export async function retainedOn(url: string): Promise<Map<string, string>> {
  const link = await stranger(url);
  const found = new Map<string, string>();
  link.onMessage(({ topic, payload, isRetained }) => {
    if (isRetained) found.set(topic, payload);
  });
  await link.subscribe(["#"]);
  await pause(150);
  await link.end();
  return found;
}

export async function publishTo(url: string, topic: string, payload: string, retain = false): Promise<void> {
  const link = await stranger(url);
  await link.publish(topic, payload, { qos: 1, retain });
  await link.end();
}

/** Hears every message as it is published. */
export async function listener(url: string): Promise<{ readonly heard: string[]; readonly client: MqttClient }> {
  const client = connect(url, { protocolVersion: 4, reconnectPeriod: 30 });
  const heard: string[] = [];
  client.on("error", () => undefined);
  client.on("message", (topic, payload, { retain }) => {
    if (!retain) heard.push(`${topic} ${payload}`);
  });
  await client.subscribeAsync("#");
  return { heard, client };
}

const stranger = (url: string): Promise<Link> =>
  openLink(anonymous(url), {
    clientId: newClientId(),
    will: null,
    timing: quick,
    signal: new AbortController().signal,
  });
