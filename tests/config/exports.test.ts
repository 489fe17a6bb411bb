import assert from "node:assert/strict";
import { test } from "node:test";
import { loadConfig } from "../../src/config/load.ts";
import { secretsOf } from "../../src/config/secrets.ts";

const credentials = { MED_CLIENT_ID: "cli_abc", MED_CLIENT_SECRET: "s3cr3t-value" };
const read = (env: Readonly<Record<string, string>>) => loadConfig({ env: { ...credentials, ...env } });

function accepted(env: Readonly<Record<string, string>>) {
  const result = read(env);
  assert.ok("config" in result, JSON.stringify(result));
  return result.config;
}

const vm = { VICTORIAMETRICS_URL: "http://vm:8428" };
const box = { JEEDOM_URL: "http://box", JEEDOM_API_KEY: "0123456789abcdef0123456789abcdef" };
const everything = [
  "consumption_daily",
  "consumption_monthly",
  "consumption_detail",
  "production_daily",
  "production_monthly",
  "production_detail",
  "cost_daily",
  "max_power",
  "tempo",
  "ecowatt",
];

test("an address switches VictoriaMetrics on with its defaults", () => {
  assert.deepEqual(accepted({ VICTORIAMETRICS_URL: "http://vm:8428/" }).exports.victoriaMetrics, {
    writeUrl: "http://vm:8428",
    readUrl: "http://vm:8428",
    deleteUrl: "http://vm:8428",
    username: null,
    password: null,
    token: null,
    headers: {},
    labels: {},
    deleteAuthKey: null,
    metricNames: "documented",
    tempoColors: "english",
    corrections: "replace",
    intervalMinutes: 60,
    exportData: everything,
  });
  assert.equal(accepted({ ...vm, VICTORIAMETRICS_ENABLED: "false" }).exports.victoriaMetrics, null);
});

test("each setting of VictoriaMetrics is taken as it is written", () => {
  const config = accepted({
    VICTORIAMETRICS_URL: "http://insert:8480/insert/0/prometheus",
    VICTORIAMETRICS_READ_URL: "http://select:8481/select/0/prometheus",
    VICTORIAMETRICS_DELETE_URL: "http://select:8481/delete/0/prometheus",
    VICTORIAMETRICS_USERNAME: "marie",
    VICTORIAMETRICS_PASSWORD: "mot de passe",
    VICTORIAMETRICS_HEADERS: '{"X-Scope-OrgID":"maison"}',
    VICTORIAMETRICS_LABELS: '{"maison":"Étable"}',
    VICTORIAMETRICS_METRIC_NAMES: "seed_code",
    VICTORIAMETRICS_TEMPO_COLORS: "french",
    VICTORIAMETRICS_CORRECTIONS: "append",
    VICTORIAMETRICS_INTERVAL: "15",
    VICTORIAMETRICS_EXPORT_DATA: "tempo,consumption_daily",
  });
  const { readUrl, deleteUrl, username, password, headers, labels, ...rest } = config.exports.victoriaMetrics ?? {
    readUrl: null,
  };
  assert.deepEqual(
    [readUrl, deleteUrl],
    ["http://select:8481/select/0/prometheus", "http://select:8481/delete/0/prometheus"],
  );
  assert.deepEqual([username, password], ["marie", "mot de passe"]);
  assert.deepEqual([headers, labels], [{ "X-Scope-OrgID": "maison" }, { maison: "Étable" }]);
  assert.deepEqual(rest, {
    writeUrl: "http://insert:8480/insert/0/prometheus",
    token: null,
    deleteAuthKey: null,
    metricNames: "seed_code",
    tempoColors: "french",
    corrections: "append",
    intervalMinutes: 15,
    exportData: ["consumption_daily", "tempo"],
  });
});

test("Jeedom needs an address and a key", () => {
  assert.deepEqual(accepted(box).exports.jeedom, {
    url: "http://box",
    apiKey: "0123456789abcdef0123456789abcdef",
    timeZone: null,
    unit: "kWh",
    detailDays: 30,
    intervalMinutes: 60,
    exportData: everything,
  });
  assert.equal(accepted({ ...box, JEEDOM_UNIT: "Wh", JEEDOM_TIMEZONE: "Europe/Brussels" }).exports.jeedom?.unit, "Wh");
});

