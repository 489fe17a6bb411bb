import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite, type TestContext, test } from "node:test";
import { createExportMemory } from "../../src/adapters/postgres/exports.ts";
import { createSettingsStore } from "../../src/adapters/postgres/settings.ts";
import { fileKeyring } from "../../src/adapters/secrets/keyring.ts";
import { createVault } from "../../src/adapters/secrets/vault.ts";
import { openConfig } from "../../src/config/read.ts";
import { settingRules } from "../../src/config/setting-rules.ts";
import { instant } from "../../src/domain/units.ts";
import {
  changedExportAnswer,
  exportConfig,
  exportConfigsAnswer,
  logsAnswer,
  runAnswer,
} from "../../src/server/api/exports.ts";
import { tryAnswer } from "../../src/server/api/settings.ts";
import type { SettingsParts } from "../../src/server/parts.ts";
import { silentLog } from "../../src/shared/log.ts";
import type { ExportOutcome, ExportPort } from "../../src/sync/diagnostics/exports.ts";
import { exportTypes } from "../../src/sync/exports/destination-options.ts";
import { createSettings } from "../../src/sync/settings/settings.ts";
import { testDatabase } from "../support/test-database.ts";
import { accessWorld, loggedIn, refusalOf } from "./access-world.ts";
import { idleOperations } from "./operations.ts";

const at = instant(Date.UTC(2026, 10, 21, 8));

const port = (destination: string, run: ExportPort["run"]): ExportPort => ({
  destination,
  name: { fr: destination, en: destination },
  address: run === null ? null : `http://${destination}`,
  fedWith: [],
  status: async () =>
    run === null
      ? { state: "off", lastSuccessAt: null, problem: null }
      : { state: "up", lastSuccessAt: at, problem: null },
  run,
  nextAt: run === null ? null : instant(at + 3_600_000),
});

async function exportsWorld(t: TestContext) {
  const directory = await mkdtemp(join(tmpdir(), "linky-exports-"));
  t.after(() => rm(directory, { recursive: true, force: true }));
  const { sql } = await testDatabase(t);
  const reader = openConfig({
    env: {
      VICTORIAMETRICS_URL: "http://vm:8428",
      VICTORIAMETRICS_USERNAME: "marie",
      VICTORIAMETRICS_PASSWORD: "pa55-of-the-environment",
    },
    requireCredentials: false,
    usualOptionsPath: "/nowhere",
  });
  const tried: unknown[] = [];
  const settings: SettingsParts = {
    settings: createSettings({
      store: createSettingsStore(sql),
      vault: createVault(fileKeyring(join(directory, "secret.key"))),
      rules: settingRules(reader),
      clock: { now: () => at },
    }),
    describe: reader.describe,
    tryConnection: async (name, page) => {
      tried.push([name, page.values]);
      return [{ ok: false, text: { fr: "Refusé.", en: "Refused." } }];
    },
    apply: () => undefined,
    log: silentLog(),
  };
  const outcome: ExportOutcome = { status: "partial", records: 12, problem: { fr: "Coupé.", en: "Cut." } };
  const memory = createExportMemory(sql);
  const operations = idleOperations({
    exports: exportTypes.map((type) => port(type, type === "victoriametrics" ? async () => outcome : null)),
    exportLogs: memory,
  });
  const world = await accessWorld(t, {}, { settings, operations });
  return { ...world, cookie: await loggedIn(world), tried, memory, sql };
}

