import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { inspect } from "node:util";
import type { VictoriaMetricsSettings } from "../../../src/adapters/victoria-metrics/settings.ts";
import { createVictoriaMetrics } from "../../../src/adapters/victoria-metrics/victoria-metrics.ts";
import { instant } from "../../../src/domain/units.ts";
import { SteppedClock } from "../../../src/shared/clock.ts";
import { createLog, silentLog } from "../../../src/shared/log.ts";
import { ExportConflict, type Exporter } from "../../../src/sync/exports/exporter.ts";
import { byMonth, dailySeries, failureOf, wholeDay } from "../../contracts/exporter.ts";
import { freePort } from "../../support/broker.ts";
import { type FaultyProxy, startProxy, type Verdict } from "../../support/victoria-metrics.ts";
import { startLargerWins } from "./larger-wins.ts";
import { now } from "./world.ts";

const never = new AbortController().signal;
const yesterday = wholeDay("2026-11-20", 1080);
const batch = { series: dailySeries, days: [yesterday] };

const exporterTo = (writeUrl: string, settings: Partial<VictoriaMetricsSettings> = {}): Exporter =>
  createVictoriaMetrics({
    writeUrl,
    metricNames: "documented",
    tempoColors: "english",
    corrections: "replace",
    clock: new SteppedClock(instant(now)),
    log: silentLog(),
    ...settings,
  });

/** Whatever is asked, `verdict` answers. */
async function answering(t: TestContext, verdict: NonNullable<Verdict["instead"]>): Promise<FaultyProxy> {
  const proxy = await startProxy("http://127.0.0.1:9");
  proxy.onRequest = () => ({ instead: verdict });
  t.after(() => proxy.stop());
  return proxy;
}

for (const [name, verdict, reason, retry] of [
  ["a read-only storage", { status: 503, text: "storage is read-only" }, "server_error", "soon"],
  ["no backend behind vmauth", { status: 502, text: "all the backends are unavailable" }, "server_error", "soon"],
  ["a wrong login", { status: 401, text: "" }, "refused_login", "settings"],
  [
    "vmauth that does not know the token",
    { status: 400, text: 'cannot find the provided auth token "•" in config' },
    "refused_login",
    "settings",
  ],
  ["vmauth without a route", { status: 400, text: 'missing route for "/api/v1/export"' }, "no_route", "hourly"],
  ["a path that may not be used", { status: 403, text: "" }, "forbidden", "hourly"],
  ["a wrong base address", { status: 404, text: "not found" }, "wrong_url", "settings"],
  [
    "the path of a cluster on a single server",
    { status: 400, text: 'unsupported path requested: "/insert/0"' },
    "wrong_url",
    "settings",
  ],
  ["another program", { status: 200, text: "<html>Box</html>" }, "not_understood", "hourly"],
  ["a redirect", { status: 302, headers: { location: "https://127.0.0.1:9/" } }, "wrong_url", "settings"],
] as const)
  test(`${name} is ${reason}, tried again ${retry}`, async (t) => {
    const { url } = await answering(t, verdict);
    const failure = await failureOf(() => exporterTo(url).add(batch, never));
    assert.deepEqual([failure.reason, failure.retry], [reason, retry]);
    assert.ok(failure.text.fr.includes(url) && failure.text.en.includes(url));
  });

test("429 waits as long as it is told, and never longer than an hour", async (t) => {
  for (const [told, waitMs] of [
    ["120", 120_000],
    ["999999", 3_600_000],
    ["soon", null],
  ] as const) {
    const { url } = await answering(t, { status: 429, headers: { "retry-after": told } });
    const failure = await failureOf(() => exporterTo(url).add(batch, never));
    assert.deepEqual([failure.retry, failure.retryAfterMs], ["soon", waitMs]);
  }
});

test("an answer that does not come is given up after the limit, and is tried again soon", async (t) => {
  const proxy = await startProxy(await largerWins(t));
  t.after(() => proxy.stop());
  proxy.onRequest = () => ({ loseAnswer: true });
  const failure = await failureOf(() => exporterTo(proxy.url, { timeoutMs: 100 }).add(batch, never));
  assert.deepEqual([failure.reason, failure.retry], ["unreachable", "soon"]);
});

async function largerWins(t: TestContext): Promise<string> {
  const server = await startLargerWins({ deleteAuthKey: "sesame" });
  t.after(() => server.stop());
  return server.url;
}

