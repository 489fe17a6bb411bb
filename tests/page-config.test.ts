import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { test } from "node:test";
import { openConfig } from "../src/config/read.ts";
import { configWithPage } from "../src/page-config.ts";
import { createLog } from "../src/shared/log.ts";

/** What is left of the page's values in an environment, and how many lines tell why. */
function start(env: Readonly<Record<string, string>>, values: Readonly<Record<string, unknown>>) {
  let lines = 0;
  const destination = new Writable({
    write(_chunk, _encoding, done) {
      lines++;
      done();
    },
  });
  const reader = openConfig({ env, requireCredentials: false, usualOptionsPath: "/nonexistent/options.json" });
  const read = reader.read();
  assert.ok("config" in read, JSON.stringify(read));
  const log = createLog({ level: "warn", format: "json" }, destination);
  const config = configWithPage(read.config, reader, { page: { values, unreadable: [] }, log });
  return { config, lines };
}

const jeedom = { jeedom_url: "http://192.168.1.10", jeedom_api_key: "v".repeat(64) };

test("what is set in the page counts", () => {
  const { config, lines } = start({}, jeedom);
  assert.equal(config.exports.jeedom?.url, "http://192.168.1.10");
  assert.equal(lines, 0);
});

test("a value at fault is left out, and the rest counts", () => {
  const { config, lines } = start({}, { ...jeedom, jeedom_interval: 0 });
  assert.equal(config.exports.jeedom?.intervalMinutes, 60);
  assert.equal(lines, 1);
});

test("what asks for something that the environment no longer gives is left out, and the rest counts", () => {
  const env = { HOMEASSISTANT_URL: "http://192.168.1.10:8123", HOMEASSISTANT_TOKEN: "t".repeat(40) };
  const values = { homeassistant_states_enabled: true, victoriametrics_enabled: true, ...jeedom };
  const before = start({ ...env, VICTORIAMETRICS_URL: "http://192.168.1.10:8428" }, values);
  assert.notEqual(before.config.exports.states, null);
  assert.notEqual(before.config.exports.victoriaMetrics, null);
  const after = start({}, values);
  assert.equal(after.config.exports.states, null);
  assert.equal(after.config.exports.victoriaMetrics, null);
  assert.equal(after.config.exports.jeedom?.url, "http://192.168.1.10");
  // Both are told, then the one that is left.
  assert.equal(after.lines, 3);
});
