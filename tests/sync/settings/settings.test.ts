import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { createSettingsStore } from "../../../src/adapters/postgres/settings.ts";
import { fileKeyring } from "../../../src/adapters/secrets/keyring.ts";
import { createVault } from "../../../src/adapters/secrets/vault.ts";
import { openConfig } from "../../../src/config/read.ts";
import { settingRules } from "../../../src/config/setting-rules.ts";
import { instant } from "../../../src/domain/units.ts";
import { createSettings, SettingsRefusal } from "../../../src/sync/settings/settings.ts";
import { testDatabase } from "../../support/test-database.ts";

async function settingsWorld(t: TestContext, env: Readonly<Record<string, string>> = {}) {
  const directory = await mkdtemp(join(tmpdir(), "linky-settings-"));
  t.after(() => rm(directory, { recursive: true, force: true }));
  const { sql } = await testDatabase(t);
  const keyring = fileKeyring(join(directory, "secret.key"));
  const reader = openConfig({
    env,
    requireCredentials: false,
    usualOptionsPath: "/nowhere",
    overrides: { gateway_url: "http://127.0.0.1:1" },
  });
  const settings = createSettings({
    store: createSettingsStore(sql),
    vault: createVault(keyring),
    rules: settingRules(reader),
    clock: { now: () => instant(Date.UTC(2026, 10, 20)) },
  });
  return { sql, settings, keyring, reader, directory };
}

const refusalOf = async (attempt: Promise<unknown>): Promise<SettingsRefusal> => {
  const error = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof SettingsRefusal, String(error));
  return error;
};

test("what the page sets passes before the environment, and gives way when it is taken away", async (t) => {
  const { settings, reader } = await settingsWorld(t, { MQTT_TOPIC_PREFIX: "environment", LINKY_LANGUAGE: "en" });
  const prefix = async () => {
    const read = reader.describe((await settings.load()).values).find(({ key }) => key === "mqtt_topic_prefix");
    return [read?.value, read?.source];
  };
  assert.deepEqual(await prefix(), ["environment", "environment"]);
  assert.equal(await settings.change({ mqtt_topic_prefix: "page" }, "marie"), true);
  assert.deepEqual(await prefix(), ["page", "page"]);
  assert.equal(await settings.change({ mqtt_topic_prefix: "page" }, "marie"), false, "nothing new");
  assert.equal(await settings.change({ mqtt_topic_prefix: null }, "marie"), true);
  assert.deepEqual(await prefix(), ["environment", "environment"]);
});

test("secrets, and addresses that may hold one, are sealed in the database", async (t) => {
  const { settings, sql } = await settingsWorld(t);
  const secrets = { client_secret: "s3cret-value-of-mine", mqtt_broker: "mqtt://user:pa55-of-mine@broker" };
  await settings.change({ ...secrets, client_id: "cli_mine-alone", language: "en" }, "marie");
  assert.deepEqual((await settings.load()).values, { ...secrets, client_id: "cli_mine-alone", language: "en" });
  const rows = await sql<{ key: string; value: unknown; sealed: Buffer | null; changed_by: string }[]>`
    select * from setting order by key`;
  assert.deepEqual(
    rows.map(({ key, value, changed_by }) => [key, value, changed_by]),
    [
      ["client_id", null, "marie"],
      ["client_secret", null, "marie"],
      ["language", "en", "marie"],
      ["mqtt_broker", null, "marie"],
    ],
  );
  const [{ text }] = await sql<
    [{ text: string }]
  >`select string_agg(setting::text || encode(coalesce(sealed, ''), 'escape'), '') as text from setting`;
  for (const part of ["s3cret-value", "pa55", "cli_mine"]) assert.ok(!text.includes(part), part);
});

test("one fault refuses all of a change, each told in a sentence, and what was set stays", async (t) => {
  const { settings } = await settingsWorld(t);
  await settings.change({ mqtt_topic_prefix: "former" }, "marie");
  const refusal = await refusalOf(
    settings.change(
      { mqtt_topic_prefix: "fine", mqtt_qos: 7, language: "de", client_secret: "cli_x", client_id: "y" },
      "marie",
    ),
  );
  assert.equal(refusal.code, "invalid_settings");
  assert.deepEqual(
    refusal.faults.map(({ en }) => en.split(":")[0]),
    ["mqtt_qos (settings page)", "language (settings page)", "client_secret (settings page)"],
  );
  assert.deepEqual((await settings.load()).values, { mqtt_topic_prefix: "former" });
});

