import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { test } from "node:test";
import { createHttp, type HttpRequest } from "../../../src/adapters/gateway/http.ts";
import { startScriptedServer } from "./scripted-server.ts";
import { never, now } from "./support.ts";

const request: HttpRequest = { method: "GET", path: "/pdl", timeoutMs: 5000 };

const httpTo = (baseUrl: string) =>
  createHttp({ baseUrl, userAgent: "linky-bridge/1.2.3", fetch: globalThis.fetch, clock: { now: () => now } });

test("a request names the application, carries the bearer, and keeps no cookie", async (t) => {
  const server = await startScriptedServer(t);
  const send = httpTo(server.baseUrl);
  server.script({ headers: { "set-cookie": "access_token=other; Path=/" }, body: { ok: true } });
  await send({ ...request, query: { start: "2026-11-19" }, bearer: "s3cr3t" }, never);
  const reply = await send({ ...request, bearer: "s3cr3t" }, never);
  const [first, second] = server.received;
  assert.equal(first?.path, "/api/pdl");
  assert.deepEqual(first?.query, { start: "2026-11-19" });
  assert.equal(first?.headers["user-agent"], "linky-bridge/1.2.3");
  assert.equal(first?.headers.authorization, "Bearer s3cr3t");
  assert.equal(`http://${first?.headers.host}/api`, server.baseUrl);
  assert.equal(second?.headers.cookie, undefined);
  assert.deepEqual(reply, {
    kind: "json",
    status: 200,
    body: { ok: true },
    bytes: 11,
    retryAfterMs: null,
    madeAt: null,
  });
});

test("a form is sent as a form", async (t) => {
  const server = await startScriptedServer(t);
  server.script({ body: {} });
  await httpTo(server.baseUrl)({ ...request, method: "POST", form: { client_id: "a b", x: "é" } }, never);
  assert.equal(server.received[0]?.method, "POST");
  assert.match(String(server.received[0]?.headers["content-type"]), /^application\/x-www-form-urlencoded/);
  assert.equal(server.received[0]?.body, "client_id=a+b&x=%C3%A9");
});

test("no answer within the time allowed is nothing, and says how long it waited", async (t) => {
  const server = await startScriptedServer(t);
  server.script(() => {});
  const reply = await httpTo(server.baseUrl)({ ...request, timeoutMs: 40 }, never);
  assert.deepEqual(reply, { kind: "nothing", message: "No answer within 0.04 s" });
});

test("the time allowed covers the body too", async (t) => {
  const server = await startScriptedServer(t);
  server.script((response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write('{"success":');
  });
  const reply = await httpTo(server.baseUrl)({ ...request, timeoutMs: 60 }, never);
  assert.deepEqual(reply, { kind: "nothing", message: "No answer within 0.06 s" });
});

test("a dropped connection is nothing, and is not tried again", async (t) => {
  const server = await startScriptedServer(t);
  server.script((response) => response.destroy());
  const reply = await httpTo(server.baseUrl)(request, never);
  assert.equal(reply.kind, "nothing");
  assert.match(reply.kind === "nothing" ? reply.message : "", /^No connection: /);
  assert.equal(server.received.length, 1);
});

test("a connection that breaks within the body is nothing", async (t) => {
  const server = await startScriptedServer(t);
  server.script((response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write('{"success":true');
    setImmediate(() => response.destroy());
  });
  const reply = await httpTo(server.baseUrl)(request, never);
  assert.equal(reply.kind, "nothing");
});

test("a server that is not there is nothing, with the system's own code", async () => {
  const gone = createServer().listen(0, "127.0.0.1");
  await once(gone, "listening");
  const { port } = gone.address() as AddressInfo;
  gone.close();
  await once(gone, "close");
  const reply = await httpTo(`http://127.0.0.1:${port}`)(request, never);
  assert.equal(reply.kind, "nothing");
  assert.match(reply.kind === "nothing" ? reply.message : "", /^No connection: ECONNREFUSED$/);
});

