import assert from "node:assert/strict";
import { test } from "node:test";
import { instant } from "../../../src/domain/units.ts";
import type { Adoption } from "../../../src/sync/adoption/store.ts";
import { type EnergyReview, reviewEnergy } from "../../../src/sync/energy/review.ts";
import {
  bought,
  dayOf,
  days,
  EnergyWorld,
  energyId,
  house,
  meter,
  nightOf,
  nightWorker,
  otherMeter,
  type WorldOptions,
  type WorldSeries,
} from "./world.ts";

const split: readonly WorldSeries[] = [
  { role: "hc", shape: nightOf(house) },
  { role: "hp", shape: dayOf(house) },
];
const review = (options: WorldOptions): Promise<EnergyReview> => reviewEnergy(new EnergyWorld(options).deps);
const statesOf = ({ flows }: EnergyReview) =>
  flows.flatMap(({ proposals }) => proposals.map(({ role, state }) => [role, state]));
const neighboursOf = ({ flows }: EnergyReview) =>
  flows.flatMap(({ neighbours }) =>
    neighbours.map(({ statisticId, relation, overlap }) => [statisticId, relation, overlap]),
  );

test("a dashboard that was never set up: each period and the return are proposed, in the flat form and without a price", async () => {
  const found = await review({ own: [...split, { role: "total", flow: "production", shape: nightWorker }] });
  assert.equal(found.isSetUp, false);
  assert.deepEqual(statesOf(found), [
    ["hc", "missing"],
    ["hp", "missing"],
    ["total", "missing"],
  ]);
  const [consumption, production] = found.flows;
  assert.deepEqual(consumption?.proposals[0]?.source, {
    type: "grid",
    stat_energy_from: "linky_bridge:consumption_12345678901234_hc",
    stat_energy_to: null,
    stat_cost: null,
    stat_compensation: null,
    entity_energy_price: null,
    number_energy_price: null,
    entity_energy_price_export: null,
    number_energy_price_export: null,
    cost_adjustment_day: 0,
  });
  assert.equal(production?.proposals[0]?.source.stat_energy_to, "linky_bridge:production_12345678901234");
  assert.equal(production?.proposals[0]?.source.stat_energy_from, null);
  assert.equal(consumption?.proposals[0]?.from, "2026-11-01");
});

test("what holds nothing and what Home Assistant does not hold yet is not to be added", async () => {
  const found = await review({
    own: [
      { role: "base", shape: () => 0 },
      { role: "hp", shape: dayOf(house), isWritten: false },
    ],
  });
  assert.deepEqual(statesOf(found), [["hp", "waiting"]]);
});

test("a flow is proposed by its periods, and by its total only where it is not split", async () => {
  const total: WorldSeries = { role: "total", shape: house, statisticId: `linky:${meter}` };
  assert.deepEqual(statesOf(await review({ own: [total] })), [["total", "missing"]]);
  assert.deepEqual(statesOf(await review({ own: [total, ...split] })), [
    ["hc", "missing"],
    ["hp", "missing"],
  ]);
});

test("what is in the dashboard is there, in the form of lists too", async () => {
  const found = await review({ own: split, sources: [bought(energyId("hc"))] });
  assert.ok(found.isSetUp);
  assert.deepEqual(statesOf(found), [
    ["hc", "there"],
    ["hp", "missing"],
  ]);
  assert.deepEqual(neighboursOf(found), []);
  const lists = {
    type: "grid",
    flow_from: [{ stat_energy_from: energyId("hc"), stat_cost: null }],
    flow_to: [],
    cost_adjustment_day: 0,
  };
  const old = await review({ own: split, sources: [lists] });
  assert.ok(old.isOldFormat);
  assert.deepEqual(statesOf(old)[0], ["hc", "there"]);
});

test("a live sensor of the same house would count twice, in a unit of its own and with some noise", async () => {
  const clamp = (hour: number, day: number) => house(hour, day) * (hour % 2 === 0 ? 0.97 : 1.04);
  const found = await review({
    own: split,
    others: [{ statisticId: "sensor.linky_tic_index", shape: clamp, unit: "Wh" }],
    sources: [bought("sensor.linky_tic_index")],
  });
  assert.deepEqual(neighboursOf(found), [["sensor.linky_tic_index", "stranger", "twice"]]);
  assert.deepEqual(statesOf(found), [
    ["hc", "twice"],
    ["hp", "twice"],
  ]);
  const [neighbour] = found.flows[0]?.neighbours ?? [];
  // Its first row stands an hour before that day, and only says where its sum begins.
  assert.equal(neighbour?.since, "2026-11-01");
  const comparison = neighbour?.comparison;
  assert.equal(comparison?.commonDays, 10);
  assert.ok((comparison?.likeness ?? 0) > 0.95);
});

test("another household at the same time is told and keeps nothing out; one without a common day is apart", async () => {
  const before = [localDate(8), localDate(9)];
  const found = await review({
    own: split,
    others: [
      { statisticId: "sensor.annex", shape: nightWorker },
      { statisticId: "sensor.former_home", shape: house, dates: before },
    ],
    sources: [bought("sensor.annex"), bought("sensor.former_home")],
  });
  assert.deepEqual(neighboursOf(found), [
    ["sensor.annex", "stranger", "other"],
    ["sensor.former_home", "stranger", "apart"],
  ]);
  assert.deepEqual(statesOf(found), [
    ["hc", "missing"],
    ["hp", "missing"],
  ]);
});
function localDate(day: number) {
  const [first] = days;
  assert.ok(first);
  return `2026-10-${String(day).padStart(2, "0")}` as typeof first;
}

