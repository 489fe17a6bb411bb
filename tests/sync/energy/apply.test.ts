import assert from "node:assert/strict";
import { test } from "node:test";
import { localDate } from "../../../src/domain/calendar.ts";
import { applyEnergy } from "../../../src/sync/energy/apply.ts";
import { EnergyRefusal, type EnergyRefusalCode } from "../../../src/sync/energy/refusal.ts";
import { reviewEnergy } from "../../../src/sync/energy/review.ts";
import { previewUndo, undoEnergy } from "../../../src/sync/energy/undo.ts";
import { HomeAssistantFailure } from "../../../src/sync/statistics/recorder.ts";
import {
  bought,
  dayOf,
  EnergyWorld,
  energyId,
  house,
  meter,
  nightOf,
  nightWorker,
  refused,
  type WorldOptions,
  type WorldSeries,
} from "./world.ts";

const split: readonly WorldSeries[] = [
  { role: "hc", shape: nightOf(house) },
  { role: "hp", shape: dayOf(house) },
];
const [hc, hp] = [energyId("hc"), energyId("hp")];
const sensor = "sensor.linky_tic_index";
/** The same house twice: a live sensor in the dashboard, with a power and a price that the bridge does not know. */
const withSensor: WorldOptions = {
  own: split,
  others: [{ statisticId: sensor, shape: house }],
  sources: [bought(sensor, { stat_rate: null, number_energy_price: 0.2, note: { by: "hand" } })],
};

async function apply(world: EnergyWorld, request: { replace?: string[]; anyway?: boolean } = {}) {
  const { digest } = await reviewEnergy(world.deps);
  return applyEnergy(world.deps, { digest, ...request });
}

const refuses =
  (code: EnergyRefusalCode, words: RegExp = /./) =>
  (error: unknown) => {
    assert.ok(error instanceof EnergyRefusal, String(error));
    assert.equal(error.code, code);
    assert.match(error.text.fr, words);
    assert.ok(error.text.en.length > 20);
    return true;
  };

test("what is missing is added after what is there, and everything else stays as it was", async () => {
  const solar = { type: "solar", stat_energy_from: "sensor.panels", config_entry_solar_forecast: ["a1"] };
  const world = new EnergyWorld({ own: split, sources: [solar, bought(hc, { note: "mine" })] });
  const before = structuredClone(world.preferences);
  const applied = await apply(world);
  assert.deepEqual(applied, {
    added: [hp],
    completed: [],
    removed: [],
    moneyLost: [],
    leftOut: [],
    waiting: [],
    change: 1,
  });
  assert.deepEqual(world.sources, [solar, bought(hc, { note: "mine" }), bought(hp)]);
  assert.deepEqual(world.changes[0]?.before, before);
  assert.deepEqual(world.changes[0]?.after.energySources, world.sources);
  assert.deepEqual(world.preferences?.deviceConsumption, [{ stat_consumption: "sensor.oven" }]);
});

test("the second time nothing is written, and no change is kept", async () => {
  const world = new EnergyWorld({ own: split });
  await apply(world);
  assert.deepEqual(await apply(world), {
    added: [],
    completed: [],
    removed: [],
    moneyLost: [],
    leftOut: [],
    waiting: [],
    change: null,
  });
  assert.equal(world.saves, 1);
  assert.equal(world.changes.length, 1);
});

const costOf = (role: string): string => `linky_bridge:cost_${meter}_${role}`;
const withCosts = {
  own: [...split, { role: "total", flow: "production", shape: nightWorker }] as const,
  others: [costOf("hc"), costOf("hp"), `linky_bridge:revenue_${meter}`].map((statisticId) => ({
    statisticId,
    unit: "EUR",
    unitClass: null,
  })),
};

