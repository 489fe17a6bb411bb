import assert from "node:assert/strict";
import { test } from "node:test";
import { labelValues, metricReference } from "../../../src/adapters/prometheus/reference.ts";
import { localDate } from "../../../src/domain/calendar.ts";
import { instant, usagePointId } from "../../../src/domain/units.ts";
import type { ExportRun } from "../../../src/sync/exports/destination.ts";
import type { CallResult } from "../../../src/sync/fetch.ts";
import type { Call, Candidate } from "../../../src/sync/plan/call.ts";
import type { PassEnd } from "../../../src/sync/service.ts";
import { at, knownFlow, knownMeter, knownSnapshot, unknownSnapshot } from "../../support/snapshots.ts";
import { facts, recorderWorld } from "./world.ts";

const pdl = "01234567890123";
const seconds = (text: string): number => Date.parse(text) / 1000;

test("the values of the meters are shown as they are known, in Wh, euros and VA", async () => {
  const { recorder, scrape } = recorderWorld();
  const meter = knownMeter({ flows: [knownFlow(), knownFlow("production")] });
  await recorder.publish(knownSnapshot({ usagePoints: [meter] }));
  const samples = await scrape();
  for (const flow of ["consumption", "production"]) {
    assert.equal(samples.get(`myelectricaldata_${flow}_wh{pdl="${pdl}",type="daily"}`), 12_345);
    assert.equal(samples.get(`myelectricaldata_${flow}_wh{pdl="${pdl}",type="monthly"}`), 250_001);
  }
  assert.equal(samples.get(`myelectricaldata_cost_eur{pdl="${pdl}",type="daily"}`), 1.85025);
  assert.equal(samples.get(`myelectricaldata_cost_eur{pdl="${pdl}",type="monthly"}`), 36.123456);
  assert.equal(samples.get(`myelectricaldata_max_power_va{pdl="${pdl}"}`), 5980);
  // 20 November ends at midnight in Paris, 23:00 UTC.
  assert.equal(
    samples.get(`linky_bridge_data_latest_timestamp_seconds{pdl="${pdl}",direction="consumption",resolution="daily"}`),
    seconds("2026-11-20T23:00:00Z"),
  );
});

test("Tempo is one 1 and two 0, EcoWatt the level of the hour", async () => {
  const { recorder, scrape } = recorderWorld();
  await recorder.publish(knownSnapshot());
  const samples = await scrape();
  assert.deepEqual(
    ["blue", "white", "red"].map((color) => samples.get(`myelectricaldata_tempo_color{color="${color}"}`)),
    [0, 1, 0],
  );
  assert.deepEqual(
    ["blue", "white", "red"].map((color) => samples.get(`myelectricaldata_tempo_remaining{color="${color}"}`)),
    [222, 40, 21],
  );
  assert.equal(samples.get('myelectricaldata_ecowatt_level{region="france"}'), 1);
  assert.equal(samples.get("linky_bridge_gateway_quota_remaining"), 38);
});

test("nothing known is nothing shown: no gauge of 0", async () => {
  const { recorder, scrape } = recorderWorld();
  await recorder.publish(unknownSnapshot());
  const names = [...(await scrape()).keys()];
  assert.deepEqual(
    names.filter((name) => name.startsWith("myelectricaldata_") && !name.startsWith("myelectricaldata_export_")),
    [],
  );
  assert.ok(!names.includes("linky_bridge_gateway_quota_remaining"));
});

