import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { suite, test } from "node:test";
import { type Door, refuseStrangers, refuseUnknown } from "../../src/server/guard.ts";
import { createServer } from "../../src/server/server.ts";
import { silentLog } from "../../src/shared/log.ts";
import { StatisticsWorld } from "../support/statistics-world.ts";
import { codeOf, jsonOf, partsOf, post, send, serve } from "./api.ts";

const isRefused = (headers: { host?: string; origin?: string }, configured: string): boolean => {
  try {
    refuseStrangers({ headers }, configured);
    return false;
  } catch {
    return true;
  }
};

const hosts: readonly [host: string | undefined, configured: string, isRefused: boolean][] = [
  ["127.0.0.1:8181", "127.0.0.1", false],
  ["127.1.2.3", "127.0.0.1", false],
  ["localhost:8181", "127.0.0.1", false],
  ["LOCALHOST", "127.0.0.1", false],
  ["bridge.localhost:1", "127.0.0.1", false],
  ["[::1]:8181", "127.0.0.1", false],
  ["linky.local:8181", "linky.local", false],
  ["linky.local.", "linky.local", false],
  ["192.168.1.5:8181", "192.168.1.5", false],
  ["192.168.1.5:8181", "0.0.0.0", false],
  ["[fd00::5]:8181", "::", false],
  ["192.168.1.5:8181", "127.0.0.1", true],
  ["evil.example:8181", "127.0.0.1", true],
  ["evil.example:8181", "0.0.0.0", true],
  ["127.0.0.1.evil.example", "127.0.0.1", true],
  ["localhost.evil.example", "127.0.0.1", true],
  ["notlocalhost", "127.0.0.1", true],
  ["evil.example@127.0.0.1", "127.0.0.1", true],
  ["127.0.0.1/../evil", "127.0.0.1", true],
  ["", "127.0.0.1", true],
  [undefined, "127.0.0.1", true],
];

for (const [host, configured, refused] of hosts)
  test(`called ${host ?? "nothing"} and listening on ${configured}: ${refused ? "refused" : "answered"}`, () => {
    assert.equal(isRefused(host === undefined ? {} : { host }, configured), refused);
  });

test("an origin has to be the very host that is called, its port included", () => {
  const host = "localhost:8181";
  for (const origin of ["http://localhost:8181", "https://localhost:8181"])
    assert.equal(isRefused({ host, origin }, "127.0.0.1"), false, origin);
  for (const origin of [
    "http://localhost",
    "http://localhost:8182",
    "http://127.0.0.1:8181",
    "https://evil.example",
    "null",
    "",
  ])
    assert.equal(isRefused({ host, origin }, "127.0.0.1"), true, origin);
});

const askers: readonly [ip: string, supervisor: Door["supervisor"], host: string, isRefused: boolean][] = [
  ["172.30.32.2", "only", "homeassistant.local:8123", false],
  ["::ffff:172.30.32.2", "only", "homeassistant.local:8123", false],
  ["172.30.32.2", "trusted", "homeassistant.local:8123", false],
  ["172.30.32.2", "absent", "homeassistant.local:8123", true],
  ["127.0.0.1", "only", "localhost:8181", false],
  ["::1", "only", "[::1]:8181", false],
  ["127.0.0.1", "only", "evil.example:8181", true],
  ["172.30.32.1", "only", "192.168.1.5:8181", true],
  ["172.30.33.4", "only", "172.30.33.5:8181", true],
  ["172.30.33.4", "trusted", "172.30.33.5:8181", false],
  ["192.168.1.20", "trusted", "evil.example", true],
];

for (const [ip, supervisor, host, refused] of askers)
  test(`${ip} calling ${host}, the Supervisor being ${supervisor}: ${refused ? "refused" : "answered"}`, () => {
    const ask = () =>
      refuseUnknown({ ip, headers: { host, origin: `http://${host}` } }, { host: "0.0.0.0", supervisor });
    if (refused) assert.throws(ask);
    else ask();
  });

