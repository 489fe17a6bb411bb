import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { createServer } from "../../src/server/server.ts";
import { silentLog } from "../../src/shared/log.ts";
import { meter, StatisticsWorld } from "../support/statistics-world.ts";
import { partsOf, send } from "./api.ts";
import { sendRaw } from "./raw.ts";

/** Both ports of one program over an empty store. */
async function open(t: TestContext): Promise<readonly string[]> {
  const parts = partsOf(await StatisticsWorld.open(t));
  const server = await createServer({ parts, log: silentLog(), host: "127.0.0.1", port: 0, pagePort: 0 });
  assert.ok(server);
  t.after(() => server.close());
  return [server.url, server.pageUrl];
}

const wanted: readonly RegExp[] = [
  /^content-security-policy: default-src 'none';/im,
  /^content-security-policy: .*frame-ancestors 'self'/im,
  /^cross-origin-resource-policy: same-origin\r?$/im,
  /^referrer-policy: no-referrer\r?$/im,
  /^x-content-type-options: nosniff\r?$/im,
  /^x-frame-options: SAMEORIGIN\r?$/im,
];

const line = "HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";
const bad = "Content-Type: application/json\r\nContent-Length: 1\r\n\r\n{";
const requests: readonly [what: string, bytes: string, status: number][] = [
  ["an answer", `GET /api/pdl ${line}\r\n`, 200],
  ["its head", `HEAD /api/pdl ${line}\r\n`, 200],
  ["what may run", `GET /docs ${line}\r\n`, 200],
  ["the document", `GET /docs/json ${line}\r\n`, 200],
  ["the head of a stream", `HEAD /api/sync/events ${line}\r\n`, 200],
  ["a refusal", `GET /api/bill/1 ${line}\r\n`, 400],
  ["half an object", `POST /api/energy/undo ${line}${bad}`, 400],
  ["another site", `GET /api/pdl ${line}Origin: http://evil.example\r\n\r\n`, 403],
  ["nothing there", `GET /api/nothing ${line}\r\n`, 404],
  ["a method too many", `DELETE /api/pdl ${line}\r\n`, 405],
  ["no host", "GET /api/pdl HTTP/1.1\r\nConnection: close\r\n\r\n", 400],
  ["an address that cannot be read", `GET /api/%E0 ${line}\r\n`, 400],
  ["no HTTP", "HELLO\r\n\r\n", 400],
  ["too much of it", `GET / ${line}X: ${"x".repeat(20_000)}\r\n\r\n`, 431],
];

test("whatever is answered, a browser is told to do nothing with it that it is not for", async (t) => {
  for (const url of await open(t))
    for (const [what, bytes, status] of requests) {
      const answer = await sendRaw(url, bytes);
      assert.equal(answer.status, status, `${what}: ${answer.head}`);
      for (const header of wanted) assert.match(answer.head, header, what);
    }
});

test("what has not changed since is told in a word, with the same headers", async (t) => {
  const [url = ""] = await open(t);
  const path = `${url}/api/tempo?start=2026-11-01&end=2026-11-02`;
  const etag = String((await send(path)).headers.etag);
  const again = await send(path, { headers: { "if-none-match": etag } });
  assert.deepEqual([again.status, again.text, again.headers["x-content-type-options"]], [304, "", "nosniff"]);
  assert.equal((await send(`${url}/api/tempo?start=${meter}`)).headers["x-frame-options"], "SAMEORIGIN");
});
