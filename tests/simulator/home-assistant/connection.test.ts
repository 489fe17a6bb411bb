import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { at, energy, energyId, home } from "./client.ts";

test("the first word is auth_required with the version, and the right token opens", async (t) => {
  const client = (await home(t, { version: "2026.11.1" })).connect();
  const first = await client.message(() => true);
  assert.deepEqual(first, { type: "auth_required", ha_version: "2026.11.1" });
  client.send({ type: "auth", access_token: "admin" });
  const second = await client.message(({ type }) => type !== "auth_required");
  assert.deepEqual(second, { type: "auth_ok", ha_version: "2026.11.1" });
});

test("a wrong token is told so, and the connection closes", async (t) => {
  const client = (await home(t)).connect();
  await client.message(({ type }) => type === "auth_required");
  client.send({ type: "auth", access_token: "wrong" });
  const refusal = await client.message(({ type }) => type === "auth_invalid");
  assert.equal(typeof refusal.message, "string");
  await client.closed;
});

for (const first of [{ id: 1, type: "get_config" }, { type: "auth" }, "{broken"]) {
  test(`a first frame that is no token closes: ${JSON.stringify(first)}`, async (t) => {
    const client = (await home(t)).connect();
    await client.message(({ type }) => type === "auth_required");
    client.send(first);
    await client.closed;
    assert.equal(client.frames.length, 1);
  });
}

test("who says nothing is let go after the limit", async (t) => {
  const client = (await home(t, { limits: { authMs: 30 } })).connect();
  await client.message(({ type }) => type === "auth_required");
  await client.closed;
});

test("the limit for the token ends with the token", async (t) => {
  const client = await (await home(t, { limits: { authMs: 60 } })).connect().authenticate();
  await pause(120);
  assert.equal(await client.code("get_config"), "success");
});

test("a ping is answered by a pong, not by a result", async (t) => {
  const client = await (await home(t)).connect().authenticate();
  assert.deepEqual(await client.reply("ping"), { id: 1, type: "pong" });
});

test("ids have to grow: the same one again and a smaller one are refused", async (t) => {
  const client = await (await home(t)).connect().authenticate();
  client.send({ id: 5, type: "get_states" });
  await client.message(({ id }) => id === 5);
  for (const id of [5, 4]) client.send({ id, type: "ping" });
  const refused = await client.message(({ id }) => id === 4);
  assert.equal(refused.error?.code, "id_reuse");
  const again = await client.message(({ id, success }) => id === 5 && success === false);
  assert.equal(again.error?.code, "id_reuse");
});

for (const message of [
  { id: 0, type: "ping" },
  { id: -1, type: "ping" },
  { id: 1.5, type: "ping" },
  { id: "1", type: "ping" },
  { type: "ping" },
  { id: 1 },
  { id: 1, type: 3 },
  7,
]) {
  test(`what is no command is invalid_format, and the connection stays: ${JSON.stringify(message)}`, async (t) => {
    const client = await (await home(t)).connect().authenticate();
    client.send(message);
    const refused = await client.message(({ success }) => success === false);
    assert.equal(refused.error?.code, "invalid_format");
    assert.equal(refused.id, typeof message === "object" && typeof message.id === "number" ? message.id : 0);
    client.send({ id: 9, type: "ping" });
    await client.message(({ type }) => type === "pong");
  });
}

test("an unknown type is unknown_command, and an unknown key invalid_format", async (t) => {
  const client = await (await home(t)).connect().authenticate();
  assert.equal(await client.code("recorder/forget_everything"), "unknown_command");
  assert.equal(await client.code("get_config", { please: true }), "invalid_format");
  assert.equal(await client.code("recorder/info", { extra: 1 }), "invalid_format");
});

test("broken JSON closes with 1000; a binary frame only stands in the log", async (t) => {
  const { double, connect } = await home(t);
  const client = await connect().authenticate();
  client.socket.send(Buffer.from("{}"), { binary: true });
  assert.equal(await client.code("get_states"), "success");
  assert.deepEqual(
    double.log.map(({ level }) => level),
    ["error"],
  );
  client.send("{broken");
  assert.equal((await client.closed).code, 1000);
});

test("several commands in one frame are answered one by one", async (t) => {
  const client = await (await home(t)).connect().authenticate();
  client.send([
    { id: 1, type: "ping" },
    { id: 2, type: "get_states" },
  ]);
  await client.message(({ id }) => id === 2);
  assert.deepEqual(client.frames.slice(2), [
    { id: 1, type: "pong" },
    { id: 2, type: "result", success: true, result: [] },
  ]);
});

