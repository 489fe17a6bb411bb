import assert from "node:assert/strict";
import { test } from "node:test";
import { closeSql, openSql } from "../../../src/adapters/postgres/connection.ts";
import { createStore } from "../../../src/adapters/postgres/store.ts";
import { type ToldFacts, toldIn } from "../../../src/sync/changes/told.ts";
import { monday, tuesday } from "../../contracts/store-builders.ts";
import { testDatabase } from "../../support/test-database.ts";

/** Two processes on one database, each with connections of its own, to which the same price was told. */
async function twoProcesses(t: Parameters<typeof testDatabase>[0]): Promise<{ one: ToldFacts; two: ToldFacts }> {
  const { sql, connection } = await testDatabase(t);
  const second = openSql(connection);
  t.after(() => closeSql(second));
  const [one, two] = [toldIn(createStore(sql)), toldIn(createStore(second))];
  await one.tell({ key: "price", value: "187100", former: undefined, at: monday }, async () => undefined);
  return { one, two };
}
const dearer = { key: "price", value: "201000", former: "187100", at: tuesday };

test("what one process is telling the other neither tells nor waits for", async (t) => {
  const { one, two } = await twoProcesses(t);
  const acknowledged = Promise.withResolvers<void>();
  const publishing = Promise.withResolvers<void>();
  const first = one.tell(dearer, () => {
    publishing.resolve();
    return acknowledged.promise;
  });
  await publishing.promise;
  assert.equal(await two.tell(dearer, async () => assert.fail("told twice")), false);
  acknowledged.resolve();
  assert.equal(await first, true);
  assert.equal(await two.tell(dearer, async () => assert.fail("told twice")), false);
  assert.equal((await two.load()).get("price"), "201000");
});

test("two processes that see each change at once tell it once", async (t) => {
  const { one, two } = await twoProcesses(t);
  const published: string[] = [];
  for (let price = 187_100; price < 187_140; price++) {
    const change = { key: "price", value: String(price + 1), former: String(price), at: tuesday };
    const tell = (told: ToldFacts) => told.tell(change, async () => void published.push(change.value));
    await Promise.all([tell(one), tell(two)]);
  }
  assert.deepEqual(
    published,
    Array.from({ length: 40 }, (_, position) => String(187_101 + position)),
  );
});

test("what a process was telling when its connection broke, the other tells", async (t) => {
  const { one, two } = await twoProcesses(t);
  await assert.rejects(
    one.tell(dearer, () => Promise.reject(new Error("killed"))),
    /killed/,
  );
  let told = 0;
  assert.equal(await two.tell(dearer, async () => void told++), true);
  assert.equal(told, 1);
});
