import assert from "node:assert/strict";
import { test } from "node:test";
import type { TempoColor } from "../../src/domain/tempo.ts";
import { instant, minuteMs, wattMinutes, watts } from "../../src/domain/units.ts";
import type { OpenStore } from "./store.ts";
import {
  at,
  curve,
  daily,
  day,
  derive,
  home,
  monday,
  other,
  slotsOn,
  tuesday,
  usagePoint,
  withUsagePoints,
} from "./store-builders.ts";
import { createdSeries, derived, hour, hourOn, revisionOf, staleDates, withDays } from "./store-statistics-builders.ts";

const announced = (date: string, color: TempoColor, announcedAt = monday) => ({ date: day(date), color, announcedAt });

export function statisticDaysContract(open: OpenStore): void {
  test("a day waits from the moment that its energy is derived, and again with each derivation", async (t) => {
    const store = await withUsagePoints(await open(t));
    await store.ingestCurve(curve(slotsOn("2026-01-02", 100)));
    assert.deepEqual(await store.loadStaleStatisticDays(), []);
    await derive(store, { from: "2026-01-02", to: "2026-01-02" }, monday);
    const [waiting] = await store.loadStaleStatisticDays();
    assert.ok(waiting);
    assert.deepEqual(waiting, {
      usagePoint: home,
      flow: "consumption",
      date: "2026-01-02",
      revision: waiting.revision,
    });
    await store.replaceHours(home, "consumption", [derived("2026-01-02", waiting.revision, [])]);
    assert.deepEqual(await staleDates(store), []);
    // Corrected, it waits only once its energy is derived from the correction, be the day's sum the same.
    const swapped = slotsOn("2026-01-02", 100).map((slot, position) => {
      return position < 2 ? { ...slot, powerW: watts(position * 200) } : slot;
    });
    await store.ingestCurve(curve(swapped, { at: tuesday }));
    assert.deepEqual(await staleDates(store), []);
    await derive(store, { from: "2026-01-02", to: "2026-01-02" }, tuesday);
    assert.ok((await revisionOf(store, "2026-01-02")) > waiting.revision);
  });

  test("days that wait come by usage point, flow and date", async (t) => {
    const store = await withUsagePoints(await open(t));
    await withDays(store, "2026-01-03", "2026-01-02");
    await store.ingestDaily(daily({ "2026-01-01": 5 }, { flow: "production" }));
    await derive(store, { from: "2026-01-01", to: "2026-01-01" }, monday, "production");
    assert.deepEqual(
      (await store.loadStaleStatisticDays()).map(({ flow, date }) => [flow, date]),
      [
        ["consumption", "2026-01-02"],
        ["consumption", "2026-01-03"],
        ["production", "2026-01-01"],
      ],
    );
  });

  test("a day marked while it is being derived takes its hours and stays to be done again", async (t) => {
    const store = await withUsagePoints(await open(t));
    await withDays(store, "2026-01-02");
    await createdSeries(store, "base");
    const revision = await revisionOf(store, "2026-01-02");
    await store.markStatisticDays(home, "consumption", [day("2026-01-02"), day("2026-01-09")]);
    const given = derived("2026-01-02", revision, [hour("base", hourOn("2026-01-02", 0), 60)]);
    assert.deepEqual(await store.replaceHours(home, "consumption", [given]), { changed: 1 });
    assert.equal(await revisionOf(store, "2026-01-02"), revision + 1);
    await store.markStatisticDays(home, "production", [day("2026-01-02")]);
    assert.deepEqual(await staleDates(store), ["2026-01-02"]);
    assert.equal(await revisionOf(store, "2026-01-02"), revision + 1);
  });

  test("readings come back for exactly the dates that are asked for", async (t) => {
    const store = await withUsagePoints(await open(t));
    const dates = ["2026-01-02", "2026-01-03", "2026-01-05", "2026-03-29", "2026-10-25"];
    await store.ingestCurve(curve(dates.flatMap((date) => slotsOn(date, 100))));
    await store.ingestDaily(daily({ "2026-01-03": 2400, "2026-01-04": 7 }));
    const asked = ["2026-10-25", "2026-01-05", "2026-01-03", "2026-01-03", "2026-02-01", "2026-03-29"].map(day);
    const inputs = await store.loadInputsOf(home, "consumption", asked);
    assert.deepEqual(
      inputs.map(({ date, slots, officialWh }) => [date, slots.length, officialWh]),
      [
        ["2026-01-03", 48, 2400],
        ["2026-01-05", 48, null],
        ["2026-03-29", 46, null],
        ["2026-10-25", 50, null],
      ],
    );
    assert.deepEqual(inputs[0]?.slots, slotsOn("2026-01-03", 100));
    assert.deepEqual(await store.loadInputsOf(home, "production", asked), []);
  });

  test("the span of a flow reaches from its first day with readings to its last", async (t) => {
    const store = await withUsagePoints(await open(t));
    assert.equal(await store.loadStatisticSpan(home, "consumption"), null);
    await withDays(store, "2026-01-03", "2024-02-29");
    await store.ingestDaily(daily({ "2026-01-05": 7 }));
    assert.deepEqual(await store.loadStatisticSpan(home, "consumption"), { from: "2024-02-29", to: "2026-01-05" });
    assert.equal(await store.loadStatisticSpan(home, "production"), null);
  });

  test("energy without a period waits until a later derivation knows it", async (t) => {
    const store = await withUsagePoints(await open(t));
    await withDays(store, "2026-01-02", "2026-01-03");
    const revision = await revisionOf(store, "2026-01-02");
    const pending = (date: string, energy: number) =>
      store.replaceHours(home, "consumption", [derived(date, revision, [], { pending: wattMinutes(energy) })]);
    await pending("2026-01-03", 144_000);
    await pending("2026-01-02", 5);
    await pending("2026-01-02", 6);
    const third = { usagePoint: home, date: "2026-01-03", energy: 144_000 };
    assert.deepEqual(await store.loadPendingDays(), [{ usagePoint: home, date: "2026-01-02", energy: 6 }, third]);
    await pending("2026-01-02", 0);
    assert.deepEqual(await store.loadPendingDays(), [third]);
    await store.replaceHours(home, "production", [derived("2026-01-03", 1, [])]);
    assert.deepEqual(await store.loadPendingDays(), [third]);
  });

  test("a new or changed colour marks its date and the next one, of consumption, at every usage point", async (t) => {
    const store = await withUsagePoints(await open(t));
    await withDays(store, "2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04");
    await store.ingestDaily(daily({ "2026-01-02": 5 }, { flow: "production" }));
    await derive(store, { from: "2026-01-02", to: "2026-01-02" }, monday, "production");
    await store.ingestDaily(daily({ "2026-01-03": 5 }, { usagePoint: other }));
    const inputs = await store.loadDayInputs(other, "consumption", { from: day("2026-01-03"), to: day("2026-01-03") });
    assert.equal(inputs.length, 1);
    const endAll = async () => {
      for (const { usagePoint, flow, date, revision } of await store.loadStaleStatisticDays())
        await store.replaceHours(usagePoint, flow, [derived(date, revision, [])]);
    };
    await store.saveDays(
      other,
      "consumption",
      [
        {
          date: day("2026-01-03"),
          energyWh: inputs[0]?.officialWh ?? assert.fail(),
          quality: "estimated",
          slotsWh: null,
          officialWh: inputs[0]?.officialWh ?? null,
          minutesPresent: 0,
        },
      ],
      monday,
    );
    const marked = async () =>
      (await store.loadStaleStatisticDays()).map(({ usagePoint, flow, date }) => [usagePoint, flow, date]);
    await endAll();
    assert.deepEqual(await marked(), []);
    const both = [
      [other, "consumption", "2026-01-03"],
      [home, "consumption", "2026-01-02"],
      [home, "consumption", "2026-01-03"],
    ];
    await store.saveTempo([announced("2026-01-02", "BLEU")], monday);
    assert.deepEqual(await marked(), both);
    await endAll();
    // Told again, even with a later announcement, it is no news.
    await store.saveTempo([announced("2026-01-02", "BLEU", tuesday)], tuesday);
    assert.deepEqual(await marked(), []);
    await store.saveTempo([announced("2026-01-02", "ROUGE")], tuesday);
    assert.deepEqual(await marked(), both);
  });

  test("a plan is kept with the days that it changes, and told again changes nothing", async (t) => {
    const store = await withUsagePoints(await open(t));
    await withDays(store, "2026-01-02", "2026-01-03");
    for (const date of ["2026-01-02", "2026-01-03"])
      await store.replaceHours(home, "consumption", [derived(date, await revisionOf(store, date), [])]);
    assert.equal(await store.loadDerivedPlan(home), null);
    await store.saveDerivedPlan(home, '{"kind":"BASE"}', []);
    assert.deepEqual(await staleDates(store), []);
    await store.saveDerivedPlan(home, '{"kind":"HC"}', [day("2026-01-03"), day("2030-01-01")]);
    assert.equal(await store.loadDerivedPlan(home), '{"kind":"HC"}');
    const revision = await revisionOf(store, "2026-01-03");
    await store.saveDerivedPlan(home, '{"kind":"HC"}', [day("2026-01-02"), day("2026-01-03")]);
    assert.deepEqual(await staleDates(store), ["2026-01-03"]);
    assert.equal(await revisionOf(store, "2026-01-03"), revision);
    assert.equal(await store.loadDerivedPlan(other), null);
  });

  test("prices mark the days of each flow that they change, once", async (t) => {
    const store = await withUsagePoints(await open(t));
    await withDays(store, "2026-01-02", "2026-01-03");
    await store.ingestDaily(daily({ "2026-01-03": 5 }, { flow: "production" }));
    await derive(store, { from: "2026-01-03", to: "2026-01-03" }, monday, "production");
    for (const { usagePoint, flow, date, revision } of await store.loadStaleStatisticDays())
      await store.replaceHours(usagePoint, flow, [derived(date, revision, [])]);
    assert.equal(await store.loadDerivedPrices(home), null);
    const changed = { consumption: [day("2026-01-02"), day("2030-01-01")], production: [day("2026-01-03")] };
    await store.saveDerivedPrices(home, "[1]", changed);
    assert.equal(await store.loadDerivedPrices(home), "[1]");
    const marked = await store.loadStaleStatisticDays();
    assert.deepEqual(
      marked.map(({ flow, date }) => [flow, date]),
      [
        ["consumption", "2026-01-02"],
        ["production", "2026-01-03"],
      ],
    );
    await store.saveDerivedPrices(home, "[1]", { ...changed, consumption: [day("2026-01-03")] });
    assert.deepEqual(await store.loadStaleStatisticDays(), marked);
    assert.equal(await store.loadDerivedPrices(other), null);
  });

  test("one process at a time may write statistics", async (t) => {
    const store = await open(t);
    const [noon, one, two] = [at("2026-01-02T12:00:00Z"), at("2026-01-02T13:00:00Z"), at("2026-01-02T14:00:00Z")];
    assert.equal(await store.claimStatistics("a", noon, one), true);
    assert.equal(await store.claimStatistics("b", noon, one), false);
    assert.equal(await store.claimStatistics("a", noon, two), true);
    await store.releaseStatistics("b");
    assert.equal(await store.claimStatistics("b", instant(two - 1), two), false);
    // A holder that died is waited for until its time is over, and no longer.
    assert.equal(await store.claimStatistics("b", two, instant(two + minuteMs)), true);
    assert.equal(await store.claimStatistics("a", two, instant(two + minuteMs)), false);
    await store.releaseStatistics("b");
    assert.equal(await store.claimStatistics("a", two, instant(two + minuteMs)), true);
  });

  test("a day whose only readings another step took away leaves no energy behind", async (t) => {
    const store = await withUsagePoints(await open(t));
    const first = slotsOn("2026-01-03", 100).slice(0, 1);
    await store.ingestCurve(curve(first));
    await derive(store, { from: "2026-01-03", to: "2026-01-03" }, monday);
    const base = await createdSeries(store, "base");
    const given = [hour("base", hourOn("2026-01-03", 0), 3000)];
    await store.replaceHours(home, "consumption", [
      derived("2026-01-03", await revisionOf(store, "2026-01-03"), given),
    ]);
    // An hour from 23:30 on takes the place of the half-hour at midnight.
    const over = slotsOn("2026-01-02", 100)
      .slice(-1)
      .map((slot) => ({ ...slot, minutes: 60 }));
    await store.ingestCurve(curve(over, { at: tuesday }));
    assert.deepEqual(await store.loadHours(base.id, null), [
      { start: hourOn("2026-01-03", 0), amount: 0, origin: "measured" },
    ]);
    assert.equal((await store.loadSeries())[0]?.total, 0n);
  });

  test("saved again with what it had, a usage point's days do not wait", async (t) => {
    const store = await withUsagePoints(await open(t));
    await withDays(store, "2026-01-02");
    const revision = await revisionOf(store, "2026-01-02");
    await store.saveUsagePoints("account", [usagePoint(home)], tuesday);
    await withDays(store, "2026-01-02");
    assert.equal(await revisionOf(store, "2026-01-02"), revision);
  });
}
