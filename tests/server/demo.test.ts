import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { suite, type TestContext, test } from "node:test";
import { demoAnswer } from "../../src/server/api/demo.ts";
import type { DemoHome } from "../../src/server/demo.ts";
import { StatisticsWorld } from "../support/statistics-world.ts";
import { accessWorld, loggedIn, refusalOf } from "./access-world.ts";
import { type Answer, codeOf, jsonOf, partsOf, send, serve } from "./api.ts";

type Listener = (asked: IncomingMessage, answer: ServerResponse) => void;

/** A program on a free port, in the place of the demonstration's. */
async function program(t: Pick<TestContext, "after">, listener: Listener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  return `http://127.0.0.1:${address.port}`;
}

/** A home whose program is there as soon as it is asked for. */
class ReadyHome implements DemoHome {
  readonly #url: string;
  isOn = false;

  constructor(url: string) {
    this.#url = url;
  }

  status() {
    return { state: this.isOn ? ("running" as const) : ("off" as const), problem: null };
  }

  start() {
    this.isOn = true;
  }

  async stop() {
    this.isOn = false;
  }

  visit() {
    return this.isOn ? this.#url : null;
  }
}

/** The API of a service whose demonstration runs, answered by `listener`. */
async function shown(t: TestContext, listener: Listener): Promise<{ url: string; target: string; demo: ReadyHome }> {
  const target = await program(t, listener);
  const demo = new ReadyHome(target);
  demo.start();
  const { url } = await serve(t, { ...partsOf(await StatisticsWorld.open(t)), demo });
  return { url, target, demo };
}

const stateOf = (answer: Answer) => demoAnswer.parse(jsonOf(answer));

suite("the demonstration home", () => {
  test("is started, shown and stopped", async (t) => {
    const { url, demo } = await shown(t, (_asked, answer) => void answer.end("here"));
    demo.isOn = false;
    const off = { isOffered: true, state: "off", problem: null };
    assert.deepEqual(stateOf(await send(`${url}/api/demo`)), off);
    assert.equal(codeOf(await send(`${url}/demo/api/overview`), 409), "demo_off");
    const started = await send(`${url}/api/demo`, { method: "POST", body: {} });
    assert.deepEqual(stateOf(started), { ...off, state: "running" });
    assert.equal((await send(`${url}/demo/api/overview`)).text, "here");
    assert.deepEqual(stateOf(await send(`${url}/api/demo`, { method: "DELETE" })), off);
    assert.equal(codeOf(await send(`${url}/demo/`), 409), "demo_off");
  });

  test("is not offered where there is an account, and tells why it could not start", async (t) => {
    const parts = partsOf(await StatisticsWorld.open(t));
    const { url } = await serve(t, parts);
    assert.deepEqual(stateOf(await send(`${url}/api/demo`)), { isOffered: false, state: "off", problem: null });
    assert.equal(codeOf(await send(`${url}/api/demo`, { method: "POST", body: {} }), 409), "demo_not_offered");
    const problem = { code: "no_room", text: { fr: "Plus de place.", en: "No room." } };
    const demo = Object.assign(new ReadyHome(""), { status: () => ({ state: "off" as const, problem }) });
    const failed = await serve(t, { ...parts, demo });
    const told = { code: "no_room", fr: "Plus de place.", en: "No room." };
    assert.deepEqual(stateOf(await send(`${failed.url}/api/demo`)).problem, told);
  });

  test("a link that was kept leads back when it is off, and one without its slash to it", async (t) => {
    const { url, demo } = await shown(t, (_asked, answer) => void answer.end());
    const { status, headers } = await send(`${url}/demo`);
    assert.deepEqual([status, headers.location], [302, "demo/"]);
    demo.isOn = false;
    const back = await send(`${url}/demo/`, { headers: { accept: "text/html" } });
    assert.deepEqual([back.status, back.headers.location], [302, "../"]);
  });
});