suite("the API's door", () => {
  test("strangers are refused on every route, and nobody is given a CORS header", async (t) => {
    const { url } = await serve(t, partsOf(await StatisticsWorld.open(t)));
    for (const path of ["/health", "/api/statistics", "/api/energy", "/nowhere"]) {
      assert.equal(codeOf(await send(url + path, { headers: { host: "evil.example" } }), 403), "foreign_host");
      const cross = await send(url + path, { headers: { origin: "https://evil.example" } });
      assert.equal(codeOf(cross, 403), "foreign_origin");
      assert.ok(!Object.keys(cross.headers).some((name) => name.startsWith("access-control")));
    }
    const preflight = await send(`${url}/api/energy/apply`, {
      method: "OPTIONS",
      headers: { "access-control-request-method": "POST" },
    });
    assert.equal(codeOf(preflight, 405), "method_not_allowed");
    assert.ok(!Object.keys(preflight.headers).some((name) => name.startsWith("access-control")));
    const own = await send(`${url}/api/statistics`, { headers: { origin: url } });
    assert.equal(own.status, 200);
    assert.equal(own.headers["cache-control"], "no-cache, private");
  });

  test("only JSON is read, not too much of it, and only where there is a route", async (t) => {
    const { url } = await serve(t, partsOf(await StatisticsWorld.open(t)));
    const apply = `${url}/api/energy/apply`;
    const form = { method: "POST", headers: { "content-type": "text/plain" }, body: '{"confirm":true}' };
    assert.equal(codeOf(await send(apply, form), 415), "not_json");
    assert.equal(codeOf(await post(apply, "{"), 400), "invalid_request");
    assert.equal(codeOf(await post(apply, [1]), 400), "invalid_request");
    assert.equal(codeOf(await post(apply, { confirm: true, digest: "x".repeat(70_000) }), 413), "too_large");
    assert.equal(codeOf(await post(apply, { confirm: true, digest: "x", sudo: true }), 400), "invalid_request");
    const read = await send(apply);
    assert.equal(codeOf(read, 405), "method_not_allowed");
    assert.equal(read.headers.allow, "POST");
    assert.equal(codeOf(await send(`${url}/api/%`), 400), "invalid_request");
    assert.equal(codeOf(await send(`${url}/../etc/passwd`), 404), "not_found");
  });

  test("a port that another program holds is a warning, and the service goes on without the API", async (t) => {
    const world = await StatisticsWorld.open(t);
    const { url } = await serve(t, partsOf(world));
    const port = Number(new URL(url).port);
    assert.equal(await createServer({ parts: partsOf(world), log: silentLog(), host: "127.0.0.1", port }), null);
    assert.equal((await send(`${url}/health`)).status, 200);
    const options = { parts: partsOf(world), log: silentLog(), host: "127.0.0.1", port, orAnyPort: true };
    const elsewhere = await createServer(options);
    assert.ok(elsewhere);
    t.after(() => elsewhere.close());
    assert.notEqual(new URL(elsewhere.url).port, String(port));
    assert.equal((await send(`${elsewhere.url}/health`)).status, 200);
  });

  test("closing does not wait for whoever holds a connection open", { timeout: 10_000 }, async (t) => {
    const world = await StatisticsWorld.open(t);
    const server = await createServer({ parts: partsOf(world), log: silentLog(), host: "127.0.0.1", port: 0 });
    assert.ok(server);
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
    await once(socket, "connect");
    const closed = once(socket, "close");
    socket.on("error", () => undefined);
    await server.close();
    await closed;
  });

  test("what nobody foresaw is told to the log and not to the caller", async (t) => {
    const world = await StatisticsWorld.open(t);
    const store = { ...world.store, loadSeries: async () => Promise.reject(new Error("secret of the house")) };
    const { url } = await serve(t, { ...partsOf(world), store });
    const answer = await send(`${url}/api/statistics`);
    assert.equal(codeOf(answer, 500), "internal");
    assert.doesNotMatch(answer.text, /secret of the house/);
    assert.equal(jsonOf(await send(`${url}/health`)).status, "up");
  });
});
