import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { Agent, createServer, get, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { type TestContext, test } from "node:test";
import { waitUntil } from "../../src/adapters/postgres/launcher/processes.ts";
import { Doors, type WantedDoors } from "../../src/server/doors.ts";
import { silentLog } from "../../src/shared/log.ts";

const wanted: WantedDoors = { host: "127.0.0.1", port: 0, pagePort: null, orAnyPort: false, log: silentLog() };

async function open(t: TestContext, options: Partial<WantedDoors> = {}) {
  const doors = new Doors();
  t.after(() => doors.close());
  const addresses = await doors.open({ ...wanted, ...options });
  assert.ok(addresses);
  return { doors, ...addresses };
}

const saying =
  (text: string): RequestListener =>
  (_request, response) =>
    void response.end(text);

const heard = async (url: string): Promise<string> => (await fetch(url)).text();

test("whoever asks while nobody answers is answered by who comes next, body included", async (t) => {
  const { doors, url } = await open(t);
  doors.answerBy(saying("before"));
  assert.equal(await heard(url), "before");
  doors.hold();
  const waiting = [heard(url), heard(url)];
  const sent = fetch(url, { method: "POST", body: "what was sent" });
  assert.ok(await waitUntil(() => doors.waiting === 3, { withinMs: 10_000 }));
  doors.answerBy((request, response) => void request.pipe(response));
  assert.deepEqual(await Promise.all(waiting), ["", ""]);
  assert.equal(await (await sent).text(), "what was sent");
});

test("the same doors stay open for the next service, and a kept connection goes on", async (t) => {
  const { doors, url, pageUrl } = await open(t, { pagePort: 0 });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  t.after(() => agent.destroy());
  const ask = async () => {
    const [answer] = (await once(get(url, { agent }), "response")) as [IncomingMessage];
    const { localPort } = answer.socket;
    answer.resume();
    await once(answer, "end");
    return localPort;
  };
  doors.answerBy(saying("first"));
  const before = await ask();
  doors.hold();
  await doors.settle();
  assert.deepEqual(await doors.open({ ...wanted, pagePort: 0 }), { url, pageUrl });
  const { port } = new URL(url);
  assert.deepEqual(await doors.open({ ...wanted, port: Number(port), pagePort: 0 }), { url, pageUrl });
  doors.answerBy(saying("second"));
  assert.equal(await ask(), before);
});

test("other addresses are opened, and the former ones given back", async (t) => {
  const { doors, url } = await open(t);
  const other = await doors.open({ ...wanted, pagePort: 0 });
  assert.ok(other);
  assert.notEqual(other.pageUrl, other.url);
  doors.answerBy(saying("here"));
  assert.equal(await heard(other.pageUrl), "here");
  const again = createServer().listen(Number(new URL(url).port), "127.0.0.1");
  await once(again, "listening");
  again.close();
});

test("what is under way may end, and is broken off where it does not", { timeout: 30_000 }, async (t) => {
  const { doors, url } = await open(t);
  const arrivals = new EventEmitter();
  const arriving = async (): Promise<ServerResponse> => (await once(arrivals, "one"))[0];
  doors.answerBy((_request, response) => void arrivals.emit("one", response));
  const slow = heard(url);
  const response = await arriving();
  doors.hold();
  const settled = doors.settle();
  response.end("in time");
  await settled;
  assert.equal(await slow, "in time");
  doors.answerBy((_request, response) => void arrivals.emit("one", response));
  const never = assert.rejects(heard(url), /fetch failed/);
  await arriving();
  await doors.settle();
  await never;
});

test("who waits too long is told that the service is starting", { timeout: 20_000 }, async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { url } = await open(t);
  const answered = fetch(url);
  const ticking = setInterval(() => t.mock.timers.tick(30_000), 50);
  const answer = await answered;
  clearInterval(ticking);
  assert.equal(answer.status, 503);
  assert.equal(answer.headers.get("retry-after"), "5");
  assert.equal(((await answer.json()) as { error: { code: string } }).error.code, "starting");
});

test("who gives up waiting is forgotten", async (t) => {
  const { doors, url } = await open(t);
  const givingUp = new AbortController();
  const gone = assert.rejects(fetch(url, { signal: givingUp.signal }), /abort/i);
  assert.ok(await waitUntil(() => doors.waiting === 1, { withinMs: 10_000 }));
  givingUp.abort();
  await gone;
  assert.ok(await waitUntil(() => doors.waiting === 0, { withinMs: 10_000 }));
  const answered: unknown[] = [];
  doors.answerBy((request, response) => {
    answered.push(request.url);
    response.end();
  });
  await heard(`${url}/other`);
  assert.deepEqual(answered, ["/other"]);
});
