import assert from "node:assert/strict";
import { test } from "node:test";
import { StatisticsWorld } from "../support/statistics-world.ts";
import { accessWorld, password, refusalOf } from "./access-world.ts";
import { codeOf, partsOf, send, serve } from "./api.ts";

const contentType = "text/plain; version=0.0.4; charset=utf-8";
const metrics = { contentType, write: async () => "linky_bridge_database_up 1\n" };

test("metrics are not there unless they are wanted", async (t) => {
  const { url } = await serve(t, partsOf(await StatisticsWorld.open(t)));
  assert.equal(codeOf(await send(`${url}/metrics`), 404), "metrics_off");
});

test("a scrape is Prometheus' text, and nobody keeps it", async (t) => {
  const { url } = await serve(t, { ...partsOf(await StatisticsWorld.open(t)), metrics });
  const { status, headers, text } = await send(`${url}/metrics`);
  assert.equal(status, 200);
  assert.equal(headers["content-type"], contentType);
  assert.equal(headers["cache-control"], "no-store");
  assert.equal(text, "linky_bridge_database_up 1\n");
});

test("a scrape from another machine needs a token", async (t) => {
  const { ask, access } = await accessWorld(t, {}, { metrics });
  await access.resetPassword(password);
  assert.equal(refusalOf(await ask("/metrics"), 401), "login_required");
  const wrong = await ask("/metrics", { headers: { authorization: "Bearer lb_wrong" } });
  assert.equal(refusalOf(wrong, 401), "unknown_token");
  const { token } = await access.createToken("prometheus");
  const answer = await ask("/metrics", { headers: { authorization: `Bearer ${token}` } });
  assert.equal(answer.statusCode, 200);
  assert.equal(answer.headers["content-type"], contentType);
});
