import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsOf, localDate } from "../../../src/domain/calendar.ts";
import { ExportFailure } from "../../../src/sync/exports/exporter.ts";
import type { ExportSeries } from "../../../src/sync/exports/series.ts";
import { failureOf } from "../../contracts/exporter.ts";
import { day, slots } from "../../support/known-series.ts";
import { color, energy, exportsOf, usagePoint } from "./export-run.ts";
import { type ExportWorld, startExport } from "./exporter-world.ts";
import { at, signal } from "./support.ts";

const tempo: ExportSeries = { kind: "tempo_color" };
const sumOf = (rows: readonly string[] | null): number =>
  Math.round((rows ?? []).reduce((sum, row) => sum + Number(row.split("=")[1]), 0) * 1000) / 1000;
const events = ({ double }: ExportWorld): number => double.traffic.count("cmd::event");

/** One equipment of a meter and one of the signals, everything known of 20 November. */
async function startWhole(t: Parameters<typeof startExport>[0]) {
  const world = await startExport(t);
  const { known, run } = exportsOf(world, world.exporter);
  known.know(energy("day"), day("2026-11-19", 10_001), day("2026-11-20", 12_345));
  known.know(energy("month"), day("2026-11-20", 250_000));
  known.know(
    energy("half_hour"),
    slots("2026-11-20", 30, (position) => 100 + position),
  );
  known.know(energy("day", "production"), day("2026-11-20", 800));
  known.know({ kind: "cost", usagePoint }, day("2026-11-20", 1.850_25));
  const reached = { start: at("2026-11-20T18:12:00Z"), end: at("2026-11-20T18:12:00Z") };
  known.know(
    { kind: "max_power", usagePoint },
    { date: localDate("2026-11-20"), points: [{ ...reached, value: 5980, isEstimated: false }] },
  );
  known.know(tempo, color("2026-11-20", 0), color("2026-11-21", 1));
  known.know({ kind: "tempo_remaining", color: "ROUGE" }, day("2026-11-21", 22));
  known.know(
    { kind: "ecowatt" },
    slots("2026-11-20", 60, () => 1),
    slots("2026-11-21", 60, (hour) => (hour === 9 ? 2 : 1)),
  );
  return { world, known, run };
}

test("the first export makes two equipments and their commands, and tells every value once", async (t) => {
  const { world, run } = await startWhole(t);
  // 2 days, the month, 48 half-hours, production, cost, power, 2 colours, the days left, the 24 hours of yesterday.
  assert.deepEqual(await run(), { records: 2 + 1 + 48 + 1 + 1 + 1 + 2 + 1 + 24, waitingCorrections: 0 });
  const { double } = world;
  assert.deepEqual(
    double.equipment.map(({ name, logicalId }) => [name, logicalId]),
    [
      ["Linky 1234", "linky_bridge:01234567891234"],
      ["Tempo et EcoWatt", "linky_bridge:signals"],
    ],
  );
  const made = double.equipment
    .flatMap(({ id }) => double.commandsOf(id))
    .filter(({ logicalId }) => logicalId.endsWith("_last"))
    .map(({ logicalId, name, unit, genericType }) => [logicalId, name, unit, genericType, world.current(logicalId)]);
  assert.deepEqual(made.sort(), [
    ["consumption_day_last", "Consommation jour", "kWh", "DAILY_CONSUMPTION", 12.345],
    // 100 Wh and one more each: the 48th.
    ["consumption_half_hour_last", "Consommation demi-heure", "kWh", "CONSUMPTION", 0.147],
    ["consumption_month_last", "Consommation mois", "kWh", "GENERIC_INFO", 250],
    ["cost_day_last", "Coût jour", "€", "GENERIC_INFO", 1.85025],
    ["ecowatt_last", "EcoWatt", "", "GENERIC_INFO", 2],
    ["max_power_day_last", "Puissance max jour", "VA", "GENERIC_INFO", 5980],
    ["production_day_last", "Production jour", "kWh", "DAILY_PRODUCTION", 0.8],
    ["tempo_remaining_red_last", "Jours rouges restants", "jours", "GENERIC_INFO", 22],
    ["tempo_today_last", "Tempo du jour", "", "GENERIC_INFO", "BLANC"],
    ["tempo_tomorrow_last", "Tempo de demain", "", "GENERIC_INFO", "INCONNU"],
  ]);
});

