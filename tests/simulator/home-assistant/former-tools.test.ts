import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { boundsOf, clockMinutesAt, dateAt, localDate } from "../../../src/domain/calendar.ts";
import { hourMs, type Instant, instant } from "../../../src/domain/units.ts";
import {
  type FormerPeriod,
  type HouseHour,
  seedHaLinky,
  seedHassMyElectricalDataEntities,
  seedHassMyElectricalDataExternal,
  seedLiveSensor,
  seedMyElectricalDataV1,
  seedMyElectricalDataV2,
} from "../../../src/simulator/home-assistant/former-tools.ts";
import { at, home } from "./client.ts";

const pdl = "12345678901234";

/** 100 Wh in the hour that begins at midnight, 200 at one o'clock, and so on to 2,400 at 23:00. */
function house(from: string, before: string, periodAt?: (at: Instant) => FormerPeriod | null): HouseHour[] {
  const hours: HouseHour[] = [];
  const end = boundsOf(localDate(before)).start;
  for (let start = boundsOf(localDate(from)).start; start < end; start = instant(start + hourMs))
    hours.push({
      start,
      energyWh: (clockMinutesAt(start) / 60 + 1) * 100,
      ...(periodAt ? { period: periodAt(start) } : {}),
    });
  return hours;
}

const double = async (t: TestContext) => (await home(t)).double;
const isNight = (start: Instant): boolean => clockMinutesAt(start) < 6 * 60 || clockMinutesAt(start) >= 22 * 60;
/** The first day blue, the second unknown, the third red. */
const tempo = (start: Instant): FormerPeriod | null => {
  const date = dateAt(start);
  if (date === "2026-01-11") return null;
  const color = date === "2026-01-10" ? "blue" : "red";
  return `${color}_${isNight(start) ? "hc" : "hp"}`;
};

// (1 + 2 + … + 24) × 100 Wh = 30,000 Wh a day.
// Night: hours 0 to 5, 22 and 23: (1 + … + 6 + 23 + 24) × 100 = 6,800 Wh; the rest, 23,200 Wh.

test("v1 flat: one series in kWh and its cost in EURO", async (t) => {
  const target = await double(t);
  const hours = house("2026-01-10", "2026-01-12");
  const ids = seedMyElectricalDataV1(target, { usagePoint: pdl, hours, priceEurPerKwh: 0.2 });
  assert.deepEqual(ids, [`myelectricaldata:${pdl}_base_consumption`, `myelectricaldata:${pdl}_base_consumption_cost`]);
  assert.deepEqual(target.metadata(`myelectricaldata:${pdl}_base_consumption`), {
    statistic_id: `myelectricaldata:${pdl}_base_consumption`,
    source: "myelectricaldata",
    name: `MyElectricalData - ${pdl} BASE consumption`,
    unit_of_measurement: "kWh",
    unit_class: "energy",
    has_sum: true,
    mean_type: 0,
  });
  const cost = target.metadata(`myelectricaldata:${pdl}_base_consumption_cost`);
  assert.deepEqual([cost?.unit_of_measurement, cost?.unit_class], ["EURO", null]);
  assert.equal(cost?.name, `MyElectricalData - ${pdl} BASE consumption Cost`);
  assert.equal(target.rows(ids[0] ?? "").at(-1)?.sum, 60);
  // 60 kWh × 0.2 EUR
  assert.equal(target.rows(ids[1] ?? "").at(-1)?.sum, 12);
});

test("v1 Tempo: a colour that is missing goes to the stray series", async (t) => {
  const target = await double(t);
  seedMyElectricalDataV1(target, { usagePoint: pdl, hours: house("2026-01-10", "2026-01-13", tempo) });
  assert.deepEqual(
    target
      .ids()
      .map((id) => [id, target.rows(id).at(-1)?.sum])
      .sort(),
    [
      [`myelectricaldata:${pdl}`, 30],
      [`myelectricaldata:${pdl}_bluehc_consumption`, 6.8],
      [`myelectricaldata:${pdl}_bluehp_consumption`, 23.2],
      [`myelectricaldata:${pdl}_redhc_consumption`, 6.8],
      [`myelectricaldata:${pdl}_redhp_consumption`, 23.2],
    ],
  );
  assert.equal(target.metadata(`myelectricaldata:${pdl}`)?.name, `MyElectricalData - ${pdl}`);
});

