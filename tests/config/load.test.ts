import assert from "node:assert/strict";
import { test } from "node:test";
import type { Config } from "../../src/config/config.ts";
import { describeConfig } from "../../src/config/describe.ts";
import { type ConfigInput, loadConfig } from "../../src/config/load.ts";

const credentials = { MED_CLIENT_ID: "cli_abc", MED_CLIENT_SECRET: "s3cr3t-value" };

function accepted(input: ConfigInput): { config: Config; notices: readonly string[] } {
  const result = loadConfig(input);
  if ("faults" in result) throw new Error(result.faults.map(({ text }) => text.en).join("\n"));
  return { config: result.config, notices: result.notices.map(({ text }) => text.en) };
}
const withEnv = (env: Record<string, string>) => accepted({ env: { ...credentials, ...env } });
const optionsFile = (value: unknown) => ({ path: "/data/options.json", text: JSON.stringify(value) });

test("two credentials are enough, all the rest has its default", () => {
  assert.deepEqual(withEnv({}), {
    config: {
      language: "fr",
      timezone: "Europe/Paris",
      log: { level: "info", format: "text", language: "fr" },
      dataDir: null,
      gateway: {
        url: "https://www.v2.myelectricaldata.fr/api",
        clientId: "cli_abc",
        clientSecret: "s3cr3t-value",
        usagePoints: [],
      },
      database: { url: null },
      homeAssistant: null,
      tariffPlans: [],
      mqtt: null,
      exports: { victoriaMetrics: null, jeedom: null, states: null },
      prometheus: null,
      server: { host: "127.0.0.1", port: 8181, webPort: 8100, supervisor: "absent", password: null },
      secretKeys: null,
      supervisor: null,
    },
    notices: [],
  });
});

test("the API listens where it is told to, and port 0 switches it off", () => {
  const listening = (env: Record<string, string>) => {
    const server = withEnv(env).config.server;
    return server && [server.host, server.port, server.webPort, server.supervisor];
  };
  assert.deepEqual(listening({ API_HOST: "0.0.0.0", API_PORT: "8182" }), ["0.0.0.0", 8182, 8100, "absent"]);
  assert.deepEqual(listening({ API_HOST: "[::1]" }), ["::1", 8181, 8100, "absent"]);
  assert.deepEqual(listening({ API_HOST: "Linky.local" }), ["linky.local", 8181, 8100, "absent"]);
  assert.deepEqual(listening({ LINKY_WEB_PORT: "0" }), ["127.0.0.1", 8181, null, "absent"]);
  const inApp = { SUPERVISOR_TOKEN: "given-at-this-start" };
  assert.deepEqual(listening(inApp), ["0.0.0.0", 8181, 8100, "only"]);
  assert.deepEqual(listening({ ...inApp, API_HOST: "127.0.0.1" }), ["0.0.0.0", 8181, 8100, "only"]);
  assert.deepEqual(listening({ ...inApp, API_HOST: "0.0.0.0" }), ["0.0.0.0", 8181, 8100, "trusted"]);
  assert.equal(withEnv({ API_PORT: "0" }).config.server, null);
});

test("a broker switches MQTT on with its defaults", () => {
  assert.deepEqual(withEnv({ MQTT_BROKER: "192.168.1.10" }).config.mqtt, {
    url: "mqtt://192.168.1.10:1883",
    username: null,
    password: null,
    topicPrefix: "myelectricaldata",
    qos: 1,
    retain: true,
    discovery: { enabled: true, prefix: "homeassistant" },
    tls: { caCert: null, clientCert: null, clientKey: null },
    exportData: [
      "consumption_daily",
      "consumption_monthly",
      "consumption_detail",
      "production_daily",
      "tempo",
      "ecowatt",
    ],
    stateClass: "auto",
  });
});

test("MQTT_ENABLED=false keeps the broker and publishes nothing", () => {
  assert.equal(withEnv({ MQTT_BROKER: "192.168.1.10", MQTT_ENABLED: "false" }).config.mqtt, null);
});

