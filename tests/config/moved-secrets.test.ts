import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { movedSecrets, sentTo } from "../../src/config/moved-secrets.ts";
import { optionKeys, options } from "../../src/config/options.ts";
import { isSettableInPage } from "../../src/config/page-settings.ts";
import { openConfig } from "../../src/config/read.ts";

type Values = Readonly<Record<string, string>>;

/** The options that are to be given again, beside what the environment holds. */
function askedAgain(env: Values, former: Values, next: Values): readonly string[] {
  const { describe } = openConfig({ env, requireCredentials: false, usualOptionsPath: "/nowhere" });
  const given = Object.keys(next).filter((key) => next[key] !== former[key]);
  const faults = movedSecrets({ former: describe(former), next: describe(next), given });
  return faults.map(({ en }) => en.split(" ")[0] ?? "");
}

const account = { MED_CLIENT_ID: "cli_mine", MED_CLIENT_SECRET: "mine-alone" };
const elsewhere = "http://elsewhere.test";

suite("a secret and the server it is sent to", () => {
  test("every secret that the page may set is known with its addresses", () => {
    const secrets = optionKeys.filter((key) => options[key].secret && isSettableInPage(key));
    assert.deepEqual(Object.keys(sentTo).sort(), [...secrets].sort());
  });

  test("another address asks for the secrets that would go there, wherever they were given", () => {
    assert.deepEqual(askedAgain(account, {}, { gateway_url: elsewhere }), ["client_id", "client_secret"]);
    const inPage = { client_id: "cli_mine", client_secret: "mine-alone" };
    assert.deepEqual(askedAgain({}, inPage, { ...inPage, gateway_url: elsewhere }), ["client_id", "client_secret"]);
    const password = { mqtt_password: "mine", mqtt_username: "u", mqtt_broker: "mqtt://u@broker" };
    assert.deepEqual(askedAgain({}, password, { ...password, mqtt_broker: "evil" }), ["mqtt_password"]);
    const jeedom = { JEEDOM_URL: "http://box", JEEDOM_API_KEY: "0123456789abcdef" };
    assert.deepEqual(askedAgain(jeedom, {}, { jeedom_url: elsewhere }), ["jeedom_api_key"]);
    const home = { HOMEASSISTANT_URL: "http://ha:8123", HOMEASSISTANT_TOKEN: "a.b.c" };
    assert.deepEqual(askedAgain(home, {}, { homeassistant_url: "evil:8123" }), ["homeassistant_token"]);
  });

  test("any of the addresses of one destination counts", () => {
    const env = {
      VICTORIAMETRICS_URL: "http://vm:8428",
      VICTORIAMETRICS_USERNAME: "u",
      VICTORIAMETRICS_PASSWORD: "mine",
      VICTORIAMETRICS_HEADERS: '{"X-Scope-OrgID":"home"}',
      VICTORIAMETRICS_DELETE_AUTH_KEY: "key",
    };
    const [password, headers, key] = [
      "victoriametrics_password",
      "victoriametrics_headers",
      "victoriametrics_delete_auth_key",
    ];
    assert.deepEqual(askedAgain(env, {}, { victoriametrics_read_url: elsewhere }), [password, headers]);
    assert.deepEqual(askedAgain(env, {}, { victoriametrics_delete_url: elsewhere }), [password, headers, key]);
    assert.deepEqual(askedAgain(env, {}, { victoriametrics_read_url: "http://vm:8428/select/0/prometheus" }), []);
  });

  test("given again in the same change, or on the same server, nothing is asked", () => {
    const moved = { gateway_url: elsewhere, client_id: "cli_other", client_secret: "other" };
    assert.deepEqual(askedAgain(account, {}, moved), []);
    const url = "http://gateway.test:9";
    const env = { ...account, GATEWAY_URL: `${url}/api` };
    for (const same of [`${url}/api/`, `${url}/v2`, "http://GATEWAY.test:9"])
      assert.deepEqual(askedAgain(env, {}, { gateway_url: same }), [], same);
    assert.deepEqual(askedAgain(env, {}, { gateway_url: "http://gateway.test:10" }), ["client_id", "client_secret"]);
    const broker = { MQTT_BROKER: "broker", MQTT_USERNAME: "u", MQTT_PASSWORD: "mine" };
    assert.deepEqual(askedAgain(broker, {}, { mqtt_broker: "mqtt://u@Broker:1883" }), []);
    assert.deepEqual(askedAgain({}, {}, { gateway_url: elsewhere }), [], "nothing is there to be sent");
  });

  test("the page's secret taken away, the environment's does not go to the page's address", () => {
    const inPage = { gateway_url: elsewhere, client_id: "cli_x", client_secret: "given" };
    const { client_secret: taken, ...rest } = inPage;
    assert.ok(taken);
    assert.deepEqual(askedAgain(account, inPage, rest), ["client_secret"]);
    assert.deepEqual(askedAgain(account, inPage, {}), [], "the environment's address goes with it");
  });

  test("what the administrator set is nobody's trick", () => {
    const env = { ...account, GATEWAY_URL: elsewhere };
    assert.deepEqual(askedAgain(env, { gateway_url: "http://former.test" }, {}), []);
  });

  test("the Supervisor's token is not to be had by an address that looks like its proxy", () => {
    const env = { SUPERVISOR_TOKEN: "given-at-this-start" };
    assert.deepEqual(askedAgain(env, {}, { homeassistant_url: "http://evil.test/core" }), ["homeassistant_url"]);
    assert.deepEqual(askedAgain(env, {}, { homeassistant_url: "http://supervisor/core" }), []);
  });
});