test("states go to the address of Home Assistant, or through the Supervisor", () => {
  const wanted = { HOMEASSISTANT_STATES_ENABLED: "true" };
  const own = { HOMEASSISTANT_URL: "http://ha:8123", HOMEASSISTANT_TOKEN: "jeton" };
  const { states } = accepted({ ...wanted, ...own }).exports;
  assert.deepEqual([states?.apiUrl, states?.token, states?.viaSupervisor], ["http://ha:8123/api", "jeton", false]);
  const inApp = accepted({ ...wanted, SUPERVISOR_TOKEN: "given" }).exports.states;
  assert.deepEqual([inApp?.apiUrl, inApp?.token, inApp?.viaSupervisor], ["http://supervisor/core/api", "given", true]);
  const alone = accepted({ ...wanted, ...own, HOMEASSISTANT_ENABLED: "false" });
  assert.deepEqual([alone.homeAssistant, alone.exports.states?.apiUrl], [null, "http://ha:8123/api"]);
  assert.equal(accepted(own).exports.states, null);
});

test("every secret of a destination is known as one, refused ones too", () => {
  const env = {
    VICTORIAMETRICS_PASSWORD: "secret-1",
    VICTORIAMETRICS_TOKEN: "secret-2",
    VICTORIAMETRICS_HEADERS: '{"Authorization":"Bearer secret-3"}',
    VICTORIAMETRICS_DELETE_AUTH_KEY: "secret-4",
    JEEDOM_API_KEY: "secret-5",
    VICTORIAMETRICS_URL: "http://marie:secret-6@vm",
    JEEDOM_URL: "http://marie:secret-7@box",
  };
  const known = secretsOf({ env }).join("\n");
  for (const number of [1, 2, 3, 4, 5, 6, 7]) assert.match(known, new RegExp(`secret-${number}`), `secret-${number}`);
});

/** What is wrong, and how the one sentence begins; no secret stands in it. */
const bad: readonly (readonly [env: Readonly<Record<string, string>>, sentence: RegExp])[] = [
  [{ VICTORIAMETRICS_URL: "vm:8428" }, /^VICTORIAMETRICS_URL .* "vm:8428" is not an http:\/\/ or https:\/\/ address/],
  [{ VICTORIAMETRICS_URL: "ftp://vm" }, /^VICTORIAMETRICS_URL .* is not an http/],
  [{ VICTORIAMETRICS_URL: "http://http://vm" }, /^VICTORIAMETRICS_URL .* is not an http/],
  [{ VICTORIAMETRICS_URL: "http://" }, /^VICTORIAMETRICS_URL .* is not an http/],
  [{ VICTORIAMETRICS_URL: "http://marie:hush-hush@vm" }, /put them in victoriametrics_username/],
  [{ VICTORIAMETRICS_URL: "http://vm/?key=hush-hush" }, /holds "\?" or "#"/],
  [{ VICTORIAMETRICS_ENABLED: "true" }, /its address is missing/],
  [{ ...vm, VICTORIAMETRICS_ENABLED: "peut-être" }, /neither yes nor no/],
  [{ ...vm, VICTORIAMETRICS_READ_URL: "select" }, /^VICTORIAMETRICS_READ_URL/],
  [{ ...vm, VICTORIAMETRICS_DELETE_URL: "select" }, /^VICTORIAMETRICS_DELETE_URL/],
  [{ ...vm, VICTORIAMETRICS_USERNAME: "marie" }, /go together/],
  [{ ...vm, VICTORIAMETRICS_PASSWORD: "hush-hush" }, /go together/],
  [
    { ...vm, VICTORIAMETRICS_USERNAME: "m", VICTORIAMETRICS_PASSWORD: "p", VICTORIAMETRICS_TOKEN: "hush-hush" },
    /keep one of the two/,
  ],
  [{ ...vm, VICTORIAMETRICS_TOKEN: "your-token" }, /the text of an example/],
  [{ ...vm, VICTORIAMETRICS_TOKEN: "hush hush-hush" }, /holds a space/],
  [{ ...vm, VICTORIAMETRICS_LABELS: "maison=principale" }, /not a JSON object of texts/],
  [{ ...vm, VICTORIAMETRICS_LABELS: '["maison"]' }, /not a JSON object of texts/],
  [{ ...vm, VICTORIAMETRICS_LABELS: '{"pdl":"1"}' }, /the name "pdl" will not do/],
  [{ ...vm, VICTORIAMETRICS_LABELS: '{"__name__":"x"}' }, /the name "__name__" will not do/],
  [{ ...vm, VICTORIAMETRICS_LABELS: '{"ma-maison":"x"}' }, /the name "ma-maison" will not do/],
  [{ ...vm, VICTORIAMETRICS_LABELS: '{"etage":1}' }, /the value of "etage" is no text/],
  [{ ...vm, VICTORIAMETRICS_HEADERS: "Authorization: Bearer hush-hush" }, /not a JSON object of texts/],
  [{ ...vm, VICTORIAMETRICS_HEADERS: '{"Content-Type":"hush-hush"}' }, /the name "Content-Type" will not do/],
  [{ ...vm, VICTORIAMETRICS_HEADERS: '{"X-Key":"hush\\nhush"}' }, /the value of "X-Key" is no text of one line/],
  [
    { ...vm, VICTORIAMETRICS_TOKEN: "hush-hush", VICTORIAMETRICS_HEADERS: '{"authorization":"Bearer x"}' },
    /header Authorization is given beside/,
  ],
  [{ ...vm, VICTORIAMETRICS_METRIC_NAMES: "documentd" }, /did you mean "documented"/],
  [{ ...vm, VICTORIAMETRICS_TEMPO_COLORS: "german" }, /choose among english, french/],
  [{ ...vm, VICTORIAMETRICS_CORRECTIONS: "ignore" }, /choose among replace, append/],
  [{ ...vm, VICTORIAMETRICS_INTERVAL: "0" }, /not a whole number from 1 to 10080/],
  [{ ...vm, VICTORIAMETRICS_INTERVAL: "1h" }, /not a whole number/],
  [{ ...vm, VICTORIAMETRICS_EXPORT_DATA: "consumption_dayly" }, /did you mean "consumption_daily"/],
  [{ JEEDOM_URL: "http://box" }, /given without a key/],
  [{ JEEDOM_API_KEY: "hush-hush-hush-hush" }, /given without its address/],
  [{ JEEDOM_ENABLED: "true" }, /its address is missing/],
  [{ ...box, JEEDOM_URL: "box" }, /is not an http/],
  [{ ...box, JEEDOM_URL: "http://box/index.php?v=d" }, /holds "\?" or "#"/],
  [{ ...box, JEEDOM_API_KEY: "<clé>" }, /the text of an example/],
  [{ ...box, JEEDOM_TIMEZONE: "Paris" }, /no time zone that is known/],
  [{ ...box, JEEDOM_UNIT: "joule" }, /choose among kwh, wh/],
  [{ ...box, JEEDOM_DETAIL_DAYS: "-1" }, /not a whole number from 0 to 1100/],
  [{ HOMEASSISTANT_STATES_ENABLED: "true" }, /the address of Home Assistant is missing/],
  [{ PROMETHEUS_ENABLED: "2" }, /neither yes nor no/],
  [{ PROMETHEUS_METER_LABEL: "none" }, /choose among full, last4, alias/],
];

