import assert from "node:assert/strict";
import { test } from "node:test";
import { at, type Client, energy, energyId, home } from "./client.ts";

const start = "2026-11-18T23:00:00+00:00";
const row = { start, state: 0.4, sum: 10.4 };
const send = (client: Client, metadata: object, stats: readonly object[]): Promise<string> =>
  client.code("recorder/import_statistics", { metadata, stats });

/** Each refusal: what is wrong, the metadata and the rows, and the code. */
const without = (key: keyof typeof energy): object =>
  Object.fromEntries(Object.entries(energy).filter(([name]) => name !== key));
const refusals: readonly (readonly [string, object, readonly object[], string])[] = [
  ["an unknown key in the metadata", { ...energy, colour: "blue" }, [], "invalid_format"],
  ["an unknown key in a row", energy, [{ ...row, end: start }], "invalid_format"],
  ["change in a row", energy, [{ ...row, change: 1 }], "invalid_format"],
  ["has_mean since 2026.11", { ...energy, has_mean: false }, [], "invalid_format"],
  ["no mean_type since 2026.11", without("mean_type"), [], "invalid_format"],
  ["no unit_class since 2026.11", without("unit_class"), [], "invalid_format"],
  ["no has_sum", without("has_sum"), [], "invalid_format"],
  ["no name", without("name"), [], "invalid_format"],
  ["no source", without("source"), [], "invalid_format"],
  ["no statistic_id", without("statistic_id"), [], "invalid_format"],
  ["no unit_of_measurement", without("unit_of_measurement"), [], "invalid_format"],
  ["a mean_type of 3", { ...energy, mean_type: 3 }, [], "invalid_format"],
  ["a row without start", energy, [{ state: 1, sum: 1 }], "invalid_format"],
  ["a start that is no date", energy, [{ ...row, start: "yesterday" }], "invalid_format"],
  ["a start on 30 February", energy, [{ ...row, start: "2026-02-30T00:00:00Z" }], "invalid_format"],
  ["a start in milliseconds", energy, [{ ...row, start: Date.parse(start) }], "invalid_format"],
  ["a number as text", energy, [{ ...row, sum: "10.4" }], "invalid_format"],
  ["a state of null", energy, [{ ...row, state: null }], "invalid_format"],
  ["a sum of null", energy, [{ ...row, sum: null }], "invalid_format"],
  ["true as a number", energy, [{ ...row, sum: true }], "invalid_format"],
  ["a naive start", energy, [{ ...row, start: "2026-11-18T23:00:00" }], "home_assistant_error"],
  ["a day as start", energy, [{ ...row, start: "2026-11-18" }], "home_assistant_error"],
  ["a start at half past", energy, [{ ...row, start: "2026-11-18T23:30:00Z" }], "home_assistant_error"],
  ["a start with seconds", energy, [{ ...row, start: "2026-11-18T23:00:01Z" }], "home_assistant_error"],
  ["a start with microseconds", energy, [{ ...row, start: "2026-11-18T23:00:00.000001Z" }], "home_assistant_error"],
  ["a naive last_reset", energy, [{ ...row, last_reset: "2026-11-18T00:00:00" }], "home_assistant_error"],
  ["another source", { ...energy, source: "linky" }, [], "home_assistant_error"],
  ["an empty source", { ...energy, source: "" }, [], "home_assistant_error"],
  ["source recorder on an external id", { ...energy, source: "recorder" }, [], "home_assistant_error"],
  [
    "an entity with a source of its own",
    { ...energy, statistic_id: "sensor.x", source: "sensor" },
    [],
    "home_assistant_error",
  ],
  ["an unknown unit class", { ...energy, unit_class: "money" }, [], "home_assistant_error"],
  ["a unit that its class does not know", { ...energy, unit_of_measurement: "kwh" }, [], "home_assistant_error"],
  ["money of class energy", { ...energy, unit_of_measurement: "EUR" }, [], "home_assistant_error"],
  ["a class without unit", { ...energy, unit_of_measurement: null }, [], "home_assistant_error"],
  ...[
    "linky:A",
    "linky_:a",
    "_linky:a",
    "linky:_a",
    "linky:a_",
    "linky:a__b",
    "linky",
    "a:b:c",
    "linky:a-b",
    ":a",
    "a:",
  ].map(
    (id) =>
      [`the id ${id}`, { ...energy, statistic_id: id, source: id.split(":")[0] }, [], "home_assistant_error"] as const,
  ),
];

