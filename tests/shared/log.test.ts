import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { test } from "node:test";
import { createLog, type Logger, type LogLevel, registerSecret, shortId } from "../../src/shared/log.ts";
import { textLine } from "../../src/shared/log-text.ts";

type Format = "text" | "json";

/** All that `use` makes the log write. */
function written(format: Format, use: (log: Logger) => void, level: LogLevel = "debug"): string {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  use(createLog({ level, format }, destination));
  return lines.join("");
}
const withoutTime = (text: string): string => text.replaceAll(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d /gm, "");

test("a text line gives component, message and facts, and names the level from warnings on", () => {
  const text = written("text", (log) => {
    const gateway = log.child({ component: "gateway" });
    gateway.info({ from: "2026-11-01", readings: 48, words: "a b", list: [1, 2], none: null }, "load curve stored");
    gateway.warn({ used: 50 }, "budget used up");
    log.info("ready");
  });
  assert.equal(
    withoutTime(text),
    'gateway: load curve stored  from=2026-11-01 readings=48 words="a b" list=1,2\n' +
      "WARN gateway: budget used up  used=50\n" +
      "ready\n",
  );
});

test("the time of a text line is that of Paris", () => {
  // 2026-07-01T10:00:00Z is 12:00 in summer, 2026-12-01T10:00:00Z is 11:00 in winter.
  const line = (time: number): string =>
    textLine({ level: 30, time, msg: "ready" }, { colorize: false, language: "en" });
  assert.equal(line(Date.UTC(2026, 6, 1, 10)), "2026-07-01 12:00:00 ready\n");
  assert.equal(line(Date.UTC(2026, 11, 1, 10)), "2026-12-01 11:00:00 ready\n");
});

test("a text cannot break out of its line", () => {
  const text = written("text", (log) => log.info({ answer: "a\n2026-01-01 00:00:00 ERROR forged" }, "answered"));
  assert.equal(withoutTime(text), 'answered  answer="a\\n2026-01-01 00:00:00 ERROR forged"\n');
});

test("a warning tells an error's message with its causes, an error its trace as well", () => {
  const failure = new Error("publish failed", { cause: new Error("socket closed") });
  const warning = withoutTime(written("text", (log) => log.warn({ err: failure }, "broker away")));
  assert.equal(warning, 'WARN broker away  err="publish failed: socket closed"\n');
  const error = written("text", (log) => log.error({ err: failure }, "broker away"));
  assert.match(error, /\n {4}Error: publish failed\n {8}at .*\n(.*\n)* {4}caused by: Error: socket closed\n/);
});

test("an error that consists of others, as a refused connection does, is told by them", () => {
  const refused = new AggregateError(
    [new Error("connect ECONNREFUSED ::1"), new Error("connect ECONNREFUSED 127.0.0.1")],
    "",
  );
  const text = written("text", (log) => log.warn({ err: refused }, "broker away"));
  assert.equal(withoutTime(text), 'WARN broker away  err="connect ECONNREFUSED ::1; connect ECONNREFUSED 127.0.0.1"\n');
  const bare = written("text", (log) => log.warn({ err: Object.assign(new Error(""), { code: "ENOTFOUND" }) }, "away"));
  assert.equal(withoutTime(bare), "WARN away  err=ENOTFOUND\n");
});

test("a json line is one object with time in milliseconds", () => {
  const line = written("json", (log) => log.child({ component: "gateway" }).info({ readings: 48 }, "stored"));
  const { time, ...rest } = JSON.parse(line) as { time: number };
  assert.ok(Math.abs(Date.now() - time) < 60_000);
  assert.deepEqual(rest, { level: 30, component: "gateway", readings: 48, msg: "stored" });
});

test("below its level nothing is written", () => {
  assert.equal(
    written("text", (log) => log.debug("asked"), "info"),
    "",
  );
  assert.equal(
    written("text", (log) => log.error("failed"), "silent"),
    "",
  );
});

const secret = 'p"4\\s#wörd/+ ok';
registerSecret(secret);
registerSecret("plain-s3cr3t");
registerSecret("plain-s3cr3t-and-longer");

