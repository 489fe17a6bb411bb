import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { Bench, clientId, clientSecret, field, list, pdl, plainPoint } from "./bench.ts";
import { assertDocumented } from "./contract.ts";

const noon = "2026-11-21T11:00:00Z";

interface Told {
  readonly status: number;
  readonly body: unknown;
}

/** A request of one's own, without the bench's credentials. */
async function ask(
  bench: Bench,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<Told> {
  const response = await bench.gateway.fetch(`http://gateway.test${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const told = { status: response.status, body: await response.json() };
  // The document tells of 405 beside the method that exists.
  const documented = told.status === 405 ? "GET" : method;
  if (told.status !== 404) assertDocumented({ method: documented, pattern: path, status: told.status }, told.body);
  return told;
}

const form = { "content-type": "application/x-www-form-urlencoded" };
const basic = (id: string, secret: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
});
const token = (bench: Bench, headers: Record<string, string>, body?: string): Promise<Told> =>
  ask(bench, "POST", "/accounts/token", headers, body);
const stats = (bench: Bench, headers: Record<string, string>): Promise<Told> =>
  ask(bench, "GET", "/accounts/usage-stats", headers);

test("a token comes for form fields and for Basic, without a word on its life", async () => {
  const bench = new Bench(noon);
  const byForm = await token(bench, form, `client_id=${clientId}&client_secret=${clientSecret}&grant_type=whatever`);
  const byBasic = await token(bench, basic(clientId, clientSecret));
  for (const told of [byForm, byBasic]) {
    assert.equal(told.status, 200);
    assert.deepEqual(Object.keys(Object(told.body)), ["access_token", "token_type"]);
    assert.equal(field(told.body, "token_type"), "bearer");
  }
});

test("the token is a JWT, HS256, with sub and exp 30 days away", async () => {
  const bench = new Bench(noon);
  const jwt = String(field((await token(bench, basic(clientId, clientSecret))).body, "access_token"));
  const [head = "", claims = ""] = jwt.split(".");
  const decoded = (part: string): unknown => JSON.parse(Buffer.from(part, "base64url").toString());
  assert.equal(field(decoded(head), "alg"), "HS256");
  // 43200 minutes of 60 seconds
  assert.deepEqual(decoded(claims), { sub: clientId, exp: Date.parse(noon) / 1000 + 43_200 * 60 });
  assert.equal((await stats(bench, { authorization: `Bearer ${jwt}` })).status, 200);
  bench.at("2026-12-21T11:00:00Z");
  const late = await stats(bench, { authorization: `Bearer ${jwt}` });
  assert.deepEqual([late.status, late.body], [401, { detail: "Invalid authentication credentials" }]);
});

test("a token signed by someone else is worth nothing", async () => {
  const bench = new Bench(noon);
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const unsigned = `${part({ alg: "HS256", typ: "JWT" })}.${part({ sub: clientId, exp: 9_999_999_999 })}`;
  const forged = `${unsigned}.${createHmac("sha256", "another key").update(unsigned).digest("base64url")}`;
  assert.equal((await stats(bench, { authorization: `Bearer ${forged}` })).status, 401);
});

test("the client secret itself is a bearer token", async () => {
  assert.equal((await stats(new Bench(noon), { authorization: `Bearer ${clientSecret}` })).status, 200);
});

test("no credentials, wrong ones and Basic on a data route are 401", async () => {
  const bench = new Bench(noon);
  assert.deepEqual((await stats(bench, {})).body, { detail: "Not authenticated" });
  assert.deepEqual((await stats(bench, { authorization: "Bearer wrong" })).body, {
    detail: "Invalid authentication credentials",
  });
  assert.equal((await stats(bench, basic(clientId, clientSecret))).status, 401);
});

test("a cookie named access_token wins over the header", async () => {
  const bench = new Bench(noon);
  const good = { authorization: `Bearer ${clientSecret}` };
  assert.equal((await stats(bench, { ...good, cookie: "a=b; access_token=stale" })).status, 401);
  assert.equal(
    (await stats(bench, { authorization: "Bearer wrong", cookie: `access_token=${clientSecret}` })).status,
    200,
  );
});

test("the token route: 401 for wrong credentials, 422 for none or JSON, 403 for a disabled account", async () => {
  const bench = new Bench(noon);
  const wrong = await token(bench, basic(clientId, "nope"));
  assert.deepEqual([wrong.status, wrong.body], [401, { detail: "Invalid client credentials" }]);
  const json = JSON.stringify({ client_id: clientId, client_secret: clientSecret });
  for (const told of [await token(bench, {}), await token(bench, { "content-type": "application/json" }, json)])
    assert.deepEqual(
      [told.status, told.body],
      [422, { detail: "client_id and client_secret are required (provide in form data or Basic Auth header)" }],
    );
  bench.gateway.control.account(clientId).active = false;
  const disabled = await token(bench, basic(clientId, clientSecret));
  assert.deepEqual([disabled.status, disabled.body], [403, { detail: "User account is inactive" }]);
});

test("an unconfirmed address is 403 on /pdl and on the meters, but not on the counters", async () => {
  const bench = new Bench(noon);
  bench.gateway.control.account(clientId).emailVerified = false;
  const refusal = { detail: "Email not verified. Please check your email for verification link." };
  assert.deepEqual((await bench.get("/pdl")).body, refusal);
  assert.equal((await bench.get(`/enedis/contract/${pdl}`)).status, 403);
  assert.equal((await bench.get("/accounts/usage-stats")).status, 200);
});

test("unknown paths are 404, trailing slashes too, and other methods 405", async () => {
  const bench = new Bench(noon);
  for (const path of ["/pdl/", "/tempo/remaining", "/ecowatt", "/account", "/sync/status", "/tempo/days/"]) {
    const told = await ask(bench, "GET", path, { authorization: `Bearer ${clientSecret}` });
    assert.deepEqual([told.status, told.body], [404, { detail: "Not Found" }], path);
  }
  const wrongMethod = await ask(bench, "POST", "/tempo/today", {});
  assert.deepEqual([wrongMethod.status, wrongMethod.body], [405, { detail: "Method Not Allowed" }]);
  assert.equal((await bench.raw("/tempo/")).status, 200);
  assert.equal((await bench.raw("/consumption-france/")).status, 200);
  assert.equal((await bench.raw("/generation-forecast/")).status, 200);
});

test("the routes answer under /api as well", async () => {
  const bench = new Bench(noon);
  assert.equal((await bench.raw("/api/pdl")).status, 200);
  assert.equal((await bench.raw("/api")).status, 200);
  assert.equal((await bench.raw("/apix/pdl")).status, 404);
});

test("a missing or ill-typed parameter is 422 with a list, after the credentials were checked", async () => {
  const bench = new Bench(noon);
  const missing = await bench.get(`/enedis/consumption/daily/${pdl}`, { end: "2026-11-20" });
  assert.deepEqual(missing.body, {
    detail: [{ type: "missing", loc: ["query", "start"], msg: "Field required", input: null }],
  });
  const illTyped = await bench.get(`/enedis/power/${pdl}`, { start: "x", end: "y", use_cache: "perhaps" });
  assert.equal(illTyped.status, 422);
  assert.equal(field(list(field(illTyped.body, "detail"))[0], "type"), "bool_parsing");
  assert.equal(
    (await bench.raw(`/enedis/consumption/daily/${pdl}`, {}, { headers: { authorization: "" } })).status,
    401,
  );
});

test("a self-hosted gateway refuses a host it does not know", async () => {
  const bench = new Bench(noon, [plainPoint()], { allowedHosts: ["gateway.lan"] });
  const refused = await bench.gateway.fetch("http://other.lan/ping");
  assert.deepEqual([refused.status, await refused.text()], [400, "Invalid host header"]);
  assert.equal((await bench.gateway.fetch("http://gateway.lan/ping")).status, 200);
});

test("the envelope has four keys and an instant in naive UTC with microseconds", async () => {
  const answer = await new Bench(noon).get("/pdl");
  assert.deepEqual(Object.keys(Object(answer.body)), ["success", "data", "error", "timestamp"]);
  assert.match(String(field(answer.body, "timestamp")), /^2026-11-21T11:00:00\.000\d{3}$/);
});