test("where the larger value wins, a smaller one to add is a conflict, and its correction stands", async (t) => {
  const server = await startLargerWins({ deleteAuthKey: "sesame" });
  t.after(() => server.stop());
  const exporter = exporterTo(server.url, { deleteAuthKey: "sesame" });
  await exporter.open(never);
  await exporter.add(batch, never);
  const smaller = { series: dailySeries, days: [wholeDay("2026-11-20", 7)] };
  await assert.rejects(exporter.add(smaller, never), ExportConflict);
  assert.deepEqual(server.values(), [1080]);
  await exporter.correct(smaller, () => byMonth(smaller.days), never);
  assert.deepEqual(server.values(), [7]);
});

test("a deletion that is refused says what to do, and nothing is lost", async (t) => {
  const server = await startLargerWins({ deleteAuthKey: "sesame" });
  t.after(() => server.stop());
  const exporter = exporterTo(server.url, { deleteAuthKey: "wrong-key" });
  await exporter.open(never);
  await exporter.add(batch, never);
  const failure = await failureOf(() => exporter.correct(batch, () => byMonth(batch.days), never));
  assert.deepEqual([failure.reason, failure.retry], ["delete_refused", "hourly"]);
  assert.match(failure.text.en, /victoriametrics_corrections to append/);
  assert.deepEqual(server.values(), [1080]);
});

test("a deletion without effect is found, and nothing is sent on top of the former values", async (t) => {
  const proxy = await startProxy(await largerWins(t));
  t.after(() => proxy.stop());
  const exporter = exporterTo(proxy.url);
  await exporter.open(never);
  await exporter.add(batch, never);
  proxy.onRequest = ({ path }) => (path.endsWith("/delete_series") ? { instead: { status: 204 } } : undefined);
  const sent = proxy.seen.length;
  const failure = await failureOf(() => exporter.correct(batch, () => byMonth(batch.days), never));
  assert.deepEqual([failure.reason, failure.retry], ["delete_refused", "hourly"]);
  assert.ok(proxy.seen.slice(sent).every(({ path }) => path !== "/api/v1/import"));
});

test("a former value that comes back between deletion and import is found, and the next correction heals it", async (t) => {
  const server = await startLargerWins({ deleteAuthKey: "sesame" });
  const proxy = await startProxy(server.url);
  t.after(async () => {
    await proxy.stop();
    await server.stop();
  });
  const exporter = exporterTo(proxy.url, { deleteAuthKey: "sesame" });
  await exporter.open(never);
  const metric = { __name__: "myelectricaldata_consumption_wh", pdl: "12345678901234", type: "daily" };
  const late = { metric, values: [9999], timestamps: [yesterday.points[0]?.start] };
  proxy.onRequest = ({ path }) => {
    if (path === "/api/v1/import") server.write(JSON.stringify(late));
    return undefined;
  };
  const failure = await failureOf(() => exporter.correct(batch, () => byMonth(batch.days), never));
  assert.deepEqual([failure.reason, failure.retry], ["not_stored", "soon"]);
  proxy.onRequest = null;
  await exporter.correct(batch, () => byMonth(batch.days), never);
  assert.deepEqual(server.values(), [1080]);
});

test("a new series that shows late is waited for, up to 30 seconds", async (t) => {
  const proxy = await startProxy(await largerWins(t));
  t.after(() => proxy.stop());
  const clock = new SteppedClock(instant(now));
  let shownFrom = now + 10_000;
  proxy.onRequest = ({ path }) =>
    path === "/api/v1/export" && clock.now() < shownFrom ? { instead: { status: 200 } } : undefined;
  const exporter = exporterTo(proxy.url, { clock });
  await exporter.open(never);
  await exporter.add(batch, never);
  assert.ok(clock.now() - now < 12_000, `waited ${clock.now() - now} ms`);
  assert.equal(proxy.seen.filter(({ path }) => path === "/api/v1/import").length, 1);

  shownFrom = Number.POSITIVE_INFINITY;
  const from = clock.now();
  const later = exporterTo(proxy.url, { clock });
  await later.open(never);
  const failure = await failureOf(() => later.add(batch, never));
  assert.deepEqual([failure.reason, failure.retry], ["not_stored", "soon"]);
  assert.ok(clock.now() - from >= 30_000 && clock.now() - from < 32_000);
});

