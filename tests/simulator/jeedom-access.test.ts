import assert from "node:assert/strict";
import { test } from "node:test";
import { type Clock, SteppedClock } from "../../src/shared/clock.ts";
import { defaultSettings } from "../../src/simulator/jeedom/settings.ts";
import { at, command, coreKey, equipment, noon, startBox, virtualKey } from "./jeedom-box.ts";

const plugin = { plugin: "virtual", apikey: virtualKey };
const abroad = { "x-real-ip": "203.0.113.7" };

test("every outcome has the status 200", async (t) => {
  const box = await startBox(t);
  const answers = [
    await box.rpc("ping", { apikey: undefined }),
    await box.rpc("version", { apikey: "wrong-but-long-enough" }),
    await box.rpc("nothing::known"),
    await box.rpc("cmd::event", { id: 999, value: 1 }),
  ];
  assert.deepEqual(
    answers.map(({ status, result, error }) => [status, result ?? error?.code]),
    [
      [200, "pong"],
      [200, 2],
      [200, 500],
      [200, 702],
    ],
  );
});

test("what is empty is answered with ok", async (t) => {
  const box = await startBox(t, { settings: { hasVirtual: false } });
  for (const [method, params] of [
    ["eqLogic::byType", { type: "virtual" }],
    ["plugin::listPlugin", { activateOnly: 1 }],
    ["jeeObject::all", {}],
    ["config::byKey", { key: "nothing" }],
  ] as const)
    assert.equal(await box.result(method, params), "ok", method);
  box.double.addRoom("Garage");
  assert.deepEqual(await box.result("jeeObject::all"), [{ id: 1, name: "Garage", father_id: null, isVisible: 1 }]);
});

test("the plugin's key works beside the plugin's name only", async (t) => {
  const box = await startBox(t);
  assert.equal(await box.code("version", plugin), "ok");
  assert.equal(await box.code("version", { apikey: virtualKey }), 2);
  // The core's key opens the plugin's door too.
  assert.equal(await box.code("version", { plugin: "virtual" }), "ok");
});

test("the zone of the box is not told to whoever names the plugin", async (t) => {
  const box = await startBox(t);
  assert.equal(await box.result("config::byKey", { key: "timezone" }), "Europe/Brussels");
  assert.equal(await box.result("config::byKey", { key: "timezone", ...plugin }), "ok");
});

test("a short key, no key and a missing id are told by their codes", async (t) => {
  const box = await startBox(t, { settings: { core: { ...defaultSettings.core, key: "short" } } });
  assert.equal(await box.code("version", { apikey: "short" }), 2);
  assert.equal(await box.code("version", { apikey: undefined }), 1);
  assert.deepEqual(await box.post('{"jsonrpc":"2.0","method":"ping"}'), {
    status: 200,
    jsonrpc: "2.0",
    id: 99_999,
    result: "pong",
  });
});

test("an API that is off refuses even ping, and leaves the plugin's open", async (t) => {
  const box = await startBox(t, { settings: { core: { ...defaultSettings.core, mode: "disable" } } });
  assert.equal(await box.code("ping"), 1);
  assert.equal(await box.code("ping", plugin), "ok");
  assert.equal(await box.code("version", plugin), "ok");
  // The core's key cannot be looked at any more.
  assert.equal(await box.code("version", { plugin: "virtual" }), 2);
});

test("the modes localhost and whiteip look at the address", async (t) => {
  const box = await startBox(t, { settings: { core: { ...defaultSettings.core, mode: "localhost" } } });
  assert.equal(await box.code("version"), "ok");
  assert.equal((await box.rpc("version", {}, { "x-forwarded-for": "192.168.1.9" })).error?.code, 1);
  box.double.set({ core: { ...defaultSettings.core, mode: "whiteip" } });
  assert.equal((await box.rpc("version", {}, { "x-forwarded-for": "192.168.1.9" })).result, "4.5.3");
  assert.equal((await box.rpc("version", {}, abroad)).error?.code, 1);
});

test("a restricted key has ping and the plain event alone", async (t) => {
  const box = await startBox(t);
  const id = await command(box, await equipment(box));
  box.double.set({ virtual: { ...defaultSettings.virtual, isRestricted: true } });
  assert.equal(await box.code("ping", plugin), "ok");
  for (const method of ["version", "cmd::event", "eqLogic::save"]) assert.equal(await box.code(method, plugin), 500);
  const sent = { plugin: "virtual", type: "event", apikey: virtualKey, id: String(id), value: "7" };
  assert.equal(await box.get(sent), "");
  assert.equal(box.double.current(id)?.value, 7);
});

test("profiles differ in what they may create and read", async (t) => {
  const box = await startBox(t);
  const equipmentId = await equipment(box);
  const id = await command(box, equipmentId);
  const hash = (name: string) => name.padEnd(64, "h");
  const user = { equipmentIds: [] };
  box.double.set({
    users: [
      { ...user, hash: hash("admin"), profile: "admin" },
      { ...user, hash: hash("user"), profile: "user" },
      { ...user, hash: hash("restrict"), profile: "restrict" },
    ],
  });
  const codes = async (name: string) => [
    await box.code("eqLogic::save", { apikey: hash(name), eqType_name: "virtual", name: `Of ${name}` }),
    await box.code("cmd::save", { apikey: hash(name), id, unite: "kWh" }),
    await box.code("cmd::event", { apikey: hash(name), id, value: 1 }),
  ];
  assert.deepEqual(await codes("admin"), ["ok", "ok", "ok"]);
  assert.deepEqual(await codes("user"), [1, "ok", "ok"]);
  assert.deepEqual(await codes("restrict"), [1, -32000, 701]);
  assert.equal(await box.result("eqLogic::byType", { apikey: hash("restrict"), type: "virtual" }), "ok");
});

