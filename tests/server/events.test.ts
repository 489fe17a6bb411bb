import assert from "node:assert/strict";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { type TestContext, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import fastify from "fastify";
import { answerError } from "../../src/server/errors.ts";
import { Events, type EventsOptions } from "../../src/server/events.ts";
import { silentLog } from "../../src/shared/log.ts";

interface World {
  readonly events: Events;
  readonly closing: AbortController;
  listen(method?: string): Promise<IncomingMessage>;
}

/** A server with one stream of events, each listener being greeted. */
async function open(t: TestContext, options: Omit<EventsOptions, "signal"> = {}): Promise<World> {
  const closing = new AbortController();
  const events = new Events({ ...options, signal: closing.signal });
  const app = fastify({ forceCloseConnections: true });
  app.setErrorHandler(answerError(silentLog()));
  app.addHook("onRequest", async (_request, reply) => void reply.header("x-content-type-options", "nosniff"));
  app.get("/events", async (_request, reply) => events.listen(reply, { name: "state", data: { running: false } }));
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  t.after(async () => {
    closing.abort();
    await app.close();
  });
  const listen = async (method = "GET"): Promise<IncomingMessage> => {
    const asked = request(`${url}/events`, { method, agent: false });
    asked.end();
    const [answer]: IncomingMessage[] = await once(asked, "response");
    assert.ok(answer);
    answer.on("error", () => undefined);
    return answer;
  };
  return { events, closing, listen };
}

/** What has come so far, until it holds `text`. */
async function until(answer: IncomingMessage, text: string): Promise<string> {
  let read = "";
  for await (const part of answer.iterator({ destroyOnReturn: false })) {
    read += part;
    if (read.includes(text)) return read;
  }
  throw new Error(`The stream ended without ${text}: ${read}`);
}

async function eventually(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries++) {
    assert.ok(tries < 200, "it never came to be");
    await delay(10);
  }
}

test("a listener is greeted, then told what happens", { timeout: 20_000 }, async (t) => {
  const { events, listen } = await open(t);
  const answer = await listen();
  assert.equal(answer.headers["content-type"], "text/event-stream; charset=utf-8");
  assert.equal(answer.headers["cache-control"], "no-store, no-transform");
  assert.equal(answer.headers["x-accel-buffering"], "no");
  assert.equal(answer.headers["x-content-type-options"], "nosniff");
  assert.equal(await until(answer, "false"), 'retry: 5000\n\nevent: state\ndata: {"running":false}\n\n');
  events.send({ name: "progress", data: { text: "a\nb", calls: 1 } });
  // A line break inside would end the event: JSON writes it as two characters.
  assert.equal(await until(answer, "progress"), 'event: progress\ndata: {"text":"a\\nb","calls":1}\n\n');
});

test("who asks for the headers alone is no listener", { timeout: 20_000 }, async (t) => {
  const { events, listen } = await open(t);
  const answer = await listen("HEAD");
  assert.equal(answer.headers["content-type"], "text/event-stream; charset=utf-8");
  answer.resume();
  await once(answer, "end");
  assert.equal(events.listeners, 0);
});

test("a silent stream shows that it lives", { timeout: 20_000 }, async (t) => {
  const { listen } = await open(t, { heartbeatMs: 20 });
  assert.match(await until(await listen(), "still here"), /\n\n: still here\n\n$/);
});

test("who goes is forgotten, and another one may come in the place", { timeout: 20_000 }, async (t) => {
  const { events, listen } = await open(t, { mostListeners: 2 });
  const [first] = [await listen(), await listen()];
  const third = await listen();
  assert.equal(third.statusCode, 503);
  assert.match(await until(third, "}}"), /"code":"too_many_listeners"/);
  assert.equal(events.listeners, 2);
  first.destroy();
  await eventually(() => events.listeners === 1);
  assert.equal((await listen()).statusCode, 200);
});

test("the end of the server is the end of the stream", { timeout: 20_000 }, async (t) => {
  const { events, closing, listen } = await open(t);
  const answer = await listen();
  answer.resume();
  closing.abort();
  await once(answer, "end");
  assert.equal(events.listeners, 0);
  events.send({ name: "late", data: null });
  assert.equal((await listen()).statusCode, 503);
});

const large = (count: number) => ({ name: "progress", data: { count, filling: "x".repeat(100_000) } });

test("who reads slowly is given the newest, and the memory does not grow", { timeout: 20_000 }, async (t) => {
  const { events, listen } = await open(t, { heartbeatMs: 60_000 });
  const answer = await listen();
  answer.pause();
  const before = process.memoryUsage().rss;
  // 200 MB, were they all kept.
  for (let count = 1; count <= 2_000; count++) {
    events.send(large(count));
    if (count % 100 === 0) await delay(1);
  }
  assert.ok(process.memoryUsage().rss - before < 100_000_000);
  const read = await until(answer, '"count":2000');
  const counts = [...read.matchAll(/"count":(\d+)/g)].map(([, count]) => Number(count));
  assert.ok(counts.length < 1_000, `${counts.length} of 2,000 were kept`);
  assert.equal(counts.at(-1), 2_000);
});

test("who reads nothing between two heartbeats is left", { timeout: 20_000 }, async (t) => {
  const { events, listen } = await open(t, { heartbeatMs: 50 });
  const answer = await listen();
  answer.pause();
  for (let count = 1; count <= 100; count++) {
    events.send(large(count));
    await delay(1);
  }
  await eventually(() => events.listeners === 0);
});
