import assert from "node:assert/strict";
import { test } from "node:test";
import type { Point } from "../../../src/adapters/jeedom/local-time.ts";
import { at, color, commandsOf, day, failureOf, meter, prepare, rows, signal, startWorld } from "./support.ts";

const point = (iso: string, value: number | string): Point => ({ at: at(iso), value });
/** Midnights in Paris of 16 and 17 November. */
const two = [point("2026-11-15T23:00:00Z", 10), point("2026-11-16T23:00:00Z", 12.345)];
const twoRows = ["2026-11-16 00:00:00=10", "2026-11-17 00:00:00=12.345"];

async function start(t: Parameters<typeof startWorld>[0], how: Parameters<typeof startWorld>[1] = {}) {
  const world = await startWorld(t, how);
  const prepared = await prepare(world);
  const { history, current } = commandsOf(prepared);
  const write = (points: readonly Point[]) => world.jeedom.writeHistory(history, points, signal);
  return { ...world, world, prepared, history, current, write };
}

test("points are written in the box's time, and read back as instants", async (t) => {
  const { world, write, history, jeedom } = await start(t);
  await write(two);
  assert.deepEqual(rows(world, history), twoRows);
  const span = { from: at("2026-11-01T00:00:00Z"), to: at("2026-11-18T00:00:00Z") };
  assert.deepEqual(await jeedom.readHistory(history, span, signal), [
    { at: two[0]?.at, datetime: "2026-11-16 00:00:00", value: 10 },
    { at: two[1]?.at, datetime: "2026-11-17 00:00:00", value: 12.345 },
  ]);
  assert.deepEqual(await jeedom.readHistory(history, { ...span, to: span.from }, signal), []);
});

test("the second run sends nothing", async (t) => {
  const { double, write } = await start(t);
  await write(two);
  assert.equal(double.traffic.count("cmd::event"), 2);
  const { requests } = double.traffic;
  await write(two);
  await write([]);
  assert.equal(double.traffic.count("cmd::event"), 2);
  // The history of the span is looked at once, and so is what is current, with the rows from there on.
  assert.equal(double.traffic.requests - requests, 3);
});

test("a correction is sent alone, and the newest value is current again afterwards", async (t) => {
  const { world, double, write, history } = await start(t);
  await write(two);
  await write([point("2026-11-15T23:00:00Z", 11)]);
  assert.deepEqual(rows(world, history), ["2026-11-16 00:00:00=11", "2026-11-17 00:00:00=12.345"]);
  assert.deepEqual(double.current(history.id), { value: 12.345, collectDate: "2026-11-17 00:00:00" });
  // Two points, the correction, the newest again.
  assert.equal(double.traffic.count("cmd::event"), 4);
});

test("a correction whose answer was lost leaves the newest value current all the same", async (t) => {
  const { double, write, history } = await start(t);
  await write(two);
  const correction = [point("2026-11-15T23:00:00Z", 11)];
  // Written, and lost when it is read back.
  double.failNext("drop", { method: "cmd::getHistory", skip: 1 });
  await assert.rejects(write(correction));
  assert.deepEqual(double.current(history.id), { value: 11, collectDate: "2026-11-16 00:00:00" });
  await write(correction);
  assert.deepEqual(double.current(history.id), { value: 12.345, collectDate: "2026-11-17 00:00:00" });
});

test("what is made current again is the corrected point, not its archived twin", async (t) => {
  const { world, double, write, history } = await start(t);
  await write(two);
  double.archive();
  await write([point("2026-11-16T23:00:00Z", 13)]);
  await write([point("2026-11-15T23:00:00Z", 11)]);
  assert.deepEqual(double.current(history.id), { value: 13, collectDate: "2026-11-17 00:00:00" });
  assert.ok(rows(world, history).includes("2026-11-17 00:00:00=13"));
});

test("a correction of an archived point wins, even one that returns to the first value", async (t) => {
  const { world, double, clock, write, history } = await start(t);
  await write(two);
  double.archive();
  await write([point("2026-11-15T23:00:00Z", 11)]);
  assert.deepEqual(rows(world, history).slice(0, 2), ["2026-11-16 00:00:00=11", "2026-11-16 00:00:00=10"]);
  await write([point("2026-11-15T23:00:00Z", 10)]);
  // The next archiving.
  clock.set(at("2026-11-19T11:00:00Z"));
  double.archive();
  assert.deepEqual(rows(world, history), twoRows);
});

