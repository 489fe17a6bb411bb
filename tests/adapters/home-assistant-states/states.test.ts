import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { createLog } from "../../../src/shared/log.ts";
import { failureOf } from "../../contracts/exporter.ts";
import { at, knownFlow, knownMeter, knownSnapshot, knownTempo } from "../../support/snapshots.ts";
import { adminToken, serve, signal, startStates } from "./world.ts";

const daily = "sensor.med_01234567890123_consumption_daily";
/** The states of one consuming meter, Tempo and EcoWatt. */
const all = 30;

test("every state is written once, and told as brought", async (t) => {
  const { run, state, double, writes } = await startStates(t);
  let brought = 0;
  assert.deepEqual(await run({ onBrought: (records) => (brought += records) }), {
    records: all,
    waitingCorrections: 0,
  });
  assert.deepEqual([brought, double.states.length, writes()], [all, all, all]);
  assert.partialDeepStrictEqual(state(daily), { state: "12.345", attributes: { source: "linky_bridge" } });
});

test("the second run writes nothing, nor does a new process", async (t) => {
  const { run, another, writes } = await startStates(t);
  await run();
  assert.equal((await run()).records, 0);
  assert.equal((await run({}, another())).records, 0);
  assert.equal(writes(), all);
});

test("before the first pass there is nothing to write, and nobody is asked", async (t) => {
  const { run, double } = await startStates(t);
  double.down();
  assert.deepEqual(await run({ snapshot: null }), { records: 0, waitingCorrections: 0 });
});

test("only what differs is written: a colour, or a quality at the same value", async (t) => {
  const { run, state, clock } = await startStates(t);
  await run();
  const tempo = {
    ...knownTempo,
    tomorrow: { ...knownTempo.tomorrow, color: "ROUGE", announcedAt: at("2026-11-21T09:40:00Z") },
  } as const;
  // Tomorrow's colour, and that it is known.
  assert.equal((await run({ snapshot: knownSnapshot({ tempo }) })).records, 2);
  clock.set(at("2026-11-21T10:00:00Z"));
  const flow = knownFlow();
  const latest = { ...(flow.latest ?? assert.fail()), quality: "estimated" } as const;
  const snapshot = knownSnapshot({ tempo, usagePoints: [knownMeter({ flows: [{ ...flow, latest }] })] });
  assert.equal((await run({ snapshot })).records, 1);
  assert.partialDeepStrictEqual(state(daily), {
    attributes: { quality: "estimated" },
    last_changed: "2026-11-21T08:00:00.000+00:00",
  });
});

test("a restart of Home Assistant loses them, and the next run brings them back", async (t) => {
  const { run, double } = await startStates(t);
  await run();
  double.restart({ unknownCommandMs: 0, energyLagMs: 0 });
  assert.equal(double.states.length, 0);
  assert.equal((await run()).records, all);
});

test("while Home Assistant starts nothing is written: names may be others' that are not there yet", async (t) => {
  const { run, writes } = await startStates(t, { home: { starting: { unknownCommandMs: 60_000 } } });
  const failure = await failureOf(run);
  assert.deepEqual([failure.reason, failure.retry, writes()], ["starting", "soon", 0]);
});

test("another integration's entity is left as it is and named, and the others are written", async (t) => {
  const { run, double, state } = await startStates(t);
  const theirs = { entity_id: daily, state: "7", attributes: { friendly_name: "Linky" } };
  double.setStates([theirs]);
  let brought = 0;
  const failure = await failureOf(() => run({ onBrought: (records) => (brought += records) }));
  assert.deepEqual([failure.reason, failure.retry], ["foreign_entity", "hourly"]);
  for (const text of [failure.text.fr, failure.text.en]) assert.ok(text.includes(daily), text);
  assert.deepEqual(state(daily), theirs);
  assert.equal(brought, all - 1);
  // Once it has gone, the name is free.
  double.setStates(double.states.filter((one) => one !== theirs));
  assert.equal((await run()).records, 1);
});

test("of many foreign entities the first are named, and how many there are", async (t) => {
  const { run, double } = await startStates(t);
  await run();
  double.setStates(double.states.map((one) => ({ ...one, attributes: {} })));
  const failure = await failureOf(run);
  assert.match(failure.text.fr, new RegExp(`${daily}, .*… \\(${all}\\)`));
});

