import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { freePort } from "../support/broker.ts";
import { type Ended, run } from "../support/process-program.ts";
import { reachableDirectory } from "../support/process-world.ts";

const account = { MED_CLIENT_ID: "cli_a", MED_CLIENT_SECRET: "s3cret-of-a-test" };
type Env = Readonly<Record<string, string>>;

/** What was typed, what was set, and of what each sentence speaks, in order. */
const wrong: readonly (readonly [args: readonly string[], env: Env, about: readonly string[]])[] = [
  [["stat"], {}, ["stat"]],
  [["status", "--jsn"], {}, ["--jsn"]],
  [["start", "demo"], {}, ["demo"]],
  [["demo", "--speed", "0"], {}, ["--speed"]],
  [["demo", "--port", "70000"], {}, ["--port"]],
  [["start", "--json"], {}, ["--json"]],
  [["status", "--data-dir"], {}, ["--data-dir"]],
  [["status", "--json=1"], {}, ["--json"]],
  [["demo", "--play", "/nowhere.csv"], {}, ["--play"]],
  [["demo", "--mqtt", "ftp://x"], {}, ["--mqtt"]],
  [["start"], { API_PORT: "0" }, ["MED_CLIENT_ID", "MED_CLIENT_SECRET"]],
  [["sync"], { MED_CLIENT_ID: "cli_a" }, ["MED_CLIENT_SECRET"]],
  [["sync"], { MED_CLIENT_ID: "a-secret", MED_CLIENT_SECRET: "cli_a" }, ["MED_CLIENT_SECRET"]],
  [["sync"], { ...account, MED_CLIENT_SECRET: "cli_a" }, ["MED_CLIENT_SECRET"]],
  [["start"], { ...account, MED_API_URL: "htp://x" }, ["MED_API_URL"]],
  [
    ["start"],
    { ...account, LINKY_LOG_LEVEL: "loud", LINKY_LOG_FORMAT: "xml" },
    ["LINKY_LOG_LEVEL", "LINKY_LOG_FORMAT"],
  ],
  [["start"], { ...account, LINKY_USAGE_POINTS: "123" }, ["LINKY_USAGE_POINTS"]],
  [["start"], { ...account, MQTT_QOS: "3", MQTT_RETAIN: "perhaps" }, ["MQTT_QOS", "MQTT_RETAIN"]],
  [["start"], { ...account, MQTT_ENABLED: "true" }, ["MQTT_BROKER"]],
  [["sync"], { ...account, MQTT_BROKER: "ftp://x" }, ["MQTT_BROKER"]],
  [["sync"], { ...account, MQTT_BROKER: "mqtt://h:99999" }, ["MQTT_BROKER"]],
  [["sync"], { ...account, MQTT_BROKER: "mqtt://h", MQTT_PASSWORD: "x" }, ["MQTT_USERNAME"]],
  [["sync"], { ...account, MQTT_BROKER: "mqtts://h", MQTT_CLIENT_CERT: "/a.pem" }, ["MQTT_CLIENT_KEY"]],
  [["sync"], { ...account, MQTT_TOPIC_PREFIX: "a/#" }, ["MQTT_TOPIC_PREFIX"]],
  [["sync"], { ...account, MQTT_TOPIC_PREFIX: "homeassistant" }, ["MQTT_TOPIC_PREFIX"]],
  [
    ["sync"],
    { ...account, MQTT_EXPORT_DATA: "all", LINKY_STATE_CLASS: "x" },
    ["MQTT_EXPORT_DATA", "LINKY_STATE_CLASS"],
  ],
  [["status"], { DATABASE_URL: "mysql://x" }, ["DATABASE_URL"]],
  [["sync"], { MED_CLIENT_ID_FILE: "/nowhere", MED_CLIENT_SECRET: "x-secret" }, ["MED_CLIENT_ID_FILE"]],
  [["sync", "--options", "/nowhere.json"], account, ["--options"]],
];

/** Both languages in the long run, else in turn. */
const languagesOf = (position: number): readonly ("fr" | "en")[] =>
  process.env.LINKY_LONG_TESTS !== undefined ? ["fr", "en"] : [position % 2 === 0 ? "fr" : "en"];