test("values from before what the server keeps are told where its settings cannot be read", async (t) => {
  const proxy = await startProxy(await largerWins(t));
  t.after(() => proxy.stop());
  // Drops what is older than the 19th, as a retention of two days does.
  proxy.onRequest = ({ path, body }) => {
    if (path === "/metrics") return { instead: { status: 400 } };
    if (path !== "/api/v1/export" || !body.includes("start=")) return undefined;
    const start = Number(new URLSearchParams(body.toString()).get("start")) * 1000;
    const line = {
      metric: { __name__: "myelectricaldata_consumption_wh", pdl: "12345678901234", type: "daily" },
      values: [1080],
      timestamps: [yesterday.points[0]?.start],
    };
    return start < now - 5 * 86_400_000 ? { instead: { status: 200, text: JSON.stringify(line) } } : undefined;
  };
  const days = [wholeDay("2026-11-01", 5), yesterday];
  const exporter = exporterTo(proxy.url);
  await exporter.open(never);
  const failure = await failureOf(() => exporter.add({ series: dailySeries, days }, never));
  assert.deepEqual([failure.reason, failure.retry], ["retention_too_short", "hourly"]);
  assert.match(failure.text.fr, /-retentionPeriod=100y/);
});

test("a day is read back over more than 40 days, which the server looks up by series, and holds its own values alone", async (t) => {
  const proxy = await startProxy(await largerWins(t));
  t.after(() => proxy.stop());
  const exporter = exporterTo(proxy.url);
  await exporter.open(never);
  await exporter.add({ series: dailySeries, days: [wholeDay("2026-11-19", 5)] }, never);
  await exporter.add(batch, never);
  const { body } = proxy.seen.findLast(({ path }) => path === "/api/v1/export") ?? {};
  const span = new URLSearchParams(body?.toString());
  const [start, end] = [Number(span.get("start")), Number(span.get("end"))];
  // Midnight in Paris, winter: 23:00 UTC of the day before.
  assert.equal(end, Date.parse("2026-11-19T23:00:00Z") / 1000);
  assert.equal((end - start) / 86_400, 41);
});

test("nothing more than two days ahead is sent", async (t) => {
  const server = await startLargerWins({ deleteAuthKey: "sesame" });
  t.after(() => server.stop());
  const exporter = exporterTo(server.url);
  const days = [wholeDay("2026-11-24", 5)];
  const failure = await failureOf(() => exporter.add({ series: dailySeries, days }, never));
  assert.equal(failure.reason, "too_far_ahead");
  assert.deepEqual(server.values(), []);
});

test("an address that is none, or holds a password, is refused without telling it", () => {
  for (const url of ["victoria", "ftp://host", "http://me:secret-word@host:8428"]) {
    let said = "";
    try {
      exporterTo(url);
    } catch (error) {
      said = inspect(error);
    }
    assert.match(said, /wrong_url/);
    assert.ok(!said.includes("secret-word"));
  }
});

test("the target names what is written to and how, and no secret", () => {
  const secrets = { password: "word-of-pass", token: "token-of-mine", headers: { "x-key": "header-of-mine" } };
  const target = (settings: Partial<VictoriaMetricsSettings>): string =>
    exporterTo("http://host:8428/", settings).target;
  assert.equal(target(secrets), target({}));
  assert.equal(target({ labels: { a: "1", b: "2" } }), target({ labels: { b: "2", a: "1" } }));
  const others = [{ labels: { a: "1" } }, { metricNames: "prometheus" }, { tempoColors: "french" }] as const;
  assert.equal(new Set([target({}), ...others.map(target)]).size, 4);
});

test("at the finest level no line, no failure and no finding tells a secret, even where the server repeats it", async (t) => {
  const secrets = ["word-of-pass", "token-of-mine", "header-of-mine", "key-of-deletion"] as const;
  const [password, token, header, deleteAuthKey] = secrets;
  const basic = Buffer.from(`linky:${password}`).toString("base64");
  const lines: string[] = [];
  const write = (line: string): boolean => lines.push(line) > 0;
  const log = createLog({ level: "trace", format: "json" }, Object.assign(Object.create(process.stdout), { write }));
  const text = `request Basic ${basic} (${basic}) Bearer ${token} ${header} authKey=${deleteAuthKey} refused`;
  for (const verdict of [
    { status: 400, text },
    { status: 503, text },
    { status: 200, text },
  ]) {
    const { url } = await answering(t, verdict);
    for (const login of [{ username: "linky", password }, { token }]) {
      const exporter = exporterTo(url, { ...login, headers: { "x-key": header }, deleteAuthKey, log });
      const failure = await failureOf(() => exporter.add(batch, never));
      log.error({ err: failure }, "failed");
      const told = `${inspect(failure, { depth: 10 })}${JSON.stringify(await exporter.test(never))}${lines.join("")}`;
      for (const secret of [...secrets, basic]) assert.ok(!told.includes(secret), `${secret} in ${told}`);
    }
  }
  assert.ok(lines.length > 6);
});

test("a port that nobody listens on is tried again soon", async () => {
  const failure = await failureOf(async () => exporterTo(`http://127.0.0.1:${await freePort()}`).open(never));
  assert.deepEqual([failure.reason, failure.retry], ["unreachable", "soon"]);
});
