import assert from "node:assert/strict";
import { test } from "node:test";
import { createAccessStore } from "../../../src/adapters/postgres/access.ts";
import { instant } from "../../../src/domain/units.ts";
import { testDatabase } from "../../support/test-database.ts";

const day = (number: number) => instant(Date.UTC(2026, 10, number));
const session = (tokenHash: string, used: number, ends: number) => ({
  tokenHash,
  usedAt: day(used),
  endsAt: day(ends),
});

test("a session lasts until its end, which is not included, and a new one takes those that are over away", async (t) => {
  const { sql } = await testDatabase(t);
  const store = createAccessStore(sql);
  await store.saveSession(session("a", 1, 10), 50);
  assert.deepEqual(await store.loadSession("a", instant(day(10) - 1)), { usedAt: day(1), endsAt: day(10) });
  assert.equal(await store.loadSession("a", day(10)), null);
  await store.extendSession("a", { usedAt: day(9), endsAt: day(12) });
  assert.notEqual(await store.loadSession("a", day(11)), null);
  await store.saveSession(session("b", 12, 20), 50);
  assert.deepEqual(
    (await sql`select token_hash from web_session`).map((row) => row.token_hash),
    ["b"],
  );
});

test("of more sessions than there is room for, the one that was used longest ago ends", async (t) => {
  const { sql } = await testDatabase(t);
  const store = createAccessStore(sql);
  for (const [position, name] of ["a", "b", "c"].entries()) await store.saveSession(session(name, position + 1, 28), 3);
  await store.extendSession("a", { usedAt: day(4), endsAt: day(28) });
  await store.saveSession(session("d", 5, 28), 3);
  const left = await sql<{ name: string }[]>`select token_hash as name from web_session order by 1`;
  assert.deepEqual(
    left.map(({ name }) => name),
    ["a", "c", "d"],
  );
});

test("the first password is the first alone; a later one ends every session and keeps what the environment said", async (t) => {
  const { sql } = await testDatabase(t);
  const store = createAccessStore(sql);
  assert.equal(await store.loadPassword(), null);
  assert.equal(await store.saveFirstPassword({ hash: "first", environmentHash: "env" }, day(1)), true);
  assert.equal(await store.saveFirstPassword({ hash: "second" }, day(1)), false);
  await store.saveSession(session("a", 1, 10), 50);
  await store.savePassword({ hash: "third" }, day(2));
  assert.deepEqual(await store.loadPassword(), { hash: "third", environmentHash: "env" });
  assert.equal(await store.loadSession("a", day(2)), null);
});

test("tokens are known by their hash, bear one name each, and are gone once removed", async (t) => {
  const { sql } = await testDatabase(t);
  const store = createAccessStore(sql);
  const first = await store.saveToken({ name: "grafana", tokenHash: "h1" }, day(1));
  assert.equal(await store.saveToken({ name: "grafana", tokenHash: "h2" }, day(1)), null);
  const second = await store.saveToken({ name: "script", tokenHash: "h3" }, day(2));
  assert.ok(first && second);
  await store.markTokenUsed(first.id, day(3));
  assert.deepEqual(await store.loadToken("h1"), { ...first, lastUsedAt: day(3) });
  assert.deepEqual(
    (await store.loadTokens()).map(({ name }) => name),
    ["script", "grafana"],
  );
  assert.deepEqual([await store.removeToken(first.id), await store.removeToken(first.id)], [true, false]);
  assert.equal(await store.loadToken("h1"), null);
});

test("the sessions that last are listed by a part of their hash, and ended by it", async (t) => {
  const { sql } = await testDatabase(t);
  const store = createAccessStore(sql);
  const [first, second, over] = ["a", "b", "c"].map((letter) => letter.repeat(64));
  assert.ok(first && second && over);
  await store.saveSession(session(first, 1, 20), 50);
  await store.saveSession(session(second, 2, 20), 50);
  await store.saveSession(session(over, 2, 4), 50);
  await store.extendSession(first, { usedAt: day(3), endsAt: day(22) });
  await sql`update web_session set created_at = null where token_hash = ${second}`;
  assert.deepEqual(await store.loadSessions(day(5)), [
    { id: "aaaaaaaaaaaa", createdAt: day(1), usedAt: day(3), endsAt: day(22) },
    { id: "bbbbbbbbbbbb", createdAt: null, usedAt: day(2), endsAt: day(20) },
  ]);
  assert.equal(await store.removeSessionById("cccccccccccc", day(5)), false, "it is over");
  assert.equal(await store.removeSessionById("bbbbbbbbbbbb", day(5)), true);
  assert.equal(await store.removeSessionById("bbbbbbbbbbbb", day(5)), false);
  assert.notEqual(await store.loadSession(first, day(5)), null);
});