const brokers: readonly [written: string, url: string, username: string | null, password: string | null][] = [
  ["core-mosquitto", "mqtt://core-mosquitto:1883", null, null],
  ["core_mosquitto:1884", "mqtt://core_mosquitto:1884", null, null],
  ["mqtt:1883", "mqtt://mqtt:1883", null, null],
  ["mqtt://host", "mqtt://host:1883", null, null],
  ["mqtt://host/", "mqtt://host:1883", null, null],
  ["MQTT://Host:1883", "mqtt://Host:1883", null, null],
  ["tcp://host", "mqtt://host:1883", null, null],
  ["mqtts://host", "mqtts://host:8883", null, null],
  ["ssl://host:9", "mqtts://host:9", null, null],
  ["ws://host:9001/mqtt", "ws://host:9001/mqtt", null, null],
  ["wss://host", "wss://host:443", null, null],
  ["[fe80::1]:1883", "mqtt://[fe80::1]:1883", null, null],
  ["mqtt://marie@host", "mqtt://host:1883", "marie", null],
  ["mqtt://marie:p%40ss@host", "mqtt://host:1883", "marie", "p@ss"],
  ["mqtt://marie:a/b#c:d@e%@host:1", "mqtt://host:1", "marie", "a/b#c:d@e%"],
  ["marie:secret@host", "mqtt://host:1883", "marie", "secret"],
];
for (const [written, url, username, password] of brokers)
  test(`the broker « ${written} » is ${url}`, () => {
    const mqtt = withEnv({ MQTT_BROKER: written }).config.mqtt;
    assert.deepEqual([mqtt?.url, mqtt?.username, mqtt?.password], [url, username, password]);
  });

test("a broker without a scheme is reached with TLS as soon as a certificate is given", () => {
  const mqtt = withEnv({ MQTT_BROKER: "host", MQTT_CA_CERT: "/ca.pem" }).config.mqtt;
  assert.equal(mqtt?.url, "mqtts://host:8883");
});

const pasted: readonly [raw: string, secret: string][] = [
  ['"s3cr3t-value"', "s3cr3t-value"],
  ["'s3cr3t-value'", "s3cr3t-value"],
  ["  s3cr3t-value \n", "s3cr3t-value"],
  ["\uFEFFs3cr3t-value\r\n", "s3cr3t-value"],
  ["Bearer s3cr3t-value", "s3cr3t-value"],
  ["Authorization: Bearer s3cr3t-value", "s3cr3t-value"],
  ['Bearer "s3cr3t-value"', "s3cr3t-value"],
];
for (const [raw, secret] of pasted)
  test(`the secret pasted as ${JSON.stringify(raw)} is understood`, () => {
    assert.equal(withEnv({ MED_CLIENT_SECRET: raw }).config.gateway.clientSecret, secret);
  });

test("an MQTT password is kept to the letter, except for a file's byte order mark and last line break", () => {
  const mqtt = withEnv({ MQTT_BROKER: "h", MQTT_USERNAME: "marie", MQTT_PASSWORD: ' "p" ' }).config.mqtt;
  assert.equal(mqtt?.password, ' "p" ');
  const files = new Map([["/run/secrets/mqtt", { text: "\uFEFF p \r\n" }]]);
  const env = { ...credentials, MQTT_BROKER: "h", MQTT_USERNAME: "marie", MQTT_PASSWORD_FILE: "/run/secrets/mqtt" };
  assert.equal(accepted({ env, files }).config.mqtt?.password, " p ");
});

test("empty text is not set, in the environment as in the options file", () => {
  const { config } = accepted({
    env: { ...credentials, MED_API_URL: "", MQTT_BROKER: "  ", LINKY_LANGUAGE: '""' },
    optionsFile: optionsFile({ mqtt_qos: "", language: null, usage_points: [] }),
  });
  assert.equal(config.gateway.url, "https://www.v2.myelectricaldata.fr/api");
  assert.equal(config.mqtt, null);
  assert.equal(config.language, "fr");
});

test("the empty fields of a form are not set", () => {
  const { config } = accepted({
    env: {},
    optionsFile: optionsFile({
      client_id: "cli_abc",
      client_secret: "s3cr3t-value",
      mqtt_broker: "",
      mqtt_password: "",
    }),
  });
  assert.equal(config.mqtt, null);
});

