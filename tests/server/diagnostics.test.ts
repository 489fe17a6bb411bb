import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { createAccessStore } from "../../src/adapters/postgres/access.ts";
import { tableSizes } from "../../src/adapters/postgres/table-sizes.ts";
import { instant } from "../../src/domain/units.ts";
import { type DiagnosticsAnswer, diagnosticsAnswer, exportsAnswer } from "../../src/server/api/diagnostics.ts";
import { silentLog } from "../../src/shared/log.ts";
import { accessMemory, createAccess } from "../../src/sync/access/access.ts";
import { type BrokerStatus, homeAssistantExport, mqttExport } from "../../src/sync/diagnostics/exports.ts";
import { noteOutcome } from "../../src/sync/statistics/outcome.ts";
import { HomeAssistantFailure } from "../../src/sync/statistics/recorder.ts";
import { slotsOn } from "../contracts/store-builders.ts";
import { dates, meter, StatisticsWorld } from "../support/statistics-world.ts";
import { jsonOf, partsOf, send, serve } from "./api.ts";
import { idleOperations } from "./operations.ts";

async function open(t: TestContext, log: readonly string[] = []) {
  const world = await StatisticsWorld.open(t);
  await world.ingest(dates("2026-11-10", "2026-11-14").flatMap((date) => slotsOn(date, 600)));
  const idle = idleOperations();
  const broker: { status: BrokerStatus } = { status: { connected: false, since: null, problem: null } };
  const facts = {
    ...idle.facts,
    config: { gateway: "https://gateway.test", clientId: true, clientSecret: "s3cr3t" },
    tables: () => tableSizes(world.database.sql, { isAlone: true }),
    log: () => log,
  };
  const kinds = ["consumption_daily", "tempo"];
  const exports = [
    mqttExport({ url: "mqtt://broker:1883", kinds, status: () => broker.status, republish: async () => undefined }),
    homeAssistantExport({ ...world.deps, runNow: null }, world.store),
  ];
  const operations = idleOperations({ facts, exports });
  const { url } = await serve(t, { ...partsOf(world), operations });
  return { world, url, broker, operations };
}

const diagnosticsAt = async (url: string): Promise<DiagnosticsAnswer> =>
  diagnosticsAnswer.parse(jsonOf(await send(`${url}/api/diagnostics`)));

test("the report tells versions, tables, meters, tasks, budget and series", async (t) => {
  const { world, url } = await open(t, ["09:00 started"]);
  await world.run();
  const { account } = world.deps;
  await world.store.settleBudget({ account, utcDay: "2026-11-21", bucket: "no_cache", used: 12, allowed: 50 });
  const report = await diagnosticsAt(url);
  assert.deepEqual(report.versions, { linkyBridge: "1.2.3", node: "24.21.0", postgres: "18.4", platform: "linux x64" });
  assert.deepEqual([report.madeAt, report.startedAt], ["2026-11-21T08:00:00.000Z", "2026-11-20T06:00:00.000Z"]);
  // 5 days of 48 half-hours.
  assert.equal(report.tables.find(({ name }) => name === "slot")?.rows, 240);
  assert.ok((report.tables.find(({ name }) => name === "slot")?.bytes ?? 0) > 8_192);
  const [first] = report.meters;
  assert.deepEqual(
    first?.flows.map(({ flow, firstDay, lastDay, counts }) => [flow, firstDay, lastDay, counts.complete]),
    [
      ["consumption", "2026-11-10", "2026-11-14", 5],
      ["production", null, null, undefined],
    ],
  );
  assert.deepEqual(report.budgets, [{ bucket: "no_cache", utcDay: "2026-11-21", used: 12, allowed: 50 }]);
  assert.equal(report.series.length, 1);
  assert.deepEqual([report.log, report.memory.rssBytes], [["09:00 started"], 90_000_000]);
});

