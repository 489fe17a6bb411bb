import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Config } from "../src/config/config.ts";
import { loadConfig } from "../src/config/load.ts";
import { instant } from "../src/domain/units.ts";
import { SteppedClock } from "../src/shared/clock.ts";
import { silentLog } from "../src/shared/log.ts";
import { brokerAppears, renewedBroker, withSupervisorBroker } from "../src/supervisor-broker.ts";
import { type FakeSupervisor, mosquittoApp, noMosquitto, startFakeSupervisor } from "./support/fake-supervisor.ts";

const never = new AbortController().signal;

function configOf(supervisor: FakeSupervisor, env: Readonly<Record<string, string>> = {}): Config {
  const inApp = { SUPERVISOR_TOKEN: supervisor.token, SUPERVISOR_URL: `${supervisor.url}/` };
  const loaded = loadConfig({ env: { ...inApp, ...env }, requireCredentials: false });
  assert.ok("config" in loaded, JSON.stringify(loaded));
  return loaded.config;
}

async function open(context: TestContext, ...answer: Parameters<typeof startFakeSupervisor>) {
  const supervisor = await startFakeSupervisor(...answer);
  context.after(() => supervisor.stop());
  return supervisor;
}

test("in the app the Supervisor's broker is used, with the other options as they are set", async (context) => {
  const supervisor = await open(context, mosquittoApp(1883, "first-password"));
  const config = configOf(supervisor, { MQTT_TOPIC_PREFIX: "maison" });
  assert.equal(config.mqtt, null);
  const { mqtt } = await withSupervisorBroker(config, silentLog(), never);
  assert.deepEqual(
    [mqtt?.url, mqtt?.username, mqtt?.password, mqtt?.topicPrefix, mqtt?.qos, mqtt?.retain],
    ["mqtt://127.0.0.1:1883", "addons", "first-password", "maison", 1, true],
  );
});

test("MQTT asked for without a broker is a fault, but not in the app", async (context) => {
  const supervisor = await open(context, mosquittoApp(1883, "first-password"));
  assert.notEqual(configOf(supervisor, { MQTT_ENABLED: "true" }).supervisor?.mqtt, null);
  assert.ok("faults" in loadConfig({ env: { MQTT_ENABLED: "true" }, requireCredentials: false }));
});

test("a broker of the user's own, or none wanted: the Supervisor is not asked", async (context) => {
  const supervisor = await open(context, mosquittoApp(1883, "first-password"));
  const own = await withSupervisorBroker(configOf(supervisor, { MQTT_BROKER: "10.0.0.2" }), silentLog(), never);
  assert.equal(own.mqtt?.url, "mqtt://10.0.0.2:1883");
  assert.equal(await renewedBroker(own, never), null);
  const none = await withSupervisorBroker(configOf(supervisor, { MQTT_ENABLED: "false" }), silentLog(), never);
  assert.equal(none.mqtt, null);
  assert.deepEqual(supervisor.asked, []);
});

test("without a broker app, or a right to ask, the program goes on without MQTT", async (context) => {
  const supervisor = await open(context, noMosquitto);
  assert.equal((await withSupervisorBroker(configOf(supervisor), silentLog(), never)).mqtt, null);
  supervisor.answer = { status: 403, message: "No access to mqtt service!" };
  assert.equal((await withSupervisorBroker(configOf(supervisor), silentLog(), never)).mqtt, null);
  await supervisor.stop();
  assert.equal((await withSupervisorBroker(configOf(supervisor), silentLog(), never)).mqtt, null);
});

test("a broker that is installed later is noticed within a minute", async (context) => {
  const supervisor = await open(context, noMosquitto);
  const clock = new SteppedClock(instant(0));
  const appears = brokerAppears(configOf(supervisor), clock, never);
  while (supervisor.asked.length < 6) await new Promise((resolve) => setImmediate(resolve));
  supervisor.answer = mosquittoApp(1883, "first-password");
  await appears;
  // The first questions come 4, 8, 16 and 32 s one after the other (60 s in all), the others every minute.
  assert.equal(clock.now(), 60_000 + (supervisor.asked.length - 4) * 60_000);
});

test("a password that was changed is asked for again", async (context) => {
  const supervisor = await open(context, mosquittoApp(1883, "first-password"));
  const config = await withSupervisorBroker(configOf(supervisor), silentLog(), never);
  supervisor.answer = mosquittoApp(1883, "second-password");
  assert.equal((await renewedBroker(config, never))?.password, "second-password");
  supervisor.answer = noMosquitto;
  assert.equal(await renewedBroker(config, never), null);
});