test("v1 steps down at its max_date, and sells what is produced", async (t) => {
  const target = await double(t);
  const hours = house("2026-01-10", "2026-01-12");
  const maxDate = at("2026-01-10T23:00:00Z");
  seedMyElectricalDataV1(target, { usagePoint: pdl, hours, production: hours, maxDate, priceEurPerKwh: 0.1 });
  const id = `myelectricaldata:${pdl}_base_consumption`;
  const step = target.dashboard(id, "hour").find(({ start }) => start === maxDate);
  // From 30 kWh to the 0.1 kWh of the first hour.
  assert.ok(Math.abs((step?.change ?? 0) - -29.9) < 1e-9);
  assert.equal(target.dashboard(id, "hour").filter(({ change }) => change < 0).length, 1);
  assert.equal(target.metadata(`myelectricaldata:${pdl}_production`)?.name, `MyElectricalData - ${pdl} production`);
  assert.equal(target.metadata(`myelectricaldata:${pdl}_production_revenue`)?.unit_of_measurement, "EURO");
});

test("v2 counts an unknown colour as blue, under the same words as its tariffs", async (t) => {
  const target = await double(t);
  const hours = house("2026-01-10", "2026-01-13", tempo);
  seedMyElectricalDataV2(target, { usagePoint: pdl, hours, production: hours, priceEurPerKwh: 0.2 });
  const consumption = (period: string): string => `myelectricaldata:consumption_${pdl}_${period}`;
  assert.deepEqual(
    ["blue_hc", "blue_hp", "red_hc", "red_hp"].map((period) => target.rows(consumption(period)).at(-1)?.sum),
    // Two days of blue: 2 × 6.8 and 2 × 23.2.
    [13.6, 46.4, 6.8, 23.2],
  );
  assert.equal(target.metadata(consumption("blue_hc"))?.name, `Consommation ${pdl} Bleu HC`);
  const cost = target.metadata(`myelectricaldata:cost_${pdl}_red_hp`);
  assert.deepEqual([cost?.name, cost?.unit_of_measurement], [`Coût ${pdl} Rouge HP`, "EUR"]);
  assert.equal(target.metadata(`myelectricaldata:production_${pdl}`)?.name, `Production ${pdl}`);
  assert.equal(target.ids().length, 4 + 4 + 1);
});

test("v2 takes another prefix, and steps down where each of its runs began", async (t) => {
  const target = await double(t);
  const restarts = [at("2026-01-10T23:00:00Z"), at("2026-01-11T23:00:00Z")];
  const hours = house("2026-01-10", "2026-01-13");
  const [id] = seedMyElectricalDataV2(target, { usagePoint: pdl, hours, prefix: "maison", restarts });
  assert.equal(id, `maison:consumption_${pdl}_base`);
  assert.equal(target.metadata(id ?? "")?.source, "maison");
  const down = target.dashboard(id ?? "", "hour").filter(({ change }) => change < 0);
  assert.deepEqual(
    down.map(({ start }) => start),
    restarts,
  );
});

test("v2 spreads a day of which it had the daily value alone over 24 equal parts", async (t) => {
  const target = await double(t);
  const hours = house("2026-10-24", "2026-10-27");
  const dailyOnly = [localDate("2026-10-25")];
  const [id = ""] = seedMyElectricalDataV2(target, { usagePoint: pdl, hours, dailyOnly });
  const { start, end } = boundsOf(localDate("2026-10-25"));
  const rows = target.rows(id).filter((row) => row.start >= start && row.start < end);
  // The repeated hour, 300 Wh more: 30,300 / 24 = 1,262.5 Wh on each of 24 rows, none at the second 02:00.
  assert.deepEqual([rows.length, new Set(rows.map(({ state }) => state))], [24, new Set([1.2625])]);
  assert.ok(rows.every((row) => row.start !== at("2026-10-25T01:00:00Z")));
  assert.equal(target.rows(id).at(-1)?.sum, 90.3);
});