test("an outage in the middle tells what was brought until then, and the next run brings the rest", async (t) => {
  const { double, url, another, run } = await startStates(t);
  let left = 10;
  const broken = await serve(t, async (request, response) => {
    if (request.method === "POST" && left-- <= 0) return void response.destroy();
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const answer = await fetch(`${url}${request.url}`, {
      method: request.method ?? "GET",
      headers: { authorization: `Bearer ${adminToken}` },
      ...(request.method === "POST" ? { body: Buffer.concat(parts) } : {}),
    });
    response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
  });
  let brought = 0;
  const failure = await failureOf(() =>
    run({ onBrought: (records) => (brought += records) }, another({ baseUrl: broken })),
  );
  assert.deepEqual([failure.reason, failure.retry, brought], ["unreachable", "soon", 10]);
  assert.equal(double.states.length, 10);
  assert.equal((await run()).records, all - 10);
});

test("the Supervisor's proxy takes its own token", async (t) => {
  const { another, url, run, double } = await startStates(t);
  const proxied = { baseUrl: `${url}/core/api`, viaSupervisor: true };
  const app = another({ ...proxied, token: "token-of-the-supervisor" });
  assert.equal((await run({}, app)).records, all);
  const failure = await failureOf(() => run({}, another({ ...proxied, token: "another" })));
  assert.deepEqual([failure.reason, failure.retry], ["bad_supervisor_token", "hourly"]);
  double.down();
  assert.equal((await failureOf(() => run({}, app))).reason, "server_error");
});

test("a wrong token is shown once and not again, lest the machine be banned", async (t) => {
  const { another, run } = await startStates(t);
  const failure = await failureOf(() => run({}, another({ token: "a-wrong-token" })));
  assert.deepEqual([failure.reason, failure.retry], ["bad_token", "settings"]);
});

test("a token that may only read is told apart from a wrong one", async (t) => {
  const { another, run, double } = await startStates(t);
  const reader = another({ token: "token-of-a-user" });
  const failure = await failureOf(() => run({}, reader));
  assert.deepEqual([failure.reason, failure.retry], ["not_admin", "settings"]);
  assert.equal(double.states.length, 0);
  const findings = await reader.test(signal);
  assert.deepEqual(
    findings.map(({ ok }) => ok),
    [true, false],
  );
  assert.match(findings[1]?.text.fr ?? "", /ne permet que de lire/);
});