for (const [what, metadata, stats, code] of refusals) {
  test(`an import is refused for ${what}`, async (t) => {
    const { double, connect } = await home(t);
    const client = await connect().authenticate();
    assert.equal(await send(client, metadata, stats), code);
    assert.equal(await send(client, energy, [row]), "success");
    await double.settled();
    assert.deepEqual(double.ids(), [energyId]);
  });
}

test("one bad row refuses the whole call", async (t) => {
  const { double, connect } = await home(t);
  const client = await connect().authenticate();
  const bad = { ...row, start: "2026-11-19T00:30:00Z" };
  assert.equal(await send(client, energy, [row, bad]), "home_assistant_error");
  await double.settled();
  assert.deepEqual(double.ids(), []);
  assert.equal(double.traffic.rowsImported, 0);
});

test("an import stores instants in UTC, whatever the offset it was sent with", async (t) => {
  const { double, connect } = await home(t);
  const client = await connect().authenticate();
  await send(client, energy, [
    { start: "2026-11-19T00:00:00+01:00", state: 1, sum: 1 },
    // The rule looks at the minutes of the offset given: 05:00 there is 23:30 in UTC.
    { start: "2026-11-19T05:00:00+05:30", state: 1, sum: 2 },
  ]);
  await double.settled();
  assert.deepEqual(
    double.rows(energyId).map(({ start: one }) => one),
    [at("2026-11-18T23:00:00Z"), at("2026-11-18T23:30:00Z")],
  );
});

test("success is answered first, the rows come later", async (t) => {
  const { double, connect } = await home(t, { commit: { delayMs: 40 } });
  const client = await connect().authenticate();
  assert.equal(await send(client, energy, [row]), "success");
  const read = { start_time: start, statistic_ids: [energyId], period: "hour" };
  assert.deepEqual(await client.result("recorder/statistics_during_period", read), {});
  assert.equal(((await client.result("recorder/info")) as { backlog: number }).backlog, 1);
  await double.settled();
  assert.notDeepEqual(await client.result("recorder/statistics_during_period", read), {});
  assert.equal(double.rowsCommitted, 1);
});

test("a slow recorder takes its time for each row", async (t) => {
  const { double, connect } = await home(t, { commit: { rowsPerSecond: 100 } });
  const client = await connect().authenticate();
  const stats = [0, 1, 2, 3, 4, 5].map((hour) => ({ start: `2026-11-18T0${hour}:00:00Z`, state: 1, sum: hour + 1 }));
  const before = performance.now();
  await send(client, energy, stats);
  await double.settled();
  // 6 rows at 100 a second: 60 ms, less a timer's tick.
  assert.ok(performance.now() - before > 55);
});

test("a recorder that loses answers success, stores nothing and writes an error in its log", async (t) => {
  const { double, connect } = await home(t);
  double.setCommit({ mode: "lose" });
  const client = await connect().authenticate();
  assert.equal(await send(client, energy, [row]), "success");
  await double.settled();
  assert.deepEqual(double.ids(), []);
  assert.equal(double.log.filter(({ level }) => level === "error").length, 1);
  double.setCommit({ mode: "commit" });
  await send(client, energy, [row]);
  await double.settled();
  assert.deepEqual(double.ids(), [energyId]);
});

test("a row is replaced by id and hour, what is left out becomes null, and later rows stay", async (t) => {
  const { double, connect } = await home(t);
  const client = await connect().authenticate();
  const whole = { start, state: 1, sum: 1, mean: 2, min: 0, max: 3, last_reset: "2026-11-01T00:00:00Z" };
  await send(client, energy, [whole, { start: "2026-11-19T00:00:00Z", state: 1, sum: 2 }]);
  await send(client, energy, [{ start, sum: 7 }]);
  await double.settled();
  const empty = { state: null, mean: null, min: null, max: null, last_reset: null };
  assert.deepEqual(double.rows(energyId), [
    { ...empty, start: at(start), sum: 7 },
    { ...empty, start: at("2026-11-19T00:00:00Z"), state: 1, sum: 2 },
  ]);
});

