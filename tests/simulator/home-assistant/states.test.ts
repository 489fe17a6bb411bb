import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { SteppedClock } from "../../../src/shared/clock.ts";
import { at, home } from "./client.ts";

const id = "sensor.med_tempo_today";
const white = { state: "BLANC", attributes: { icon: "mdi:calendar-today" } };

async function states(t: TestContext) {
  const clock = new SteppedClock(at("2026-11-21T08:00:00Z"));
  const { double, url, connect } = await home(t, { clock });
  const ask = async (method: string, path: string, { token = "admin", body = "" } = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(method === "POST" ? { body } : {}),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type") === "application/json";
    const said: unknown = isJson ? JSON.parse(text) : text;
    return { status: response.status, said, location: response.headers.get("location") };
  };
  const push = (body: unknown, token = "admin", entity = id) =>
    ask("POST", `/api/states/${entity}`, { token, body: JSON.stringify(body) });
  return { clock, double, connect, ask, push };
}

test("a state that is new is made, and one that is there replaced with all its attributes", async (t) => {
  const { clock, double, push, ask } = await states(t);
  const made = await push(white);
  assert.deepEqual([made.status, made.location], [201, `/api/states/${id}`]);
  clock.set(at("2026-11-21T09:00:00Z"));
  assert.equal((await push({ state: "BLANC" })).status, 200);
  const { said } = await ask("GET", `/api/states/${id}`);
  assert.partialDeepStrictEqual(said, {
    entity_id: id,
    state: "BLANC",
    attributes: {},
    last_changed: "2026-11-21T08:00:00.000+00:00",
    last_updated: "2026-11-21T09:00:00.000+00:00",
  });
  assert.equal(double.states.length, 1);
});

test("states that came over REST stand beside the others, on the websocket too, until a restart", async (t) => {
  const { double, connect, push, ask } = await states(t);
  double.setStates([{ entity_id: "sun.sun", state: "above_horizon", attributes: {} }]);
  await push(white);
  const listed = async () => {
    const { said } = await ask("GET", "/api/states");
    return (said as { entity_id: string }[]).map(({ entity_id }) => entity_id);
  };
  assert.deepEqual(await listed(), ["sun.sun", id]);
  const all = (await (await connect().authenticate()).result("get_states")) as unknown[];
  assert.equal(all.length, 2);
  double.restart({ unknownCommandMs: 0 });
  assert.deepEqual(await listed(), ["sun.sun"]);
});

test("an entity that is not there is told in JSON, an unknown path as text", async (t) => {
  const { ask } = await states(t);
  assert.deepEqual(await ask("GET", `/api/states/${id}`), {
    status: 404,
    said: { message: "Entity not found." },
    location: null,
  });
  assert.deepEqual((await ask("GET", "/api/nothing")).said, "404: Not Found");
});

test("only an administrator writes and removes; whoever has a token reads", async (t) => {
  const { push, ask } = await states(t);
  await push(white);
  assert.equal((await ask("GET", `/api/states/${id}`, { token: "user" })).status, 200);
  assert.equal((await push(white, "user")).status, 401);
  assert.equal((await ask("DELETE", `/api/states/${id}`, { token: "user" })).status, 401);
  assert.equal((await ask("GET", `/api/states/${id}`, { token: "nobody" })).status, 401);
  assert.deepEqual((await ask("DELETE", `/api/states/${id}`)).said, { message: "Entity removed." });
  assert.equal((await ask("DELETE", `/api/states/${id}`)).status, 404);
});

test("what no state can be is refused", async (t) => {
  const { double, push, ask } = await states(t);
  const codes = [
    await ask("POST", `/api/states/${id}`, { body: "{" }),
    await push({ attributes: {} }),
    await push({ state: "x".repeat(256) }),
    await push(white, "admin", "no_domain"),
  ];
  assert.deepEqual(
    codes.map(({ status, said }) => [status, (said as { message: string }).message]),
    [
      [400, "Invalid JSON specified."],
      [400, "No state specified."],
      [400, "Invalid state specified."],
      [400, "Invalid entity ID specified."],
    ],
  );
  assert.equal((await push({ state: "x".repeat(255) })).status, 201);
  assert.equal(double.states.length, 1);
});

test("the Supervisor's proxy writes as an administrator", async (t) => {
  const { ask, double } = await states(t);
  const body = JSON.stringify(white);
  assert.equal((await ask("POST", `/core/api/states/${id}`, { token: "supervisor", body })).status, 201);
  assert.equal((await ask("POST", `/core/api/states/${id}`, { token: "admin", body })).status, 401);
  double.down();
  assert.equal((await ask("POST", `/core/api/states/${id}`, { token: "supervisor", body })).status, 502);
});
