import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { optionKeys, options } from "../../src/config/options.ts";
import { configurationReference, manifestOptions } from "../../src/config/reference.ts";

test("docs/configuration.md is what the options say (npm run docs writes it)", () => {
  const path = join(import.meta.dirname, "..", "..", "docs", "configuration.md");
  assert.equal(readFileSync(path, "utf8"), configurationReference());
});

test("the reference names every option and variable twice, once a language", () => {
  const text = configurationReference();
  for (const key of optionKeys)
    for (const name of [key, ...options[key].env]) {
      const times = text.split("\n").filter((line) => line.startsWith("|") && line.includes(`\`${name}\``)).length;
      assert.equal(times, 2, name);
    }
});

test("no two options share a key's variable", () => {
  const names = optionKeys.flatMap((key) => options[key].env);
  assert.equal(new Set(names).size, names.length);
});

test("every text of every option is there in both languages", () => {
  for (const key of optionKeys) {
    const { name, meaning, advice, fallbackText } = options[key];
    for (const text of [name, meaning, advice, ...(fallbackText ? [fallbackText] : [])])
      for (const language of ["fr", "en"] as const) assert.ok(text[language].length > 1, `${key} in ${language}`);
  }
});

test("the manifest lists optional types the Supervisor knows", () => {
  // https://developers.home-assistant.io/docs/apps/configuration#options--schema
  const known = /^(str|password|url|bool|int\(\d+,\d+\)|list\([a-z|]+\))\?$/;
  const listed = manifestOptions();
  assert.deepEqual(
    listed.map(({ key }) => key),
    optionKeys.filter((key) => key !== "data_dir"),
  );
  for (const { key, type } of listed) assert.match(type, known, key);
});

test("what the manifest hides is secret and the other way round, except for the client id, which is shown to be checked", () => {
  for (const { key, type } of manifestOptions())
    assert.equal(type === "password?", options[key].secret && key !== "client_id", key);
});
