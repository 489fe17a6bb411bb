import assert from "node:assert/strict";
import { test } from "node:test";
import { registerSecret } from "../../src/shared/log.ts";
import { peerWords } from "../../src/shared/peer-words.ts";

test("what a peer said is repeated on one line, without secrets and at a bounded length", () => {
  registerSecret("what-it-was-sent");
  assert.equal(peerWords(" <p>\n  what-it-was-sent\r\n</p> "), "<p> ••• </p>");
  // 300 characters and the sign that more was there.
  assert.equal(peerWords("x".repeat(5_000)).length, 301);
});

test("a secret across the cut leaves nothing of its beginning", () => {
  registerSecret("what-it-was-sent");
  for (let before = 280; before < 300; before++)
    assert.doesNotMatch(peerWords(`${"x".repeat(before)}what-it-was-sent`), /w/, `${before}`);
});
