import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite, type TestContext, test } from "node:test";
import { createSettingsStore } from "../../src/adapters/postgres/settings.ts";
import { fileKeyring } from "../../src/adapters/secrets/keyring.ts";
import { createVault } from "../../src/adapters/secrets/vault.ts";
import { openConfig } from "../../src/config/read.ts";
import { settingRules } from "../../src/config/setting-rules.ts";
import { changedSettingsAnswer, settingsAnswer, tryAnswer } from "../../src/server/api/settings.ts";
import type { SettingsParts } from "../../src/server/parts.ts";
import { silentLog } from "../../src/shared/log.ts";
import type { Finding } from "../../src/sync/checks/finding.ts";
import { createSettings } from "../../src/sync/settings/settings.ts";
import { testDatabase } from "../support/test-database.ts";
import { accessWorld, loggedIn, refusalOf } from "./access-world.ts";

async function settingsWorld(t: TestContext, findings: readonly Finding[] = []) {
  const directory = await mkdtemp(join(tmpdir(), "linky-settings-"));
  t.after(() => rm(directory, { recursive: true, force: true }));
  const keyPath = join(directory, "secret.key");
  const reader = openConfig({
    env: { MED_CLIENT_SECRET: "secret-of-the-environment", MQTT_BROKER: "mqtt://u:pa55-there@broker" },
    requireCredentials: false,
    usualOptionsPath: "/nowhere",
  });
  const { sql } = await testDatabase(t);
  const clock = { now: () => world.clock.now() };
  const tried: unknown[] = [];
  let applied = 0;
  const settings: SettingsParts = {
    settings: createSettings({
      store: createSettingsStore(sql),
      vault: createVault(fileKeyring(keyPath)),
      rules: settingRules(reader),
      clock,
    }),
    describe: reader.describe,
    tryConnection: async (name, page) => {
      tried.push([name, page.values]);
      return findings;
    },
    apply: () => void applied++,
    log: silentLog(),
  };
  const world = await accessWorld(t, {}, { settings });
  return { ...world, cookie: await loggedIn(world), keyPath, tried, appliedTimes: () => applied };
}

