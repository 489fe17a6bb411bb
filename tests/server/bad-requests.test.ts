import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { Writable } from "node:stream";
import { type TestContext, test } from "node:test";
import { createServer } from "../../src/server/server.ts";
import { createLog } from "../../src/shared/log.ts";
import { meter, StatisticsWorld } from "../support/statistics-world.ts";
import { type Answer, codeOf, partsOf, type Sent, send } from "./api.ts";
import { getRaw, sendRaw } from "./raw.ts";

/** The API over an empty store, and the lines that it logs from info on. */
async function open(t: TestContext): Promise<{ url: string; lines: string[] }> {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const parts = partsOf(await StatisticsWorld.open(t));
  const log = createLog({ level: "info", format: "json" }, sink);
  const server = await createServer({ parts, log, host: "127.0.0.1", port: 0 });
  assert.ok(server);
  t.after(() => server.close());
  lines.length = 0;
  return { url: server.url, lines };
}

/** An answer that came over a bare socket, in the one form of all errors. */
function rawCode({ status, body }: { readonly status: number; readonly body: string }, wanted: number): unknown {
  const answer: Answer = { status, headers: {}, text: body };
  return codeOf(answer, wanted);
}

const json = { "content-type": "application/json" };
const form = { "content-type": "application/x-www-form-urlencoded" };
const bill = `/api/bill/${meter}`;
const compare = `/api/compare/${meter}`;
const explain = `/api/explain/${meter}`;
const tariff = `/api/tariff/${meter}`;
const apply = "/api/energy/apply";
const undo = "/api/energy/undo";
const preview = "/api/adoption/preview";
const adoption = { tool: "ha_linky", usagePoint: meter, mode: "copy" };
const post = (body: unknown): Sent => ({ method: "POST", body });