test("what is told of a day stands at its midnight, a half-hour at its end", async (t) => {
  const { world, run } = await startWhole(t);
  await run();
  assert.deepEqual(world.rows("consumption_day"), ["2026-11-19 00:00:00=10.001", "2026-11-20 00:00:00=12.345"]);
  assert.deepEqual(world.rows("max_power_day"), ["2026-11-20 00:00:00=5980"]);
  assert.deepEqual(world.rows("tempo_today"), ["2026-11-20 00:00:00=BLEU", "2026-11-21 00:00:00=BLANC"]);
  const halfHours = world.rows("consumption_half_hour") ?? [];
  assert.deepEqual([halfHours[0], halfHours.at(-1)], ["2026-11-20 00:30:00=0.1", "2026-11-21 00:00:00=0.147"]);
});

test("the second run sends nothing, and saves nothing", async (t) => {
  const { world, run } = await startWhole(t);
  await run();
  const counts = () => ["cmd::event", "cmd::save", "eqLogic::save"].map((method) => world.double.traffic.count(method));
  const before = counts();
  assert.deepEqual(await run({ isCheck: true }), { records: 0, waitingCorrections: 0 });
  assert.deepEqual(counts(), before);
});

test("a run looks at each equipment once, whatever it has for it", async (t) => {
  const { world, known, run } = await startWhole(t);
  await run();
  const looked = () => world.double.traffic.count("eqLogic::byType");
  const before = looked();
  for (const step of ["day", "month"] as const) known.know(energy(step), day("2026-11-21", 1));
  await run();
  assert.equal(looked() - before, 2);
});

test("where nothing changes with the clock, an idle run does not even ask", async (t) => {
  const world = await startExport(t);
  const { known, run } = exportsOf(world, world.exporter);
  known.know(energy("day"), day("2026-11-20", 12_345));
  await run();
  const { requests } = world.double.traffic;
  await run();
  assert.equal(world.double.traffic.requests, requests);
});

test("the night of 50 half-hours keeps all its energy in 48 rows, that of 46 in 46", async (t) => {
  const world = await startExport(t, { settings: { historyDays: 300 } });
  const { known, run } = exportsOf(world, world.exporter);
  const long = slots("2026-10-25", 30, (position) => position);
  const short = slots("2026-03-29", 30, (position) => position);
  assert.deepEqual([long.points.length, short.points.length], [50, 46]);
  known.know(energy("half_hour"), short, long);
  await run();
  const rows = world.rows("consumption_half_hour") ?? [];
  const [spring, autumn] = [rows.filter((row) => row < "2026-04"), rows.filter((row) => row > "2026-04")];
  assert.deepEqual([spring.length, autumn.length], [46, 48]);
  // 0 + 1 + … + 45, and … + 49, in Wh.
  assert.deepEqual([sumOf(spring), sumOf(autumn)], [1.035, 1.225]);
  // The ends of the 4th and the 6th half-hour both read 02:00, those of the 5th and the 7th 02:30.
  assert.deepEqual(
    autumn.filter((row) => row.startsWith("2026-10-25 02")),
    ["2026-10-25 02:00:00=0.008", "2026-10-25 02:30:00=0.01"],
  );
  // From 01:30 the clock goes to 03:00.
  assert.deepEqual(
    spring.slice(2, 5).map((row) => row.slice(11, 16)),
    ["01:30", "03:00", "03:30"],
  );
});

test("history is dated in the zone that the box tells", async (t) => {
  const apiKey = "admin".padEnd(64, "a");
  const users = [{ hash: apiKey, profile: "admin", equipmentIds: [] }] as const;
  const world = await startExport(t, {
    box: { timeZone: "Indian/Reunion", settings: { users } },
    settings: { apiKey },
  });
  const { known, run } = exportsOf(world, world.exporter);
  known.know(energy("day"), day("2026-11-20", 1_000));
  await run();
  // Midnight in Paris is 23:00 UTC, and 03:00 there.
  assert.deepEqual(world.rows("consumption_day"), ["2026-11-20 03:00:00=1"]);
});

