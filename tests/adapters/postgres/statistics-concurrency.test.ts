import assert from "node:assert/strict";
import { test } from "node:test";
import { closeSql, openSql } from "../../../src/adapters/postgres/connection.ts";
import { createStore } from "../../../src/adapters/postgres/store.ts";
import { daysFromTo } from "../../../src/domain/calendar.ts";
import { instant } from "../../../src/domain/units.ts";
import type { Store } from "../../../src/sync/store.ts";
import { day, home, monday, tuesday, withUsagePoints } from "../../contracts/store-builders.ts";
import { createdSeries, derived, hour, hourOn, stateOf, withDays } from "../../contracts/store-statistics-builders.ts";
import { testDatabase } from "../../support/test-database.ts";

/** Two instances on one database, each with connections of its own. */
async function twoInstances(t: Parameters<typeof testDatabase>[0]): Promise<{ one: Store; two: Store }> {
  const { sql, connection } = await testDatabase(t);
  const second = openSql(connection);
  t.after(() => closeSql(second));
  return { one: await withUsagePoints(createStore(sql)), two: createStore(second) };
}

const dates = daysFromTo(day("2026-01-01"), day("2026-01-20"));

test("instances that replace hours, mark days and save colours at once neither wait in a circle nor miscount", async (t) => {
  const { one, two } = await twoInstances(t);
  await withDays(one, ...dates);
  const { id } = await createdSeries(one, "base");
  const replace = (store: Store, energy: number, order: readonly (typeof dates)[number][]) =>
    store.replaceHours(
      home,
      "consumption",
      order.map((date) => derived(date, 2, [hour("base", hourOn(date, 0), energy), hour("base", hourOn(date, 1), 7)])),
    );
  const tempo = dates.map((date) => ({ date, color: "BLEU" as const, announcedAt: monday }));
  for (let round = 0; round < 5; round++)
    await Promise.all([
      replace(one, round, dates),
      replace(two, round + 100, [...dates].reverse()),
      one.markStatisticDays(home, "consumption", [...dates].reverse()),
      two.markStatisticDays(home, "consumption", dates),
      one.saveTempo(
        tempo.map((told) => ({ ...told, color: round % 2 ? "BLEU" : "ROUGE" })),
        tuesday,
      ),
      two.adoptForeignHours(
        id,
        dates.map((date) => hourOn(date, round)),
      ),
    ]);
  const hours = await one.loadHours(id, null);
  const sum = hours.reduce((total, { amount }) => total + amount, 0);
  assert.equal((await stateOf(two, id)).total, BigInt(sum));
  // Whoever came last, its energy is in every day: round 4 gives 4 or 104, and 7 in the second hour.
  assert.ok(sum === 20 * (4 + 7) || sum === 20 * (104 + 7), `${sum}`);
});

test("two instances that create a series at once get the same one", async (t) => {
  const { one, two } = await twoInstances(t);
  for (const role of ["base", "hc", "hp", "total"] as const) {
    const [first, second] = await Promise.all([createdSeries(one, role), createdSeries(two, role)]);
    assert.deepEqual(first, second);
  }
});

test("two instances that claim the statistics at once: one of them has it", async (t) => {
  const { one, two } = await twoInstances(t);
  for (let round = 0; round < 5; round++) {
    const now = instant(monday + round * 2);
    const claimed = await Promise.all([
      one.claimStatistics("a", now, instant(now + 1)),
      two.claimStatistics("b", now, instant(now + 1)),
    ]);
    assert.deepEqual([...claimed].sort(), [false, true]);
  }
});