test("options of the app are read with the types the Supervisor writes", () => {
  const { config, notices } = accepted({
    env: {},
    optionsFile: optionsFile({
      client_id: "cli_abc",
      client_secret: "s3cr3t-value",
      mqtt_broker: "core-mosquitto",
      mqtt_qos: 2,
      mqtt_retain: false,
      mqtt_export_data: ["tempo", "ecowatt"],
      usage_points: ["01234567890123", 12345678901234],
      log_level: "debug",
    }),
  });
  assert.deepEqual(notices, []);
  assert.equal(config.mqtt?.qos, 2);
  assert.equal(config.mqtt?.retain, false);
  assert.deepEqual(config.mqtt?.exportData, ["tempo", "ecowatt"]);
  assert.deepEqual(config.gateway.usagePoints, ["01234567890123", "12345678901234"]);
  assert.equal(config.log.level, "debug");
});

test("a byte order mark and blank lines around the options are no fault", () => {
  const text = `\uFEFF\r\n{"client_id":"cli_abc","client_secret":"s3cr3t-value"}\r\n\r\n`;
  assert.equal(accepted({ env: {}, optionsFile: { path: "/o.json", text } }).config.gateway.clientId, "cli_abc");
});

test("usage points are read as people write them", () => {
  const written = "12345678901234, 12 345 678 901 235; 12345678901236 12345678901237,12345678901234";
  assert.deepEqual(withEnv({ LINKY_USAGE_POINTS: written }).config.gateway.usagePoints, [
    "12345678901234",
    "12345678901235",
    "12345678901236",
    "12345678901237",
  ]);
});

test("the command line passes before the environment, the environment before the options file", () => {
  const { config, notices } = accepted({
    env: { ...credentials, LINKY_LANGUAGE: "fr", LINKY_LOG_FORMAT: "json" },
    overrides: { language: "en" },
    optionsFile: optionsFile({ language: "fr", log_level: "debug", log_format: "text" }),
  });
  assert.equal(config.language, "en");
  assert.deepEqual(config.log, { level: "debug", format: "json", language: "en" });
  // Nothing about the language: --language was typed for this once.
  assert.deepEqual(notices, [
    "log_format (/data/options.json): this value has no effect, because LINKY_LOG_FORMAT (environment) comes first.",
  ]);
});

test("the preferred environment name passes before the alias", () => {
  const { config, notices } = withEnv({ CLIENT_ID: "cli_other" });
  assert.equal(config.gateway.clientId, "cli_abc");
  assert.deepEqual(notices, [
    "CLIENT_ID (environment): this value has no effect, because MED_CLIENT_ID (environment) comes first.",
  ]);
});

test("aliases alone are enough", () => {
  const env = { CLIENT_ID: "cli_abc", CLIENT_SECRET: "s3cr3t-value", GATEWAY_URL: "http://127.0.0.1:8080/" };
  assert.deepEqual(accepted({ env }).config.gateway, {
    url: "http://127.0.0.1:8080",
    clientId: "cli_abc",
    clientSecret: "s3cr3t-value",
    usagePoints: [],
  });
});

test("the public gateway without its path is completed", () => {
  const { config } = withEnv({ MED_API_URL: "https://www.v2.myelectricaldata.fr/" });
  assert.equal(config.gateway.url, "https://www.v2.myelectricaldata.fr/api");
});

test("credentials may be absent where nothing is fetched", () => {
  const { config } = accepted({ env: {}, requireCredentials: false });
  assert.deepEqual([config.gateway.clientId, config.gateway.clientSecret], [null, null]);
});

test("an unknown key of the options file is a notice with a suggestion, never a fault", () => {
  const { notices } = accepted({
    env: credentials,
    optionsFile: optionsFile({ mqtt_brocker: "h", "MQTT-QOS": 1, influxdb_url: "http://h" }),
  });
  assert.deepEqual(notices, [
    'mqtt_brocker (/data/options.json): there is no such option and it has no effect; did you mean "mqtt_broker"?',
    'MQTT-QOS (/data/options.json): there is no such option and it has no effect; did you mean "mqtt_qos"?',
    "influxdb_url (/data/options.json): there is no such option and it has no effect; you can remove it.",
  ]);
});