test("tomorrow's colour is only a current value until its day has come, and is unknown again afterwards", async (t) => {
  const world = await startExport(t);
  const { known, run } = exportsOf(world, world.exporter);
  known.know(tempo, color("2026-11-21", 1), color("2026-11-22", 2));
  await run();
  assert.deepEqual(world.rows("tempo_today"), ["2026-11-21 00:00:00=BLANC"]);
  assert.deepEqual([world.current("tempo_today_last"), world.current("tempo_tomorrow_last")], ["BLANC", "ROUGE"]);
  assert.deepEqual(await run(), { records: 0, waitingCorrections: 0 });
  // A minute past midnight in Paris.
  world.clock.set(at("2026-11-21T23:01:00Z"));
  assert.equal((await run()).records, 1);
  assert.deepEqual(world.rows("tempo_today"), ["2026-11-21 00:00:00=BLANC", "2026-11-22 00:00:00=ROUGE"]);
  assert.deepEqual([world.current("tempo_today_last"), world.current("tempo_tomorrow_last")], ["BLANC", "ROUGE"]);
  // A Tempo day begins at 06:00 in Paris, whatever its date's midnight.
  world.clock.set(at("2026-11-22T05:00:00Z"));
  await run();
  assert.deepEqual([world.current("tempo_today_last"), world.current("tempo_tomorrow_last")], ["ROUGE", "INCONNU"]);
  // A day that nobody has announced is not the colour of the day before.
  world.clock.set(at("2026-11-23T05:00:00Z"));
  await run();
  assert.equal(world.current("tempo_today_last"), "INCONNU");
});

test("the days left stay those of the eve until tomorrow's colour is announced, and are not invented afterwards", async (t) => {
  const world = await startExport(t);
  const { known, run } = exportsOf(world, world.exporter);
  const left: ExportSeries = { kind: "tempo_remaining", color: "ROUGE" };
  const count = (date: string, value: number) => {
    const { start, end } = boundsOf(localDate(date));
    return { date: localDate(date), points: [{ start, end, value, isEstimated: false }] };
  };
  known.know(left, count("2026-11-21", 21));
  // 09:00 in Paris of the 22nd, whose own count waits for the announcement of 11:00.
  world.clock.set(at("2026-11-22T08:00:00Z"));
  await run();
  assert.equal(world.current("tempo_remaining_red_last"), 21);
  known.know(left, count("2026-11-22", 20));
  await run();
  assert.equal(world.current("tempo_remaining_red_last"), 20);
});

test("EcoWatt's level follows the clock, and its forecast stays out of the history", async (t) => {
  const world = await startExport(t);
  const { known, run } = exportsOf(world, world.exporter);
  known.know(
    { kind: "ecowatt" },
    slots("2026-11-21", 60, (hour) => (hour === 10 ? 3 : 1)),
    slots("2026-11-22", 60, () => 1),
  );
  assert.equal((await run()).records, 0);
  assert.deepEqual([world.current("ecowatt_last"), world.rows("ecowatt")], [1, []]);
  // Ten in Paris.
  world.clock.set(at("2026-11-21T09:00:00Z"));
  await run();
  assert.equal(world.current("ecowatt_last"), 3);
  world.clock.set(at("2026-11-22T09:00:00Z"));
  assert.equal((await run()).records, 24);
  assert.equal(world.rows("ecowatt")?.length, 24);
});