test("what the snapshot does not tell of now is dropped, but for the time it was known until", async () => {
  const { recorder, clock, scrape } = recorderWorld();
  await recorder.publish(knownSnapshot());
  const has = async (name: string): Promise<boolean> => (await scrape()).has(name);
  const daily = `myelectricaldata_consumption_wh{pdl="${pdl}",type="daily"}`;
  const ecowatt = 'myelectricaldata_ecowatt_level{region="france"}';

  clock.set(at("2026-11-21T09:59:00Z"));
  assert.equal((await scrape()).get(ecowatt), 2, "the hour that was forecast");
  clock.set(at("2026-11-21T12:00:00Z"));
  assert.equal(await has(ecowatt), false, "four hours are known, from 08:00 to 12:00 UTC");

  clock.set(at("2026-11-22T04:59:00Z"));
  assert.equal((await scrape()).get('myelectricaldata_tempo_color{color="white"}'), 1);
  assert.equal(await has("linky_bridge_gateway_quota_remaining"), false, "another UTC day");
  clock.set(at("2026-11-22T05:00:00Z"));
  for (const color of ["blue", "white", "red"]) {
    assert.equal(await has(`myelectricaldata_tempo_color{color="${color}"}`), false, "nobody has announced it");
    assert.equal(await has(`myelectricaldata_tempo_remaining{color="${color}"}`), false);
  }

  // The 20th ends at 23:00 UTC; three days later it is still the latest known.
  clock.set(at("2026-11-23T23:00:00Z"));
  assert.equal(await has(daily), true);
  clock.set(at("2026-11-23T23:00:01Z"));
  const later = await scrape();
  for (const name of [daily, daily.replace("daily", "monthly"), `myelectricaldata_max_power_va{pdl="${pdl}"}`])
    assert.equal(later.has(name), false, name);
  assert.equal(later.has(`myelectricaldata_cost_eur{pdl="${pdl}",type="daily"}`), false);
  assert.equal(
    later.get(`linky_bridge_data_latest_timestamp_seconds{pdl="${pdl}",direction="consumption",resolution="daily"}`),
    seconds("2026-11-20T23:00:00Z"),
  );
});

test("a colour that was announced for tomorrow holds from six o'clock on", async () => {
  const { recorder, clock, scrape } = recorderWorld();
  const known = knownSnapshot();
  const tomorrow = { date: localDate("2026-11-22"), color: "ROUGE", announcedAt: null } as const;
  await recorder.publish({ ...known, tempo: { ...known.tempo, tomorrow } });
  clock.set(at("2026-11-22T05:00:00Z"));
  const samples = await scrape();
  assert.equal(samples.get('myelectricaldata_tempo_color{color="red"}'), 1);
  assert.equal(samples.get('myelectricaldata_tempo_color{color="white"}'), 0);
});

test("a meter that is gone from the snapshot is gone from the scrape", async () => {
  const { recorder, scrape } = recorderWorld();
  await recorder.publish(knownSnapshot());
  assert.ok([...(await scrape()).keys()].some((name) => name.includes(pdl)));
  await recorder.publish(knownSnapshot({ usagePoints: [] }));
  assert.ok(![...(await scrape()).keys()].some((name) => name.includes(pdl)));
});

test("the store's facts are there, and its outage is a value", async () => {
  let isDown = false;
  const { recorder, scrape } = recorderWorld({
    facts: async () => (isDown ? Promise.reject(new Error("gone")) : facts),
  });
  await recorder.publish(knownSnapshot());
  const missing = `linky_bridge_missing_days{pdl="${pdl}",direction="consumption",resolution="30min"}`;
  const up = await scrape();
  assert.equal(up.get(missing), 7);
  assert.equal(up.get(missing.replace("30min", "daily")), 3);
  assert.equal(up.get('linky_bridge_corrections_total{direction="consumption"}'), 4);
  assert.equal(up.get('linky_bridge_corrections_total{direction="production"}'), 0);
  assert.equal(up.get("linky_bridge_database_up"), 1);
  assert.equal(up.get('linky_bridge_build_info{version="1.2.3"}'), 1);
  isDown = true;
  const down = await scrape();
  assert.equal(down.get("linky_bridge_database_up"), 0);
  assert.equal(down.has(missing), false);
  assert.equal(down.get('linky_bridge_corrections_total{direction="consumption"}'), 4, "a counter is not lost");
  assert.equal(down.get(`myelectricaldata_max_power_va{pdl="${pdl}"}`), 5980, "what was shown before is still known");
});

test("a database that never answers holds up no scrape", { timeout: 5_000 }, async () => {
  const { scrape } = recorderWorld({ facts: () => new Promise(() => undefined) }, { databaseTimeoutMs: 10 });
  assert.equal((await scrape()).get("linky_bridge_database_up"), 0);
});

test("without a broker nothing is said of one", async () => {
  assert.equal((await recorderWorld().scrape()).get("linky_bridge_mqtt_connected"), 1);
  const away = recorderWorld({ isMqttConnected: () => false });
  assert.equal((await away.scrape()).get("linky_bridge_mqtt_connected"), 0);
  const none = recorderWorld({ isMqttConnected: () => null });
  assert.equal((await none.scrape()).has("linky_bridge_mqtt_connected"), false);
});