test("a series that is there without a price gets its cost, undone exactly; one with a price of any kind keeps it", async () => {
  const sold = energyId("total", "production");
  const sources = [
    bought(hc, { note: "mine" }),
    bought(hp, { number_energy_price: 0.2 }),
    { ...bought(sold, { stat_energy_from: null }), stat_energy_to: sold },
  ];
  const world = new EnergyWorld({ ...withCosts, sources });
  const before = structuredClone(world.sources);
  const { flows } = await reviewEnergy(world.deps);
  assert.deepEqual(
    flows.map(({ proposals }) => proposals.map(({ state }) => state)),
    [["uncosted", "there"], ["uncosted"]],
  );
  const applied = await apply(world);
  assert.deepEqual([applied.added, applied.completed], [[], [hc, sold]]);
  assert.deepEqual(world.sources, [
    { ...sources[0], stat_cost: costOf("hc") },
    sources[1],
    { ...sources[2], stat_compensation: `linky_bridge:revenue_${meter}` },
  ]);
  assert.equal((await apply(world)).change, null);
  await undoEnergy(world.deps);
  assert.deepEqual(world.sources, before);
});

test("a cost that serves another source already, or a former tool's, stays where it is", async () => {
  const world = new EnergyWorld({
    ...withCosts,
    own: split,
    sources: [bought(hc), bought("sensor.garage", { stat_cost: costOf("hc") }), bought(hp, { stat_cost: "tool:cost" })],
  });
  const before = structuredClone(world.sources);
  assert.deepEqual((await apply(world)).completed, []);
  assert.deepEqual(world.sources, before);
});

test("what would count twice is not added unless told to", async () => {
  const world = new EnergyWorld(withSensor);
  await assert.rejects(apply(world), refuses("would_count_twice", /sensor\.linky_tic_index/));
  assert.deepEqual(world.bought, [sensor]);
  assert.equal(world.changes.length, 0);
  assert.deepEqual((await apply(world, { anyway: true })).added, [hc, hp]);
  assert.deepEqual(world.bought, [sensor, hc, hp]);
});

test("what does not count twice is added all the same", async () => {
  const world = new EnergyWorld({
    ...withSensor,
    own: [...split, { role: "total", flow: "production", shape: nightWorker }],
  });
  const applied = await apply(world);
  assert.deepEqual(applied.added, [energyId("total", "production")]);
  assert.deepEqual(applied.leftOut, [hc, hp]);
  assert.deepEqual(world.bought, [sensor]);
});

test("a replaced source goes, and its power or its sale stays", async () => {
  const world = new EnergyWorld(withSensor);
  assert.deepEqual((await apply(world, { replace: [sensor] })).removed, [sensor]);
  assert.deepEqual(world.sources, [bought(hc), bought(hp)]);

  const both = bought(sensor, { stat_energy_to: "sensor.sold", stat_cost: "sensor.cost", stat_rate: "sensor.power" });
  const second = new EnergyWorld({ ...withSensor, sources: [both] });
  await apply(second, { replace: [sensor] });
  assert.deepEqual(second.sources, [{ ...both, stat_energy_from: null, stat_cost: null }, bought(hc), bought(hp)]);
});

test("a source that counts twice already can be taken out later", async () => {
  const world = new EnergyWorld({ ...withSensor, sources: [bought(sensor), bought(hc), bought(hp)] });
  const applied = await apply(world, { replace: [sensor] });
  assert.deepEqual([applied.added, applied.removed], [[], [sensor]]);
  assert.deepEqual(world.bought, [hc, hp]);
});

test("nothing is taken out where nothing takes its place", async () => {
  const world = new EnergyWorld({ ...withSensor, own: split.map((series) => ({ ...series, isWritten: false })) });
  await assert.rejects(apply(world, { replace: [sensor] }), refuses("nothing_instead", /sensor\.linky_tic_index/));
  assert.deepEqual(world.bought, [sensor]);
});

test("unknown ids, the bridge's own and sources of another kind cannot be replaced", async () => {
  for (const id of ["sensor.nowhere", hc, "sensor.panels"]) {
    const world = new EnergyWorld({
      ...withSensor,
      sources: [bought(hc), bought(sensor), { type: "solar", stat_energy_from: "sensor.panels" }],
    });
    await assert.rejects(apply(world, { replace: [sensor, id] }), refuses("unknown_id"));
    assert.equal(world.saves, 0);
  }
});