test("a week of outage is caught up in one run", async (t) => {
  const world = await startExport(t);
  const { known, run } = exportsOf(world, world.exporter);
  known.know(energy("day"), day("2026-11-20", 20_000));
  await run();
  for (let date = 21; date <= 27; date++) {
    world.clock.set(at(`2026-11-${date + 1}T08:00:00Z`));
    known.know(energy("day"), day(`2026-11-${date}`, date * 1000));
    world.double.failNext({ status: 502, html: "<h1>Bad Gateway</h1>" });
    const failure = await failureOf(run);
    assert.deepEqual([failure.reason, failure.retry], ["server_error", "soon"]);
  }
  assert.equal((await run()).records, 7);
  // 20 to 27 kWh.
  assert.equal(sumOf(world.rows("consumption_day")), 188);
  assert.equal(world.current("consumption_day_last"), 27);
});

test("a correction of an old day is sent alone, and the newest value stays the current one", async (t) => {
  const world = await startExport(t);
  const { known, run } = exportsOf(world, world.exporter);
  known.know(energy("day"), day("2026-09-01", 9_000), day("2026-11-20", 20_000));
  await run();
  const before = events(world);
  known.know(energy("day"), day("2026-09-01", 8_000));
  assert.equal((await run()).records, 1);
  // The corrected day, and the newest of the history command again.
  assert.equal(events(world) - before, 2);
  assert.deepEqual(world.rows("consumption_day"), ["2026-09-01 00:00:00=8", "2026-11-20 00:00:00=20"]);
  assert.equal(world.current("consumption_day"), 20);
  assert.equal(world.current("consumption_day_last"), 20);
});

test("the night's archiving leaves every half-hour", async (t) => {
  const { world, run } = await startWhole(t);
  await run();
  world.clock.set(at("2026-11-22T08:00:00Z"));
  world.double.archive();
  const rows = world.rows("consumption_half_hour") ?? [];
  // 48 times 100 Wh, and 0 + 1 + … + 47.
  assert.deepEqual([rows.length, sumOf(rows)], [48, 5.928]);
});

test("an equipment that the user has disabled is told, although the box says ok", async (t) => {
  const { world, known, run } = await startWhole(t);
  await run();
  world.double.editEquipment(world.double.equipment[0]?.id ?? 0, { isEnable: false });
  known.know(energy("day"), day("2026-11-21", 1));
  const failure = await failureOf(run);
  assert.deepEqual([failure.reason, failure.retry], ["equipment_disabled", "hourly"]);
  assert.match(failure.text.fr, /« Linky 1234 » est désactivé/);
});

test("a command that is disabled between two steps of one run is told as well", async (t) => {
  const world = await startExport(t);
  const { exporter } = world;
  await exporter.open(signal);
  await exporter.add({ series: energy("day"), days: [day("2026-11-19", 1)] }, signal);
  world.double.editEquipment(world.double.equipment[0]?.id ?? 0, { isEnable: false });
  const failure = await failureOf(() => exporter.add({ series: energy("day"), days: [day("2026-11-20", 2)] }, signal));
  assert.equal(failure.reason, "equipment_disabled");
});

test("a box that answers ok and stores nothing at all is found out", async (t) => {
  const world = await startExport(t);
  const { known, run } = exportsOf(world, world.exporter);
  known.know(energy("day"), day("2026-11-20", 12_345));
  await run();
  const id = world.double.equipment[0]?.id ?? 0;
  const history = world.double.commandsOf(id).find(({ logicalId }) => logicalId === "consumption_day");
  world.double.editCommand(history?.id ?? 0, { configuration: { historizeMode: "none", maxValue: 11 } });
  known.know(energy("day"), day("2026-11-21", 13_000));
  const failure = await failureOf(run);
  assert.deepEqual([failure.reason, failure.retry], ["not_stored", "soon"]);
});

test("a command that was deleted in the middle of a run is made again within it", async (t) => {
  const world = await startExport(t);
  const { exporter, double } = world;
  await exporter.open(signal);
  await exporter.add({ series: energy("day"), days: [day("2026-11-19", 1_000)] }, signal);
  const id = double.equipment[0]?.id ?? 0;
  const first = double.commandsOf(id).find(({ logicalId }) => logicalId === "consumption_day");
  double.removeCommand(first?.id ?? 0);
  await exporter.add({ series: energy("day"), days: [day("2026-11-20", 2_000)] }, signal);
  assert.deepEqual(world.rows("consumption_day"), ["2026-11-20 00:00:00=2"]);
});