const leaks: readonly [where: string, leak: (log: Logger) => void][] = [
  ["the message", (log) => log.info(`sent ${secret}`)],
  ["a field", (log) => log.info({ answer: secret }, "m")],
  ["a nested field", (log) => log.info({ a: { b: [{ c: { d: { e: secret } } }] } }, "m")],
  ["a field's name", (log) => log.info({ [secret]: 1 }, "m")],
  ["a child's binding", (log) => log.child({ component: secret }).info("m")],
  ["an error's message", (log) => log.error({ err: new Error(secret) }, "m")],
  ["a cause", (log) => log.error({ err: new Error("outer", { cause: new Error(secret) }) }, "m")],
  [
    "a cause's cause",
    (log) => log.error({ error: new Error("a", { cause: new Error("b", { cause: new Error(secret) }) }) }),
  ],
  ["a property of an error", (log) => log.error({ err: Object.assign(new Error("e"), { request: { body: secret } }) })],
  ["several errors in one", (log) => log.error({ err: new AggregateError([new Error(secret)], "all failed") })],
  ["an error logged alone", (log) => log.error(new Error(secret))],
  ["a URL", (log) => log.info({ url: `https://h/?secret=${encodeURIComponent(secret)}` }, "m")],
  ["a payload", (log) => log.trace({ payload: Buffer.from(JSON.stringify({ secret })) }, "m")],
  ["JSON inside a text", (log) => log.info({ body: JSON.stringify({ x: secret }) }, "m")],
  ["a header", (log) => log.info({ headers: { Authorization: `Bearer ${secret}` } }, "m")],
];
const spellings = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
const fragments = ["4\\s#w", "4\\\\s#w", "wörd", "w%C3%B6rd"];

for (const format of ["text", "json"] as const)
  for (const [where, leak] of leaks)
    test(`a registered secret in ${where} never appears as ${format}`, () => {
      const text = written(format, leak, "trace");
      assert.notEqual(text, "");
      for (const spelling of [...spellings, ...fragments])
        assert.ok(!text.includes(spelling), `${spelling} appears in ${text}`);
      if (format === "json") assert.match(text, /•••/);
    });

test("a secret that holds another one disappears as a whole", () => {
  assert.match(
    written("text", (log) => log.info("got plain-s3cr3t-and-longer")),
    /got •••\n$/,
  );
});

test("secrets nobody registered disappear from addresses, headers and fields that bear their name", () => {
  const text = written("json", (log) =>
    log.info(
      {
        url: "mqtt://marie:un/known@host:1883",
        header: "Basic bWFyaWU6dW5rbm93bg==",
        config: { mqtt: { password: "unknown-1" }, client_secret: "unknown-2", "X-Api-Key": "unknown-3" },
        access_token: "unknown-4",
        clientSecret: true,
      },
      "authorization: bearer eyJhbGciOi.J9",
    ),
  );
  const { time: _, level: __, ...record } = JSON.parse(text) as Record<string, unknown>;
  assert.deepEqual(record, {
    url: "mqtt://marie:•••@host:1883",
    header: "Basic •••",
    config: { mqtt: { password: "•••" }, client_secret: "•••", "X-Api-Key": "•••" },
    access_token: "•••",
    clientSecret: true,
    msg: "authorization: bearer •••",
  });
});

test("words about authentication are left alone", () => {
  assert.match(
    written("text", (log) => log.info("Basic authentication refused")),
    /Basic authentication refused/,
  );
});

test("a usage point shows its last four digits wherever it stands", () => {
  assert.equal(shortId("12345678901234"), "…1234");
  for (const format of ["text", "json"] as const) {
    const text = written(format, (log) =>
      log.info({ usagePoint: "12345678901234", id: 12345678901234, topic: "p/12345678901234/x" }, "of 12345678901234"),
    );
    assert.doesNotMatch(text, /12345678901234/);
    assert.equal(text.match(/…1234/g)?.length, 4);
  }
});

test("instants and amounts are left alone", () => {
  const text = written("text", (log) => log.info({ at: 1795252869277, wh: 123456789012345 }, "m"));
  assert.equal(withoutTime(text), "m  at=1795252869277 wh=123456789012345\n");
});

test("text tells an instant among the facts on the same clock as the line, json as it is", () => {
  // 16:12 UTC is 17:12 in Paris in November.
  const next = "2026-11-21T16:12:16.938Z";
  const line = (format: Format): string => written(format, (log) => log.info({ next }, "round finished"));
  assert.equal(withoutTime(line("text")), "round finished  next=2026-11-21T17:12:16\n");
  assert.match(line("json"), /"next":"2026-11-21T16:12:16\.938Z"/);
});
