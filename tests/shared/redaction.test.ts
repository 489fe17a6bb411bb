import assert from "node:assert/strict";
import { test } from "node:test";
import { headerSecrets, redact, registerSecret } from "../../src/shared/log.ts";

test("a secret is found in each spelling in which a peer may repeat it", () => {
  const secret = `Kp4&<é>"/ +'%`;
  registerSecret(secret);
  const spellings = {
    plain: secret,
    url: "Kp4%26%3C%C3%A9%3E%22%2F%20%2B'%25",
    form: "Kp4%26%3C%C3%A9%3E%22%2F+%2B%27%25",
    json: `Kp4&<é>\\"/ +'%`,
    pageOfGo: "Kp4&amp;&lt;é&gt;&#34;/ +&#39;%",
    pageOfPhp: "Kp4&amp;&lt;é&gt;&quot;/ +'%",
    pageOfPhp81: "Kp4&amp;&lt;é&gt;&quot;/ +&#039;%",
  };
  for (const [name, spelling] of Object.entries(spellings)) assert.equal(redact(`a ${spelling} b`), "a ••• b", name);
});

test("of a header's value what stands behind the scheme is a secret too, and a password in base64", () => {
  assert.deepEqual(headerSecrets("tenant-7"), ["tenant-7"]);
  assert.deepEqual(headerSecrets("Bearer abc.def"), ["Bearer abc.def", "abc.def"]);
  const basic = Buffer.from("me:p:w").toString("base64");
  assert.deepEqual(headerSecrets(`basic ${basic}`), [`basic ${basic}`, basic, "p:w"]);
});

test("an answer without an end to its words is searched at once", () => {
  const from = performance.now();
  for (const text of [
    "x".repeat(200_000),
    "a://b:".repeat(30_000),
    `basic ${"\t".repeat(200_000)}`,
    "bearer a".repeat(30_000),
  ])
    redact(text);
  // Some tens of milliseconds; with one unbounded repetition the first alone takes most of a minute.
  assert.ok(performance.now() - from < 5_000);
  assert.equal(redact(`${"x".repeat(100)}http://me:hunter2@host`), `${"x".repeat(100)}http://me:•••@host`);
});
