import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { createLog } from "../../../src/shared/log.ts";
import { defaultSettings } from "../../../src/simulator/jeedom/settings.ts";
import { at, closedPort, coreKey, failureOf, serve, signal, startWorld, virtualKey } from "./support.ts";

test("the plugin's key works, and expects the zone that it may not read", async (t) => {
  const { jeedom } = await startWorld(t);
  assert.deepEqual(await jeedom.test(signal), {
    version: "4.5.3",
    timeZone: "Europe/Paris",
    timeZoneIsTold: false,
  });
});

test("the core's key and an administrator's are told the zone of the box", async (t) => {
  const hash = "admin".padEnd(64, "a");
  const users = [{ hash, profile: "admin", equipmentIds: [] }] as const;
  const world = await startWorld(t, { box: { timeZone: "Indian/Reunion", settings: { users } } });
  for (const apiKey of [coreKey, hash]) {
    const facts = await world.client({ apiKey, timeZone: "Europe/Paris" }).test(signal);
    assert.deepEqual([facts.timeZone, facts.timeZoneIsTold], ["Indian/Reunion", true]);
  }
});

test("a box that tells its zone behind the plugin's door is dated by it, and its core is not knocked at", async (t) => {
  const asked: unknown[] = [];
  const url = await serve(t, (request, response) => {
    const parts: string[] = [];
    request.on("data", (part) => parts.push(String(part)));
    request.on("end", () => {
      const { method, params } = JSON.parse(parts.join(""));
      asked.push([method, params.plugin]);
      response.end(JSON.stringify({ jsonrpc: "2.0", id: 1, result: tellingBox[method] ?? "ok" }));
    });
  });
  const { client } = await startWorld(t);
  const facts = await client({ url }).test(signal);
  assert.deepEqual([facts.timeZone, facts.timeZoneIsTold], ["Indian/Reunion", true]);
  assert.deepEqual(asked.slice(0, 4), [
    ["ping", "virtual"],
    ["version", "virtual"],
    ["config::byKey", "virtual"],
    ["plugin::listPlugin", "virtual"],
  ]);
});

const tellingBox: Readonly<Record<string, unknown>> = {
  ping: "pong",
  version: "4.5.3",
  "config::byKey": "Indian/Reunion",
  "plugin::listPlugin": [{ id: "virtual" }],
};

test("either door is found when the other is shut", async (t) => {
  const shut = { mode: "disable" } as const;
  const world = await startWorld(t, { box: { settings: { core: { ...defaultSettings.core, ...shut } } } });
  assert.equal((await world.jeedom.test(signal)).version, "4.5.3");
  world.double.set({ core: defaultSettings.core, virtual: { ...defaultSettings.virtual, ...shut } });
  assert.equal((await world.client({ apiKey: coreKey }).test(signal)).version, "4.5.3");
  assert.equal((await failureOf(world.jeedom.test(signal))).reason, "key_refused");
});

test("the address may be the browser's whole line", async (t) => {
  const { url, client } = await startWorld(t);
  for (const end of ["/", "/index.php?v=d&p=dashboard", "/core/api/jeeApi.php", "//"]) {
    const jeedom = client({ url: `${url}${end}` });
    assert.equal(jeedom.url, url);
    assert.equal((await jeedom.test(signal)).version, "4.5.3");
  }
});

test("what is no address is refused before anything is sent, and not repeated whole", async (t) => {
  const { client } = await startWorld(t);
  for (const url of ["jeedom.local", "ftp://box", "ws:admin:secret-password@box", ""])
    assert.throws(
      () => client({ url }),
      (error: Error) => error.name === "JeedomFailure" && !error.message.includes("secret-password@box"),
      url,
    );
});