test("what was deleted on the box is found missing by the next check, and is all sent again", async (t) => {
  const world = await startExport(t);
  const { known, run } = exportsOf(world, world.exporter);
  known.know(energy("day"), day("2026-10-01", 1_000), day("2026-11-20", 2_000));
  await run();
  world.double.removeEquipment(world.double.equipment[0]?.id ?? 0);
  assert.equal((await run()).records, 0);
  assert.equal((await run({ isCheck: true })).records, 2);
  assert.deepEqual(world.rows("consumption_day"), ["2026-10-01 00:00:00=1", "2026-11-20 00:00:00=2"]);
});

test("a ban is waited for as long as it lasts, and no call is lost on it", async (t) => {
  const world = await startExport(t, { box: { settings: { whiteIps: [] } } });
  const { known, run } = exportsOf(world, world.exporter);
  known.know(energy("day"), day("2026-11-20", 12_345));
  // The seventh failure bans.
  for (let count = 0; count < 7; count++)
    await fetch(`${world.url}/core/api/jeeApi.php`, { method: "POST", body: "[]" });
  const failure = await failureOf(run);
  assert.deepEqual([failure.reason, failure.retry, failure.retryAfterMs], ["banned", "soon", 600_000]);
  world.clock.set(at("2026-11-21T08:10:00Z"));
  assert.equal((await run()).records, 1);
});

test("the other unit is another command, and another place in the memory", async (t) => {
  const world = await startExport(t);
  const inWh = world.another({ unit: "Wh" });
  assert.notEqual(inWh.target, world.exporter.target);
  for (const exporter of [world.exporter, inWh]) {
    await exporter.open(signal);
    await exporter.add({ series: energy("day"), days: [day("2026-11-20", 12_345)] }, signal);
  }
  assert.deepEqual(world.rows("consumption_day"), ["2026-11-20 00:00:00=12.345"]);
  assert.deepEqual(world.rows("consumption_day_wh"), ["2026-11-20 00:00:00=12345"]);
});

test("half a watt-hour is not lost, nor does a fraction gain digits", async (t) => {
  const world = await startExport(t);
  const { known, run } = exportsOf(world, world.exporter);
  // 123 W for half an hour are 61.5 Wh; 0.1 + 0.2 is what binary fractions make of 0.3.
  known.know(energy("day"), day("2026-11-18", 61.5));
  known.know({ kind: "cost", usagePoint }, day("2026-11-18", 0.1 + 0.2));
  await run();
  assert.deepEqual(world.rows("consumption_day"), ["2026-11-18 00:00:00=0.0615"]);
  assert.deepEqual(world.rows("cost_day"), ["2026-11-18 00:00:00=0.3"]);
});

test("days go back three years and details thirty days, or as far as the settings say", async (t) => {
  const { exporter, another } = await startExport(t);
  const today = localDate("2026-11-21");
  const oldest = (series: ExportSeries, from = exporter) => from.oldest(series, today);
  assert.equal(oldest(energy("day")), "2023-11-21");
  assert.equal(oldest(energy("half_hour")), "2026-10-22");
  assert.equal(oldest({ kind: "ecowatt" }), "2026-10-22");
  const wide = another({ historyDays: 1100 });
  assert.equal(oldest(energy("half_hour"), wide), "2023-11-17");
  assert.equal(oldest(energy("day"), wide), "2023-11-17");
});

test("an address that is none is told as the settings' fault", async (t) => {
  const { another } = await startExport(t);
  assert.throws(
    () => another({ url: "jeedom.local" }),
    (error) => error instanceof ExportFailure && error.retry === "settings",
  );
});

test("a day of the past is known to be past at its own midnight", async (t) => {
  const world = await startExport(t);
  const { known, run } = exportsOf(world, world.exporter);
  world.clock.set(boundsOf(localDate("2026-11-21")).end);
  known.know(
    energy("half_hour"),
    slots("2026-11-21", 30, () => 1),
  );
  assert.equal((await run()).records, 48);
});