test("a former tool's series of the same meter counts twice from the first common day, whatever its curve", async () => {
  const ids = [
    `myelectricaldata:consumption_${meter}_hp`,
    `linky:${meter}`,
    `sensor.myelectricaldata_${meter}_consumption_full`,
  ];
  for (const statisticId of ids) {
    const found = await review({
      own: split,
      others: [{ statisticId, shape: nightWorker, dates: days.slice(0, 1) }],
      sources: [bought(statisticId)],
    });
    assert.deepEqual(neighboursOf(found), [[statisticId, "same_meter", "twice"]]);
  }
  const stopped = await review({
    own: split,
    others: [{ statisticId: `linky:${meter}`, shape: house, dates: [localDate(8)] }],
    sources: [bought(`linky:${meter}`)],
  });
  assert.deepEqual(neighboursOf(stopped), [[`linky:${meter}`, "same_meter", "apart"]]);
});

const copiedFrom = (tool: string): Adoption => ({
  id: 1,
  usagePoint: meter,
  flow: "consumption",
  tool,
  mode: "copy",
  at: instant(0),
  statisticIds: [energyId("hp")],
  step: "applied",
  preferences: null,
  keepThrough: null,
});

test("a continued total in the dashboard is what its split would replace", async () => {
  const found = await review({
    own: [{ role: "total", shape: house, statisticId: `linky:${meter}` }, ...split],
    others: [{ statisticId: `linky:${meter}`, shape: house, unit: "Wh" }],
    sources: [bought(`linky:${meter}`)],
  });
  assert.deepEqual(neighboursOf(found), [[`linky:${meter}`, "own_total", "twice"]]);
  assert.deepEqual(statesOf(found), [
    ["hc", "twice"],
    ["hp", "twice"],
  ]);
});

test("the series of another meter of the bridge are no neighbours", async () => {
  const found = await review({
    own: [...split, { role: "base", shape: nightWorker, usagePoint: otherMeter }],
    others: [{ statisticId: `linky:${otherMeter}`, shape: house }],
    sources: [bought(energyId("base", "consumption", otherMeter)), bought(`linky:${otherMeter}`)],
  });
  assert.deepEqual(neighboursOf(found), [[`linky:${otherMeter}`, "same_meter", "twice"]]);
  assert.deepEqual(
    found.flows.map(({ usagePoint, neighbours }) => [usagePoint, neighbours.length]),
    [
      [meter, 0],
      [otherMeter, 1],
    ],
  );
});

test("the panels, the devices and a source sold to the grid are left alone", async () => {
  const found = await review({
    own: split,
    others: [{ statisticId: "sensor.panels", shape: house }],
    sources: [
      { type: "solar", stat_energy_from: "sensor.panels" },
      { ...bought("sensor.none"), stat_energy_from: null, stat_energy_to: "sensor.panels" },
    ],
  });
  assert.deepEqual(neighboursOf(found), []);
});

const money = (statisticId: string) => ({ statisticId, unit: "EUR", unitClass: null });

test("the series of money of the same period goes along: the bridge's own, the continued tool's, or the copied tool's", async () => {
  const costOf = async (options: Partial<WorldOptions> & Pick<WorldOptions, "others">) =>
    (await review({ own: split, ...options })).flows[0]?.proposals.map(({ source }) => source.stat_cost);
  const v2 = `myelectricaldata:cost_${meter}_hp`;
  assert.deepEqual(await costOf({ others: [money(`linky_bridge:cost_${meter}_hc`), money(v2)] }), [
    `linky_bridge:cost_${meter}_hc`,
    null,
  ]);
  const copied = copiedFrom("myelectricaldata_v2");
  assert.deepEqual(await costOf({ others: [money(v2)], adoptions: [copied] }), [null, v2]);
  assert.deepEqual(await costOf({ others: [money(v2)], adoptions: [copiedFrom("ha_linky")] }), [null, null]);
  const continued: WorldSeries = { role: "hp", shape: house, statisticId: `myelectricaldata:consumption_${meter}_hp` };
  assert.deepEqual(await costOf({ own: [continued], others: [money(v2)] }), [v2]);
  // Energy under that name is no money.
  assert.deepEqual(await costOf({ own: [continued], others: [{ statisticId: v2 }] }), [null]);
});

test("the digest stays where only figures move, and changes with the dashboard and with what is proposed", async () => {
  const options: WorldOptions = {
    own: split,
    others: [{ statisticId: "sensor.annex", shape: nightWorker }],
    sources: [bought("sensor.annex")],
  };
  const { digest } = await review(options);
  const later = await review({
    ...options,
    others: [{ statisticId: "sensor.annex", shape: nightWorker, dates: days.slice(2) }],
  });
  assert.equal(later.digest, digest);
  assert.notEqual((await review({ ...options, sources: [] })).digest, digest);
  assert.notEqual((await review({ ...options, sources: null })).digest, digest);
  assert.notEqual((await review({ ...options, own: split.slice(1) })).digest, digest);
  assert.notEqual((await review({ ...options, others: [] })).digest, digest);
});