test("it is a file, and holds neither secrets, nor the account, nor a whole usage point", async (t) => {
  const { world, operations } = await open(t, [`asked for ${meter} with Bearer abcdef0123456789`, "the code is K7Q2"]);
  const access = createAccess({
    store: createAccessStore(world.database.sql),
    clock: world.clock,
    memory: { ...accessMemory(), setupCode: "K7Q2" },
  });
  const security = { access, language: "fr", log: silentLog() } as const;
  const { url } = await serve(t, { ...partsOf(world), operations, security });
  await world.run();
  const at = world.clock.now();
  const task = { askedAt: at, succeededAt: at, failures: 0, retryAt: null };
  await world.store.saveTask({ ...task, key: "usage_points", detail: world.deps.account });
  await world.store.saveTask({ ...task, key: `consumption_curve:${meter}`, detail: `nothing for ${meter}` });
  const answer = await send(`${url}/api/diagnostics`);
  assert.equal(
    answer.headers["content-disposition"],
    'attachment; filename="linky-bridge-diagnostics_2026-11-21.json"',
  );
  for (const hidden of [meter, "s3cr3t", "abcdef0123456789", "K7Q2", `"${world.deps.account}"`])
    assert.ok(!answer.text.includes(hidden), hidden);
  assert.match(answer.text, /…1234/);
});

test("each destination tells its state, what it is brought, and what is in its way", async (t) => {
  const { world, url, broker } = await open(t);
  const states = async () => {
    const { exports } = exportsAnswer.parse(jsonOf(await send(`${url}/api/exports`)));
    return exports.map(({ destination, state, isEnabled, lastSuccessAt, problem }) => ({
      destination,
      state,
      isEnabled,
      lastSuccessAt,
      problem: problem?.fr ?? null,
    }));
  };
  const nothing = { isEnabled: true, lastSuccessAt: null, problem: null };
  assert.deepEqual(await states(), [
    { destination: "mqtt", state: "waiting", ...nothing },
    { destination: "homeassistant", state: "waiting", ...nothing },
  ]);
  const at = world.clock.now();
  const now = new Date(at).toISOString();
  broker.status = { connected: true, since: at, problem: null };
  await noteOutcome(world.store, at, await world.run({ check: true }));
  assert.deepEqual(await states(), [
    { destination: "mqtt", state: "up", ...nothing, lastSuccessAt: now },
    { destination: "homeassistant", state: "up", ...nothing, lastSuccessAt: now },
  ]);
  const text = { fr: "Le broker ne répond pas.", en: "The broker does not answer." };
  broker.status = { connected: false, since: instant(at + 1), problem: text };
  for (const _ of [1, 2]) await noteOutcome(world.store, at, new HomeAssistantFailure("unreachable", text));
  const [mqtt, homeAssistant] = await states();
  assert.deepEqual([mqtt?.state, mqtt?.problem], ["down", text.fr]);
  assert.deepEqual([homeAssistant?.state, homeAssistant?.lastSuccessAt], ["down", now]);
  assert.match(homeAssistant?.problem ?? "", /Home Assistant/);
});

test("a run that is on its way tells how far it is", async (t) => {
  const { world } = await open(t);
  const startedAt = world.clock.now();
  const running = { startedAt, records: 1_200, share: 0.25 };
  const operations = idleOperations({ exports: [{ ...homeAssistantExport(null, world.store), running }] });
  const { url } = await serve(t, { ...partsOf(world), operations });
  const { exports } = exportsAnswer.parse(jsonOf(await send(`${url}/api/exports`)));
  assert.deepEqual(
    exports.map((one) => one.running),
    [{ ...running, startedAt: new Date(startedAt).toISOString() }],
  );
});

test("a destination that is not set is off", async (t) => {
  const { world } = await open(t);
  const operations = idleOperations({ exports: [mqttExport(null), homeAssistantExport(null, world.store)] });
  const { url } = await serve(t, { ...partsOf(world), operations });
  const { exports } = exportsAnswer.parse(jsonOf(await send(`${url}/api/exports`)));
  assert.deepEqual(
    exports.map(({ state, isEnabled, address, fedWith }) => [state, isEnabled, address, fedWith]),
    [
      ["off", false, null, []],
      ["off", false, null, []],
    ],
  );
});
