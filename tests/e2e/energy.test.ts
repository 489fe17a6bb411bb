import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { type EnergyArguments, energy } from "../../src/cli/energy.ts";
import { boundsOf } from "../../src/domain/calendar.ts";
import type { Slot } from "../../src/domain/slot.ts";
import { hourMs, type Instant, instant, watts } from "../../src/domain/units.ts";
import type { Language } from "../../src/shared/language.ts";
import {
  type HouseHour,
  seedHaLinky,
  seedLiveSensor,
  seedMyElectricalDataV2,
} from "../../src/simulator/home-assistant/former-tools.ts";
import { adopt } from "../../src/sync/adoption/adopt.ts";
import { adoptionDeps } from "../../src/sync/adoption/open.ts";
import { dates, meter, readerToken, StatisticsWorld, type WorldOptions } from "../support/statistics-world.ts";

const offPeak = { pricingOption: "HC_HP", offpeakHours: "HC (22H00-6H00)" };
const [hc, hp] = [`linky_bridge:consumption_${meter}_hc`, `linky_bridge:consumption_${meter}_hp`];
const sensor = "sensor.linky_index";
const days = dates("2026-11-08", "2026-11-14");

/** A house by half-hours: base load, breakfast, dinner, never the same two days running. */
const slots: readonly Slot[] = days.flatMap((date, day) =>
  Array.from({ length: 48 }, (_, half) => ({
    start: instant(boundsOf(date).start + (half * hourMs) / 2),
    minutes: 30,
    powerW: watts(250 + 20 * day + (half >= 14 && half < 18 ? 1_800 : 0) + (half >= 37 && half < 43 ? 2_600 : 0)),
  })),
);
/** The same by hours, as a former tool or a sensor saw it. */
const hours: readonly HouseHour[] = [...Map.groupBy(slots, ({ start }) => Math.floor(start / hourMs))].map(
  ([hour, halves]) => ({
    start: instant(hour * hourMs),
    energyWh: halves.reduce((sum, slot) => sum + (slot.powerW * slot.minutes) / 60, 0),
  }),
);
const houseWh = hours.reduce((sum, { energyWh }) => sum + energyWh, 0);

/** A source as the dashboard's dialog saves it. */
const bought = (id: string, more: object = {}) => ({
  type: "grid",
  stat_energy_from: id,
  stat_energy_to: null,
  stat_cost: null,
  entity_energy_price: null,
  number_energy_price: null,
  stat_compensation: null,
  entity_energy_price_export: null,
  number_energy_price_export: null,
  cost_adjustment_day: 0,
  ...more,
});
const panels = { type: "solar", stat_energy_from: "sensor.panels", config_entry_solar_forecast: ["a1b2"] };
const oven = { stat_consumption: "sensor.oven", name: "Four" };

async function open(t: TestContext, options: WorldOptions = {}): Promise<StatisticsWorld> {
  const world = await StatisticsWorld.open(t, { point: offPeak, ...options });
  await world.ingest(slots);
  if (options.token === undefined) await world.run();
  return world;
}