suite("settings over the API", () => {
  test("every option is told with where it is set, and no secret is", async (t) => {
    const { ask, cookie } = await settingsWorld(t);
    const answer = await ask("/api/settings", { cookie });
    const { settings } = settingsAnswer.parse(answer.json());
    const of = (key: string) => settings.find((one) => one.key === key);
    assert.deepEqual([of("client_secret")?.isSet, of("client_secret")?.value], [true, null]);
    assert.deepEqual([of("mqtt_broker")?.value, of("mqtt_broker")?.source], ["mqtt://•••@broker", "environment"]);
    assert.deepEqual([of("mqtt_qos")?.value, of("mqtt_qos")?.range], [1, { from: 0, to: 2 }]);
    assert.deepEqual([of("language")?.choices, of("mqtt_export_data")?.type], [["fr", "en"], "choices"]);
    assert.ok((of("tariff_plans")?.fields.length ?? 0) > 10);
    for (const secret of ["secret-of-the-environment", "pa55-there"]) assert.ok(!answer.body.includes(secret));
  });

  test("a change is kept and applied once, after its answer; the same again does nothing", async (t) => {
    const { ask, cookie, appliedTimes } = await settingsWorld(t);
    const put = () =>
      ask("/api/settings", {
        method: "PUT",
        cookie,
        body: { changes: { language: "en", mqtt_export_data: ["tempo", "ecowatt"], client_id: "cli_of-the-page" } },
      });
    const first = await put();
    assert.equal(changedSettingsAnswer.parse(first.json()).isChanged, true);
    assert.ok(!first.body.includes("cli_of-the-page"));
    assert.equal(changedSettingsAnswer.parse((await put()).json()).isChanged, false);
    assert.equal(appliedTimes(), 1);
    const { settings } = settingsAnswer.parse((await ask("/api/settings", { cookie })).json());
    const exported = settings.find(({ key }) => key === "mqtt_export_data");
    assert.deepEqual([exported?.value, exported?.source], [["tempo", "ecowatt"], "page"]);
    const back = await ask("/api/settings/language", { method: "DELETE", cookie });
    assert.equal(changedSettingsAnswer.parse(back.json()).isChanged, true);
    assert.equal(appliedTimes(), 2);
  });

  test("tariff plans are set as a list of objects, and told where one is wrong", async (t) => {
    const { ask, cookie } = await settingsWorld(t);
    const put = (plan: unknown) =>
      ask("/api/settings", { method: "PUT", cookie, body: { changes: { tariff_plans: [plan] } } });
    assert.equal((await put({ from: "2026-01-01", plan: "HC_HP", offpeak_hours: "22:00-06:00" })).statusCode, 200);
    const wrong = await put({ plan: "TEMPPO" });
    assert.equal(refusalOf(wrong, 400), "invalid_settings");
    assert.match(wrong.body, /tariff_plans \(settings page\)/);
  });

  test("wrong settings, wrong places and wrong visitors change nothing", async (t) => {
    const { ask, cookie, access, appliedTimes } = await settingsWorld(t);
    const put = (changes: unknown, headers: Readonly<Record<string, string>> = {}, as: string | undefined = cookie) =>
      ask("/api/settings", { method: "PUT", body: { changes }, headers, ...(as === undefined ? {} : { cookie: as }) });
    assert.equal(refusalOf(await put({ language: "de" }), 400), "invalid_settings");
    assert.equal(refusalOf(await put({ api_host: "0.0.0.0" }), 409), "not_settable");
    assert.equal(refusalOf(await put({ web_password: "another-password" }), 409), "not_settable");
    assert.equal(refusalOf(await put({ nothing: "x" }), 404), "unknown_setting");
    assert.equal(refusalOf(await put({ language: { fr: { en: 1 } } }), 400), "invalid_request");
    assert.equal(refusalOf(await put([]), 400), "invalid_request");
    assert.equal(refusalOf(await put({ language: "en" }, { "sec-fetch-site": "cross-site" }), 403), "foreign_origin");
    assert.equal(refusalOf(await put({ language: "en" }, { "x-linky-bridge": "" }), 403), "own_header_missing");
    const { token } = await access.createToken("script");
    const bearer = { authorization: `Bearer ${token}` };
    assert.equal(refusalOf(await put({ language: "en" }, bearer, ""), 403), "not_for_tokens");
    const trial = await ask("/api/test/gateway", { method: "POST", body: {}, headers: bearer });
    assert.equal(refusalOf(trial, 403), "not_for_tokens");
    assert.equal((await ask("/api/settings", { headers: bearer })).statusCode, 200);
    assert.equal(refusalOf(await put({ language: "en" }, {}, "x".repeat(43)), 401), "login_required");
    assert.equal(appliedTimes(), 0);
    const { settings } = settingsAnswer.parse((await ask("/api/settings", { cookie })).json());
    assert.ok(settings.every(({ source }) => source !== "page"));
  });

  test("a connection is tried with the draft, and the first thing that is wrong is the answer", async (t) => {
    const findings = [
      { ok: true, text: { fr: "répond", en: "answers" } },
      { ok: false, text: { fr: "refuse", en: "refuses" } },
      { ok: false, text: { fr: "rien", en: "nothing" } },
    ];
    const { ask, cookie, tried, appliedTimes } = await settingsWorld(t, findings);
    const answer = await ask("/api/test/mqtt", { method: "POST", cookie, body: { changes: { mqtt_qos: 0 } } });
    const { ok, sentence, steps } = tryAnswer.parse(answer.json());
    assert.deepEqual([ok, sentence.en, steps.length], [false, "refuses", 3]);
    assert.deepEqual(tried, [["mqtt", { mqtt_qos: 0 }]]);
    const wrong = await ask("/api/test/mqtt", { method: "POST", cookie, body: { changes: { mqtt_qos: 9 } } });
    assert.equal(refusalOf(wrong, 400), "invalid_settings");
    const unknown = await ask("/api/test/nothing", { method: "POST", cookie, body: {} });
    assert.equal(refusalOf(unknown, 400), "invalid_request");
    assert.equal(appliedTimes(), 0);
  });

  test("without a key to seal with a secret is refused, and the sentence says why", async (t) => {
    const { ask, cookie, keyPath } = await settingsWorld(t);
    await writeFile(keyPath, "damaged");
    const put = await ask("/api/settings", {
      method: "PUT",
      cookie,
      body: { changes: { client_secret: "pa55-word" } },
    });
    assert.equal(refusalOf(put, 503), "key_unavailable");
    assert.match(put.body, /est abîmé/);
    assert.ok(!put.body.includes("pa55-word"));
  });
});