test("the test tells what works and what is lost, and writes nothing", async (t) => {
  const { destination, double, url } = await startStates(t);
  const findings = await destination.test(signal);
  assert.ok(findings.every(({ ok, text }) => ok && text.fr !== text.en));
  assert.match(findings[0]?.text.fr ?? "", /répond, version 2026\.11\.1, et accepte le jeton/);
  assert.match(findings[1]?.text.fr ?? "", /permet d'écrire/);
  assert.match(
    findings[2]?.text.fr ?? "",
    /ni appareil, ni identifiant unique.*rien après un redémarrage.*aucun historique/,
  );
  assert.equal(double.states.length, 0);
  assert.equal(destination.address, `${url}/api`);
});

const answers: readonly [what: string, status: number, headers: Record<string, string>, body: string, is: string[]][] =
  [
    ["a page", 200, { "content-type": "text/html" }, "<html>a router</html>", ["wrong_url", "hourly"]],
    ["JSON of something else", 200, {}, '{"message":"hello"}', ["wrong_url", "hourly"]],
    ["an unknown path", 404, {}, "404: Not Found", ["wrong_url", "hourly"]],
    ["a ban", 403, {}, "403: Forbidden", ["forbidden", "hourly"]],
    ["a proxy that waits", 502, {}, "<h1>Bad Gateway</h1>", ["server_error", "soon"]],
    ["another address", 301, { location: "https://ha.example/api?secret=1" }, "", ["redirected", "hourly"]],
  ];
for (const [what, status, headers, body, is] of answers)
  test(`${what} instead of an answer: ${is[0]}`, async (t) => {
    const baseUrl = await serve(t, (_request, response) => response.writeHead(status, headers).end(body));
    const { another, run } = await startStates(t);
    const failure = await failureOf(() => run({}, another({ baseUrl })));
    assert.deepEqual([failure.reason, failure.retry], is);
    assert.ok(!failure.text.fr.includes("secret"));
    const findings = await another({ baseUrl }).test(signal);
    assert.deepEqual(findings, [{ ok: false, text: failure.text }]);
  });

test("a Home Assistant that is away or silent is tried again soon", async (t) => {
  const { another, run, double } = await startStates(t);
  double.down();
  assert.deepEqual(await reasonOf(run), ["unreachable", "soon"]);
  const baseUrl = await serve(t, () => undefined);
  assert.deepEqual(await reasonOf(() => run({}, another({ baseUrl, timeoutMs: 50 }))), ["timeout", "soon"]);
});

test("a proxy that lets only the API's root and states through is enough", async (t) => {
  const { another, run } = await startStates(t);
  const states = new Map<string, object>();
  const baseUrl = await serve(t, (request, response) => {
    const id = /\/states\/(.+)$/.exec(request.url ?? "")?.[1];
    if (id === undefined)
      return void (request.url?.endsWith("/api/")
        ? response.end('{"message":"API running."}')
        : response.writeHead(404).end());
    const parts: string[] = [];
    request.on("data", (part) => parts.push(String(part)));
    request.on("end", () => {
      if (request.method === "POST") states.set(id, { entity_id: id, ...JSON.parse(parts.join("")) });
      const state = states.get(id);
      response.writeHead(state ? 200 : 404).end(state ? JSON.stringify(state) : "");
    });
  });
  const destination = another({ baseUrl: `${baseUrl}/api` });
  assert.equal((await run({}, destination)).records, all);
  assert.equal((await run({}, destination)).records, 0);
  const findings = await destination.test(signal);
  assert.ok(findings.every(({ ok }) => ok));
  assert.equal(findings[0]?.text.en, `Home Assistant (${baseUrl}/api) answers and accepts the token.`);
});

test("a state that comes back as another one was not kept", async (t) => {
  const { another, run } = await startStates(t);
  const baseUrl = await serve(t, (request, response) => {
    const path = request.url ?? "";
    if (path.endsWith("/config")) return void response.end('{"version":"2026.11.1","state":"RUNNING"}');
    if (request.method === "GET") return void response.writeHead(404).end('{"message":"Entity not found."}');
    response.end(JSON.stringify({ entity_id: path.split("/").at(-1), state: "0", attributes: {} }));
  });
  assert.deepEqual(await reasonOf(() => run({}, another({ baseUrl }))), ["not_stored", "soon"]);
});

test("what Home Assistant refuses is told with its words", async (t) => {
  const { another, run } = await startStates(t);
  const baseUrl = await serve(t, (request, response) => {
    if (request.url?.endsWith("/config")) return void response.end('{"version":"2026.11.1"}');
    const [status, message] = request.method === "GET" ? [404, "Entity not found."] : [400, "Invalid state specified."];
    response.writeHead(status).end(JSON.stringify({ message }));
  });
  const failure = await failureOf(() => run({}, another({ baseUrl })));
  assert.equal(failure.reason, "refused");
  assert.match(failure.text.fr, /Invalid state specified/);
});

test("whoever stops it gets the reason of the stop", async (t) => {
  const { another } = await startStates(t);
  const baseUrl = await serve(t, () => undefined);
  const stop = new AbortController();
  const request = { snapshot: knownSnapshot(), isForced: false, isCheck: false, onBrought: () => undefined };
  const running = another({ baseUrl }).run(request, stop.signal);
  setImmediate(() => stop.abort(new Error("enough")));
  await assert.rejects(running, /enough/);
});

test("no line of the log and no failure tells the token", async (t) => {
  const lines: string[] = [];
  const stream = new PassThrough();
  stream.on("data", (line) => lines.push(String(line)));
  const log = createLog({ level: "trace", format: "json" }, stream);
  const { another, run, double } = await startStates(t);
  const destination = another({ log });
  await run({}, destination);
  double.down();
  const failure = await failureOf(() => run({}, destination));
  log.error({ err: failure }, "it failed");
  assert.ok(lines.length > all);
  assert.equal(`${lines.join("")}${failure.stack}${failure.text.fr}`.includes(adminToken), false);
});

test("a server that says the token back does not get it into a sentence", async (t) => {
  const { another, run } = await startStates(t);
  const token = "a-token-that-is-said-back";
  const baseUrl = await serve(t, (request, response) => {
    if (request.url?.endsWith("/config")) return void response.end('{"version":"2026.11.1"}');
    const said = request.headers.authorization?.replace("Bearer ", "");
    const [status, message] = request.method === "GET" ? [404, "Entity not found."] : [400, `not for ${said}`];
    response.writeHead(status).end(JSON.stringify({ message }));
  });
  const failure = await failureOf(() => run({}, another({ baseUrl, token })));
  assert.match(failure.text.fr, /not for •••/);
});

async function reasonOf(call: () => Promise<unknown>): Promise<readonly string[]> {
  const { reason, retry } = await failureOf(call);
  return [reason, retry];
}
