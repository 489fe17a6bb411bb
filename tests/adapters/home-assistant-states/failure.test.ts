import assert from "node:assert/strict";
import { test } from "node:test";
import { failure, networkFailure, statesReasons } from "../../../src/adapters/home-assistant-states/failure.ts";

const url = "http://ha.local:8123/api";

for (const reason of statesReasons)
  test(`${reason} is told whole, in both languages`, () => {
    const { text, message } = failure(reason, { url, detail: "this detail" });
    for (const sentence of [text.fr, text.en]) {
      assert.match(sentence, /^[A-Z].*\.$/);
      assert.ok(sentence.includes(url) || sentence.includes("this detail"), sentence);
      assert.doesNotMatch(sentence, /undefined|\(\)/);
    }
    assert.notEqual(text.fr, text.en);
    assert.equal(message, text.en);
  });

const withCode = (code: string) => Object.assign(new Error(`it failed: ${code}`), { code });
for (const [code, reason, retry] of [
  ["ECONNREFUSED", "unreachable", "soon"],
  ["ENOTFOUND", "unreachable", "soon"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "certificate", "hourly"],
  ["HPE_INVALID_CONSTANT", "wrong_url", "hourly"],
] as const)
  test(`${code} is ${reason}, however deep it lies`, () => {
    const error = new TypeError("fetch failed", { cause: new AggregateError([withCode(code), withCode("EOTHER")]) });
    const told = networkFailure(error, url);
    assert.deepEqual([told.reason, told.retry], [reason, retry]);
    assert.ok(told.text.fr.includes(code));
  });

test("what was told already is told once", () => {
  const told = failure("starting", { url, detail: "" });
  assert.equal(networkFailure(told, url), told);
});

test("what others say is shown on one line, of bounded length", () => {
  const { text } = failure("refused", { url, detail: `first\nsecond ${"x".repeat(400)}` });
  // 300 characters and the ellipsis.
  assert.equal(/« (first second x+…) »/.exec(text.fr)?.[1]?.length, 301);
});
