import assert from "node:assert/strict";
import { test } from "node:test";
import { nothingSaid } from "../../../src/domain/tariff/plan-setting.ts";
import { energyPrice, microEur } from "../../../src/domain/tariff/price.ts";
import type { ExportSeries } from "../../../src/sync/exports/series.ts";
import { contract, curve, daily, day, home, monday, slotsOn } from "../../contracts/store-builders.ts";
import { readerWorld, shortly } from "./reader-world.ts";

const cost: ExportSeries = { kind: "cost", usagePoint: home };
const price = (eur: number) => energyPrice(eur * 1_000_000);
const peak = {
  ...nothingSaid,
  plan: "HC_HP",
  offpeakHours: "22H00-6H00",
  prices: { hc: price(0.15), hp: price(0.25) },
  standing: microEur(12_000_000),
};

test("a day costs what its hours cost at their prices, without the standing charge", async (t) => {
  const world = await readerWorld(t);
  world.plans = [peak];
  await world.store.ingestCurve(curve([...slotsOn("2026-01-10", 1_000), ...slotsOn("2026-01-12", 500).slice(0, 9)]));
  await world.store.ingestDaily(daily({ "2026-01-11": 24_000 }));
  await world.derive();
  // 8 kWh at 0.15 and 16 kWh at 0.25; the same spread evenly; of 12 January part is known.
  assert.deepEqual(shortly(await world.reader.days(cost, "2026-01")), [
    ["2026-01-10", 5.2, false],
    ["2026-01-11", 5.2, true],
  ]);
});

test("a day of which an hour has no price has no cost", async (t) => {
  const world = await readerWorld(t);
  // Of the weekend only the off-peak price is known.
  world.plans = [{ ...peak, plan: "HC_HP_WEEKEND", prices: { ...peak.prices, hc_weekend: price(0.1) } }];
  // Friday, Saturday.
  await world.store.ingestCurve(curve([...slotsOn("2026-01-09", 1_000), ...slotsOn("2026-01-10", 1_000)]));
  await world.derive();
  assert.deepEqual(shortly(await world.reader.days(cost, "2026-01")), [["2026-01-09", 5.2, false]]);
});

test("a Tempo day has its cost once its colour and its eve's are known", async (t) => {
  const world = await readerWorld(t);
  const { store, reader } = world;
  const each = { hc: price(0.1), hp: price(0.2) };
  const prices = {
    blue_hc: each.hc,
    blue_hp: each.hp,
    white_hc: each.hc,
    white_hp: each.hp,
    red_hc: each.hc,
    red_hp: price(0.7),
  };
  world.plans = [{ ...nothingSaid, plan: "TEMPO", prices }];
  await store.ingestCurve(curve([...slotsOn("2026-01-10", 1_000), ...slotsOn("2026-02-10", 1_000)]));
  await world.derive();
  await store.saveTempo([{ date: day("2026-01-10"), color: "ROUGE", announcedAt: null }], monday);
  assert.deepEqual(await reader.days(cost, "2026-01"), []);
  const before = await reader.marks(cost);
  await store.saveTempo([{ date: day("2026-01-09"), color: "BLEU", announcedAt: null }], monday);
  const after = await reader.marks(cost);
  // 00:00 to 06:00 and 22:00 to 24:00 at 0.1, 06:00 to 22:00 at 0.7.
  assert.deepEqual(shortly(await reader.days(cost, "2026-01")), [["2026-01-10", 12, false]]);
  assert.notEqual(after.get("2026-01"), before.get("2026-01"));
  assert.equal(after.get("2026-02"), before.get("2026-02"));
});

test("readings, plan, prices and contract each give the months another mark, and time alone does not", async (t) => {
  const world = await readerWorld(t);
  const { store, reader } = world;
  world.plans = [peak];
  await store.ingestCurve(curve(slotsOn("2026-01-10", 1_000)));
  await world.derive();
  const marks = [await markOf()];
  async function markOf(): Promise<string | undefined> {
    const mark = (await reader.marks(cost)).get("2026-01");
    assert.equal((await reader.marks(cost)).get("2026-01"), mark);
    return mark;
  }
  world.plans = [{ ...peak, prices: { ...peak.prices, hp: price(0.26) } }];
  marks.push(await markOf());
  world.plans = [{ ...peak, offpeakHours: "23H00-7H00" }];
  marks.push(await markOf());
  world.plans = [];
  marks.push(await markOf());
  await store.saveContract(home, contract({ subscribedPowerKva: 9, offpeakHours: "HC (1H00-9H00)" }));
  marks.push(await markOf());
  // Without a word of the user's, the regulated tariff depends on it.
  await store.saveContract(home, contract({ subscribedPowerKva: 12 }));
  marks.push(await markOf());
  await store.ingestCurve(curve(slotsOn("2026-01-10", 1_001).slice(0, 1)));
  await world.derive();
  marks.push(await markOf());
  assert.equal(new Set(marks).size, marks.length);
});
