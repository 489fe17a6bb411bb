import assert from "node:assert/strict";
import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { closeSql, openSql } from "../../src/adapters/postgres/connection.ts";
import { waitUntil } from "../../src/adapters/postgres/launcher/processes.ts";
import { changedSettingsAnswer, settingsAnswer, tryAnswer } from "../../src/server/api/settings.ts";
import { freePort } from "../support/broker.ts";
import { run } from "../support/process-program.ts";
import { processAccount, processWorld, youngFlat } from "../support/process-world.ts";

/** A container as its user first starts it: no account, no broker, a page. */
async function blankWorld(context: TestContext, env: Readonly<Record<string, string>> = {}) {
  const world = await processWorld(context, { accounts: [{ ...processAccount, usagePoints: youngFlat() }] });
  const port = await freePort();
  const blank = {
    ...{ MED_API_URL: "", MED_CLIENT_ID: "", MED_CLIENT_SECRET: "", MQTT_BROKER: "", API_PORT: String(port) },
    ...{ LINKY_LOG_LEVEL: "trace", LINKY_WEB_PORT: "0", ...env },
  };
  const url = `http://127.0.0.1:${port}`;
  const ask = async (path: string, method = "GET", body?: unknown): Promise<Response> =>
    fetch(`${url}${path}`, {
      method,
      headers: { "x-linky-bridge": "page", ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const isUp = async (): Promise<boolean> => (await ask("/health").catch(() => null))?.ok === true;
  const start = async () => {
    const program = world.start(["start"], blank);
    assert.ok(await waitUntil(isUp, { withinMs: 60_000 }), program.said);
    return program;
  };
  const given = {
    gateway_url: world.gatewayUrl,
    client_id: processAccount.clientId,
    client_secret: processAccount.clientSecret,
    mqtt_broker: world.broker.url,
  };
  return { world, blank, ask, start, given, isUp };
}

describe("settings of the page", { concurrency: 1 }, () => {
  test("whatever is asked at once after a change is answered with it in force, and nobody is turned away", async (context) => {
    const { ask, start } = await blankWorld(context);
    const program = await start();
    for (const language of ["en", "fr"]) {
      assert.equal((await ask("/api/settings", "PUT", { changes: { language } })).status, 200);
      const answers = await Promise.all(Array.from({ length: 8 }, () => ask("/api/settings")));
      for (const answer of answers) {
        const { settings } = settingsAnswer.parse(await answer.json());
        assert.equal(settings.find(({ key }) => key === "language")?.value, language);
      }
    }
    // The third time the API was ready before anybody was answered; the log may arrive a moment later.
    await program.says(/API prête[\s\S]*API ready[\s\S]*API prête/, 10_000);
  });

  test("a first visit gives the account and the broker; the service goes to work, and still does after a restart", async (context) => {
    const { world, blank, ask, start, given } = await blankWorld(context);
    const first = await start();
    assert.match(first.stdout, /L'identifiant client manque/);

    const wrong = await ask("/api/test/gateway", "POST", { changes: { ...given, client_secret: "not-the-secret" } });
    const refused = tryAnswer.parse(await wrong.json());
    assert.equal(refused.ok, false);
    assert.match(refused.sentence.fr, /La passerelle refuse vos identifiants/);
    const right = tryAnswer.parse(await (await ask("/api/test/gateway", "POST", { changes: given })).json());
    assert.deepEqual([right.ok, right.steps.length], [true, 3], JSON.stringify(right));
    const broker = tryAnswer.parse(await (await ask("/api/test/mqtt", "POST", { changes: given })).json());
    assert.match(broker.sentence.en, /accepts the connection/);
    assert.equal(first.stdout.includes("réglages modifiés"), false, "a trial keeps nothing");

    const put = await ask("/api/settings", "PUT", { changes: given });
    assert.equal(changedSettingsAnswer.parse(await put.json()).isChanged, true);
    await first.says("tour terminé", 60_000);
    const announced = () => world.broker.seen.some(({ topic }) => topic.startsWith("homeassistant/device/"));
    assert.ok(await waitUntil(announced, { withinMs: 30_000 }), first.said);
    const shown = await (await ask("/api/settings")).text();
    const { settings } = settingsAnswer.parse(JSON.parse(shown));
    const source = (key: string) => settings.find((one) => one.key === key)?.source;
    assert.deepEqual(
      [source("client_secret"), source("mqtt_broker"), source("language")],
      ["page", "page", "environment"],
    );
    assert.equal((await stat(join(world.dataDir, "secret.key"))).mode & 0o777, 0o600);

    // All rows of the database, and all that was said at trace.
    const key = (await readFile(join(world.dataDir, "secret.key"), "utf8")).trim();
    const stored = await databaseText(world.dataDir);
    assert.ok(stored.includes("mqtt_broker"), "the settings are in it");
    for (const secret of [processAccount.clientSecret, key]) {
      assert.ok(!shown.includes(secret), "in an answer");
      assert.ok(!first.said.includes(secret), "in the log");
      assert.ok(!stored.includes(secret), "in the database");
    }
    // The id names the account's rows; it is no more shown than the secret.
    assert.ok(![shown, first.said].some((text) => text.includes(processAccount.clientId)));

    await first.stop("SIGTERM");
    const second = await start();
    await second.says("base de données prête");
    assert.doesNotMatch(second.stdout, /identifiant client manque/);
    await second.stop("SIGTERM");
    const sync = await run(["sync"], { env: { ...world.env, ...blank } });
    assert.equal(sync.code, 0, sync.stderr + sync.stdout);

    await rm(join(world.dataDir, "secret.key"));
    const third = await start();
    assert.match(third.stdout, /client_secret ne peut plus être lu : la clé des secrets/);
    const lost = settingsAnswer.parse(await (await ask("/api/settings")).json());
    const unreadable = lost.settings.filter(({ isUnreadable }) => isUnreadable).map((one) => one.key);
    assert.deepEqual(unreadable, ["client_id", "client_secret", "mqtt_broker"]);
    await ask("/api/settings", "PUT", { changes: given });
    await third.says("connecté au serveur MQTT", 60_000);
    await third.stop("SIGTERM");
  });

  test("what is at fault is refused whole, and the service goes on as it was", async (context) => {
    const { ask, start } = await blankWorld(context);
    const program = await start();
    const put = await ask("/api/settings", "PUT", {
      changes: { mqtt_topic_prefix: "fine", mqtt_qos: 9, data_dir: "/" },
    });
    assert.equal(put.status, 409);
    const both = await ask("/api/settings", "PUT", { changes: { mqtt_topic_prefix: "fine", mqtt_qos: 9 } });
    assert.equal(both.status, 400);
    assert.match(await both.text(), /mqtt_qos \(page des réglages\)/);
    const { settings } = settingsAnswer.parse(await (await ask("/api/settings")).json());
    assert.ok(settings.every(({ source }) => source !== "page"));
    assert.doesNotMatch(program.stdout, /settings changed/);
    await program.stop("SIGTERM");
  });
});

/** Every row of every table of a private cluster in service. */
async function databaseText(dataDir: string): Promise<string> {
  const cluster = (await readdir(dataDir)).find((name) => /^pg\d+$/.test(name)) ?? "";
  const sql = openSql({ host: join(dataDir, cluster), port: 5432, user: "linky", database: "linky" });
  try {
    const tables = await sql<{ name: string }[]>`
      select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`;
    const texts: string[] = [];
    for (const { name } of tables) {
      if (["slot", "statistic_hour"].includes(name)) continue;
      const rows = await sql<{ text: string }[]>`select row_to_json(one)::text as text from ${sql(name)} as one`;
      texts.push(...rows.map(({ text }) => text));
    }
    return texts.join("\n");
  } finally {
    await closeSql(sql);
  }
}
