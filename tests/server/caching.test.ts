import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { slotsOn } from "../contracts/store-builders.ts";
import { dates, meter, StatisticsWorld } from "../support/statistics-world.ts";
import { partsOf, post, send, serve } from "./api.ts";

async function open(t: TestContext): Promise<{ url: string; world: StatisticsWorld }> {
  const world = await StatisticsWorld.open(t, { point: { pricingOption: "BASE", subscribedPowerKva: 6 } });
  await world.ingest(dates("2026-11-01", "2026-11-02").flatMap((date) => slotsOn(date, 600)));
  const { url } = await serve(t, partsOf(world));
  return { url, world };
}

for (const [what, query, type] of [
  ["JSON", "", /^application\/json/],
  ["CSV", "&format=csv", /^text\/csv/],
] as const)
  test(`${what} that was read is asked for again by its tag, and not sent twice`, async (t) => {
    const { url, world } = await open(t);
    const address = `${url}/api/bill/${meter}?start=2026-11-01&end=2026-11-03${query}`;
    const first = await send(address);
    assert.equal(first.headers["cache-control"], "no-cache, private");
    assert.match(String(first.headers["content-type"]), type);
    const etag = String(first.headers.etag);
    assert.match(etag, /^W\/".{20,}"$/);

    const again = await send(address, { headers: { "if-none-match": `"other", ${etag}` } });
    assert.deepEqual([again.status, again.text, again.headers.etag], [304, "", etag]);
    assert.equal((await send(address, { headers: { "if-none-match": '"other"' } })).status, 200);

    await world.ingest(slotsOn("2026-11-03", 600));
    const changed = await send(address, { headers: { "if-none-match": etag } });
    assert.equal(changed.status, 200);
    assert.notEqual(changed.headers.etag, etag);
  });

test("HEAD is GET without the content", async (t) => {
  const { url } = await open(t);
  const address = `${url}/api/bill/${meter}?start=2026-11-01&end=2026-11-02`;
  const [read, head] = [await send(address), await send(address, { method: "HEAD" })];
  assert.deepEqual([head.status, head.text, head.headers.etag], [200, "", read.headers.etag]);
  assert.equal(head.headers["content-length"], String(Buffer.byteLength(read.text)));
});

test("neither a refusal nor a change is kept anywhere", async (t) => {
  const { url } = await open(t);
  for (const answer of [
    await send(`${url}/api/bill/123`),
    await send(`${url}/nowhere`),
    await send(`${url}/api/%`),
    await post(`${url}/api/energy/undo`, { confirm: true }),
  ]) {
    assert.equal(answer.headers["cache-control"], "no-store");
    assert.equal(answer.headers.etag, undefined);
  }
});
