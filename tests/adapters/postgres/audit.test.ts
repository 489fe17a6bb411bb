import assert from "node:assert/strict";
import { test } from "node:test";
import { createAudit } from "../../../src/adapters/postgres/audit.ts";
import type { Sql } from "../../../src/adapters/postgres/connection.ts";
import { createStore } from "../../../src/adapters/postgres/store.ts";
import {
  answered,
  at,
  curve,
  daily,
  derive,
  home,
  monday,
  slotsOn,
  tuesday,
  withUsagePoints,
} from "../../contracts/store-builders.ts";
import { testDatabase } from "../../support/test-database.ts";

/** A store with one derived day, complete and equal to its daily value. */
async function soundStore(t: Parameters<typeof testDatabase>[0]) {
  const { sql } = await testDatabase(t);
  const store = await withUsagePoints(createStore(sql));
  await store.ingestCurve(curve(slotsOn("2026-01-02", 100), { answers: answered("complete", "2026-01-02") }));
  await store.ingestDaily(daily({ "2026-01-02": 2400 }));
  await derive(store, { from: "2026-01-02", to: "2026-01-02" }, monday);
  return { sql, store, audit: createAudit(sql) };
}

/** A slot written past the store, as a hand or a fault would. */
const writeSlot = (sql: Sql, startsAt: string, minutes = 30) => sql`
  insert into slot (usage_point_id, flow, starts_at, minutes, power_w)
  values (${home}, 'consumption', ${startsAt}::text::timestamptz, ${minutes}, 100)`;

const ofHome = { usagePoint: home, flow: "consumption" as const };

test("a sound store has nothing to report, and its readings are counted", async (t) => {
  const { audit } = await soundStore(t);
  assert.deepEqual(await audit.findOverlaps(), []);
  assert.deepEqual(await audit.findUnalignedSlots(), []);
  assert.deepEqual(await audit.findContradictedDays(), []);
  assert.deepEqual(await audit.findStaleDays(), []);
  assert.deepEqual(await audit.findForgottenDays(), []);
  assert.deepEqual(await audit.findFutureInquiries(monday), []);
  assert.deepEqual(await audit.findOverspentBudgets(), []);
  assert.deepEqual(await audit.countFormerReadings(), []);
  assert.deepEqual(await audit.countReadings(), [
    {
      ...ofHome,
      slots: 48,
      firstStart: at("2026-01-01T23:00:00Z"),
      lastStart: at("2026-01-02T22:30:00Z"),
      dailyReadings: 1,
      firstDate: "2026-01-02",
      lastDate: "2026-01-02",
    },
  ]);
});

test("overlapping and unaligned slots are found", async (t) => {
  const { sql, audit } = await soundStore(t);
  await writeSlot(sql, "2026-01-02T22:45:10Z", 30);
  const start = at("2026-01-02T22:30:00Z");
  const nextStart = at("2026-01-02T22:45:10Z");
  assert.deepEqual(await audit.findOverlaps(), [{ ...ofHome, start, minutes: 30, nextStart }]);
  assert.deepEqual(await audit.findUnalignedSlots(), [{ ...ofHome, start: nextStart }]);
});

test("a derived day that is not what its readings say is found, with both", async (t) => {
  const { sql, audit } = await soundStore(t);
  await sql`delete from slot where starts_at = '2026-01-02T22:30:00Z'`;
  await sql`update daily_reading set value_wh = 2401`;
  assert.deepEqual(await audit.findContradictedDays(), [
    {
      ...ofHome,
      date: "2026-01-02",
      energyWh: 2400,
      quality: "complete",
      stored: { slotsWh: 2400, officialWh: 2400, minutesPresent: 1440 },
      held: { slotsWh: 2350, officialWh: 2401, minutesPresent: 1410 },
    },
  ]);
  // The deleted slot and the former daily value.
  assert.deepEqual(await audit.countFormerReadings(), [
    { kind: "daily_reading", count: 1 },
    { kind: "slot", count: 1 },
  ]);
});

test("a day left stale is told apart from one that was never entered", async (t) => {
  const { sql, store, audit } = await soundStore(t);
  await store.ingestDaily(daily({ "2026-01-03": 5 }));
  await writeSlot(sql, "2026-01-04T23:00:00Z");
  assert.deepEqual(await audit.findStaleDays(), [{ ...ofHome, date: "2026-01-03" }]);
  assert.deepEqual(await audit.findForgottenDays(), [{ ...ofHome, date: "2026-01-05" }]);
});

test("questions of the future and overspent budgets are found", async (t) => {
  const { store, audit } = await soundStore(t);
  await store.ingestDaily({ ...daily({}), answers: answered("absent", "2026-01-03"), at: tuesday });
  assert.deepEqual(await audit.findFutureInquiries(monday), [
    { usagePoint: home, subject: "consumption_daily", date: "2026-01-03", askedAt: tuesday, answer: "absent" },
  ]);
  const budget = { account: "account", utcDay: "2026-01-02", bucket: "cached", used: 51, allowed: 50 } as const;
  await store.settleBudget(budget);
  assert.deepEqual(await audit.findOverspentBudgets(), [budget]);
});