const cases: readonly [what: string, path: string, sent: Sent, status: number, code: string, named: RegExp][] = [
  ["a meter of 13 digits", "/api/bill/1234567890123", {}, 400, "invalid_request", /pdl .*14/],
  ["a meter of letters", "/api/tariff/abcdefghijklmn", {}, 400, "invalid_request", /pdl/],
  ["digits of another script", `/api/bill/${"٣".repeat(14)}`, {}, 400, "invalid_request", /pdl/],
  ["a meter that nobody has", "/api/bill/00000000000000", {}, 404, "unknown_meter", /0/],
  ["a month that is none", `${bill}?month=2026-13`, {}, 400, "invalid_month", /2026-13/],
  ["a year that is none", `${bill}?year=26`, {}, 400, "invalid_year", /26/],
  ["a day that is none", `${bill}?start=2026-02-30&end=2026-03-01`, {}, 400, "invalid_day", /2026-02-30/],
  ["a page of a month", `${bill}?month=${"2".repeat(61)}`, {}, 400, "invalid_request", /month .*60/],
  ["a page of a season", `/api/tempo/season?season=${"2".repeat(61)}`, {}, 400, "invalid_request", /season .*60/],
  ["the month of year 1", `${bill}?month=0001-01`, {}, 400, "invalid_month", /0001-01/],
  ["the last month of all", `${bill}?month=9999-12`, {}, 400, "invalid_month", /9999-12/],
  ["the last days of all", `${bill}?start=9999-12-30&end=9999-12-31`, {}, 400, "invalid_day", /9999-12-30/],
  ["days before any meter", `${compare}?start=1000-01-01&end=1000-01-02`, {}, 400, "invalid_day", /1000-01-01/],
  [
    "half-hours of the last day of all",
    `/api/consumption/detail/${meter}?start=9999-12-31&end=9999-12-31`,
    {},
    400,
    "invalid_request",
    /start .*2026-11-20/,
  ],
  [
    "the colour of the last day of all",
    "/api/tempo?start=9999-12-31&end=9999-12-31",
    {},
    400,
    "invalid_request",
    /end/,
  ],
  ["the quality of the last day of all", `/api/quality/${meter}/9999-12-31`, {}, 400, "invalid_request", /date/],
  ["half a span", `${bill}?start=2026-11-01`, {}, 400, "half_a_span", /dernier|last/],
  ["days the wrong way round", `${bill}?start=2026-11-02&end=2026-11-01`, {}, 400, "backwards", /2026-11-01/],
  ["a month and a year", `${bill}?month=2026-11&year=2026`, {}, 400, "several_spans", /mois|month/],
  ["two centuries", `${compare}?start=1900-01-01&end=2099-12-31`, {}, 400, "too_long", /10/],
  ["a format of no program", `${bill}?format=xml`, {}, 400, "invalid_request", /format .*json, csv/],
  ["a field that nobody knows", `${bill}?mounth=2026-11`, {}, 400, "invalid_request", /mounth .*month/],
  ["a field given twice", `${bill}?month=2026-10&month=2026-11`, {}, 400, "invalid_request", /month/],
  ["a field of the prototype", `${bill}?__proto__=1`, {}, 400, "invalid_request", /__proto__/],
  ["a field called constructor", `${bill}?constructor=1`, {}, 400, "invalid_request", /constructor/],
  ["an invoice in words", `${bill}?invoice=cent`, {}, 400, "invalid_invoice", /cent/],
  [
    "SQL for a day",
    `${tariff}?date=${encodeURIComponent("2026-11-01'; drop table reading--")}`,
    {},
    400,
    "invalid_day",
    /drop/,
  ],
  ["a NUL for a day", `${tariff}?date=%00`, {}, 400, "invalid_day", /jour|day/],
  ["no moment at all", explain, {}, 400, "invalid_request", /at (manque|is missing)/],
  ["a moment that no clock showed", `${explain}?at=2026-03-29T02:30`, {}, 400, "no_such_moment", /02:30/],
  ["the last moment of all", `${explain}?at=9999-12-31T23:30`, {}, 400, "invalid_moment", /9999-12-31/],
  ["the last instant of all", `${explain}?at=9999-12-31T22:30:00Z`, {}, 400, "invalid_moment", /9999-12-31/],
  ["windows of no contract", `${compare}?what_if=la%20nuit`, {}, 400, "invalid_windows", /la nuit/],
  ["windows beyond measure", `${compare}?what_if=${"9".repeat(201)}`, {}, 400, "invalid_request", /what_if .*200/],
  ["a query where there is none", "/api/energy?fast=1", {}, 400, "invalid_request", /fast/],
  ["no confirmation", apply, post({ digest: "x" }), 400, "not_confirmed", /confirm/],
  ["a confirmation in words", undo, post({ confirm: "oui" }), 400, "invalid_request", /confirm .*true/],
  ["a field too many", undo, post({ confirm: true, sudo: true }), 400, "invalid_request", /sudo/],
  ["no digest", apply, post({ confirm: true }), 400, "invalid_request", /digest/],
  ["a number for a list", apply, post({ confirm: true, digest: "x", replace: 1 }), 400, "invalid_request", /replace/],
  [
    "a number in a list",
    apply,
    post({ confirm: true, digest: "x", replace: ["a", 1] }),
    400,
    "invalid_request",
    /replace\.1/,
  ],
  ["a list for an object", apply, post([1]), 400, "invalid_request", /JSON/],
  ["a text for an object", apply, post('"all"'), 400, "invalid_request", /JSON/],
  ["null for an object", undo, post("null"), 400, "not_confirmed", /confirm/],
  ["half an object", apply, post("{"), 400, "invalid_request", /JSON/],
  ["a prototype", apply, post('{"__proto__":{"confirm":true}}'), 400, "invalid_request", /JSON/],
  ["nothing, called JSON", apply, { method: "POST", headers: json, body: "" }, 400, "invalid_request", /JSON/],
  ["a form", apply, { method: "POST", headers: { "content-type": "text/plain" }, body: "{}" }, 415, "not_json", /JSON/],
  [
    "a form with files",
    apply,
    { method: "POST", headers: { "content-type": "multipart/form-data; boundary=x" }, body: "--x--" },
    415,
    "not_json",
    /JSON/,
  ],
  ["more than anybody sends", apply, post({ digest: "x".repeat(70_000) }), 413, "too_large", /long|large/],
  ["a tool of nobody", preview, post({ ...adoption, tool: "abacus" }), 400, "invalid_request", /tool .*ha_linky/],
  [
    "a day that is none",
    preview,
    post({ ...adoption, until: "2026-02-30" }),
    400,
    "invalid_request",
    /until .*2026-11-20/,
  ],
  ["a day of year 0", preview, post({ ...adoption, until: "0000-01-01" }), 400, "invalid_request", /until/],
  ["a prefix with a colon", preview, post({ ...adoption, prefix: "a:b" }), 400, "invalid_request", /prefix/],
  ["a negative number", "/api/adoption/undo", post({ confirm: true, id: -1 }), 400, "invalid_request", /id .*0/],
  [
    "a number of 32 bits",
    "/api/adoption/undo",
    post({ confirm: true, id: 2 ** 31 }),
    400,
    "invalid_request",
    /2147483647/,
  ],
  ["a broken number", "/api/adoption/undo", post({ confirm: true, id: 1.5 }), 400, "invalid_request", /id/],
  ["an address of nothing", "/api/nothing", {}, 404, "not_found", /adresse|address/],
  ["an address in capitals", "/API/ENERGY", {}, 404, "not_found", /adresse|address/],
  ["a slash too many", "/api/energy/", {}, 404, "not_found", /adresse|address/],
  ["a method of another route", bill, { method: "DELETE" }, 405, "method_not_allowed", /GET/],
  ["a write where only reads are", "/health", post({}), 405, "method_not_allowed", /GET/],
  ["half an object where only reads are", bill, post("{"), 405, "method_not_allowed", /GET/],
  ["half an object for nothing", "/api/nothing", post("{"), 404, "not_found", /adresse|address/],
  [
    "more than anybody sends, for nothing",
    "/api/nothing",
    post("x".repeat(70_000)),
    404,
    "not_found",
    /adresse|address/,
  ],
  [
    "a form where only reads are",
    bill,
    { method: "PUT", headers: form, body: "a=b" },
    405,
    "method_not_allowed",
    /GET/,
  ],
  ["a method of another protocol", bill, { method: "PROPFIND" }, 405, "method_not_allowed", /GET/],
  [
    "a question of a kind to come",
    bill,
    { method: "QUERY", headers: form, body: "a=b" },
    405,
    "method_not_allowed",
    /GET/,
  ],
  ["a read where only writes are", apply, {}, 405, "method_not_allowed", /POST/],
  [
    "an address of 3,000 characters",
    `/api/energy?${"a".repeat(3_000)}`,
    {},
    414,
    "address_too_long",
    /adresse|address/,
  ],
  ["another host", bill, { headers: { host: "evil.example" } }, 403, "foreign_host", /api_host/],
  ["another origin", bill, { headers: { origin: "https://evil.example" } }, 403, "foreign_origin", /site/],
];