/** One sentence a line, no trace of a program that fell. */
function assertSentences({ stdout, stderr }: Ended, about: readonly string[], language: "fr" | "en"): void {
  const lines = stderr.trimEnd().split("\n");
  assert.equal(stdout, "");
  assert.equal(lines.length, about.length, stderr);
  for (const [position, word] of about.entries()) assert.ok(lines[position]?.includes(word), stderr);
  assert.doesNotMatch(stderr, /undefined|\bat .*:\d+|s3cret-of-a-test/);
  // French has a space before these signs, English has none. Addresses, and settings in quotes, are their own.
  const prose = stderr.replaceAll(/\S*:\/\/\S*|"[^"\n]*"|« [^»\n]* »/g, "…");
  if (language === "fr") assert.doesNotMatch(prose, /[^ ][;:?!](\s|$)/, prose);
  else assert.doesNotMatch(prose, / [;:?!](\s|$)/, prose);
}

describe("what is wrong with the settings is said in one sentence each, and ends with 2", { concurrency: 2 }, () => {
  for (const [position, [args, env, about]] of wrong.entries())
    test(
      `${args.join(" ")} ${Object.entries(env)
        .filter(([name]) => !(name in account))
        .map(([name, value]) => `${name}=${value}`)
        .join(" ")}`.trim(),
      async () => {
        for (const language of languagesOf(position)) {
          const ended = await run(args, { env: { ...env, LINKY_LANGUAGE: language } });
          assert.equal(ended.code, 2, ended.stderr);
          assertSentences(ended, about, language);
        }
      },
    );
});

describe("what is wrong around it is said in one sentence, and ends with 1", { concurrency: 2 }, () => {
  let directory = "";
  before(async () => {
    directory = await reachableDirectory();
  });
  after(() => rm(directory, { recursive: true, force: true }));

  for (const language of ["fr", "en"] as const) {
    test(`a data directory that is a file (${language})`, async () => {
      const file = join(directory, `file-${language}`);
      await writeFile(file, "");
      const ended = await run(["status", "--data-dir", file], { env: { LINKY_LANGUAGE: language } });
      assert.equal(ended.code, 1);
      assertSentences(ended, [file], language);
    });

    test(`a data directory that cannot be made (${language})`, { skip: process.platform !== "linux" }, async () => {
      const ended = await run(["sync"], {
        env: { ...account, LINKY_LANGUAGE: language, LINKY_DATA_DIR: "/proc/none/data" },
      });
      assert.equal(ended.code, 1);
      assertSentences(ended, ["/proc/none/data"], language);
    });
  }

  test("where nothing was ever fetched, status says so and makes nothing", async () => {
    const dataDir = join(directory, "never");
    const ended = await run(["status"], { env: { LINKY_LANGUAGE: "en", LINKY_DATA_DIR: dataDir } });
    assert.equal(ended.code, 0);
    assert.match(ended.stdout, /^Nothing has been fetched into .*never yet: run start/);
    assert.equal(existsSync(dataDir), false);
  });

  test("a broker and a gateway that are not there: doctor says which, sync goes on and says it", async () => {
    const port = await freePort();
    const env = {
      ...account,
      MQTT_BROKER: `mqtt://127.0.0.1:${port}`,
      MED_API_URL: `http://127.0.0.1:${port}`,
      LINKY_DATA_DIR: join(directory, "data"),
    };
    const before = await run(["doctor"], { env });
    assert.equal(before.code, 1);
    assert.match(before.stdout, /^– Base de données : il n'y en a pas encore dans .*data ; start la crée/m);
    assert.match(before.stdout, /^✗ Passerelle : http:\/\/127\.0\.0\.1:\d+ ne répond pas/m);
    assert.match(before.stdout, /^✗ MQTT : /m);
    assert.equal(existsSync(env.LINKY_DATA_DIR), false, "doctor looks, and makes nothing");
    const sync = await run(["sync"], { env });
    assert.equal(sync.code, 1);
    assert.match(sync.stdout, /^⚠ La passerelle MyElectricalData ne répond pas/m);
    const doctor = await run(["doctor"], { env });
    assert.equal(doctor.code, 1);
    assert.match(doctor.stdout, /^✓ Base de données : PostgreSQL/m);
    assert.match(doctor.stdout, /^✗ Passerelle : .* ne répond pas/m);
    const json: unknown = JSON.parse((await run(["doctor", "--json"], { env })).stdout);
    assert.ok(Array.isArray(json));
    assert.deepEqual(json.map(({ ok }: { ok: unknown }) => ok).slice(0, 3), [true, false, false]);
  });
});