const candidate = (call: Call): Candidate => ({ call, reason: "usage", dueAt: instant(0), rank: 0 });
const ended = (outcome: CallResult["outcome"]): CallResult => ({ outcome, written: 0, message: null, clock: null });
const period = { from: localDate("2026-11-01"), to: localDate("2026-11-07") };

test("calls are counted by what is asked and what is answered, and begin at 0", async () => {
  const { recorder, clock, scrape } = recorderWorld();
  const curve = candidate({
    kind: "curve",
    usagePoint: usagePointId(pdl),
    flow: "consumption",
    period,
    route: "recent",
  });
  const name = (endpoint: string, code: string): string =>
    `linky_bridge_gateway_requests_total{endpoint="${endpoint}",code="${code}"}`;
  const before = await scrape();
  assert.equal(before.get(name("consumption_curve", "data")), 0);
  assert.equal(before.get(name("tempo", "unavailable")), 0);
  recorder.observeCall({ candidate: curve, result: null });
  clock.set(at("2026-11-21T08:00:05Z"));
  recorder.observeCall({ candidate: curve, result: ended("data") });
  recorder.observeCall({ candidate: candidate({ kind: "tempo", from: null }), result: ended("unavailable") });
  const samples = await scrape();
  assert.equal(samples.get(name("consumption_curve", "data")), 1);
  assert.equal(samples.get(name("tempo", "unavailable")), 1);
  assert.equal(samples.get(name("tempo", "data")), 0);
  assert.equal(
    samples.get('linky_bridge_last_attempt_timestamp_seconds{task="gateway"}'),
    seconds("2026-11-21T08:00:00Z"),
  );
  assert.equal([...samples.keys()].filter((one) => one.includes("gateway_requests")).length, 12 * 10);
});

test("every call that can be made has its endpoint among the label's values", () => {
  const usagePoint = usagePointId(pdl);
  const calls: readonly Call[] = [
    { kind: "usage_points" },
    { kind: "usage" },
    { kind: "contract", usagePoint },
    { kind: "address", usagePoint },
    { kind: "curve", usagePoint, flow: "production", period, route: "hole" },
    { kind: "daily", usagePoint, flow: "production", period },
    { kind: "max_power", usagePoint, period },
    { kind: "tempo", from: null },
    { kind: "ecowatt", period },
    { kind: "offers" },
  ];
  const { recorder } = recorderWorld();
  return (async () => {
    for (const call of calls) recorder.observeCall({ candidate: candidate(call), result: ended("data") });
    const text = await recorder.write();
    const endpoints = new Set([...text.matchAll(/endpoint="(\w+)"/g)].map(([, endpoint]) => endpoint));
    assert.deepEqual([...endpoints].sort(), [...labelValues.endpoint].sort());
  })();
});

const round = (result: PassEnd["result"], startedAt = "2026-11-21T08:00:00Z", tookMs = 1_000): PassEnd => ({
  startedAt: at(startedAt),
  completedAt: instant(at(startedAt) + tookMs),
  result,
});

const rounds = (samples: ReadonlyMap<string, number>): readonly (number | undefined)[] =>
  ["success", "error", "skipped"].map((status) =>
    samples.get(`linky_bridge_sync_total{source="gateway",status="${status}"}`),
  );

test("rounds are counted: one failed call makes an error, and one without calls is skipped and has no duration", async () => {
  const { recorder, scrape } = recorderWorld();
  const cases: readonly (readonly [PassEnd, readonly number[]])[] = [
    [round({ calls: 3, failed: 0 }), [1, 0, 0]],
    [round({ calls: 3, failed: 1 }), [1, 1, 0]],
    [round({ calls: 1, failed: 1 }, "2026-11-21T08:01:00Z", 2_500), [1, 2, 0]],
    [round({ calls: 0, failed: 0 }), [1, 2, 1]],
    [round(null), [1, 3, 1]],
  ];
  for (const [pass, counted] of cases) {
    recorder.observePass(pass);
    assert.deepEqual(rounds(await scrape()), counted);
  }
  assert.equal((await scrape()).get('linky_bridge_sync_duration_seconds{source="gateway"}'), 2.5);
});