test("scenarios see the value without history alone", async (t) => {
  const { double, write, history, current, jeedom } = await start(t);
  double.watch(current.id);
  await write(two);
  assert.deepEqual(double.scenarioRuns, []);
  await jeedom.writeCurrent(current, 12.345, signal);
  assert.deepEqual(double.scenarioRuns, [{ commandId: current.id, value: 12.345, collectDate: "2026-11-18 12:00:00" }]);
  assert.deepEqual(double.history(current.id), []);
  assert.deepEqual(await jeedom.readCurrent(current, signal), { value: 12.345, collectDate: "2026-11-18 12:00:00" });
  assert.equal(double.current(history.id)?.value, 12.345);
});

test("half-hours survive the night's archiving one by one", async (t) => {
  const { world, double, write, history } = await start(t);
  await write([point("2026-11-16T23:30:00Z", 100), point("2026-11-16T23:45:00Z", 400)]);
  double.archive();
  assert.deepEqual(rows(world, history), ["2026-11-17 00:30:00=100", "2026-11-17 00:45:00=400"]);
});

test("the repeated hour keeps the energy of both its runs", async (t) => {
  const { world, write, history } = await start(t);
  // 02:30 summer time, 02:30 winter time, 03:00.
  const night = [point("2026-10-25T00:30:00Z", 1), point("2026-10-25T01:30:00Z", 2), point("2026-10-25T02:00:00Z", 4)];
  await write(night);
  assert.deepEqual(rows(world, history), ["2026-10-25 02:30:00=3", "2026-10-25 03:00:00=4"]);
});

test("the box's zone decides, where the key may read it", async (t) => {
  const apiKey = "admin".padEnd(64, "a");
  const users = [{ hash: apiKey, profile: "admin", equipmentIds: [] }] as const;
  const box = { timeZone: "Indian/Reunion", settings: { users } };
  const { world, write, history } = await start(t, { box, client: { apiKey } });
  await write([point("2026-11-15T20:00:00Z", 1)]);
  assert.deepEqual(rows(world, history), ["2026-11-16 00:00:00=1"]);
});

test("texts keep every point", async (t) => {
  const { world, prepared, jeedom } = await start(t);
  const { history, current } = commandsOf(prepared, color);
  const colors = [point("2026-11-15T23:00:00Z", "BLEU"), point("2026-11-16T23:00:00Z", "BLEU")];
  await jeedom.writeHistory(history, colors, signal);
  world.double.archive();
  assert.deepEqual(rows(world, history), ["2026-11-16 00:00:00=BLEU", "2026-11-17 00:00:00=BLEU"]);
  await jeedom.writeCurrent(current, "ROUGE", signal);
  assert.equal(world.double.current(current.id)?.value, "ROUGE");
});

test("what the box would change does not leave, nor does what is to come or out of order", async (t) => {
  const { double, write, current, jeedom } = await start(t);
  await assert.rejects(write([point("2026-11-15T23:00:00Z", Number.NaN)]), RangeError);
  await assert.rejects(write([point("2026-11-18T11:00:01Z", 1)]), RangeError);
  await assert.rejects(write([...two].reverse()), RangeError);
  await assert.rejects(jeedom.writeCurrent(current, "12 345", signal), RangeError);
  assert.equal(double.traffic.count("cmd::event"), 0);
});

test("an interrupted history goes on where it stopped", async (t) => {
  const { world, double, write, history } = await start(t);
  double.failNext("drop", { method: "cmd::event", skip: 1 });
  assert.equal((await failureOf(write(two))).reason, "unreachable");
  assert.deepEqual(rows(world, history), twoRows.slice(0, 1));
  await write(two);
  assert.deepEqual(rows(world, history), twoRows);
  // The call that broke never reached the API.
  assert.equal(double.traffic.count("cmd::event"), 2);
});

test("an answer that was lost is no harm", async (t) => {
  const { world, double, write, history } = await start(t);
  double.failNext("drop_answer", { method: "cmd::event" });
  assert.equal((await failureOf(write(two))).isPassing, true);
  await write(two);
  assert.deepEqual(rows(world, history), twoRows);
});