suite("what is passed on to the demonstration", () => {
  test("method, path, query and body as they are; names, origin and way in as its own; no cookie, no token", async (t) => {
    const { url, target } = await shown(t, async (asked, answer) => {
      const parts: Buffer[] = [];
      for await (const part of asked) parts.push(part);
      const { method, url: path, headers } = asked;
      answer.end(JSON.stringify({ method, path, headers, body: Buffer.concat(parts).toString() }));
    });
    const { host } = new URL(url);
    const answer = await send(`${url}/demo/api/tempo/%2F?start=2026-11-01&x=a%20b`, {
      method: "PUT",
      body: '{"a" : 1}',
      headers: {
        host,
        origin: url,
        cookie: "linky_session=ours; other=1",
        authorization: "Basic b3Vycw==",
        "x-forwarded-for": "192.168.1.20",
        "x-remote-user-name": "camille",
        "x-ingress-path": "/api/hassio_ingress/abc",
        "x-linky-bridge": "page",
        "accept-language": "fr",
      },
    });
    assert.deepEqual(jsonOf(answer), {
      method: "PUT",
      path: "/api/tempo/%2F?start=2026-11-01&x=a%20b",
      body: '{"a" : 1}',
      headers: {
        host: new URL(target).host,
        origin: target,
        "accept-language": "fr",
        "content-type": "application/json",
        "content-length": "9",
        "x-linky-bridge": "page",
        "x-ingress-path": "/api/hassio_ingress/abc/demo",
        connection: "close",
      },
    });
  });

  test("an upload of any size and kind", async (t) => {
    let received = 0;
    const { url } = await shown(t, async (asked, answer) => {
      for await (const part of asked) received += Buffer.from(part).length;
      answer.end(String(asked.headers["content-type"]));
    });
    // Beyond what any route of this program takes (64 KiB).
    const body = "x".repeat(3_000_000);
    const headers = { "content-type": "application/octet-stream" };
    const answer = await send(`${url}/demo/api/restore/preview`, { method: "POST", body, headers });
    assert.deepEqual([answer.text, received], ["application/octet-stream", 3_000_000]);
  });

  test("an answer with its status and headers, but for its cookie, which comes back to it", async (t) => {
    const cookies: (string | undefined)[] = [];
    const { url } = await shown(t, ({ headers }, answer) => {
      cookies.push(headers.cookie);
      answer.writeHead(418, { "set-cookie": "linky_session=theirs; Path=/; HttpOnly", etag: '"7"' }).end("teapot");
    });
    const first = await send(`${url}/demo/api/session`);
    assert.deepEqual([first.status, first.text, first.headers.etag], [418, "teapot", '"7"']);
    assert.equal(first.headers["set-cookie"], undefined, "it would take the place of ours in the browser");
    await send(`${url}/demo/api/session`, { headers: { cookie: "linky_session=ours" } });
    assert.deepEqual(cookies, [undefined, "linky_session=theirs"]);
  });

  test("events as they happen; and a reader who goes is gone for it, too", { timeout: 20_000 }, async (t) => {
    let answering: ServerResponse | undefined;
    const { url } = await shown(t, (_asked, answer) => {
      answering = answer.writeHead(200, { "content-type": "text/event-stream" });
      answer.write("data: one\n\n");
    });
    const reader = request(`${url}/demo/api/sync/events`, { agent: false }).end();
    const [stream]: IncomingMessage[] = await once(reader, "response");
    assert.ok(stream && answering);
    stream.setEncoding("utf8");
    assert.deepEqual(await once(stream, "data"), ["data: one\n\n"]);
    answering.write("data: two\n\n");
    assert.deepEqual(await once(stream, "data"), ["data: two\n\n"]);
    const gone = once(answering, "close");
    reader.on("error", () => undefined).destroy();
    stream.on("error", () => undefined);
    await gone;
  });

  test("nothing where it does not answer, or hangs up, which is said", async (t) => {
    const { url } = await shown(t, (asked) => void asked.socket.destroy());
    assert.equal(codeOf(await send(`${url}/demo/api/overview`), 502), "demo_unreachable");
  });

  test("nothing that is spelled as no link is", async (t) => {
    const { url } = await shown(t, (_asked, answer) => void answer.end("here"));
    assert.equal(codeOf(await send(`${url}/%64emo/api/overview`), 404), "not_found");
    assert.equal((await send(`${url}/demo//elsewhere.example/x`)).text, "here", "its path, and not another machine");
  });
});

suite("who may use the demonstration", () => {
  test("only who may use the page, by a page of ours; no token", async (t) => {
    const target = await program(t, (_asked, answer) => void answer.end("here"));
    const demo = new ReadyHome(target);
    const world = await accessWorld(t, {}, { demo });
    const { ask } = world;
    for (const path of ["/api/demo", "/demo/", "/demo/api/overview", "/demo", "/%64emo/"])
      assert.equal(refusalOf(await ask(path), 401), "setup_required", path);
    const cookie = await loggedIn(world);
    const { token } = (await ask("/api/tokens", { method: "POST", body: { name: "script" }, cookie })).json<{
      token: string;
    }>();
    const headers = { authorization: `Bearer ${token}` };
    assert.equal((await ask("/api/demo", { headers })).statusCode, 200);
    assert.equal(refusalOf(await ask("/api/demo", { method: "POST", body: {}, headers }), 403), "not_for_tokens");
    assert.equal(refusalOf(await ask("/api/demo", { method: "DELETE", headers }), 403), "not_for_tokens");
    assert.equal(refusalOf(await ask("/demo/api/settings", { headers }), 403), "not_for_tokens");
    const other = { "x-linky-bridge": "" };
    const forged = await ask("/api/demo", { method: "POST", body: {}, cookie, headers: other });
    assert.equal(refusalOf(forged, 403), "own_header_missing");
    assert.equal(demo.isOn, false);
    assert.equal((await ask("/api/demo", { method: "POST", body: {}, cookie })).statusCode, 200);
    const passed = await ask("/demo/api/settings", { method: "PUT", body: {}, cookie, headers: other });
    assert.equal(refusalOf(passed, 403), "own_header_missing");
    assert.equal((await ask("/demo/api/overview", { cookie })).body, "here");
  });
});