suite("exports over the API", () => {
  test("every destination is told with its own options, and no secret", async (t) => {
    const { ask, cookie } = await exportsWorld(t);
    const answer = await ask("/api/export/configs", { cookie });
    const { configs } = exportConfigsAnswer.parse(answer.json());
    assert.deepEqual(
      configs.map(({ type, enabled, intervalMinutes }) => [type, enabled, intervalMinutes]),
      [
        ["mqtt", false, null],
        ["homeassistant", false, null],
        ["victoriametrics", true, 60],
        ["jeedom", false, 60],
        ["homeassistant_states", false, 5],
      ],
    );
    const keys = configs.map(({ settings }) => settings.map(({ key }) => key));
    assert.deepEqual(keys[1], ["homeassistant_enabled", "homeassistant_url", "homeassistant_token"]);
    assert.deepEqual(keys[4]?.length, 3);
    assert.equal(configs[3]?.exportData?.length, 10);
    assert.ok(!answer.body.includes("pa55-of-the-environment"));
    const one = exportConfig.parse((await ask("/api/export/configs/victoriametrics", { cookie })).json());
    assert.deepEqual(one, configs[2]);
    assert.equal(one.nextRunAt, "2026-11-21T09:00:00.000Z");
  });

  test("a destination is set by short or whole names; the page passes before the environment", async (t) => {
    const { ask, cookie, sql } = await exportsWorld(t);
    const answer = await ask("/api/export/configs/victoriametrics", {
      method: "PUT",
      cookie,
      body: {
        intervalMinutes: 15,
        exportData: ["tempo", "consumption_daily"],
        settings: { password: "pa55-of-the-page", victoriametrics_labels: '{"maison":"A"}' },
      },
    });
    const changed = changedExportAnswer.parse(answer.json());
    assert.deepEqual([changed.isChanged, changed.intervalMinutes], [true, 15]);
    assert.deepEqual(changed.exportData, ["consumption_daily", "tempo"]);
    const sources = new Map(changed.settings.map(({ key, source }) => [key, source]));
    assert.deepEqual(
      ["url", "password", "labels"].map((name) => sources.get(`victoriametrics_${name}`)),
      ["environment", "page", "page"],
    );
    assert.ok(!answer.body.includes("pa55"));
    const stored = await sql<{ text: string }[]>`select setting::text as text from setting`;
    assert.equal(stored.length, 4);
    assert.ok(
      stored.every(({ text }) => !text.includes("pa55")),
      "sealed where it is kept",
    );
  });

  test("what is wrong is one sentence, and the former settings stay", async (t) => {
    const { ask, cookie } = await exportsWorld(t);
    const put = async (type: string, body: unknown, status: number) =>
      refusalOf(await ask(`/api/export/configs/${type}`, { method: "PUT", cookie, body }), status);
    const refused = await put("victoriametrics", { intervalMinutes: 15, settings: { url: "vm" } }, 400);
    assert.equal(refused, "invalid_settings");
    assert.equal(await put("jeedom", { enabled: true }, 400), "invalid_settings");
    assert.equal(await put("mqtt", { intervalMinutes: 15 }, 404), "unknown_setting");
    assert.equal(await put("jeedom", { settings: { mqtt_qos: 2 } }, 404), "unknown_setting");
    assert.equal(await put("influxdb", {}, 404), "unknown_destination");
    assert.equal(await put("jeedom", { interval: 15 }, 400), "invalid_request");
    assert.equal(await put("victoriametrics", { exportData: [] }, 400), "invalid_request");
    const { settings, intervalMinutes } = exportConfig.parse(
      (await ask("/api/export/configs/victoriametrics", { cookie })).json(),
    );
    assert.equal(intervalMinutes, 60);
    assert.ok(settings.every(({ source }) => source !== "page"));
  });

  test("a trial takes settings that are not kept", async (t) => {
    const { ask, cookie, tried } = await exportsWorld(t);
    const answer = await ask("/api/export/configs/jeedom/test", {
      method: "POST",
      cookie,
      body: { changes: { url: "http://box", jeedom_api_key: "0123456789abcdef" } },
    });
    assert.equal(tryAnswer.parse(answer.json()).ok, false);
    assert.deepEqual(tried, [["jeedom", { jeedom_url: "http://box", jeedom_api_key: "0123456789abcdef" }]]);
  });

  test("a run now answers when it has ended; one that is not set says what to do", async (t) => {
    const { ask, cookie } = await exportsWorld(t);
    const answer = await ask("/api/export/victoriametrics/run", { method: "POST", cookie });
    assert.deepEqual(runAnswer.parse(answer.json()), {
      type: "victoriametrics",
      status: "partial",
      records: 12,
      problem: { fr: "Coupé.", en: "Cut." },
    });
    const off = refusalOf(await ask("/api/export/jeedom/run", { method: "POST", cookie }), 409);
    assert.equal(off, "destination_off");
  });

  test("runs are told the latest first, by destination and page by page", async (t) => {
    const { ask, cookie, memory } = await exportsWorld(t);
    for (const [position, destination] of ["jeedom", "victoriametrics", "jeedom"].entries()) {
      const id = await memory.beginExport(destination, instant(at + position * 1000));
      if (position < 2)
        await memory.endExport(id, { status: "failed", records: position, error: "Coupé.", at: instant(at + 5000) });
    }
    const read = async (query: string) =>
      logsAnswer.parse((await ask(`/api/export/logs${query}`, { cookie })).json()).logs;
    const all = await read("");
    assert.deepEqual(
      all.map(({ type, status, records, error, startedAt, completedAt }) => [
        type,
        status,
        records,
        error,
        startedAt,
        completedAt,
      ]),
      [
        ["jeedom", "running", 0, null, "2026-11-21T08:00:02.000Z", null],
        ["victoriametrics", "failed", 1, "Coupé.", "2026-11-21T08:00:01.000Z", "2026-11-21T08:00:05.000Z"],
        ["jeedom", "failed", 0, "Coupé.", "2026-11-21T08:00:00.000Z", "2026-11-21T08:00:05.000Z"],
      ],
    );
    assert.equal((await read("?type=jeedom")).length, 2);
    const [first] = await read("?limit=1");
    assert.deepEqual((await read(`?limit=1&before=${first?.id}`))[0]?.type, "victoriametrics");
    for (const query of ["?limit=0", "?limit=1001", "?type=influxdb", "?before=x", "?page=2"])
      assert.equal(refusalOf(await ask(`/api/export/logs${query}`, { cookie }), 400), "invalid_request", query);
  });

  test("nobody without a login, and no token, changes or sends anything", async (t) => {
    const { ask } = await exportsWorld(t);
    const doors = [
      ["GET", "/api/export/configs"],
      ["PUT", "/api/export/configs/jeedom"],
      ["POST", "/api/export/configs/jeedom/test"],
      ["POST", "/api/export/victoriametrics/run"],
      ["GET", "/api/export/logs"],
    ] as const;
    for (const [method, path] of doors)
      assert.equal((await ask(path, { method, ...(method === "GET" ? {} : { body: {} }) })).statusCode, 401, path);
  });
});