test("ha-linky: watt-hours, whole days on one bar but for the last seven, production in a source of its own", async (t) => {
  const target = await double(t);
  const hours = house("2026-01-01", "2026-01-11");
  const ids = seedHaLinky(target, { usagePoint: pdl, hours, production: hours, priceEurPerKwh: 0.2, name: "Linky" });
  assert.deepEqual(ids, [`linky:${pdl}`, `linky:${pdl}_cost`, `linky_prod:${pdl}`, `linky_prod:${pdl}_cost`]);
  const rows = target.rows(`linky:${pdl}`);
  // 1 to 3 January as days, 4 to 10 January as hours.
  assert.equal(rows.length, 3 + 7 * 24);
  assert.deepEqual(
    [rows[0]?.start, rows[0]?.state, rows[2]?.sum, rows[3]?.start, rows[3]?.state],
    [at("2025-12-31T23:00:00Z"), 30_000, 90_000, at("2026-01-03T23:00:00Z"), 100],
  );
  assert.equal(target.metadata(`linky:${pdl}`)?.unit_of_measurement, "Wh");
  assert.equal(target.metadata(`linky_prod:${pdl}`)?.source, "linky_prod");
  const cost = target.metadata(`linky:${pdl}_cost`);
  assert.deepEqual([cost?.name, cost?.unit_of_measurement], ["Linky (costs)", "€"]);
  // 300 kWh × 0.2 EUR
  assert.equal(target.rows(`linky:${pdl}_cost`).at(-1)?.sum, 60);
  assert.deepEqual(
    target.dashboard(`linky:${pdl}`, "day").map(({ change }) => change),
    Array.from({ length: 10 }, () => 30),
  );
});

test("hass-myelectricaldata until 2.3: external, and an hour of zero is absent", async (t) => {
  const target = await double(t);
  const hours = house("2026-01-10", "2026-01-11").map((hour, position) =>
    position === 5 ? { ...hour, energyWh: 0 } : hour,
  );
  const ids = seedHassMyElectricalDataExternal(target, { usagePoint: pdl, hours, priceEurPerKwh: 0.2 });
  assert.deepEqual(ids, [
    `myelectricaldata:${pdl}_consumption_standard`,
    `myelectricaldata:${pdl}_consumption_standard_cost`,
  ]);
  assert.equal(target.rows(ids[0] ?? "").length, 23);
  assert.equal(target.metadata(ids[1] ?? "")?.unit_of_measurement, "EUR");
});

test("hass-myelectricaldata since 2.4: the statistics of its entities, peak and off-peak", async (t) => {
  const target = await double(t);
  const hours = house("2026-01-10", "2026-01-11", (start) => (isNight(start) ? "hc" : "hp"));
  const ids = seedHassMyElectricalDataEntities(target, { usagePoint: pdl, hours, production: hours });
  assert.deepEqual(ids, [
    `sensor.myelectricaldata_${pdl}_consumption_offpeak`,
    `sensor.myelectricaldata_${pdl}_consumption_full`,
    `sensor.myelectricaldata_${pdl}_production_offpeak`,
    `sensor.myelectricaldata_${pdl}_production_full`,
  ]);
  const metadata = target.metadata(ids[0] ?? "");
  assert.deepEqual([metadata?.source, metadata?.name], ["recorder", null]);
  assert.deepEqual(
    ids.slice(0, 2).map((id) => target.rows(id).at(-1)?.sum),
    [6.8, 23.2],
  );
});

test("a live sensor measured the same house a few percent beside, and the same each time", async (t) => {
  const target = await double(t);
  const hours = house("2026-01-10", "2026-01-20");
  const [id = ""] = seedLiveSensor(target, { hours, entityId: "sensor.clamp", firstIndexWh: 1_000_000 });
  assert.equal(target.metadata(id)?.source, "recorder");
  const changes = target.dashboard(id, "hour").map(({ change }) => change * 1_000);
  const deviations = hours.map(({ energyWh }, position) => Math.abs((changes[position] ?? 0) / energyWh - 1));
  // Three percent, and half a watt-hour of rounding on the smallest hour of 100 Wh.
  assert.ok(Math.max(...deviations) <= 0.035 && Math.max(...deviations) > 0.01);
  const last = target.rows(id).at(-1);
  assert.ok(Math.abs((last?.state ?? 0) - (1_000 + (last?.sum ?? 0))) < 1e-9);
  const again = await double(t);
  seedLiveSensor(again, { hours, entityId: "sensor.clamp", firstIndexWh: 1_000_000 });
  assert.deepEqual(again.rows(id), target.rows(id));
});