for (const [env, sentence] of bad)
  test(`refused in one sentence of each language: ${JSON.stringify(env)}`, () => {
    const result = read(env);
    assert.ok("faults" in result, "accepted");
    assert.deepEqual(result.faults.length, 1, JSON.stringify(result.faults));
    const [fault] = result.faults;
    assert.match(fault?.text.en ?? "", sentence);
    assert.notEqual(fault?.text.fr, fault?.text.en);
    assert.doesNotMatch(JSON.stringify(result.faults), /hush/);
  });

test("a refusal repeats no password of an address and no header, and each header's value is a secret by itself", () => {
  const cases: readonly Readonly<Record<string, string>>[] = [
    { VICTORIAMETRICS_URL: "me:Kept9Out@vm:8428" },
    { VICTORIAMETRICS_URL: "http:me:Kept9Out@vm:8428" },
    { VICTORIAMETRICS_URL: "vm:8428?key=Kept9Out" },
    { ...vm, VICTORIAMETRICS_HEADERS: '{"Authorization: Bearer Kept9Out":"x"}' },
    { ...vm, VICTORIAMETRICS_HEADERS: '{"X-Key":"Kept9Out\\n"}' },
  ];
  for (const env of cases) {
    const result = read(env);
    assert.ok("faults" in result && result.faults.length > 0, JSON.stringify(env));
    assert.doesNotMatch(JSON.stringify(result), /Kept9Out/);
  }
  const told = JSON.stringify(read({ ...vm, VICTORIAMETRICS_HEADERS: '{"Host":"x"}' }));
  assert.match(told, /« Host » ne convient pas/);
  const secrets = secretsOf({ env: { VICTORIAMETRICS_HEADERS: '{"X-Key":"Bearer abc.def"}' } });
  assert.ok(secrets.includes("Bearer abc.def") && secrets.includes("abc.def"));
});