test("a bad request is told what it should have been, and nobody has to read of it", async (t) => {
  const { url, lines } = await open(t);
  for (const [what, path, sent, status, code, named] of cases)
    await t.test(`${what}: ${status} ${code}`, async () => {
      const answer = await send(url + path, sent);
      assert.equal(codeOf(answer, status), code, answer.text);
      const { error } = JSON.parse(answer.text);
      assert.match(error.fr, named);
      assert.match(error.en, named);
      assert.equal(answer.headers["cache-control"], "no-store");
      assert.deepEqual(lines, []);
    });
});

/** Addresses that a client would have tidied up before it sent them. */
const tricks: readonly [target: string, status: number, code: string][] = [
  ["/../etc/passwd", 404, "not_found"],
  ["/api/../../etc/passwd", 404, "not_found"],
  ["/api/bill/..%2f..%2fetc%2fpasswd", 400, "invalid_request"],
  ["/api/bill/%2e%2e", 400, "invalid_request"],
  ["/api/bill/%00", 400, "invalid_request"],
  ["/assets/..%2f..%2fpackage.json", 404, "not_found"],
  ["/docs/static/..%2f..%2fpackage.json", 404, "not_found"],
  ["/docs/static/../../package.json", 404, "not_found"],
  ["/docs/static/%00", 404, "not_found"],
  ["/docs/static/.%2e/package.json", 404, "not_found"],
  ["//evil.example/api/energy", 404, "not_found"],
  ["/api//energy", 404, "not_found"],
  ["/api/energy%2fapply", 404, "not_found"],
  ["/api\\energy", 404, "not_found"],
  ["/api/%", 400, "invalid_request"],
  ["/api/%E0%A4%A", 400, "invalid_request"],
  ["/api/bill/%ff", 400, "invalid_request"],
  ["http://evil.example/api/nothing", 404, "not_found"],
];

