import assert from "node:assert/strict";
import { test } from "node:test";
import { isOlder } from "../../../src/adapters/home-assistant/version.ts";

const cases: readonly [version: string, isOlder: boolean][] = [
  ["2025.10.4", true],
  ["2024.12.5", true],
  ["0.118.5", true],
  ["2025.11.0", false],
  ["2025.11.0b3", false],
  ["2025.11", false],
  ["2025.12.1", false],
  ["2026.1.0", false],
  ["2026.4.0.dev0", false],
  ["2025.9.12", true],
  ["my own build", false],
];
for (const [version, expected] of cases)
  test(`${version} is ${expected ? "older" : "not older"} than 2025.11.0`, () => {
    assert.equal(isOlder(version, "2025.11.0"), expected);
  });