test("a page and a JSON cut short are text", async (t) => {
  const server = await startScriptedServer(t);
  server.script(
    { status: 502, headers: { "retry-after": "30" }, body: "<html><title>502 Bad Gateway</title></html>" },
    { body: '{"success":true,"data":[' },
  );
  const send = httpTo(server.baseUrl);
  const page = await send(request, never);
  assert.deepEqual([page.kind, page.kind === "text" && page.retryAfterMs], ["text", 30_000]);
  assert.equal((await send(request, never)).kind, "text");
});

test("a body beyond 32 MiB is given up", async (t) => {
  const server = await startScriptedServer(t);
  server.script((response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const piece = Buffer.alloc(1024 * 1024, " ");
    let left = 40;
    const pour = (): void => {
      if (left-- === 0) response.end();
      else if (response.write(piece)) setImmediate(pour);
      else response.once("drain", pour);
    };
    pour();
  });
  const reply = await httpTo(server.baseUrl)({ ...request, timeoutMs: 20_000 }, never);
  assert.deepEqual(reply, { kind: "nothing", message: "The answer is larger than 33554432 bytes" });
});

test("a redirect on the same host is followed with the credentials", async (t) => {
  const server = await startScriptedServer(t);
  server.script({ status: 301, headers: { location: "/v2/pdl?b=2" }, body: "moved" }, { body: { ok: 1 } });
  const reply = await httpTo(server.baseUrl)({ ...request, query: { a: "1" }, bearer: "s3cr3t" }, never);
  assert.equal(reply.kind, "json");
  assert.equal(server.received[1]?.path, "/v2/pdl");
  assert.deepEqual(server.received[1]?.query, { b: "2" }); // its own, not the first request's again
  assert.equal(server.received[1]?.headers.authorization, "Bearer s3cr3t");
});

test("a redirect to another host is not followed, whatever it is", async (t) => {
  const server = await startScriptedServer(t);
  const elsewhere = await startScriptedServer(t);
  elsewhere.script({ body: {} });
  const target = elsewhere.baseUrl.replace("127.0.0.1", "localhost");
  server.script({ status: 302, headers: { location: `${target}/login?x=1` }, body: "moved" });
  const reply = await httpTo(server.baseUrl)({ ...request, bearer: "s3cr3t" }, never);
  assert.deepEqual(reply, { kind: "nothing", message: `Redirected elsewhere, to ${new URL(target).origin}` });
  assert.equal(elsewhere.received.length, 0);
});

test("a form is not sent on where a redirect would turn it into a GET", async (t) => {
  const server = await startScriptedServer(t);
  server.script({ status: 302, headers: { location: "/api/pdl" }, body: "moved" }, { body: {} });
  const reply = await httpTo(server.baseUrl)({ ...request, method: "POST", form: { a: "1" } }, never);
  assert.equal(reply.kind, "nothing");
  assert.equal(server.received.length, 1);
});

test("redirects without end are given up after three", async (t) => {
  const server = await startScriptedServer(t);
  server.script({ status: 307, headers: { location: "/api/pdl" }, body: "moved" });
  const reply = await httpTo(server.baseUrl)(request, never);
  assert.deepEqual(reply, { kind: "nothing", message: "More than 3 redirects" });
  assert.equal(server.received.length, 4); // the first and three more
});

test("cancellation throws its reason, before the request and during it", { timeout: 10_000 }, async (t) => {
  const server = await startScriptedServer(t);
  const send = httpTo(server.baseUrl);
  const stop = new Error("stopping");
  await assert.rejects(send(request, AbortSignal.abort(stop)), stop);
  assert.equal(server.received.length, 0);
  const during = new AbortController();
  server.script(() => during.abort(stop));
  await assert.rejects(send({ ...request, timeoutMs: 60_000 }, during.signal), stop);
});
