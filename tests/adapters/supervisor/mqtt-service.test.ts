import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { SupervisorFailure, type SupervisorReason } from "../../../src/adapters/supervisor/failure.ts";
import { fetchMqttService } from "../../../src/adapters/supervisor/mqtt-service.ts";
import { redact } from "../../../src/shared/log.ts";
import { type MqttAnswer, mosquittoApp, noMosquitto, startFakeSupervisor } from "../../support/fake-supervisor.ts";

const never = new AbortController().signal;

async function open(context: TestContext, answer: MqttAnswer) {
  const supervisor = await startFakeSupervisor(answer);
  context.after(() => supervisor.stop());
  return supervisor;
}

async function reasonOf(asking: Promise<unknown>): Promise<SupervisorReason> {
  const error: unknown = await asking.then(
    () => null,
    (failure: unknown) => failure,
  );
  assert.ok(error instanceof SupervisorFailure, String(error));
  assert.notEqual(error.text.fr, error.text.en);
  return error.reason;
}

test("the broker app's address and login, the password being kept out of logs", async (context) => {
  const supervisor = await open(context, mosquittoApp(1883, "pass-made-for-apps"));
  assert.deepEqual(await fetchMqttService(supervisor, never), {
    url: "mqtt://127.0.0.1:1883",
    username: "addons",
    password: "pass-made-for-apps",
  });
  assert.deepEqual(supervisor.asked, ["/services/mqtt"]);
  assert.equal(redact("login pass-made-for-apps refused"), "login ••• refused");
});

const shapes: readonly [what: string, data: Readonly<Record<string, unknown>>, url: string][] = [
  ["a port as text", { host: "core-mosquitto", port: "1884" }, "mqtt://core-mosquitto:1884"],
  ["an encrypted broker", { host: "core-mosquitto", port: 8883, ssl: true }, "mqtts://core-mosquitto:8883"],
  ["an IPv6 address", { host: "fd00::5", port: 1883, ssl: false }, "mqtt://[fd00::5]:1883"],
  ["a name it has under /v2", { app: "core_mosquitto", host: "broker", port: 1883 }, "mqtt://broker:1883"],
];
for (const [what, data, url] of shapes)
  test(`${what} is understood, and no login is one of nobody`, async (context) => {
    const supervisor = await open(context, { status: 200, data: { ...data, username: "" } });
    assert.deepEqual(await fetchMqttService(supervisor, never), { url, username: null, password: null });
  });

test("no broker app is an answer, not a failure", async (context) => {
  assert.equal(await fetchMqttService(await open(context, noMosquitto), never), null);
});

test("an app whose manifest does not want the service, or with an old token, is told so", async (context) => {
  const supervisor = await open(context, { status: 403, message: "No access to mqtt service!" });
  assert.equal(await reasonOf(fetchMqttService(supervisor, never)), "forbidden");
  supervisor.answer = mosquittoApp(1883, "x-password");
  const former = { url: supervisor.url, token: "token-of-an-earlier-start" };
  assert.equal(await reasonOf(fetchMqttService(former, never)), "forbidden");
});

const nonsense: readonly MqttAnswer[] = [
  { status: 502, message: "Bad gateway" },
  { status: 200, text: "<html>" },
  { status: 200, text: "[]" },
  { status: 200, data: {} },
  { status: 200, data: { host: "", port: 1883 } },
  { status: 200, data: { host: "broker", port: 70_000 } },
];
for (const answer of nonsense)
  test(`${JSON.stringify(answer)} is no broker`, async (context) =>
    assert.equal(await reasonOf(fetchMqttService(await open(context, answer), never)), "unexpected"));

test("a Supervisor that is not there may come back", async (context) => {
  const supervisor = await open(context, noMosquitto);
  await supervisor.stop();
  assert.equal(await reasonOf(fetchMqttService(supervisor, never)), "unreachable");
});

test("who is stopped asks no more", async (context) => {
  const supervisor = await open(context, noMosquitto);
  await assert.rejects(fetchMqttService(supervisor, AbortSignal.abort(new Error("stopped"))), /stopped/);
  assert.deepEqual(supervisor.asked, []);
});