test("a split never stands beside its own total, not even when told to", async () => {
  const total = `linky:${meter}`;
  const options: WorldOptions = {
    own: [{ role: "total", shape: house, statisticId: total }, ...split],
    others: [{ statisticId: total, shape: house, unit: "Wh" }],
    sources: [bought(total)],
  };
  const world = new EnergyWorld(options);
  await assert.rejects(apply(world, { anyway: true }), refuses("would_count_twice", /le total de ces mêmes périodes/));
  await apply(world, { replace: [total] });
  assert.deepEqual(world.bought, [hc, hp]);
});

test("a dashboard changed by hand since the review stays as it is", async () => {
  const world = new EnergyWorld(withSensor);
  const { digest } = await reviewEnergy(world.deps);
  world.byHand((sources) => [...sources, bought("sensor.new")]);
  await assert.rejects(applyEnergy(world.deps, { digest, anyway: true }), refuses("changed"));
  assert.deepEqual(world.bought, [sensor, "sensor.new"]);
});

test("a dashboard changed by hand while curves are compared stays as it is", async () => {
  const world = new EnergyWorld(withSensor);
  const { digest } = await reviewEnergy(world.deps);
  world.onRows = () => world.byHand(() => []);
  await assert.rejects(applyEnergy(world.deps, { digest, anyway: true }), refuses("changed"));
  assert.deepEqual(world.sources, []);
  assert.equal(world.changes.length, 0);
});

test("a Home Assistant of before 2026 is not written to", async () => {
  const lists = { type: "grid", flow_from: [], flow_to: [], cost_adjustment_day: 0 };
  const listed = new EnergyWorld({ own: split, sources: [lists], version: "2025.12.3" });
  await assert.rejects(apply(listed), refuses("old_format", /2025\.12\.3/));
  assert.equal(listed.saves, 0);
  const empty = new EnergyWorld({ own: split, version: "2026.1.2" });
  empty.onSave = () => {
    throw refused("refused");
  };
  await assert.rejects(apply(empty), refuses("old_format", /2026\.1\.2/));
  assert.ok(empty.changes[0]?.undoneAt);
});

test("a refused save leaves nothing to undo; one whose answer never came does", async () => {
  for (const [reason, isUndone] of [
    ["not_admin", true],
    ["refused", true],
    ["unreachable", false],
  ] as const) {
    const world = new EnergyWorld({ own: split });
    world.onSave = () => {
      throw refused(reason);
    };
    await assert.rejects(apply(world), (error) => error instanceof HomeAssistantFailure && error.reason === reason);
    assert.equal(world.changes[0]?.undoneAt !== null, isUndone);
  }
});

test("what Home Assistant holds is read back; fields it adds as null are no difference", async () => {
  const world = new EnergyWorld({ own: split });
  world.onSave = (sources) => sources.slice(1);
  await assert.rejects(apply(world), refuses("not_taken"));
  const second = new EnergyWorld({ own: split });
  second.onSave = (sources) => sources.map((source) => ({ ...source, stat_rate: null }));
  assert.equal((await apply(second)).change, 1);
});

test("a series of money that another source has already is not named twice", async () => {
  const cost = `linky_bridge:cost_${meter}_hc`;
  const world = new EnergyWorld({
    own: split,
    others: [{ statisticId: cost, unit: "EUR", unitClass: null }],
    sources: [bought("sensor.garage", { stat_cost: cost })],
  });
  await apply(world);
  assert.deepEqual(
    world.sources.map((source) => source.stat_cost),
    [cost, null, null],
  );
});