test("the gateway's last success moves with rounds that are no error", async () => {
  const { recorder, scrape } = recorderWorld();
  const { bridge } = knownSnapshot();
  const answeredAt = (text: string) =>
    recorder.publish(knownSnapshot({ bridge: { ...bridge, lastSyncAt: at(`2026-11-21T${text}Z`) } }));
  const success = async (): Promise<string> => {
    const value = (await scrape()).get('linky_bridge_last_success_timestamp_seconds{task="gateway"}');
    return new Date((value ?? 0) * 1000).toISOString().slice(11, 16);
  };
  // What the store remembers of earlier processes.
  await answeredAt("07:30:00");
  assert.equal(await success(), "07:30");
  // One of two calls is answered, the other one is not.
  await answeredAt("08:00:00");
  recorder.observePass(round({ calls: 2, failed: 1 }));
  assert.equal(await success(), "07:30");
  recorder.observePass(round({ calls: 0, failed: 0 }));
  assert.equal(await success(), "07:30", "nothing was asked since");
  await answeredAt("09:00:00");
  recorder.observePass(round({ calls: 2, failed: 0 }));
  assert.equal(await success(), "09:00");
  recorder.observePass(round(null));
  assert.equal(await success(), "09:00");
});

const run = (status: ExportRun["status"], records: number, startedAt: string, tookMs: number): ExportRun => ({
  status,
  records,
  waitingCorrections: 2,
  startedAt: at(startedAt),
  completedAt: instant(at(startedAt) + tookMs),
  problem: status === "success" ? null : { fr: "Injoignable.", en: "Unreachable." },
});

test("exports are counted under the names of boards, from 0 on, and only of what is set", async () => {
  const { recorder, scrape } = recorderWorld();
  const total = (destination: string, status: string): string =>
    `myelectricaldata_export_total{destination="${destination}",status="${status}"}`;
  const before = await scrape();
  assert.equal(before.get(total("victoriametrics", "success")), 0);
  assert.equal(before.get(total("jeedom", "error")), 0);
  assert.equal(before.get('myelectricaldata_export_records_total{destination="jeedom"}'), 0);
  assert.equal(before.get('linky_bridge_export_run_duration_seconds_count{destination="jeedom"}'), 0);
  assert.equal(before.has(total("homeassistant_states", "success")), false);
  assert.equal(before.has('linky_bridge_export_up{destination="jeedom"}'), false);

  recorder.observeExportRun("victoriametrics", run("failed", 0, "2026-11-21T08:00:00Z", 15_000));
  recorder.observeExportRun("victoriametrics", run("partial", 40, "2026-11-21T08:10:00Z", 700));
  const down = await scrape();
  assert.equal(down.get('linky_bridge_export_up{destination="victoriametrics"}'), 0);
  recorder.observeExportRun("victoriametrics", run("success", 60, "2026-11-21T08:20:00Z", 400));
  recorder.observeExportRun("victoriametrics", run("success", 0, "2026-11-21T09:20:00Z", 50));
  const samples = await scrape();
  assert.equal(samples.get(total("victoriametrics", "success")), 2);
  assert.equal(samples.get(total("victoriametrics", "error")), 2);
  assert.equal(samples.get('myelectricaldata_export_records_total{destination="victoriametrics"}'), 100); // 40 + 60
  assert.equal(samples.get('linky_bridge_export_retries_total{destination="victoriametrics"}'), 2);
  assert.equal(samples.get('myelectricaldata_export_duration_seconds{destination="victoriametrics"}'), 0.05);
  assert.equal(samples.get('linky_bridge_export_waiting_corrections{destination="victoriametrics"}'), 2);
  assert.equal(samples.get('linky_bridge_export_up{destination="victoriametrics"}'), 1);
  const bucket = (le: string): number | undefined =>
    samples.get(`linky_bridge_export_run_duration_seconds_bucket{le="${le}",destination="victoriametrics"}`);
  // 0.05, 0.4, 0.7 and 15 seconds.
  assert.deepEqual(["0.1", "0.5", "1", "5", "30"].map(bucket), [1, 2, 3, 3, 4]);
});

