import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { describeConfig } from "../../src/config/describe.ts";
import { type ConfigInput, loadConfig } from "../../src/config/load.ts";
import { optionKeys, options } from "../../src/config/options.ts";
import { secretsOf } from "../../src/config/secrets.ts";

/** Text that comes near to what options expect, and any other. */
const word = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("", " ", "mqtt://", "://", "a:b@c", "[::1", "%", "/", "{}", '"', "-1", "1e3", "true", "…", "\0"),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
);
const text = fc.array(word, { maxLength: 3 }).map((words) => words.join(""));
const names = optionKeys.flatMap((key) => options[key].env).flatMap((name) => [name, `${name}_FILE`]);

const input: fc.Arbitrary<ConfigInput> = fc.record({
  env: fc.dictionary(fc.constantFrom(...names, "TZ", "MQTT_INTERVAL", "MQTT_BROKR"), text),
  optionsFile: fc.record({
    path: fc.constant("/data/options.json"),
    text: fc.oneof(
      text,
      fc.dictionary(fc.constantFrom(...optionKeys, "other"), fc.jsonValue()).map((value) => JSON.stringify(value)),
    ),
  }),
  requireCredentials: fc.boolean(),
});

test("whatever is written, the answer is a configuration or whole sentences in both languages", () => {
  fc.assert(
    fc.property(input, (given) => {
      const result = loadConfig(given);
      if ("config" in result) return;
      assert.ok(result.faults.length > 0);
      for (const { option, text: sentence } of [...result.faults, ...result.notices])
        for (const language of ["fr", "en"] as const) {
          assert.ok(sentence[language].startsWith(option));
          assert.match(sentence[language], /[.?]$/);
        }
    }),
    { numRuns: 500 },
  );
});

/** Eight characters and more that nothing else in a sentence looks like. */
const secret = fc.stringMatching(/^[!-~ ]{0,6}Zq[0-9]{6}[!-~ ]{0,6}$/);

test("whatever the secrets are, no fault, notice or description repeats them, and the log is told of them", () => {
  fc.assert(
    fc.property(secret, secret, secret, fc.constantFrom("", "s", "x"), (own, broker, database, flaw) => {
      const given: ConfigInput = {
        env: {
          MED_CLIENT_ID: "cli_abc",
          MED_CLIENT_SECRET: own,
          MQTT_BROKER: `mqtt${flaw}://marie:${broker}@host`,
          DATABASE_URL: `postgresql${flaw}://linky:${database}@host/linky`,
          LINKY_LANGUAGE: flaw,
        },
      };
      const result = loadConfig(given);
      const shown = JSON.stringify([
        "faults" in result ? result.faults : describeConfig(result.config),
        result.notices,
      ]);
      assert.doesNotMatch(shown, /Zq\d{6}/);
      const told = secretsOf(given);
      // Quotes and blanks around it are no part of it.
      const core = own
        .trim()
        .replace(/^(["'])(.*)\1$/, "$2")
        .trim();
      assert.ok(told.some((known) => known.includes(core)));
      assert.ok(told.includes(broker));
    }),
    { numRuns: 500 },
  );
});
