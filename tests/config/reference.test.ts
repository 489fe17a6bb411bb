import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readAs } from "../../src/config/kinds.ts";
import { optionKeys, options } from "../../src/config/options.ts";
import { configurationReference, manifestOptions } from "../../src/config/reference.ts";
import { Refusal } from "../../src/config/remark.ts";

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
  const known = /^(str|password|url|bool|int\(\d+,\d+\)|list\([A-Za-z0-9_|]+\)|match\(\^[^/]+\$\))\?$/;
  const listed = manifestOptions();
  assert.deepEqual(
    listed.map(({ key }) => key),
    optionKeys.filter((key) => !["data_dir", "api_port", "web_port", "secret_key"].includes(key)),
  );
  for (const { key, type } of listed)
    for (const part of typeof type === "string" ? [type] : Object.values(type[0])) assert.match(part, known, key);
});

test("a list of objects names each part of it in both languages, and shows an example that is accepted", () => {
  const plans = manifestOptions().find(({ key }) => key === "tariff_plans");
  const keys = [
    "usage_point",
    "from",
    "to",
    "plan",
    "offpeak_hours",
    "summer_offpeak_hours",
    "weekend_offpeak",
    "holidays",
    "peak_days",
    "peak_days_through",
    "power_kva",
    "prices",
    "standing",
    "buyback",
    "sale",
  ];
  assert.deepEqual(Object.keys(plans?.fields ?? {}), keys);
  assert.deepEqual(typeof plans?.type === "object" ? Object.keys(plans.type[0]) : [], keys);
  for (const { name, description } of Object.values(plans?.fields ?? {}))
    for (const text of [name.fr, name.en, description.fr, description.en]) assert.ok(text.length > 1);
  assert.ok(!(readAs(options.tariff_plans.kind, options.tariff_plans.example ?? "") instanceof Refusal));
});

test("what the manifest hides is secret and the other way round, except for the client id, which is shown to be checked", () => {
  for (const { key, type } of manifestOptions())
    assert.equal(type === "password?", options[key].secret && key !== "client_id", key);
});