test("replies come in lists only after the client asked for it", async (t) => {
  const client = await (await home(t)).connect().authenticate();
  assert.equal(await client.result("supported_features", { features: { coalesce_messages: 1 } }), null);
  client.send([
    { id: 2, type: "ping" },
    { id: 3, type: "ping" },
  ]);
  await client.message(({ id }) => id === 3);
  assert.deepEqual(client.frames.at(-1), [
    { id: 2, type: "pong" },
    { id: 3, type: "pong" },
  ]);
});

test("replies may leave in another order", async (t) => {
  const { double, connect } = await home(t);
  const client = await connect().authenticate();
  double.reordersReplies = true;
  for (const id of [1, 2, 3]) client.send({ id, type: "get_states" });
  await client.message(({ id }) => id === 1);
  assert.deepEqual(
    client.frames.slice(2).map((message) => (message as { id: number }).id),
    [3, 2, 1],
  );
});

test("a frame of 4 MiB passes, one byte more closes with 1009", async (t) => {
  const { double, connect } = await home(t);
  const client = await connect().authenticate();
  const padded = (bytes: number): string => '{"id":1,"type":"ping"}'.padEnd(bytes, " ");
  client.send(padded(4_194_304));
  await client.message(({ type }) => type === "pong");
  assert.equal(double.traffic.largestFrame, 4_194_304);
  client.send(padded(4_194_305));
  assert.equal((await client.closed).code, 1009);
});

test("get_config tells what a client waits for", async (t) => {
  const client = await (await home(t)).connect().authenticate();
  const config = (await client.result("get_config")) as Record<string, unknown>;
  const { version, time_zone, currency, state } = config;
  assert.deepEqual(
    { version, time_zone, currency, state },
    { version: "2026.11.1", time_zone: "Europe/Paris", currency: "EUR", state: "RUNNING" },
  );
  assert.ok(Array.isArray(config.components) && config.components.includes("recorder"));
});

test("states are what was set", async (t) => {
  const { double, connect } = await home(t);
  double.setStates([{ entity_id: "sensor.x", state: "1" }]);
  const client = await connect().authenticate();
  assert.deepEqual(await client.result("get_states"), [{ entity_id: "sensor.x", state: "1" }]);
});

for (const [type, fields] of [
  ["recorder/import_statistics", { metadata: energy, stats: [] }],
  ["recorder/clear_statistics", { statistic_ids: [] }],
  [
    "recorder/adjust_sum_statistics",
    {
      statistic_id: energyId,
      start_time: "2026-11-18T23:00:00Z",
      adjustment: 1,
      adjustment_unit_of_measurement: "kWh",
    },
  ],
  ["recorder/update_statistics_metadata", { statistic_id: energyId, unit_of_measurement: "Wh", unit_class: "energy" }],
  [
    "recorder/change_statistics_unit",
    { statistic_id: energyId, new_unit_of_measurement: "Wh", old_unit_of_measurement: "kWh" },
  ],
  ["recorder/update_statistics_issues", {}],
  ["energy/save_prefs", { energy_sources: [] }],
] as const) {
  test(`${type} is for administrators`, async (t) => {
    const { double, connect } = await home(t);
    double.seed(energy, [{ start: at("2026-11-18T23:00:00Z"), sum: 1 }]);
    assert.equal(await (await connect().authenticate("user")).code(type, fields), "unauthorized");
    assert.equal(await (await connect().authenticate("admin")).code(type, fields), "success");
  });
}

test("what only looks needs no administrator", async (t) => {
  const client = await (await home(t)).connect().authenticate("user");
  for (const type of ["recorder/info", "recorder/list_statistic_ids", "energy/validate", "energy/info", "get_config"])
    assert.equal(await client.code(type), "success", type);
  assert.equal(await client.code("energy/get_prefs"), "not_found");
});

test("traffic is counted", async (t) => {
  const { double, connect } = await home(t);
  const client = await connect().authenticate();
  const fields = { metadata: energy, stats: [{ start: "2026-11-18T23:00:00+00:00", state: 0.4, sum: 0.4 }] };
  const sent = JSON.stringify(fields);
  await client.result("recorder/import_statistics", fields);
  await client.result("get_states");
  await client.result("get_states");
  assert.equal(double.traffic.count("get_states"), 2);
  assert.equal(double.traffic.rowsImported, 1);
  const frames = [
    '{"type":"auth","access_token":"admin"}',
    `{"id":1,"type":"recorder/import_statistics",${sent.slice(1)}`,
    '{"id":2,"type":"get_states"}',
    '{"id":3,"type":"get_states"}',
  ].map(({ length }) => length);
  assert.equal(
    double.traffic.bytesReceived,
    frames.reduce((total, length) => total + length, 0),
  );
  assert.equal(double.traffic.largestFrame, frames[1]);
});