const settingCases: readonly [what: string, settings: object, reason: string, sentence: RegExp][] = [
  ["both APIs are off", { core: off("core"), virtual: off("virtual") }, "api_disabled", /l'accès du plugin Virtuel/],
  [
    "the key is restricted",
    { virtual: { ...defaultSettings.virtual, isRestricted: true } },
    "key_restricted",
    /restreinte/,
  ],
  [
    "the plugin is missing",
    { hasVirtual: false },
    "plugin_missing",
    /n'est pas actif .* Installez-le depuis le Market/,
  ],
  ["version is forbidden", { forbiddenMethods: /version/ }, "method_blocked", /bloque la méthode version/],
  ["only events are allowed", { allowedMethods: /^cmd::event$/ }, "method_blocked", /bloque la méthode ping/],
];
for (const [what, settings, reason, sentence] of settingCases)
  test(`${what}: ${reason}`, async (t) => {
    const { jeedom } = await startWorld(t, { box: { settings } });
    const failure = await failureOf(jeedom.test(signal));
    assert.equal(failure.reason, reason);
    assert.match(failure.text.fr, sentence);
    assert.equal(failure.isPassing, false);
  });

function off(door: "core" | "virtual") {
  return { ...defaultSettings[door], mode: "disable" };
}

test("a wrong key is told as such, whatever its length, and never in a message", async (t) => {
  const { client } = await startWorld(t);
  for (const apiKey of ["wrong", "wrong".padEnd(64, "w"), ""]) {
    const failure = await failureOf(client({ apiKey }).test(signal));
    assert.equal(failure.reason, "key_refused");
    assert.match(failure.text.en, /refuses the API key/);
    assert.equal(failure.text.fr.includes("wrong"), false);
  }
});

test("no line of the log and no message of the box tells the key", async (t) => {
  const lines: string[] = [];
  const stream = new PassThrough();
  stream.on("data", (line) => lines.push(String(line)));
  const log = createLog({ level: "trace", format: "json" }, stream);
  const apiKey = "secret-of-the-box".padEnd(64, "s");
  const url = await serve(t, (request, response) => {
    const parts: string[] = [];
    request.on("data", (part) => parts.push(String(part)));
    request.on("end", () => {
      const said = parts.join("");
      const isPing = said.includes('"ping"');
      const answer = isPing ? { result: "pong" } : { error: { code: -32500, message: `dump of ${said}` } };
      response.end(JSON.stringify({ jsonrpc: "2.0", id: 1, ...answer }));
    });
  });
  const { client } = await startWorld(t);
  const failure = await failureOf(client({ url, apiKey, log }).test(signal));
  log.error({ err: failure }, "it failed");
  assert.equal(failure.reason, "refused");
  assert.match(failure.message, /dump of .*•••/);
  assert.ok(lines.length > 1);
  assert.equal(`${lines.join("")}${failure.stack}`.includes(apiKey), false);
});

test("the key is not shown to what is no Jeedom", async (t) => {
  const bodies: string[] = [];
  const url = await serve(t, (request, response) => {
    request.on("data", (part) => bodies.push(String(part)));
    request.on("end", () => response.end('{"jsonrpc":"2.0","id":1,"result":"something else"}'));
  });
  const { client } = await startWorld(t);
  assert.equal((await failureOf(client({ url }).test(signal))).reason, "wrong_url");
  assert.equal(bodies.join("").includes(virtualKey), false);
});

test("a box that moved is told as such, and gets no call elsewhere", async (t) => {
  const { double, jeedom } = await startWorld(t);
  for (const status of [301, 302, 308] as const) {
    double.redirect = status;
    const failure = await failureOf(jeedom.test(signal));
    assert.equal(failure.reason, "redirected");
    assert.match(failure.text.fr, /renvoie ailleurs/);
  }
  assert.equal(double.traffic.requests, 0);
});

test("a ban is told with its length", async (t) => {
  const { double, url, jeedom } = await startWorld(t, { box: { settings: { whiteIps: [] } } });
  // The seventh failure bans.
  for (let count = 0; count < 7; count++) await fetch(`${url}/core/api/jeeApi.php`, { method: "POST", body: "[]" });
  const failure = await failureOf(jeedom.test(signal));
  assert.deepEqual([failure.reason, failure.retryAfterMs, failure.isPassing], ["banned", 600_000, true]);
  assert.match(failure.text.fr, /10 minutes par défaut/);
  assert.deepEqual(double.traffic.unknownPaths, []);
});

const pageCases: readonly [status: number, body: string, reason: string][] = [
  [200, "<html>a router</html>", "wrong_url"],
  [200, '{"message":"API running."}', "wrong_url"],
  [200, '<br />Warning: x in y.php{"jsonrpc":"2.0","id":1,"result":"pong"}', "not_understood"],
  [404, "<h1>Not Found</h1>", "banned"],
  [401, "", "forbidden"],
  [403, "<h1>Forbidden</h1>", "forbidden"],
  [500, "", "server_error"],
  [502, "<h1>Bad Gateway</h1>", "server_error"],
  [503, '{"jsonrpc":"2.0","id":1,"result":"pong"}', "server_error"],
];
for (const [status, body, reason] of pageCases)
  test(`HTTP ${status} with ${JSON.stringify(body.slice(0, 20))} is ${reason}`, async (t) => {
    const url = await serve(t, (_request, response) => response.writeHead(status).end(body));
    const { client } = await startWorld(t);
    const failure = await failureOf(client({ url }).test(signal));
    assert.equal(failure.reason, reason);
    assert.equal(failure.isPassing, ["server_error", "banned"].includes(reason));
  });

test("a closed port, a broken connection and a silent box are unreachable, each with its sentence", async (t) => {
  const { double, client, url } = await startWorld(t);
  const closed = await failureOf(client({ url: await closedPort() }).test(signal));
  assert.deepEqual([closed.reason, closed.isPassing], ["unreachable", true]);
  assert.match(closed.text.fr, /aucun programme n'écoute/);
  double.failNext("drop");
  assert.match((await failureOf(client({ url }).test(signal))).text.fr, /injoignable/);
  double.failNext("hang");
  const silent = await failureOf(client({ url, timeoutMs: 50 }).test(signal));
  assert.match(silent.text.fr, /ne répond pas à temps \(ping, 0.05 s\)/);
});

test("whoever stops it gets the reason of the stop", async (t) => {
  const { double, jeedom } = await startWorld(t);
  const stop = new AbortController();
  double.failNext("hang");
  const asked = jeedom.test(stop.signal);
  setImmediate(() => stop.abort(new Error("enough")));
  await assert.rejects(asked, /enough/);
  await assert.rejects(jeedom.test(stop.signal), /enough/);
});

test("name and password of an address go to the web server in front, and nowhere else", async (t) => {
  const seen: (string | undefined)[] = [];
  const base = await serve(t, (request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(401).end();
  });
  const { client } = await startWorld(t);
  const jeedom = client({ url: base.replace("//", "//me:pass%20word@") });
  const failure = await failureOf(jeedom.test(signal));
  assert.deepEqual(seen, [`Basic ${Buffer.from("me:pass word").toString("base64")}`]);
  assert.equal(jeedom.url, base);
  assert.equal(failure.message.includes("pass"), false);
});

test("calls go out one by one, whatever is asked at once", async (t) => {
  const now = () => at("2026-11-18T11:00:00Z");
  // Each call takes long enough for others to arrive meanwhile.
  const sleep = async () => {
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  const { double, jeedom } = await startWorld(t, { box: { clock: { now, sleep }, callMs: 8 } });
  await Promise.all(Array.from({ length: 8 }, () => jeedom.test(signal)));
  assert.equal(double.traffic.mostAtOnce, 1);
  // Ping, version, the zone at both doors and plugins, eight times.
  assert.equal(double.traffic.requests, 40);
});
