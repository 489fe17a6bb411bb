import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { type Client, energy, energyId, type Home, home } from "./client.ts";

const row = { start: "2026-11-18T23:00:00Z", state: 1, sum: 1 };
const importing = { metadata: energy, stats: [row] };
const config = async (client: Client): Promise<Record<string, unknown>> =>
  (await client.result("get_config")) as Record<string, unknown>;

test("before auth: the token gets no answer, and the next connection is fine", async (t) => {
  const { double, connect } = await home(t);
  double.dropNext("before_auth");
  const client = connect();
  await client.message(({ type }) => type === "auth_required");
  client.send({ type: "auth", access_token: "admin" });
  await client.closed;
  assert.equal(client.frames.length, 1);
  await connect().authenticate();
});

test("after auth: the connection ends right behind auth_ok", async (t) => {
  const { double, connect } = await home(t);
  double.dropNext("after_auth");
  const client = await connect().authenticate();
  await client.closed;
  assert.equal(await (await connect().authenticate()).code("get_states"), "success");
});

test("between command and reply: the command took effect, its reply never comes", async (t) => {
  const { double, connect } = await home(t);
  double.dropNext("between_command_and_reply", { type: "recorder/import_statistics" });
  const client = await connect().authenticate();
  assert.equal(await client.code("get_states"), "success");
  await assert.rejects(client.reply("recorder/import_statistics", importing), /closed/);
  await double.settled();
  assert.equal(double.rows(energyId).length, 1);
});

test("after so many commands: the last of them is answered still", async (t) => {
  const { double, connect } = await home(t);
  double.dropNext({ afterCommands: 2 });
  const client = await connect().authenticate();
  assert.equal(await client.code("get_states"), "success");
  assert.equal(await client.code("get_states"), "success");
  await client.closed;
});

test("all connections can be broken at once", async (t) => {
  const { double, connect } = await home(t);
  const clients = [await connect().authenticate(), await connect().authenticate()];
  double.dropConnections();
  for (const client of clients) await client.closed;
  assert.equal(double.traffic.connections, 2);
});

test("a restart keeps what is committed and the preferences, and loses what is queued", async (t) => {
  const { double, connect } = await home(t);
  const client = await connect().authenticate();
  await client.result("recorder/import_statistics", importing);
  await client.result("energy/save_prefs", { energy_sources: [] });
  await double.settled();
  double.setCommit({ delayMs: 50 });
  await client.result("recorder/import_statistics", { metadata: energy, stats: [{ ...row, sum: 2 }] });
  double.restart({ unknownCommandMs: 0, energyLagMs: 0 });
  await client.closed;
  await pause(80);
  assert.deepEqual(
    double.rows(energyId).map(({ sum }) => sum),
    [1],
  );
  assert.notEqual(double.preferences, null);
  assert.equal(double.rowsCommitted, 1);
});

test("after a restart recorder comes up first, energy later, and then it runs", async (t) => {
  const { double, connect } = await home(t);
  double.restart({ unknownCommandMs: 60, energyLagMs: 60 });
  const client = await connect().authenticate();
  assert.equal(await client.code("recorder/info"), "unknown_command");
  assert.equal(await client.code("energy/info"), "unknown_command");
  const early = await config(client);
  assert.equal(early.state, "NOT_RUNNING");
  assert.ok(Array.isArray(early.components) && !early.components.includes("recorder"));
  while ((await client.code("recorder/info")) !== "success") await pause(2);
  assert.equal(await client.code("energy/info"), "unknown_command");
  assert.equal((await config(client)).state, "NOT_RUNNING");
  while ((await client.code("energy/info")) !== "success") await pause(2);
  assert.equal((await config(client)).state, "RUNNING");
});

test("it can be met while it starts", async (t) => {
  const { connect } = await home(t, { starting: { unknownCommandMs: 60_000 } });
  const client = await connect().authenticate();
  assert.equal(await client.code("recorder/list_statistic_ids"), "unknown_command");
});

test("a core that is down drops everything, and answers again once it is up", async (t) => {
  const { double, connect, url } = await home(t);
  const client = await connect().authenticate();
  double.down();
  await client.closed;
  const other = connect();
  await other.closed;
  assert.deepEqual(other.frames, []);
  await assert.rejects(fetch(`${url}/api/`));
  double.up();
  await connect().authenticate();
});

/** The status by which a websocket is refused. */
function refusedWith({ connect }: Home, path: string): Promise<number | undefined> {
  const client = connect(path);
  return new Promise((resolve) =>
    client.socket.once("unexpected-response", (_request, { statusCode }) => resolve(statusCode)),
  );
}

test("the proxy takes the Supervisor's token, and no token of the core", async (t) => {
  const { double, connect } = await home(t);
  const refused = connect("/core/websocket");
  await refused.message(({ type }) => type === "auth_required");
  refused.send({ type: "auth", access_token: "admin" });
  assert.equal((await refused.message(({ type }) => type === "auth_invalid")).type, "auth_invalid");
  await refused.closed;
  const client = await connect("/core/websocket").authenticate("supervisor");
  await client.result("recorder/import_statistics", importing);
  await double.settled();
  assert.equal(double.rows(energyId).length, 1);
  const direct = connect();
  await direct.message(({ type }) => type === "auth_required");
  direct.send({ type: "auth", access_token: "supervisor" });
  assert.equal((await direct.message(({ type }) => type === "auth_invalid")).type, "auth_invalid");
});

test("the proxy refuses what is the Supervisor's own", async (t) => {
  const client = await (await home(t)).connect("/core/websocket").authenticate("supervisor");
  assert.equal(await client.code("supervisor/api"), "unauthorized");
  assert.equal(await client.code("hassio/update"), "unauthorized");
  assert.equal(await client.code("get_states"), "success");
});

test("while the core is down the proxy answers 502, or lets in and closes behind auth_ok", async (t) => {
  const house = await home(t);
  house.double.down();
  assert.equal(await refusedWith(house, "/core/websocket"), 502);
  const bearer = { headers: { authorization: "Bearer supervisor" } };
  assert.equal((await fetch(`${house.url}/core/api/config`, bearer)).status, 502);
  house.double.down({ proxyLetsIn: true });
  const client = await house.connect("/core/websocket").authenticate("supervisor");
  await client.closed;
});

test("without a Supervisor there is no proxy, and elsewhere there is no websocket", async (t) => {
  const house = await home(t, { supervisorToken: undefined });
  assert.equal(await refusedWith(house, "/core/websocket"), 404);
  assert.equal(await refusedWith(house, "/websocket"), 404);
});

test("the REST API wants a token, and tells that it runs and how it is set up", async (t) => {
  const { url } = await home(t);
  const get = (path: string, token?: string): Promise<Response> =>
    fetch(`${url}${path}`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
  assert.equal((await get("/api/")).status, 401);
  assert.equal((await get("/api/config", "wrong")).status, 401);
  assert.deepEqual(await (await get("/api/", "user")).json(), { message: "API running." });
  const { version, state } = (await (await get("/api/config", "admin")).json()) as Record<string, unknown>;
  assert.deepEqual([version, state], ["2026.11.1", "RUNNING"]);
  assert.deepEqual(await (await get("/core/api/", "supervisor")).json(), { message: "API running." });
  assert.equal((await get("/core/api/", "admin")).status, 401);
  assert.equal((await get("/api/nothing", "admin")).status, 404);
});
