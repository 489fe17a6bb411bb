import assert from "node:assert/strict";
import { test } from "node:test";
import { hourMs, instant } from "../../../src/domain/units.ts";
import { SteppedClock } from "../../../src/shared/clock.ts";
import { redact } from "../../../src/shared/log.ts";
import {
  adminToken,
  answering,
  core,
  failureOf,
  friendly,
  open,
  proxy,
  readerToken,
  runningConfig,
  scripted,
  startDouble,
  unknownCommand,
} from "./support.ts";

test("a session tells version, time zone and currency", async (t) => {
  const { url } = await startDouble(t);
  const session = await open(core(url));
  assert.deepEqual(session.facts, { version: "2026.11.1", timeZone: "Europe/Paris", currency: "EUR" });
  await session.close();
});

test("the Supervisor's proxy is entered with the app's own token", async (t) => {
  const { url } = await startDouble(t);
  const session = await open(proxy(url));
  assert.equal(session.facts.version, "2026.11.1");
  assert.deepEqual(await session.listStatistics(), []);
  await session.close();
});

test("a wrong token is tried once and told as such, without being repeated", async (t) => {
  const { double, url } = await startDouble(t);
  const wrong = "eyJhbGciOiJIUzI1NiJ9.madeup.signature";
  const { reason, text, message } = await failureOf(open(core(url, wrong)));
  assert.equal(reason, "token");
  assert.match(text.fr, /refuse le jeton .* Créez-en un autre avec un compte administrateur/);
  assert.match(text.en, /refuses the token.* Make another one with an administrator's account/);
  assert.doesNotMatch(text.fr + text.en + message, /madeup/);
  assert.equal(double.traffic.connections, 1);
  assert.equal(redact(`a line with ${wrong}`), "a line with •••");
});

test("a token that the Supervisor does not know asks for a restart of the app", async (t) => {
  const { url } = await startDouble(t);
  const { reason, text } = await failureOf(open(proxy(url, "another-token")));
  assert.equal(reason, "token");
  assert.match(text.fr, /^Le superviseur refuse .*Redémarrez l'application/);
  assert.match(text.en, /^The Supervisor refuses .*Restart the app/);
});

test("an older Home Assistant is told with both versions, a development build is read as its release", async (t) => {
  const old = await startDouble(t, { version: "2025.10.4" });
  const { reason, text } = await failureOf(open(core(old.url)));
  assert.equal(reason, "too_old");
  assert.match(text.fr, /2025\.10\.4 < 2025\.11\.0\. Mettez-le à jour/);
  assert.match(text.en, /2025\.10\.4 < 2025\.11\.0\. Update it/);
});

test("while Home Assistant starts, open waits, and goes on as soon as recorder and energy are there", async (t) => {
  const { double, url } = await startDouble(t, { starting: { unknownCommandMs: 100, energyLagMs: 100 } });
  const session = await open(core(url), { timing: { readyPauseMs: 20 } });
  assert.ok(double.traffic.count("get_config") > 2);
  assert.deepEqual(await session.listStatistics(), []);
  assert.equal(await session.loadPreferences(), null);
  await session.close();
});

test("Home Assistant that never finishes starting is not ready after the clock's bound, and the connection is let go", async (t) => {
  const { double, url } = await startDouble(t, { starting: { unknownCommandMs: hourMs } });
  const clock = new SteppedClock(instant(0));
  const { reason, text } = await failureOf(open(core(url), { clock, timing: { readyMs: 5_000, readyPauseMs: 1_000 } }));
  assert.equal(reason, "not_ready");
  assert.match(text.fr, /n'a pas fini de démarrer \(NOT_RUNNING\)/);
  assert.match(text.en, /has not finished starting \(NOT_RUNNING\)/);
  // Looks at 0, 1, 2, 3, 4 and 5 seconds.
  assert.equal(double.traffic.count("get_config"), 6);
  assert.equal(clock.now(), 5_000);
});

test("Home Assistant that runs without its recorder is told as such, and let go", { timeout: 10_000 }, async (t) => {
  const closed = Promise.withResolvers<void>();
  const url = await scripted(t, (socket) => {
    socket.on("close", () => closed.resolve());
    socket.send(JSON.stringify({ type: "auth_required" }));
    socket.on("message", (data) => {
      const { id, type } = JSON.parse(data.toString());
      const result = { ...runningConfig, components: ["api"] };
      socket.send(
        JSON.stringify(type === "auth" ? { type: "auth_ok" } : { id, type: "result", success: true, result }),
      );
    });
  });
  const clock = new SteppedClock(instant(0));
  const { reason, text } = await failureOf(open(core(url), { clock, timing: { readyMs: 1_000 } }));
  assert.equal(reason, "not_ready");
  assert.match(text.fr, /sans son enregistreur/);
  await closed.promise;
});

test("a proxy whose core is down answers 502, or lets in and closes: both are not ready", async (t) => {
  const { double, url } = await startDouble(t);
  double.down();
  const refused = await failureOf(open(proxy(url)));
  assert.equal(refused.reason, "not_ready");
  assert.match(refused.text.fr, /pas encore Home Assistant lui-même \(HTTP 502\)/);
  double.down({ proxyLetsIn: true });
  const closed = await failureOf(open(proxy(url)));
  assert.equal(closed.reason, "not_ready");
  double.up();
  await (await open(proxy(url))).close();
});

test("a core that is down is unreachable, and is there again once it is up", async (t) => {
  const { double, url } = await startDouble(t);
  double.down();
  assert.equal((await failureOf(open(core(url)))).reason, "unreachable");
  double.up();
  await (await open(core(url))).close();
});

test("a connection that breaks before or after the login is unreachable", async (t) => {
  const { double, url } = await startDouble(t);
  for (const point of ["before_auth", "after_auth"] as const) {
    double.dropNext(point);
    assert.equal((await failureOf(open(core(url)))).reason, "unreachable", point);
  }
});

test("an account that is told to be no administrator is refused before anything is written", async (t) => {
  const url = await scripted(
    t,
    friendly(({ type }, reply) =>
      reply(type === "auth/current_user" ? { success: true, result: { is_admin: false } } : unknownCommand),
    ),
  );
  const { reason, text } = await failureOf(open(core(url)));
  assert.equal(reason, "not_admin");
  assert.match(text.fr, /Créez le jeton avec un compte administrateur/);
  assert.match(text.en, /Make the token with an administrator's account/);
});

test("an account of which nothing is told is found out at the first write", async (t) => {
  const { double, url } = await startDouble(t);
  const session = await open(core(url, readerToken));
  t.after(() => session.close());
  const metadata = { statisticId: "linky_bridge:a", source: "linky_bridge", name: null, unit: "kWh", unitClass: null };
  const failure = await failureOf(session.importRows({ ...metadata, hasSum: true }, []));
  assert.equal(failure.reason, "not_admin");
  assert.deepEqual(await session.listStatistics(), []);
  assert.deepEqual(double.ids(), []);
});

test("HTTP answers in place of a websocket are told apart", async (t) => {
  const cases = [
    ["404 Not Found", "unreachable", /n'est pas Home Assistant \(HTTP 404\)/],
    ["403 Forbidden", "unreachable", /ip_bans\.yaml/],
    ["503 Service Unavailable", "not_ready", /\(HTTP 503\)/],
    ["301 Moved\r\nlocation: https://ha.example/api?token=1", "unreachable", /ailleurs \(https:\/\/ha\.example\)/],
  ] as const;
  for (const [head, reason, sentence] of cases) {
    const failure = await failureOf(open(core(await answering(t, head))));
    assert.equal(failure.reason, reason, head);
    assert.match(failure.text.fr, sentence);
  }
  const supervisor = await failureOf(open(proxy(await answering(t, "401 Unauthorized"))));
  assert.equal(supervisor.reason, "token");
});

test("an abort during open ends it with the signal's reason", async (t) => {
  const { url } = await startDouble(t, { starting: { unknownCommandMs: hourMs } });
  const stop = new AbortController();
  const opening = open(core(url), { signal: stop.signal });
  stop.abort(new Error("shutting down"));
  await assert.rejects(opening, { message: "shutting down" });
  await assert.rejects(open(core(url), { signal: stop.signal }), { message: "shutting down" });
});

test("an abort afterwards ends the session and what waits in it", async (t) => {
  const url = await scripted(
    t,
    friendly(({ type }, reply) => {
      if (type === "auth/current_user") reply(unknownCommand);
    }),
  );
  const stop = new AbortController();
  const session = await open(core(url, adminToken), { signal: stop.signal });
  const waiting = session.listStatistics();
  stop.abort(new Error("shutting down"));
  await assert.rejects(waiting, { message: "shutting down" });
  await assert.rejects(session.loadPreferences(), { message: "shutting down" });
  await session.close();
});
