import assert from "node:assert/strict";
import { test } from "node:test";
import { lockFor } from "../../../src/adapters/postgres/arguments.ts";
import { closeSql, openSql, type Sql } from "../../../src/adapters/postgres/connection.ts";
import { readingsLock } from "../../../src/adapters/postgres/readings-lock.ts";
import { createStore } from "../../../src/adapters/postgres/store.ts";
import { deriveDay } from "../../../src/domain/reconcile.ts";
import { dayMs, instant, watts } from "../../../src/domain/units.ts";
import type { Store } from "../../../src/sync/store.ts";
import { curve, day, derive, home, monday, slotsOn, tuesday, withUsagePoints } from "../../contracts/store-builders.ts";
import { testDatabase } from "../../support/test-database.ts";

interface Instances {
  readonly sql: Sql;
  readonly one: Store;
  readonly two: Store;
}

/** Two instances on one database, each with connections of its own. */
async function twoInstances(t: Parameters<typeof testDatabase>[0]): Promise<Instances> {
  const { sql, connection } = await testDatabase(t);
  const second = openSql(connection);
  t.after(() => closeSql(second));
  return { sql, one: await withUsagePoints(createStore(sql)), two: createStore(second) };
}

/** How many connections of this database wait for a lock, once there are `count`. */
async function waiting(sql: Sql, count: number): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt++) {
    const [row] = await sql<{ waiting: number }[]>`
      select count(*)::integer as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    if (row?.waiting === count) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail(`${count} connections should wait for a lock`);
}

const wednesday = instant(tuesday + dayMs);
const period = { from: day("2026-01-02"), to: day("2026-01-02") };
const morning = slotsOn("2026-01-02", 100).slice(0, 24);
const evening = slotsOn("2026-01-02", 100).slice(24);

async function deriveEarly(store: Store) {
  const inputs = await store.loadDayInputs(home, "consumption", period);
  return inputs.flatMap((input) => deriveDay(input) ?? []);
}

test("a day saved while another instance is still committing new slots of it stays stale", async (t) => {
  const { sql, one, two } = await twoInstances(t);
  await one.ingestCurve(curve(morning));
  const early = await deriveEarly(one);
  let saving: Promise<void> = Promise.resolve();
  // Another instance, stopped after its last write and before its commit. The day was stale already: it does not
  // touch its row, so that nothing but the lock can tell the one that saves.
  await sql.begin(async (tx) => {
    await lockFor(tx, readingsLock({ usagePoint: home, flow: "consumption" }));
    await tx`
      insert into slot (usage_point_id, flow, starts_at, minutes, power_w)
      select ${home}, 'consumption', starts_at + interval '12 hours', minutes, power_w from slot`;
    saving = two.saveDays(home, "consumption", early, tuesday);
    await waiting(sql, 1);
  });
  await saving;
  assert.equal((await one.loadStaleDays()).length, 1);
  await derive(two, { from: "2026-01-02", to: "2026-01-02" }, tuesday);
  assert.deepEqual(await one.loadStaleDays(), []);
  // 24 hours of 100 W
  assert.equal((await one.loadDays(home, "consumption", period))[0]?.energyWh, 2400);
});

test("slots that arrive while a day is being saved make it stale again", async (t) => {
  const { sql, one, two } = await twoInstances(t);
  await one.ingestCurve(curve(morning));
  const early = await deriveEarly(one);
  let ingesting: Promise<unknown> = Promise.resolve();
  await sql.begin(async (tx) => {
    await lockFor(tx, readingsLock({ usagePoint: home, flow: "consumption" }));
    const saving = one.saveDays(home, "consumption", early, monday);
    await waiting(sql, 1);
    ingesting = two.ingestCurve(curve(evening, { at: tuesday }));
    await waiting(sql, 2);
    ingesting = Promise.all([ingesting, saving]);
  });
  await ingesting;
  assert.equal((await one.loadStaleDays()).length, 1);
});

test("whatever the order of two instances that read and derive, no day ends up derived from less than is stored", async (t) => {
  const { one, two } = await twoInstances(t);
  for (let round = 1; round <= 20; round++) {
    const corrected = slotsOn("2026-01-02", 100 + round);
    await Promise.all([
      one.ingestCurve(curve(corrected.slice(0, 24), { at: tuesday })),
      derive(two, { from: "2026-01-02", to: "2026-01-02" }, tuesday),
      two.ingestCurve(curve(corrected.slice(24), { at: tuesday })),
      derive(one, { from: "2026-01-02", to: "2026-01-02" }, tuesday),
    ]);
    for (const stale of await one.loadStaleDays()) await derive(one, { from: stale.date, to: stale.date }, tuesday);
    const [known] = await two.loadDays(home, "consumption", period);
    // 48 half-hours of 101, 102 … W are 2424, 2448 … Wh.
    assert.deepEqual([known?.energyWh, known?.quality], [2400 + 24 * round, "complete"]);
  }
});

test("two instances that store overlapping slots at once leave no overlap", async (t) => {
  const { sql, one, two } = await twoInstances(t);
  for (let round = 0; round < 10; round++) {
    const power = watts(round);
    await Promise.all([
      one.ingestCurve(curve(slotsOn("2026-01-02", power))),
      two.ingestCurve(curve(slotsOn("2026-01-02", power, 60))),
    ]);
    const [row] = await sql<{ minutes: number }[]>`select sum(minutes)::integer as minutes from slot`;
    // Hours then halves give 24 × 60; halves then hours too.
    assert.equal(row?.minutes, 1440);
  }
});

test("sixty calls from two instances take exactly the fifty allowed", async (t) => {
  const { one, two } = await twoInstances(t);
  const call = { account: "account", utcDay: "2026-01-02", bucket: "no_cache", allowed: 50 } as const;
  const taken = await Promise.all(
    Array.from({ length: 60 }, (_, position) => (position % 2 ? one : two).takeBudget(call)),
  );
  assert.equal(taken.filter((granted) => granted).length, 50);
});

test("of many that ask for a lease at once one gets it, first and after it ended", async (t) => {
  const { one, two } = await twoInstances(t);
  const race = (now: typeof monday, until: typeof monday) =>
    Promise.all(
      Array.from({ length: 10 }, (_, position) =>
        (position % 2 ? one : two).takeLease({ usagePoint: home, holder: `holder ${position}`, now, until }),
      ),
    );
  const granted = (answers: readonly boolean[]) => answers.filter((answer) => answer).length;
  assert.equal(granted(await race(monday, tuesday)), 1);
  assert.equal(granted(await race(tuesday, wednesday)), 1);
});

test("a lease that someone is changing right now is not waited for", async (t) => {
  const { sql, one, two } = await twoInstances(t);
  await one.takeLease({ usagePoint: home, holder: "a", now: monday, until: monday });
  await sql.begin(async (tx) => {
    await tx`select from lease where usage_point_id = ${home} for update`;
    assert.equal(await two.takeLease({ usagePoint: home, holder: "b", now: tuesday, until: tuesday }), false);
  });
  assert.equal(await two.takeLease({ usagePoint: home, holder: "b", now: tuesday, until: tuesday }), true);
});

test("readings being stored, and the usage point being saved, do not stand in the way of its lease", async (t) => {
  const { sql, one, two } = await twoInstances(t);
  await one.takeLease({ usagePoint: home, holder: "a", now: monday, until: tuesday });
  await sql.begin(async (tx) => {
    await tx`select from usage_point where id = ${home} for update`;
    assert.equal(await two.takeLease({ usagePoint: home, holder: "a", now: monday, until: tuesday }), true);
  });
});