test("rules on methods come before everything else", async (t) => {
  const box = await startBox(t, { settings: { allowedMethods: /^cmd::/ } });
  assert.equal(await box.code("version"), -32000);
  assert.equal(await box.code("cmd::byId", { id: 1 }), 701);
  box.double.set({ allowedMethods: null, forbiddenMethods: /event/ });
  assert.equal(await box.code("cmd::event", { id: 1 }), -32000);
});

test("batches and texts that are no JSON are refused, and counted as failed logins", async (t) => {
  const box = await startBox(t);
  const batch = JSON.stringify([{ jsonrpc: "2.0", id: 5, method: "ping" }]);
  // More than 6 failures ban: the seventh is answered, the eighth is not.
  for (let count = 1; count <= 7; count++) {
    const { status, id, error } = await box.post(count % 2 ? batch : "not json", abroad);
    assert.deepEqual([status, id, error?.code], [200, 99_999, 1], `failure ${count}`);
  }
  assert.equal((await box.rpc("ping", {}, abroad)).status, 404);
  // 600 s later it is over.
  box.clock.set(at("2026-11-18T11:09:59Z"));
  assert.equal((await box.rpc("ping", {}, abroad)).status, 404);
  box.clock.set(at("2026-11-18T11:10:00Z"));
  assert.equal((await box.rpc("ping", {}, abroad)).result, "pong");
});

test("a wrong key in a well-formed call is neither late nor counted", async (t) => {
  const box = await startBox(t);
  for (let count = 0; count < 10; count++) await box.rpc("version", { apikey: "wrong-but-long-enough" }, abroad);
  assert.equal((await box.rpc("ping", {}, abroad)).status, 200);
  assert.equal(box.clock.now(), at(noon));
});

test("the plain API is late with a refusal, counts it, and bans nobody of the white list", async (t) => {
  const box = await startBox(t);
  const wrong = { type: "cmd", id: "1", apikey: "wrong-but-long-enough" };
  for (let count = 0; count < 8; count++) assert.match(await box.get(wrong), /^Vous n'êtes pas autorisé/);
  // 8 refusals × 5 s.
  assert.equal(box.clock.now() - at(noon), 40_000);
  assert.equal((await box.rpc("ping")).result, "pong");
});

test("the plain API bans others after more than six refusals", async (t) => {
  const box = await startBox(t);
  const wrong = { type: "cmd", id: "1", apikey: "wrong-but-long-enough" };
  for (let count = 1; count <= 7; count++) assert.match(await box.get(wrong, abroad), /^Vous n'êtes pas autorisé/);
  assert.match(await box.get(wrong, abroad), /404 Not Found/);
});

test("the plain API wants the plugin's own key for its event, and is silent about types it does not know", async (t) => {
  const box = await startBox(t);
  const id = String(await command(box, await equipment(box)));
  const event = { plugin: "virtual", type: "event", id, value: "5" };
  assert.match(await box.get({ ...event, apikey: coreKey }), /pas autorisé/);
  assert.equal(await box.get({ type: "event", id, value: "5", apikey: coreKey }), "");
  assert.equal(await box.get({ type: "virtual", id, value: "5", apikey: coreKey }), "");
  assert.equal(box.double.current(Number(id)), null);
  // It knows no date: the value is of now, five seconds past noon because of the refusal above.
  assert.equal(await box.get({ ...event, apikey: virtualKey, datetime: "2025-01-01 00:00:00" }), "");
  assert.deepEqual(rowsOf(box.double.history(Number(id))), ["2026-11-18 12:00:05=5"]);
  assert.equal(await box.get({ type: "cmd", id, value: "6", apikey: coreKey }), "6");
});

const rowsOf = (history: readonly { datetime: string; value: string }[]) =>
  history.map(({ datetime, value }) => `${datetime}=${value}`);

test("a redirect makes a GET of the POST, whose body is lost", async (t) => {
  const box = await startBox(t);
  for (const status of [301, 302] as const) {
    box.double.redirect = status;
    assert.equal(await box.code("ping"), 1);
  }
  box.double.redirect = 308;
  assert.equal(await box.result("ping"), "pong");
});

test("calls one by one take their own time", async (t) => {
  const box = await startBox(t, { callMs: 8 });
  for (let count = 0; count < 8; count++) await box.rpc("ping");
  // 8 × 8 ms.
  assert.equal(box.clock.now() - at(noon), 64);
  assert.equal(box.double.traffic.mostAtOnce, 1);
});

test("calls at once make each other slow", async (t) => {
  const stepped = new SteppedClock(at(noon));
  // No call is served before all eight have come.
  const clock: Clock = {
    now: () => stepped.now(),
    async sleep(ms) {
      while (box.double.traffic.requests < 8) await new Promise((resolve) => setImmediate(resolve));
      await stepped.sleep(ms);
    },
  };
  const box = await startBox(t, { callMs: 8, clock });
  await Promise.all(Array.from({ length: 8 }, () => box.rpc("ping")));
  assert.equal(box.double.traffic.mostAtOnce, 8);
  // 8 ms for the first, which may have come alone; then 7 + 6 + … + 1 = 28 times 8 ms.
  assert.ok(stepped.now() - at(noon) >= 8 + 224);
});

test("a path that the box does not have is noted", async (t) => {
  const box = await startBox(t);
  assert.equal((await fetch(`${box.url}/api/guess.php`)).status, 404);
  assert.deepEqual(box.double.traffic.unknownPaths, ["/api/guess.php"]);
});
