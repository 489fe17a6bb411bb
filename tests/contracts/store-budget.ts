import assert from "node:assert/strict";
import { test } from "node:test";
import { instant } from "../../src/domain/units.ts";
import type { OpenStore } from "./store.ts";
import { home, monday, other, withUsagePoints } from "./store-builders.ts";

const today = { account: "account", utcDay: "2026-03-30", bucket: "no_cache" } as const;

export function budgetContract(open: OpenStore): void {
  test("sixty at once take exactly the fifty calls allowed", async (t) => {
    const store = await open(t);
    const taken = await Promise.all(Array.from({ length: 60 }, () => store.takeBudget({ ...today, allowed: 50 })));
    assert.equal(taken.filter((granted) => granted).length, 50);
    assert.deepEqual(await store.loadBudget("account", "2026-03-30", "no_cache"), { used: 50, allowed: 50 });
  });

  test("each account, UTC day and bucket counts for itself", async (t) => {
    const store = await open(t);
    assert.equal(await store.takeBudget({ ...today, allowed: 0 }), false);
    assert.equal(await store.loadBudget("account", "2026-03-30", "no_cache"), null);
    assert.equal(await store.takeBudget({ ...today, allowed: 1 }), true);
    assert.equal(await store.takeBudget({ ...today, allowed: 1 }), false);
    assert.equal(await store.takeBudget({ ...today, bucket: "cached", allowed: 1 }), true);
    assert.equal(await store.takeBudget({ ...today, utcDay: "2026-03-31", allowed: 1 }), true);
    assert.equal(await store.takeBudget({ ...today, account: "another", allowed: 1 }), true);
  });

  test("the source's own count raises the counter and never lowers it; its limit is adopted", async (t) => {
    const store = await open(t);
    const load = () => store.loadBudget("account", "2026-03-30", "no_cache");
    await store.settleBudget({ ...today, used: 7, allowed: 50 });
    assert.deepEqual(await load(), { used: 7, allowed: 50 });
    assert.equal(await store.takeBudget({ ...today, allowed: 50 }), true);
    await store.settleBudget({ ...today, used: 3, allowed: 40 });
    assert.deepEqual(await load(), { used: 8, allowed: 40 });
    await store.settleBudget({ ...today, used: 40, allowed: 40 });
    assert.equal(await store.takeBudget({ ...today, allowed: 40 }), false);
  });

  test("a lease is its holder's until it ends or is given back", async (t) => {
    const store = await withUsagePoints(await open(t));
    const take = (holder: string, now: number, until: number, usagePoint = home) =>
      store.takeLease({ usagePoint, holder, now: instant(monday + now), until: instant(monday + until) });
    assert.equal(await take("a", 0, 1000), true);
    assert.equal(await take("b", 999, 5000), false);
    assert.equal(await take("b", 999, 5000, other), true);
    // Renewed until 2000, so that b waits for it to end.
    assert.equal(await take("a", 999, 2000), true);
    assert.equal(await take("b", 1999, 5000), false);
    assert.equal(await take("b", 2000, 5000), true);
    assert.equal(await take("a", 2001, 5000), false);
  });

  test("only its holder gives a lease back", async (t) => {
    const store = await withUsagePoints(await open(t));
    const take = (holder: string) =>
      store.takeLease({ usagePoint: home, holder, now: monday, until: instant(monday + 1000) });
    assert.equal(await take("a"), true);
    await store.releaseLease(home, "b");
    assert.equal(await take("b"), false);
    await store.releaseLease(home, "a");
    assert.equal(await take("b"), true);
  });

  test("leases of the dead are forgotten, whoever held them", async (t) => {
    const store = await withUsagePoints(await open(t));
    const take = (holder: string, usagePoint = home) =>
      store.takeLease({ usagePoint, holder, now: monday, until: instant(monday + 1000) });
    assert.equal(await take("a"), true);
    assert.equal(await take("a", other), true);
    await store.forgetLeases();
    assert.equal(await take("b"), true);
    assert.equal(await take("b", other), true);
  });

  test("an installation has one identity for ever, also when two begin together", async (t) => {
    const store = await open(t);
    const ids = await Promise.all(Array.from({ length: 8 }, () => store.loadInstallationId(monday)));
    assert.equal(new Set(ids).size, 1);
    assert.match(ids[0] ?? "", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.equal(await store.loadInstallationId(monday), ids[0]);
  });
}
