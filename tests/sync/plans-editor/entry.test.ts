import assert from "node:assert/strict";
import { test } from "node:test";
import { readPlans } from "../../../src/config/read-plans.ts";
import { entryOf } from "../../../src/sync/plans-editor/entry.ts";

const entries = [
  { from: "2024-11-01", to: "2025-06-30", plan: "BASE", prices: "base=0.194", standing: "15.65", power_kva: "9" },
  {
    usage_point: "12345678901234",
    from: "2025-07-01",
    plan: "HC_HP",
    offpeak_hours: "22:30-06:30",
    prices: "hc=0.157901 hp=0.2065",
  },
  { from: "2025-07-01", plan: "EJP", peak_days: "2025-12-01,2026-01-12", peak_days_through: "2026-03-31" },
  {
    from: "2026-04-01",
    plan: "SEASONAL",
    offpeak_hours: "22:00-06:00",
    summer_offpeak_hours: "11:00-17:00",
    weekend_offpeak: true,
    holidays: "mainland",
  },
  { from: "2027-01-01", buyback: "0.04", sale: "total" },
];

test("a setting written out as an entry is read as the same setting", () => {
  const read = readPlans(entries);
  assert.ok("plans" in read, JSON.stringify(read));
  const written = read.plans.map(entryOf);
  assert.deepEqual(readPlans(written), read);
  assert.equal(written[1]?.prices, "hc=0.157901 hp=0.2065");
  // What is not said is absent, as in a form that nobody filled in.
  assert.deepEqual(Object.keys(written[4] ?? {}), ["from", "buyback", "sale"]);
});

test("each entry that cannot be meant has its sentence", () => {
  const read = readPlans([
    { plan: "BAZE" },
    { from: "2026-01-01", plan: "BASE" },
    { from: "2026-13-01", plan: "BASE" },
  ]);
  assert.ok("faults" in read);
  assert.deepEqual(
    read.faults.map(({ fr }) => fr.split(" : ")[0]),
    ["1er élément", "3e élément"],
  );
});