test("the last attempt and success of a task are this process's, else what the store remembers", async () => {
  const { recorder, scrape } = recorderWorld();
  await recorder.publish(knownSnapshot());
  const time = (samples: ReadonlyMap<string, number>, which: string, task: string): number | undefined =>
    samples.get(`linky_bridge_last_${which}_timestamp_seconds{task="${task}"}`);
  const before = await scrape();
  assert.equal(time(before, "success", "gateway"), seconds("2026-11-21T07:30:00Z"));
  assert.equal(time(before, "success", "home_assistant"), seconds("2026-11-21T07:30:00Z"));
  assert.equal(time(before, "attempt", "victoriametrics"), seconds("2026-11-21T06:00:00Z"));
  assert.equal(time(before, "success", "jeedom"), undefined);
  recorder.observeExportRun("victoriametrics", run("success", 1, "2026-11-21T08:20:00Z", 1_000));
  recorder.observeExportRun("victoriametrics", run("failed", 0, "2026-11-21T09:20:00Z", 1_000));
  const after = await scrape();
  assert.equal(time(after, "attempt", "victoriametrics"), seconds("2026-11-21T09:20:00Z"));
  assert.equal(time(after, "success", "victoriametrics"), seconds("2026-11-21T08:20:01Z"));
});

test("counters go on after a change of the settings, and gauges are those of what is set now", async () => {
  const { recorder, clock, scrape, source } = recorderWorld();
  await recorder.publish(knownSnapshot());
  recorder.observeCall({ candidate: candidate({ kind: "tempo", from: null }), result: ended("data") });
  recorder.observePass(round({ calls: 1, failed: 0 }));
  for (const destination of ["victoriametrics", "jeedom"] as const)
    recorder.observeExportRun(destination, run("success", 40, "2026-11-21T08:00:00Z", 700));
  const counters = [
    'linky_bridge_sync_total{source="gateway",status="success"}',
    'linky_bridge_gateway_requests_total{endpoint="tempo",code="data"}',
    'myelectricaldata_export_total{destination="victoriametrics",status="success"}',
    'linky_bridge_export_run_duration_seconds_count{destination="victoriametrics"}',
    'myelectricaldata_export_total{destination="jeedom",status="success"}',
  ];
  const up = (destination: string): string => `linky_bridge_export_up{destination="${destination}"}`;
  const daily = (meter: string): string => `myelectricaldata_consumption_wh{pdl="${meter}",type="daily"}`;
  const before = await scrape();
  assert.deepEqual(
    [up("jeedom"), up("victoriametrics"), daily(pdl)].filter((name) => !before.has(name)),
    [],
  );

  recorder.follow({
    ...{ clock, version: "1.2.3", pdlMode: "last4" },
    source: { ...source, destinations: ["victoriametrics", "homeassistant_states"] },
  });
  const changed = await scrape();
  assert.deepEqual(
    counters.map((name) => changed.get(name)),
    counters.map(() => 1),
  );
  assert.equal(changed.get('myelectricaldata_export_total{destination="homeassistant_states",status="success"}'), 0);
  assert.deepEqual([changed.get(up("victoriametrics")), changed.has(up("jeedom"))], [1, false]);
  assert.deepEqual(
    [...changed.keys()].filter((name) => name.includes("pdl=")),
    [],
    "no meter is known yet",
  );
  await recorder.publish(knownSnapshot());
  const shown = await scrape();
  assert.deepEqual([shown.has(daily(pdl)), shown.get(daily(pdl.slice(-4)))], [false, 12_345]);
});

test("no metric bears a time, a label that Prometheus adds, or a label that the reference does not know", async () => {
  const { recorder } = recorderWorld();
  await recorder.publish(knownSnapshot());
  recorder.observeExportRun("jeedom", run("failed", 0, "2026-11-21T08:00:00Z", 10));
  const text = await recorder.write();
  const known: ReadonlyMap<string, readonly string[]> = new Map(
    metricReference.map(({ name, labels }) => [name, labels]),
  );
  for (const line of text.split("\n").filter((one) => /^(linky|myelec)/.test(one))) {
    const [, name = "", labels = "", rest = ""] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    assert.notEqual(rest, "", line);
    const of = name.replace(/_(bucket|sum|count)$/, "");
    for (const [, label] of labels.matchAll(/(\w+)="/g))
      assert.ok(label === "le" || known.get(of)?.includes(label ?? ""), line);
  }
  assert.doesNotMatch(text, /Injoignable|Unreachable|instance="|job="/);
});
