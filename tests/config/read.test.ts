import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { type ReadInput, readConfig as readFrom } from "../../src/config/read.ts";
import { redact } from "../../src/shared/log.ts";

function directory(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "linky-config-"));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

/** Without the options of an app that this machine may be. */
const readConfig = (input: ReadInput) => readFrom({ usualOptionsPath: "/nowhere/options.json", ...input });

const sentences = (result: ReturnType<typeof readConfig>): readonly string[] =>
  "faults" in result ? result.faults.map(({ text }) => text.en) : [];

test("the options file that LINKY_OPTIONS_FILE names is read, and relative paths become absolute", (t) => {
  const workingDirectory = directory(t);
  writeFileSync(
    join(workingDirectory, "options.json"),
    '{"client_id":"cli_abc","client_secret":"from-the-file","data_dir":"history","mqtt_broker":"h","mqtt_ca_cert":"ca.pem"}',
  );
  const result = readConfig({ env: { LINKY_OPTIONS_FILE: "options.json" }, workingDirectory });
  assert.ok("config" in result, sentences(result).join());
  assert.equal(result.config.gateway.clientSecret, "from-the-file");
  assert.equal(result.config.dataDir, join(workingDirectory, "history"));
  assert.equal(result.config.mqtt?.tls.caCert, join(workingDirectory, "ca.pem"));
});

test("--options passes before LINKY_OPTIONS_FILE", (t) => {
  const workingDirectory = directory(t);
  writeFileSync(join(workingDirectory, "mine.json"), '{"language":"en"}');
  const env = { LINKY_OPTIONS_FILE: "absent.json", MED_CLIENT_ID: "cli_abc", MED_CLIENT_SECRET: "s3cr3t-value" };
  const result = readConfig({ env, optionsPath: "mine.json", workingDirectory });
  assert.ok("config" in result, sentences(result).join());
  assert.equal(result.config.language, "en");
});

test("an options file that is named and absent is a fault, told with those of the environment", (t) => {
  const workingDirectory = directory(t);
  const env = { LINKY_OPTIONS_FILE: "absent.json", MQTT_QOS: "7" };
  assert.deepEqual(sentences(readConfig({ env, workingDirectory })), [
    `LINKY_OPTIONS_FILE (environment): the options file ${workingDirectory}/absent.json cannot be read (it does not exist); correct the path or its permissions.`,
    'MQTT_QOS (environment): "7" is unknown; choose among 0, 1, 2.',
  ]);
});

test("the usual options file is read where it exists", (t) => {
  const usualOptionsPath = join(directory(t), "options.json");
  const env = { MED_CLIENT_ID: "cli_abc", MED_CLIENT_SECRET: "s3cr3t-value" };
  const before = readConfig({ env, usualOptionsPath });
  assert.ok("config" in before && before.config.language === "fr");
  writeFileSync(usualOptionsPath, '{"language":"en"}');
  const after = readConfig({ env, usualOptionsPath });
  assert.ok("config" in after && after.config.language === "en");
});

test("a directory in place of the options file is told as such", (t) => {
  const workingDirectory = directory(t);
  assert.deepEqual(sentences(readConfig({ env: {}, optionsPath: ".", workingDirectory })), [
    `--options (command line): the options file ${workingDirectory} cannot be read (it is a directory); correct the path or its permissions.`,
  ]);
});

test("a secret may come from a file, and is kept out of the logs from then on", (t) => {
  const workingDirectory = directory(t);
  writeFileSync(join(workingDirectory, "secret"), "value-from-a-container-secret\n");
  const env = { MED_CLIENT_ID: "cli_abc", MED_CLIENT_SECRET_FILE: join(workingDirectory, "secret") };
  const result = readConfig({ env, workingDirectory });
  assert.ok("config" in result, sentences(result).join());
  assert.equal(result.config.gateway.clientSecret, "value-from-a-container-secret");
  assert.equal(redact("sent value-from-a-container-secret"), "sent •••");
});

test("secrets are kept out of the logs even when they are refused, outranked or part of an address", (t) => {
  readConfig({
    env: {
      MED_CLIENT_SECRET: "refused secret",
      CLIENT_SECRET: "outranked-secret",
      MQTT_BROKER: "mqtt://marie:in%2Fbroker@h",
      DATABASE_URL: "mysql://root:in-database@h/db",
    },
    workingDirectory: directory(t),
  });
  for (const secret of ["refused secret", "outranked-secret", "in%2Fbroker", "in/broker", "in-database"])
    assert.equal(redact(`<${secret}>`), "<•••>");
});