test("what has no place in the page, does not exist, or is fixed by the command is refused by name", async (t) => {
  const { settings } = await settingsWorld(t);
  for (const key of ["data_dir", "database_url", "api_port", "web_port", "api_host", "web_password", "secret_key"]) {
    const refusal = await refusalOf(settings.change({ [key]: "1" }, "marie"));
    assert.deepEqual([refusal.code, refusal.faults.length], ["not_settable", 1], key);
  }
  assert.equal((await refusalOf(settings.change({ clientid: "x" }, "marie"))).code, "unknown_setting");
  assert.equal((await refusalOf(settings.change({ __proto__x: "x" }, "marie"))).code, "unknown_setting");
  assert.equal((await refusalOf(settings.change({ gateway_url: "http://x" }, "marie"))).code, "settings_overruled");
});

test("a masked address is not saved in the place of its password", async (t) => {
  const { settings, reader } = await settingsWorld(t);
  await settings.change({ mqtt_broker: "mqtt://user:pa55-of-mine@broker" }, "marie");
  const shown = reader.describe((await settings.load()).values).find(({ key }) => key === "mqtt_broker")?.value;
  assert.equal(shown, "mqtt://•••@broker");
  const refusal = await refusalOf(settings.change({ mqtt_broker: shown }, "marie"));
  assert.match(refusal.faults[0]?.fr ?? "", /^mqtt_broker \(page des réglages\) : la valeur contient encore •••/);
});

test("with the key lost the secrets are named, all else goes on, and giving one again is enough", async (t) => {
  const { settings, directory } = await settingsWorld(t);
  await settings.change({ client_secret: "s3cret-value-of-mine", language: "en" }, "marie");
  await rm(join(directory, "secret.key"));
  assert.deepEqual(await settings.load(), { values: { language: "en" }, unreadable: ["client_secret"] });
  await settings.change({ client_secret: "s3cret-value-of-mine" }, "marie");
  assert.deepEqual(await settings.load(), {
    values: { client_secret: "s3cret-value-of-mine", language: "en" },
    unreadable: [],
  });
});

test("a rotation seals every secret anew, and only then may the former key go", async (t) => {
  const { settings, keyring, sql } = await settingsWorld(t);
  await settings.change({ client_secret: "s3cret-value-of-mine", mqtt_password: "another" }, "marie");
  const keyIds = async () =>
    (await sql<{ id: string }[]>`select distinct encode(substring(sealed from 2 for 8), 'hex') as id from setting`).map(
      ({ id }) => id,
    );
  const former = await keyIds();
  await keyring.rotate();
  assert.deepEqual(await settings.reseal(), { resealed: 2, unreadable: [] });
  await keyring.forgetFormer();
  assert.equal((await keyIds()).length, 1);
  assert.notDeepEqual(await keyIds(), former);
  assert.equal((await settings.load()).values.client_secret, "s3cret-value-of-mine");
});

test("a secret is not sent to a server it was not given for: saved or tried, it is asked for again", async (t) => {
  const { settings } = await settingsWorld(t);
  await settings.change({ jeedom_url: "http://box", jeedom_api_key: "0123456789abcdef" }, "marie");
  const moved = { jeedom_url: "http://elsewhere.test" };
  for (const attempt of [() => settings.change(moved, "eve"), () => settings.draft(moved)]) {
    const refusal = await refusalOf(attempt());
    assert.equal(refusal.code, "invalid_settings");
    assert.deepEqual(
      refusal.faults.map(({ fr }) => fr),
      [
        "jeedom_api_key (page des réglages) : il serait envoyé à une autre machine (jeedom_url) que celle pour laquelle il a été donné ; écrivez-le à nouveau en même temps que l'adresse.",
      ],
    );
  }
  assert.equal((await settings.load()).values.jeedom_url, "http://box");
  assert.equal(
    await settings.change({ ...moved, jeedom_api_key: "0123456789abcdef" }, "marie"),
    true,
    "the same again",
  );
});