test("an equipment disabled meanwhile is told, for history and for the current value", async (t) => {
  const { double, write, current, prepared, jeedom } = await start(t);
  await jeedom.writeCurrent(current, 5, signal);
  double.editEquipment(prepared.equipmentId, { isEnable: false });
  assert.equal((await failureOf(write(two))).reason, "equipment_disabled");
  assert.equal((await failureOf(jeedom.writeCurrent(current, 6, signal))).reason, "equipment_disabled");
});

test("a value that the box held before proves nothing about the one just sent", async (t) => {
  const { double, clock, current, prepared, jeedom } = await start(t);
  await jeedom.writeCurrent(current, 5, signal);
  double.editEquipment(prepared.equipmentId, { isEnable: false });
  clock.set(at("2026-11-18T12:00:00Z"));
  assert.equal((await failureOf(jeedom.writeCurrent(current, 5, signal))).reason, "equipment_disabled");
});

const meanwhile: readonly [what: string, change: (world: Awaited<ReturnType<typeof start>>) => void, reason: string][] =
  [
    [
      "a history switched off",
      ({ double, history }) => double.editCommand(history.id, { isHistorized: false }),
      "not_historised",
    ],
    ["a plugin switched off", ({ double }) => double.set({ hasVirtual: false }), "plugin_missing"],
    ["a deleted command", ({ double, history }) => double.removeCommand(history.id), "gone"],
    ["a deleted equipment", ({ double, prepared }) => double.removeEquipment(prepared.equipmentId), "gone"],
    [
      "an exchanged key",
      ({ double }) => double.set({ virtual: { ...double.settings.virtual, key: "n".repeat(64) } }),
      "key_refused",
    ],
    [
      "a restricted key",
      ({ double }) => double.set({ virtual: { ...double.settings.virtual, isRestricted: true } }),
      "key_restricted",
    ],
  ];
for (const [what, change, reason] of meanwhile)
  test(`${what} meanwhile is ${reason}`, async (t) => {
    const world = await start(t);
    change(world);
    assert.equal((await failureOf(world.write(two))).reason, reason);
  });

test("a value that the box clamped was not stored, whatever it said", async (t) => {
  const { double, history, current, write, jeedom } = await start(t);
  for (const { id } of [history, current])
    double.editCommand(id, { configuration: { historizeMode: "none", maxValue: 11 } });
  const failure = await failureOf(write(two));
  assert.equal(failure.reason, "not_stored");
  assert.match(failure.text.fr, /2026-11-17 00:00:00 = 12.345/);
  const clamped = await failureOf(jeedom.writeCurrent(current, 12.345, signal));
  assert.match(clamped.text.fr, /consumption_day_last = 12.345, 11/);
});

test("a box whose clock is wrong is told when the current value is read back", async (t) => {
  const { world, current, clock } = await start(t);
  const behind = world.client({ clock: { now: () => at("2026-11-18T11:11:00Z") } });
  assert.equal((await failureOf(behind.writeCurrent(current, 1, signal))).reason, "clock_differs");
  const near = world.client({ clock: { now: () => at("2026-11-18T11:09:00Z") } });
  await near.writeCurrent(current, 1, signal);
  assert.equal(clock.now(), at("2026-11-18T11:00:00Z"));
});

test("an error of the box is told short, on one line", async (t) => {
  const { double, history, write } = await start(t);
  double.set({ forbiddenMethods: /event/ });
  const failure = await failureOf(write(two));
  assert.equal(failure.reason, "refused");
  assert.match(failure.text.fr, /« cmd::event: Cette demande n'est pas autorisée/);
  assert.equal(double.history(history.id).length, 0);
});

test("another client of the box finds all by the logical ids", async (t) => {
  const { world, write, history } = await start(t);
  await write(two);
  const other = world.client({});
  const found = commandsOf(await other.prepare({ ...meter, quantities: [day] }, signal));
  assert.equal(found.history.id, history.id);
  await other.writeHistory(found.history, two, signal);
  assert.equal(world.double.traffic.count("cmd::event"), 2);
});