test("tricks with addresses lead nowhere, and nobody has to read of them", async (t) => {
  const { url, lines } = await open(t);
  for (const [target, status, code] of tricks) {
    const answer = await getRaw(url, target);
    assert.equal(rawCode(answer, status), code, `${target}: ${answer.status} ${answer.body}`);
  }
  assert.deepEqual(lines, []);
});

test("who goes in the middle of a request leaves no word of it in the log", async (t) => {
  const { url, lines } = await open(t);
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  await once(socket, "connect");
  const head = "POST /api/energy/undo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";
  socket.write(`${head}Content-Length: 100\r\n\r\n{"conf`);
  // Answered after it, so that the half request has arrived.
  assert.equal((await send(`${url}/health`)).status, 200);
  socket.destroy();
  await once(socket, "close");
  for (let asked = 0; asked < 5; asked++) assert.equal((await send(`${url}/health`)).status, 200);
  assert.deepEqual(lines, []);
});

test("what is not HTTP, or too much of it, is answered in the same form", async (t) => {
  const { url, lines } = await open(t);
  assert.equal(rawCode(await sendRaw(url, "HELLO\r\n\r\n"), 400), "invalid_request");
  assert.equal(rawCode(await sendRaw(url, "GET / HTTP/9.9\r\n\r\n"), 400), "invalid_request");
  const cookie = `Cookie: ${"x".repeat(20_000)}\r\n`;
  const long = `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n${cookie}\r\n`;
  assert.equal(rawCode(await sendRaw(url, long), 431), "headers_too_long");
  const twoLengths =
    "POST /api/energy/undo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}";
  assert.equal(rawCode(await sendRaw(url, twoLengths), 400), "invalid_request");
  assert.equal((await send(`${url}/health`)).status, 200);
  assert.deepEqual(lines, []);
});

test("a request that names no host, or two, is told so", async (t) => {
  const { url, lines } = await open(t);
  const asked = (host: string) => sendRaw(url, `GET /health HTTP/1.1\r\n${host}Connection: close\r\n\r\n`);
  for (const host of ["", "Host: 127.0.0.1\r\nHost: evil.example\r\n"]) {
    const answer = await asked(host);
    assert.equal(rawCode(answer, 400), "invalid_request");
    assert.match(answer.body, /Host/);
  }
  assert.equal((await asked("Host: 127.0.0.1\r\n")).status, 200);
  // HTTP/1.0 names none, and is who a name is asked of here.
  assert.equal(rawCode(await sendRaw(url, "GET /health HTTP/1.0\r\n\r\n"), 403), "foreign_host");
  assert.deepEqual(lines, []);
});

test("who expects what nobody knows is answered all the same", async (t) => {
  const { url } = await open(t);
  const head = "GET /api/nothing HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";
  assert.equal(rawCode(await sendRaw(url, `${head}Expect: a-miracle\r\n\r\n`), 404), "not_found");
});