/** Runs the command; its exit code and what it wrote. */
async function type(world: StatisticsWorld, wanted: Partial<EnergyArguments> = {}, language: Language = "fr") {
  const lines: string[] = [];
  const { store, clock, homeAssistant } = world;
  const port = { store, clock, homeAssistant, language, output: { line: (text: string) => void lines.push(text) } };
  const all = { action: "show", replace: [], anyway: false, yes: false, json: false, ...wanted } as const;
  const code = await energy(port, all, new AbortController().signal);
  const text = lines.join("\n");
  assert.doesNotMatch(text, /undefined|NaN|\[object/);
  return { code, text };
}

/** The regulated tariff of HC_HP prices both. */
const withCost = (role: "hc" | "hp") =>
  bought(role === "hc" ? hc : hp, { stat_cost: `linky_bridge:cost_${meter}_${role}` });

const sourcesIn = (world: StatisticsWorld) => world.double.preferences?.energy_sources ?? [];
const gridIn = (world: StatisticsWorld) => sourcesIn(world).filter((source) => source.type === "grid");
const boughtIn = (world: StatisticsWorld): unknown[] =>
  gridIn(world).flatMap((source) => source.stat_energy_from ?? []);
/** What the dashboard shows as bought over all time, in Wh. */
const shownWh = (world: StatisticsWorld): number =>
  Math.round(
    gridIn(world)
      .flatMap((source) => world.double.dashboard(String(source.stat_energy_from), "day"))
      .reduce((sum, { change }) => sum + change * 1000, 0),
  );

test("a new dashboard: shown, added when told to, complete to the watt-hour, and the second time nothing is written", async (t) => {
  const world = await open(t);
  const shown = await type(world);
  assert.equal(shown.code, 0);
  assert.match(
    shown.text,
    new RegExp(
      `\\+ Consommation ${meter} Heures Creuses \\(${hc}\\) : à ajouter, historique depuis le dimanche 8 novembre 2026`,
    ),
  );
  assert.match(shown.text, /Pour ajouter : linky-bridge energy apply --yes$/);
  assert.match((await type(world, { action: "apply" })).text, /Rien n'est encore changé/);
  assert.equal(world.double.preferences, null);

  const done = await type(world, { action: "apply", yes: true });
  assert.equal(done.code, 0);
  assert.match(done.text, /C'est fait, et relu/);
  assert.deepEqual(sourcesIn(world), [withCost("hc"), withCost("hp")]);
  assert.equal(shownWh(world), houseWh);
  assert.match((await type(world)).text, /Rien à faire : tout est dans le tableau/);
  const counted = world.double.traffic.count("energy/save_prefs");
  assert.match((await type(world, { action: "apply", yes: true })).text, /Rien à changer/);
  assert.equal(world.double.traffic.count("energy/save_prefs"), counted);
});

test("a live sensor of the same house: said, not added unless told to, replaced when named, given back exactly", async (t) => {
  const world = await open(t);
  seedLiveSensor(world.double, { hours, entityId: sensor, noisePercent: 4 });
  const before = {
    energy_sources: [panels, bought(sensor, { number_energy_price: 0.21, stat_rate: "sensor.linky_power" })],
    device_consumption: [oven],
    device_consumption_water: [],
  };
  world.double.preferences = before;

  const shown = await type(world);
  assert.match(
    shown.text,
    /⚠ sensor\.linky_index : compte la même énergie \(7 jours communs, du 2026-11-08 au 2026-11-14, ressemblance 9\d %/,
  );
  assert.match(shown.text, /energy apply --replace sensor\.linky_index --yes/);
  const english = await type(world, {}, "en");
  assert.match(english.text, /⚠ sensor\.linky_index: counts the same energy \(7 common days/);
  const refused = await type(world, { action: "apply", yes: true });
  assert.equal(refused.code, 2);
  assert.match(refused.text, /comptée deux fois à cause de sensor\.linky_index[\s\S]*à taper : linky-bridge energy$/);
  assert.deepEqual(world.double.preferences, before);

  assert.equal((await type(world, { action: "apply", anyway: true, yes: true })).code, 0);
  assert.deepEqual(boughtIn(world), [sensor, hc, hp]);
  assert.equal((await type(world, { action: "undo", yes: true })).code, 0);
  assert.deepEqual(world.double.preferences, before);

  assert.equal((await type(world, { action: "apply", replace: [sensor], yes: true })).code, 0);
  assert.deepEqual(sourcesIn(world), [
    panels,
    // Its power still shows; its energy does not.
    bought("", { stat_energy_from: null, stat_rate: "sensor.linky_power" }),
    withCost("hc"),
    withCost("hp"),
  ]);
  assert.deepEqual(world.double.preferences?.device_consumption, [oven]);
  assert.match(
    (await type(world, { action: "undo" })).text,
    /\+ sensor\.linky_index\n- .*_hc\n- .*_hp\nRien n'est encore changé/,
  );
  assert.equal((await type(world, { action: "undo", yes: true })).code, 0);
  assert.deepEqual(world.double.preferences, before);
  assert.equal((await type(world, { action: "undo", yes: true })).code, 2);
});

test("a sensor of another household is told and keeps nothing out", async (t) => {
  const world = await open(t);
  const neighbour = hours.map(({ start }, at) => ({ start, energyWh: at % 7 === 0 ? 3_000 : 40 }));
  seedLiveSensor(world.double, { hours: neighbour, entityId: "sensor.annex" });
  world.double.preferences = { energy_sources: [bought("sensor.annex")], device_consumption: [] };
  assert.match((await type(world)).text, /· sensor\.annex : autre source au même moment, sans ressemblance/);
  assert.equal((await type(world, { action: "apply", yes: true })).code, 0);
  assert.deepEqual(boughtIn(world), ["sensor.annex", hc, hp]);
});

test("the series of ha-linky for the same meter: its daily bars count the same energy too", async (t) => {
  const world = await open(t);
  seedHaLinky(world.double, { usagePoint: meter, hours });
  world.double.preferences = { energy_sources: [bought(`linky:${meter}`)], device_consumption: [] };
  assert.equal((await type(world, { action: "apply", yes: true })).code, 2);
  assert.equal((await type(world, { action: "apply", replace: [`linky:${meter}`], yes: true })).code, 0);
  assert.deepEqual(boughtIn(world), [hc, hp]);
  assert.equal(shownWh(world), houseWh);
});

test("days that only the former tool knows are named before it is replaced", async (t) => {
  const world = await open(t);
  const older = dates("2026-11-01", "2026-11-07").map((date) => ({ start: boundsOf(date).start, energyWh: 9_000 }));
  seedHaLinky(world.double, { usagePoint: meter, hours: [...older, ...hours] });
  world.double.preferences = { energy_sources: [bought(`linky:${meter}`)], device_consumption: [] };
  const { text } = await type(world);
  // Its first row only says where its sum begins.
  assert.match(
    text,
    /elle remonte au lundi 2 novembre 2026 : la remplacer retire du tableau les jours d'avant le dimanche 8 novembre 2026/,
  );
  assert.match(text, /reprenez d'abord son historique : linky-bridge adopt$/m);
});

test("the total of a continued ha-linky and its split are never both there", async (t) => {
  const world = await open(t);
  const total = `linky:${meter}`;
  seedHaLinky(world.double, { usagePoint: meter, hours });
  world.double.preferences = { energy_sources: [bought(total)], device_consumption: [] };
  const session = await world.homeAssistant.open(new AbortController().signal);
  t.after(() => session.close());
  const request = {
    tool: "ha_linky",
    usagePoint: meter,
    flow: "consumption",
    mode: "continue",
    until: null,
    find: {},
  } as const;
  await adopt(await adoptionDeps(world.deps, session), request, new AbortController().signal);
  assert.deepEqual(boughtIn(world), [total]);

  const shown = await type(world);
  assert.match(shown.text, new RegExp(`⚠ ${total} : le total de ces mêmes périodes`));
  assert.match(
    (await type(world, { action: "apply", anyway: true, yes: true })).text,
    /un total ne va jamais à côté de son détail/,
  );
  assert.deepEqual(boughtIn(world), [total]);
  assert.equal((await type(world, { action: "apply", replace: [total], yes: true })).code, 0);
  assert.deepEqual(boughtIn(world), [hc, hp]);
  assert.equal(shownWh(world), houseWh);
});

test("the continued series of MyElectricalData v2 are there already, and their costs come along where they are not", async (t) => {
  const world = await StatisticsWorld.open(t, { point: offPeak });
  const byPeriod = hours.map((hour) => ({ ...hour, period: isNight(hour.start) ? ("hc" as const) : ("hp" as const) }));
  seedMyElectricalDataV2(world.double, { usagePoint: meter, hours: byPeriod, priceEurPerKwh: 0.2 });
  const id = (what: string, period: string): string => `myelectricaldata:${what}_${meter}_${period}`;
  world.double.preferences = { energy_sources: [bought(id("consumption", "hc"))], device_consumption: [] };
  await world.ingest(slots);
  await world.run();
  assert.match((await type(world)).text, new RegExp(`✓ .*${id("consumption", "hc")}\\) : déjà dans le tableau`));
  assert.equal((await type(world, { action: "apply", yes: true })).code, 0);
  assert.deepEqual(sourcesIn(world), [
    bought(id("consumption", "hc")),
    bought(id("consumption", "hp"), { stat_cost: id("cost", "hp") }),
  ]);
});
const isNight = (start: Instant): boolean => new Date(start).getUTCHours() >= 21 || new Date(start).getUTCHours() < 5;

test("what was changed by hand since stays unless told otherwise", async (t) => {
  const world = await open(t);
  await type(world, { action: "apply", yes: true });
  world.double.preferences = { energy_sources: [withCost("hp"), bought("sensor.garage")], device_consumption: [] };
  assert.match((await type(world, { action: "undo" })).text, /changé à la main[\s\S]*energy undo --anyway --yes/);
  const refused = await type(world, { action: "undo", yes: true });
  assert.equal(refused.code, 2);
  assert.match(refused.text, new RegExp(`retiré : ${hc} ; ajouté : sensor\\.garage`));
  assert.deepEqual(boughtIn(world), [hp, "sensor.garage"]);
  assert.equal((await type(world, { action: "undo", anyway: true, yes: true })).code, 0);
  assert.deepEqual(sourcesIn(world), []);
});

test("a token that may only read: said, and there is nothing to undo", async (t) => {
  const database = (await open(t)).database;
  const world = await StatisticsWorld.open(t, { point: offPeak, token: readerToken, database });
  seedLiveSensor(world.double, { hours, entityId: "sensor.any" });
  world.double.seed(energyMetadata(hc), []);
  world.double.seed(energyMetadata(hp), []);
  const refused = await type(world, { action: "apply", yes: true, json: true });
  assert.equal(refused.code, 1);
  assert.match(refused.text, /"code": "home_assistant_not_admin"/);
  assert.ok(!refused.text.includes(readerToken));
  assert.equal(world.double.preferences, null);
  assert.equal(await world.store.loadLastPreferencesChange(), null);
});
const energyMetadata = (statistic_id: string) => ({
  statistic_id,
  source: "linky_bridge",
  name: null,
  unit_of_measurement: "kWh",
  unit_class: "energy",
  has_sum: true,
  mean_type: 0 as const,
});

test("ids that are not there, no Home Assistant, and one of before the flat dashboard are one sentence", async (t) => {
  const world = await open(t);
  const unknown = await type(world, { action: "apply", replace: ["sensor.nowhere"], yes: true }, "en");
  assert.equal(unknown.code, 2);
  assert.match(unknown.text, /"sensor\.nowhere" is not another grid source/);
  assert.equal(world.double.preferences, null);
  world.double.preferences = {
    energy_sources: [{ type: "grid", flow_from: [{ stat_energy_from: sensor }], flow_to: [], cost_adjustment_day: 0 }],
    device_consumption: [],
  };
  const old = await type(world, { action: "apply", yes: true });
  assert.equal(old.code, 1);
  assert.match(old.text, /d'avant 2026/);
  world.double.down();
  const absent = await type(world, { json: true });
  assert.equal(absent.code, 1);
  assert.match(absent.text, /"code": "home_assistant_unreachable"/);
});

test("JSON is the whole review, for programs", async (t) => {
  const world = await open(t);
  const { text } = await type(world, { json: true });
  const review: unknown = JSON.parse(text);
  assert.ok(typeof review === "object" && review !== null && "flows" in review && "digest" in review);
});
