import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { localDate } from "../../../src/domain/calendar.ts";
import { byMonth, dailySeries, failureOf, halfHourSeries, halfHours, wholeDay } from "../../contracts/exporter.ts";
import {
  skipWithoutVictoriaMetrics,
  startVictoriaMetrics,
  type VictoriaMetricsServer,
} from "../../support/victoria-metrics.ts";
import { openWorld } from "./world.ts";

const never = new AbortController().signal;
const skip = skipWithoutVictoriaMetrics();

suite("a server that keeps a month, without dedup, behind a login", { skip }, () => {
  const login = { username: "linky", password: "pass-word-of-the-house" };
  let server: VictoriaMetricsServer;
  before(async () => {
    server = await startVictoriaMetrics(["-retentionPeriod=1", "-deleteAuthKey=key-to-delete-with"], { login });
  });
  after(() => server.stop());

  test("older values are refused before anything is sent, with the remedy", async (t) => {
    const { exporter, proxy, read } = await openWorld(t, server);
    const victoria = exporter(login);
    await victoria.open(never);
    const days = [wholeDay("2026-09-01", 5), wholeDay("2026-11-20", 6)];
    const failure = await failureOf(() => victoria.add({ series: dailySeries, days }, never));
    assert.deepEqual([failure.reason, failure.retry], ["retention_too_short", "hourly"]);
    assert.match(failure.text.fr, /-retentionPeriod=100y/);
    assert.match(failure.text.en, /-retentionPeriod=1,/);
    assert.ok(proxy.seen.every(({ path }) => path === "/metrics"));
    assert.deepEqual(await read(dailySeries), []);
  });

  test("a correction of a history that is older is refused before anything is deleted", async (t) => {
    const { exporter, proxy } = await openWorld(t, server);
    const victoria = exporter(login);
    await victoria.open(never);
    const days = [wholeDay("2026-11-20", 6)];
    const whole = [wholeDay("2026-09-01", 5), ...days];
    const failure = await failureOf(() => victoria.correct({ series: dailySeries, days }, () => byMonth(whole), never));
    assert.equal(failure.reason, "retention_too_short");
    assert.ok(proxy.seen.every(({ path }) => path === "/metrics"));
  });

  test("the test tells retention, duplicates and the key for deletion, and that the rest works", async (t) => {
    const { exporter } = await openWorld(t, server);
    const findings = await exporter(login).test(never);
    assert.deepEqual(
      findings.map(({ ok }) => ok),
      // reached, login, write, read; deletion; retention; duplicates
      [true, true, true, true, false, false, true],
    );
    assert.match(findings[4]?.text.en ?? "", /victoriametrics_delete_auth_key/);
    assert.match(findings[5]?.text.en ?? "", /-retentionPeriod=1\).*-retentionPeriod=100y/);
    assert.match(findings[6]?.text.en ?? "", /read back first/);
    const appending = await exporter({ ...login, corrections: "append" }).test(never);
    assert.equal(appending.length, 6, "without corrections by deletion nobody needs its key");
  });

  test("a wrong password is found by a real request, and asks for other settings", async (t) => {
    const { exporter } = await openWorld(t, server);
    const victoria = exporter({ ...login, password: "another" });
    assert.deepEqual(
      (await victoria.test(never)).map(({ ok }) => ok),
      [true, false],
    );
    const failure = await failureOf(() => victoria.holds(dailySeries, wholeDay("2026-11-20", 6), never));
    assert.deepEqual([failure.reason, failure.retry], ["refused_login", "settings"]);
  });

  test("the authorization may come in a header of the user's", async (t) => {
    const { exporter } = await openWorld(t, server);
    const authorization = `Basic ${Buffer.from(`${login.username}:${login.password}`).toString("base64")}`;
    const findings = await exporter({ headers: { Authorization: authorization } }).test(never);
    assert.ok(findings[1]?.ok);
  });

  test("the path of a cluster is not the one of a single server, and the test says so", async (t) => {
    const { exporter, proxy } = await openWorld(t, server);
    const [, found] = await exporter({ ...login, writeUrl: `${proxy.url}/insert/0/prometheus` }).test(never);
    assert.equal(found?.ok, false);
    assert.match(found?.text.en ?? "", /not the right base address/);
  });

  test("where one address writes and another reads, each is tried", async (t) => {
    const { exporter, proxy } = await openWorld(t, server);
    const findings = await exporter({
      ...login,
      writeUrl: `${proxy.url}/wrong`,
      readUrl: proxy.url,
      deleteUrl: `${proxy.url}/prometheus`,
      deleteAuthKey: "key-to-delete-with",
    }).test(never);
    assert.deepEqual(
      findings.slice(0, 5).map(({ ok }) => ok),
      [true, true, false, true, true],
    );
  });
});

suite("a server whose dedup is an hour", { skip }, () => {
  let server: VictoriaMetricsServer;
  before(async () => {
    server = await startVictoriaMetrics(["-retentionPeriod=100y", "-dedup.minScrapeInterval=1h"]);
  });
  after(() => server.stop());

  test("half-hours that it drops are told with the flag that drops them, by the export and by the test", async (t) => {
    const { exporter } = await openWorld(t, server);
    const victoria = exporter();
    await victoria.open(never);
    const batch = { series: halfHourSeries, days: [halfHours("2026-11-19", 1)] };
    const failure = await failureOf(() => victoria.add(batch, never));
    assert.deepEqual([failure.reason, failure.retry], ["dedup_too_long", "hourly"]);
    assert.match(failure.text.en, /-dedup\.minScrapeInterval=1ms/);
    const findings = await victoria.test(never);
    assert.match(findings.find(({ ok }) => !ok)?.text.en ?? "", /3600 s/);
  });
});

suite("a server that keeps ten years", { skip }, () => {
  let server: VictoriaMetricsServer;
  before(async () => {
    server = await startVictoriaMetrics(["-retentionPeriod=10y", "-dedup.minScrapeInterval=1ms"]);
  });
  after(() => server.stop());

  test("is brought the signals that it keeps, and everything of a meter", async (t) => {
    const { exporter } = await openWorld(t, server);
    const victoria = exporter();
    const today = localDate("2026-11-21");
    assert.equal(victoria.oldest({ kind: "tempo_color" }, today), null, "nothing is known of the server yet");
    await victoria.open(never);
    // 10 × 365 days before 2026-11-21, 08:00 UTC is 2016-11-23; its beginning is gone, and a day is left as a margin.
    assert.equal(victoria.oldest({ kind: "tempo_color" }, today), "2016-11-25");
    assert.equal(victoria.oldest({ kind: "tempo_remaining", color: "BLEU" }, today), "2016-11-25");
    assert.equal(victoria.oldest(dailySeries, today), null);
  });

  test("rewrites a count that was corrected, although it showed more of the past than it will be sent", async (t) => {
    const { exporter } = await openWorld(t, server);
    const victoria = exporter();
    await victoria.open(never);
    const series = { kind: "tempo_remaining", color: "BLEU" } as const;
    const days = [wholeDay("2026-11-19", 220), wholeDay("2026-11-20", 219)];
    await victoria.add({ series, days: [wholeDay("2026-11-18", 300), ...days] }, never);
    const corrected = wholeDay("2026-11-19", 219);
    const whole = () => byMonth([corrected, wholeDay("2026-11-20", 219)]);
    await victoria.correct({ series, days: [corrected] }, whole, never);
    const [shown] = await server.read('{__name__="myelectricaldata_tempo_remaining",color="blue"}');
    assert.deepEqual(shown?.values, [219, 219]);
  });
});
