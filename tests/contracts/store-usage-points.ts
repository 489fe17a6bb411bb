import assert from "node:assert/strict";
import { test } from "node:test";
import type { OpenStore } from "./store.ts";
import { contract, day, home, monday, other, tuesday, usagePoint } from "./store-builders.ts";

export function usagePointsContract(open: OpenStore): void {
  test("a usage point comes back as the list told it", async (t) => {
    const store = await open(t);
    const told = usagePoint(home, {
      name: "Maison d'été",
      isActive: false,
      hasProduction: true,
      activationDate: day("2020-02-29"),
      subscribedPowerKva: 9,
      offpeakHours: "HC (22H00-6H00)",
      pricingOption: "TEMPO",
    });
    await store.saveUsagePoints("account", [told], monday);
    const expected = { ...told, account: "account", listed: true, contractKnown: false, problem: null };
    assert.deepEqual(await store.loadUsagePoints("account"), [expected]);
    assert.deepEqual(await store.loadUsagePoints("another"), []);
    assert.deepEqual(await store.loadAccounts(), ["account"]);
  });

  test("a usage point that the account no longer lists stays, after the listed ones", async (t) => {
    const store = await open(t);
    await store.saveUsagePoints("account", [usagePoint(home), usagePoint(other)], monday);
    await store.saveUsagePoints("account", [usagePoint(home)], tuesday);
    const points = await store.loadUsagePoints("account");
    assert.deepEqual(
      points.map(({ id, listed }) => [id, listed]),
      [
        [home, true],
        [other, false],
      ],
    );
    await store.saveUsagePoints("account", [usagePoint(home), usagePoint(other)], tuesday);
    // Listed again, ordered by id.
    assert.deepEqual(
      (await store.loadUsagePoints("account")).map(({ id, listed }) => [id, listed]),
      [
        [other, true],
        [home, true],
      ],
    );
  });

  test("another account's list leaves the usage points of this one alone", async (t) => {
    const store = await open(t);
    await store.saveUsagePoints("account", [usagePoint(home)], monday);
    await store.saveUsagePoints("another", [usagePoint(other)], monday);
    assert.deepEqual(
      (await store.loadUsagePoints("account")).map(({ id, listed }) => [id, listed]),
      [[home, true]],
    );
  });

  test("what a later list does not tell is not erased", async (t) => {
    const store = await open(t);
    const told = usagePoint(home, { name: "Maison", subscribedPowerKva: 6, activationDate: day("2021-05-04") });
    await store.saveUsagePoints("account", [told], monday);
    await store.saveUsagePoints("account", [usagePoint(home, { subscribedPowerKva: 9 })], tuesday);
    const [point] = await store.loadUsagePoints("account");
    assert.deepEqual([point?.name, point?.subscribedPowerKva, point?.activationDate], ["Maison", 9, "2021-05-04"]);
  });

  test("the contract goes before the list, fills it, and a null in it never erases", async (t) => {
    const store = await open(t);
    const listed = usagePoint(home, { subscribedPowerKva: 6, offpeakHours: "as listed" });
    await store.saveUsagePoints("account", [listed], monday);
    await store.saveContract(home, contract({ activationDate: day("2019-01-02"), subscribedPowerKva: 9 }));
    await store.saveContract(home, contract({ offpeakHours: "as agreed", raw: { later: [null, "é"] } }));
    await store.saveUsagePoints("account", [listed], tuesday);
    const [point] = await store.loadUsagePoints("account");
    assert.equal(point?.contractKnown, true);
    assert.deepEqual(
      [point?.activationDate, point?.subscribedPowerKva, point?.offpeakHours],
      ["2019-01-02", 9, "as agreed"],
    );
  });

  test("an unchanged problem keeps the day it began, another one begins anew, null clears it", async (t) => {
    const store = await open(t);
    await store.saveUsagePoints("account", [usagePoint(home)], monday);
    const problem = async () => (await store.loadUsagePoints("account"))[0]?.problem;
    await store.saveProblem(home, { code: "consent", message: "ADAM-DC-0008" }, monday);
    await store.saveProblem(home, { code: "consent", message: "ADAM-DC-0009" }, tuesday);
    assert.deepEqual(await problem(), { code: "consent", message: "ADAM-DC-0009", since: monday });
    await store.saveProblem(home, { code: "holder", message: "ADAM-ERR0061" }, tuesday);
    assert.deepEqual(await problem(), { code: "holder", message: "ADAM-ERR0061", since: tuesday });
    await store.saveProblem(home, null, tuesday);
    assert.equal(await problem(), null);
  });

  test("an address can be saved again and again", async (t) => {
    const store = await open(t);
    await store.saveUsagePoints("account", [usagePoint(home)], monday);
    await store.saveAddress(home, { city: "PARIS", postalCode: null, raw: { city: "PARIS" } });
    await store.saveAddress(home, { city: null, postalCode: "75001", raw: {} });
    assert.equal((await store.loadUsagePoints("account")).length, 1);
  });
}