test("undo gives back exactly what was there, then there is nothing to undo", async () => {
  const world = new EnergyWorld(withSensor);
  const before = structuredClone(world.preferences);
  await apply(world, { replace: [sensor] });
  assert.deepEqual(await previewUndo(world.deps), {
    change: 1,
    removed: [hc, hp],
    restored: [sensor],
    wasUndone: false,
    isChangedSince: false,
  });
  assert.deepEqual(world.bought, [hc, hp]);
  await undoEnergy(world.deps);
  assert.deepEqual(world.preferences, before);
  await assert.rejects(undoEnergy(world.deps), refuses("nothing_to_undo"));
});

test("undo of the first sources leaves a dashboard without any", async () => {
  const world = new EnergyWorld({ own: split });
  await apply(world);
  await undoEnergy(world.deps);
  assert.deepEqual(world.sources, []);
});

test("undo keeps out of what was changed by hand since, and says what", async () => {
  const world = new EnergyWorld(withSensor);
  await apply(world, { anyway: true });
  world.byHand((sources) => [...sources.filter((source) => source.stat_energy_from !== hc), bought("sensor.new")]);
  await assert.rejects(
    undoEnergy(world.deps),
    refuses("changed_since", /retiré : linky_bridge:consumption_12345678901234_hc ; ajouté : sensor\.new/),
  );
  assert.deepEqual(world.bought, [sensor, hp, "sensor.new"]);
  assert.equal((await previewUndo(world.deps)).isChangedSince, true);
  await undoEnergy(world.deps, { anyway: true });
  assert.deepEqual(world.bought, [sensor]);
});

test("undo of what was undone by hand writes nothing", async () => {
  const world = new EnergyWorld(withSensor);
  await apply(world, { anyway: true });
  world.byHand((sources) => sources.slice(0, 1));
  assert.equal((await undoEnergy(world.deps)).wasUndone, true);
  assert.equal(world.saves, 1);
});

test("a change that came with an adoption is undone with it", async () => {
  const world = new EnergyWorld({ own: split });
  await apply(world);
  const [change] = world.changes;
  const deps = {
    ...world.deps,
    store: {
      ...world.deps.store,
      loadAdoptions: async () => [
        {
          id: 7,
          usagePoint: meter,
          flow: "consumption" as const,
          tool: "ha_linky",
          mode: "copy" as const,
          at: change?.at ?? assert.fail("no change"),
          statisticIds: [],
          step: "applied" as const,
          preferences: change ?? null,
          keepThrough: null,
        },
      ],
    },
  };
  await assert.rejects(undoEnergy(deps), refuses("of_adoption", /n° 7/));
});

test("a price that leaves with a replaced source is told", async () => {
  const world = new EnergyWorld(withSensor);
  assert.deepEqual((await apply(world, { replace: [sensor] })).moneyLost, [sensor]);
  const unpriced = new EnergyWorld({ ...withSensor, sources: [bought(sensor)] });
  assert.deepEqual((await apply(unpriced, { replace: [sensor] })).moneyLost, []);
});

test("a source that began after our last day cannot be told from ours yet, and is not doubled unless told to", async () => {
  const later = Array.from({ length: 1 }, () => localDate("2026-11-12"));
  const world = new EnergyWorld({
    own: split,
    others: [{ statisticId: sensor, shape: nightWorker, dates: later }],
    sources: [bought(sensor)],
  });
  const [flow] = (await reviewEnergy(world.deps)).flows;
  assert.deepEqual(
    flow?.neighbours.map(({ overlap }) => overlap),
    ["unknown"],
  );
  await assert.rejects(apply(world), refuses("would_count_twice"));
  assert.deepEqual((await apply(world, { anyway: true })).added, [hc, hp]);
});

test("beside a total that was continued, a plan without periods has nothing to add", async () => {
  const world = new EnergyWorld({
    own: [
      { role: "base", shape: house },
      { role: "total", shape: house },
    ],
    sources: [bought(energyId("total"))],
  });
  const [flow] = (await reviewEnergy(world.deps)).flows;
  assert.deepEqual(
    flow?.proposals.map(({ statisticId, state }) => [statisticId, state]),
    [[energyId("total"), "there"]],
  );
  assert.deepEqual((await apply(world)).added, []);
});