test("a foreign time zone, an interval and a misspelled variable are told", () => {
  assert.deepEqual(withEnv({ TZ: "America/Cayenne", MQTT_INTERVAL: "60", MQTT_BROKR: "h", MQTT_OTHER: "x" }).notices, [
    'TZ (environment): "America/Cayenne" has no effect on energy, which is always counted in Paris time (Europe/Paris).',
    "MQTT_INTERVAL (environment): this variable has no effect: a value is published as soon as it changes; you can remove it.",
    "MQTT_BROKR (environment): this variable is unknown and has no effect; did you mean MQTT_BROKER?",
  ]);
  assert.deepEqual(withEnv({ TZ: "Europe/Paris" }).notices, []);
});

test("the configuration is frozen to its last leaf", () => {
  const { config } = withEnv({
    MQTT_BROKER: "h",
    LINKY_USAGE_POINTS: "12345678901234",
    HOMEASSISTANT_URL: "h",
    HOMEASSISTANT_TOKEN: "jeton",
    TARIFF_PLANS: '[{"plan": "EJP", "peak_days": "2026-01-12"}]',
  });
  const open: string[] = [];
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== "object" || value === null) return;
    if (!Object.isFrozen(value)) open.push(path);
    for (const [key, part] of Object.entries(value)) visit(part, `${path}.${key}`);
  };
  visit(config, "config");
  assert.deepEqual(open, []);
});

test("two loads share nothing that freezing could spoil", () => {
  assert.deepEqual(withEnv({ MQTT_BROKER: "h" }).config, withEnv({ MQTT_BROKER: "h" }).config);
});

test("faults come with the language to tell them in, as far as it is known", () => {
  const languageOf = (input: ConfigInput) => {
    const result = loadConfig(input);
    return "faults" in result ? result.language : "no fault";
  };
  assert.equal(languageOf({ env: { LINKY_LANGUAGE: "en" } }), "en");
  assert.equal(languageOf({ env: {}, optionsFile: optionsFile({ language: "en" }) }), "en");
  assert.equal(languageOf({ env: { LINKY_LANGUAGE: "de" } }), "fr");
});

test("the description shows what is set and no secret", () => {
  const { config } = withEnv({
    MQTT_BROKER: "mqtt://marie:motdepasse@host",
    DATABASE_URL: "postgresql://linky:topsecret@db:5432/linky?password=topsecret",
    LINKY_USAGE_POINTS: "12345678901234",
    HOMEASSISTANT_URL: "ha",
    HOMEASSISTANT_TOKEN: "topsecret-token",
    TARIFF_PLANS: '[{"plan": "TEMPO"}]',
    VICTORIAMETRICS_URL: "http://vm:8428",
    VICTORIAMETRICS_HEADERS: '{"Authorization":"Bearer topsecret"}',
  });
  assert.deepEqual(describeConfig(config), {
    language: "fr",
    timezone: "Europe/Paris",
    logLevel: "info",
    logFormat: "text",
    dataDir: "default",
    gateway: "https://www.v2.myelectricaldata.fr/api",
    clientId: true,
    clientSecret: true,
    usagePoints: ["…1234"],
    database: "postgresql://db:5432/linky",
    api: "127.0.0.1:8181",
    homeAssistant: "ws://ha:8123/api/websocket",
    tariffPlans: 1,
    victoriaMetrics: "http://vm:8428",
    jeedom: "off",
    homeAssistantStates: "off",
    prometheus: "off",
    mqtt: "mqtt://host:1883",
    mqttLogin: "user and password",
    mqttTopicPrefix: "myelectricaldata",
    mqttQos: 1,
    mqttRetain: true,
    mqttDiscovery: "homeassistant",
    mqttExportData: [
      "consumption_daily",
      "consumption_monthly",
      "consumption_detail",
      "production_daily",
      "tempo",
      "ecowatt",
    ],
    mqttStateClass: "auto",
  });
});
