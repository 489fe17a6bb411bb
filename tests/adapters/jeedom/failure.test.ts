import assert from "node:assert/strict";
import { test } from "node:test";
import { endpointOf } from "../../../src/adapters/jeedom/endpoint.ts";
import { failure, jeedomReasons } from "../../../src/adapters/jeedom/failure.ts";
import { networkFailure } from "../../../src/adapters/jeedom/network-failure.ts";
import { type FailureCode, sentences } from "../../../src/adapters/jeedom/sentences.ts";
import { redact, registerSecret } from "../../../src/shared/log.ts";

const url = "http://jeedom.local";
const codes = Object.keys(sentences) as FailureCode[];

for (const code of codes)
  test(`${code} is told whole, in both languages, with the box's address`, () => {
    const { text, message } = failure(code, { url, detail: "this detail" });
    for (const sentence of [text.fr, text.en]) {
      assert.ok(sentence.includes(`(${url})`) || sentence.includes(` ${url} `), sentence);
      assert.match(sentence, /^[A-ZL].*\.$/);
      assert.doesNotMatch(sentence, /undefined|\(\)/);
    }
    assert.notEqual(text.fr, text.en);
    assert.equal(message, text.en);
  });

test("every reason has a sentence", () => {
  assert.deepEqual([...new Set(codes.map((code) => failure(code, { url }).reason))].sort(), [...jeedomReasons].sort());
});

const network: readonly [code: string, sentence: RegExp][] = [
  ["ECONNREFUSED", /aucun programme n'écoute sur ce port/],
  ["ENOTFOUND", /est introuvable : son nom n'existe pas/],
  ["EAI_AGAIN", /est introuvable/],
  ["ETIMEDOUT", /ne répond pas à temps/],
  ["UND_ERR_CONNECT_TIMEOUT", /ne répond pas à temps/],
  ["EHOSTUNREACH", /est injoignable \(EHOSTUNREACH\)/],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", /certificat .* n'est pas reconnu .*NODE_EXTRA_CA_CERTS/],
  ["ERR_TLS_CERT_ALTNAME_INVALID", /le nom que porte le certificat/],
];
const withCode = (code: string) => Object.assign(new Error(`it failed: ${code}`), { code });
for (const [code, sentence] of network)
  test(`${code} is unreachable, with its own sentence, however deep it lies`, () => {
    const error = new TypeError("fetch failed", { cause: new AggregateError([withCode(code), withCode("EOTHER")]) });
    const { reason, text } = networkFailure(error, { url });
    assert.equal(reason, "unreachable");
    assert.match(text.fr, sentence);
  });

test("a port that speaks something else than HTTP is a wrong address", () => {
  assert.equal(networkFailure(withCode("HPE_INVALID_CONSTANT"), { url }).reason, "wrong_url");
});

test("what the box says is shown on one line, of bounded length, without secrets", () => {
  registerSecret("very-secret-key-of-the-box");
  const { text } = failure("refused", { url, detail: `first\nsecond very-secret-key-of-the-box ${"x".repeat(400)}` });
  const shown = /« (first second ••• x+…) »/.exec(text.fr)?.[1];
  // 300 characters and the ellipsis.
  assert.equal(shown?.length, 301);
});

test("an address keeps its path, and loses what is the browser's", () => {
  const cases: readonly [text: string, url: string][] = [
    ["http://box", "http://box"],
    ["https://box:8443/jeedom/", "https://box:8443/jeedom"],
    [" http://box/jeedom/index.php?v=d#top ", "http://box/jeedom"],
    ["http://box/core/api/jeeApi.php", "http://box"],
    ["http://me:100%25@box", "http://box"],
  ];
  for (const [text, expected] of cases) {
    const endpoint = endpointOf(text);
    assert.deepEqual([endpoint.url, endpoint.apiUrl], [expected, `${expected}/core/api/jeeApi.php`], text);
  }
  assert.equal(endpointOf("http://me:100%@box").authorization, `Basic ${Buffer.from("me:100%").toString("base64")}`);
});

test("a password in the address is kept out of the log", () => {
  endpointOf("http://me:front%20door%20password@box");
  assert.equal(redact("it was front door password"), "it was •••");
});