test("rows may come unsorted, and the last of two of one hour wins", async (t) => {
  const { double, connect } = await home(t);
  const client = await connect().authenticate();
  await send(client, energy, [
    { start: "2026-11-19T02:00:00Z", sum: 3 },
    { start: "2026-11-19T00:00:00Z", sum: 1 },
    { start: "2026-11-19T02:00:00Z", sum: 4 },
    { start: "2026-11-19T01:00:00Z", sum: 2 },
  ]);
  await double.settled();
  assert.deepEqual(
    double.rows(energyId).map(({ sum }) => sum),
    [1, 2, 4],
  );
});

test("an import without rows makes or changes the metadata of the whole series, and no number", async (t) => {
  const { double, connect } = await home(t);
  const client = await connect().authenticate();
  await send(client, energy, [row]);
  await send(client, { ...energy, name: "Autre", unit_of_measurement: "Wh" }, []);
  await double.settled();
  assert.deepEqual(double.metadata(energyId), { ...energy, name: "Autre", unit_of_measurement: "Wh" });
  assert.deepEqual(
    double.rows(energyId).map(({ sum }) => sum),
    [10.4],
  );
});

test("money has no unit class, and an entity's statistics belong to the recorder", async (t) => {
  const { double, connect } = await home(t);
  const client = await connect().authenticate();
  const cost = { ...energy, statistic_id: "linky_bridge:m1_cost", unit_class: null, unit_of_measurement: "EUR" };
  assert.equal(await send(client, cost, [row]), "success");
  assert.equal(await send(client, { ...energy, statistic_id: "sensor.linky", source: "recorder" }, [row]), "success");
  await double.settled();
  assert.deepEqual(double.ids(), ["linky_bridge:m1_cost", "sensor.linky"]);
});

test("from 2025.11 to 2026.10 missing keys are filled in, with a warning for each", async (t) => {
  const { double, connect } = await home(t, { version: "2026.10.4" });
  const client = await connect().authenticate();
  const { mean_type: _mean, unit_class: _class, ...bare } = energy;
  assert.equal(await send(client, { ...bare, has_mean: true }, [row]), "success");
  await double.settled();
  assert.deepEqual(double.metadata(energyId), { ...energy, mean_type: 1 });
  assert.equal(double.warnings.length, 2);
  assert.ok(double.warnings.every((text) => text.includes("will stop working in HA Core 2026.11")));
  const [listed] = (await client.result("recorder/list_statistic_ids")) as Record<string, unknown>[];
  assert.equal(listed?.has_mean, true);
  assert.equal(await send(client, energy, []), "success");
  assert.equal(double.warnings.length, 2);
});

test("before 2025.11 the new keys are refused and has_mean is required", async (t) => {
  const { double, connect } = await home(t, { version: "2025.10.1" });
  const client = await connect().authenticate();
  const { mean_type: _mean, unit_class: _class, ...bare } = energy;
  assert.equal(await send(client, energy, []), "invalid_format");
  assert.equal(await send(client, bare, []), "invalid_format");
  assert.equal(await send(client, { ...bare, has_mean: false, mean_type: 0 }, []), "invalid_format");
  assert.equal(await send(client, { ...bare, has_mean: false }, [row]), "success");
  await double.settled();
  assert.deepEqual(double.warnings, []);
});

test("jobs are done in the order in which they came: a clear takes what was queued before it", async (t) => {
  const { double, connect } = await home(t, { commit: { delayMs: 10 } });
  const client = await connect().authenticate();
  client.send([
    { id: 1, type: "recorder/import_statistics", metadata: energy, stats: [row] },
    { id: 2, type: "recorder/clear_statistics", statistic_ids: [energyId] },
    { id: 3, type: "recorder/import_statistics", metadata: energy, stats: [{ start, sum: 2 }] },
  ]);
  await client.message(({ id }) => id === 2);
  await double.settled();
  assert.deepEqual(
    double.rows(energyId).map(({ sum }) => sum),
    [2],
  );
});
