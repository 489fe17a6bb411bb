import assert from "node:assert/strict";
import { test } from "node:test";
import { failure, refusal } from "../../../src/adapters/home-assistant/failure.ts";
import { connectFailure } from "../../../src/adapters/home-assistant/network-failure.ts";
import { registerSecret } from "../../../src/shared/log.ts";

const endpoint = { websocketUrl: "ws://ha:8123/api/websocket", token: "token", viaSupervisor: false };
const withCode = (code: string) => Object.assign(new Error(`it failed: ${code}`), { code });

const cases: readonly [code: string, sentence: RegExp][] = [
  ["ECONNREFUSED", /aucun programme n'écoute sur ce port/],
  ["ENOTFOUND", /est introuvable : son nom n'existe pas/],
  ["EAI_AGAIN", /est introuvable/],
  ["ETIMEDOUT", /n'accepte pas la connexion à temps/],
  ["EHOSTUNREACH", /est injoignable \(EHOSTUNREACH\)/],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", /certificat .* n'est pas reconnu .*NODE_EXTRA_CA_CERTS/],
  ["ERR_TLS_CERT_ALTNAME_INVALID", /le nom que porte le certificat/],
  ["ERR_SSL_WRONG_VERSION_NUMBER", /écrivez http:\/\/ au lieu de https:\/\//],
  ["WS_ERR_INVALID_OPCODE", /n'est pas Home Assistant/],
  ["HPE_INVALID_CONSTANT", /n'est pas Home Assistant/],
];
for (const [code, sentence] of cases)
  test(`${code} is unreachable, with its own sentence`, () => {
    const { reason, text } = connectFailure(withCode(code), endpoint);
    assert.equal(reason, "unreachable");
    assert.match(text.fr, sentence);
  });

test("several addresses that fail together are told by the first", () => {
  const both = new AggregateError([withCode("ECONNREFUSED"), withCode("EHOSTUNREACH")]);
  assert.match(connectFailure(both, endpoint).text.en, /no program listens/);
});

test("an address without a port carries a hint at the usual one", () => {
  const bare = { ...endpoint, websocketUrl: "ws://homeassistant.local/api/websocket" };
  assert.match(connectFailure(withCode("ECONNREFUSED"), bare).text.fr, /aucun port, .* d'ordinaire sur 8123/);
  assert.doesNotMatch(connectFailure(withCode("ECONNREFUSED"), endpoint).text.fr, /d'ordinaire/);
});

test("a refusal of rights differs with who refuses", () => {
  const error = { code: "unauthorized", message: "Unauthorized" };
  assert.match(refusal("energy/save_prefs", error, endpoint).text.fr, /Créez le jeton avec un compte administrateur/);
  const app = refusal("energy/save_prefs", error, { ...endpoint, viaSupervisor: true });
  assert.equal(app.reason, "not_admin");
  assert.match(app.text.fr, /^Le superviseur ne laisse pas l'application écrire/);
});

test("what others say is shown on one line, of bounded length, without secrets", () => {
  registerSecret("very-secret-token");
  const detail = `first\nsecond very-secret-token ${"x".repeat(400)}`;
  const { text } = failure("refused", { url: "ws://ha", detail });
  assert.match(text.fr, /« first second ••• x+… »/);
  // 300 characters and the ellipsis, beside the sentence itself.
  assert.equal(/« (.*) »/.exec(text.fr)?.[1]?.length, 301);
});
