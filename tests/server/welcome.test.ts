import assert from "node:assert/strict";
import { test } from "node:test";
import type { ServerParts } from "../../src/server/parts.ts";
import { StatisticsWorld } from "../support/statistics-world.ts";
import { jsonOf, partsOf, send, serve } from "./api.ts";

const missing: ServerParts["missing"] = [
  { option: "client_id", text: { fr: "L'identifiant <manque>.", en: "The id is <missing>." } },
];
const asBrowser = { headers: { accept: "text/html,application/xhtml+xml" } };

test("what is still to be set is told in both languages, to people and to programs", async (t) => {
  const { url } = await serve(t, { ...partsOf(await StatisticsWorld.open(t)), missing });
  const page = await send(`${url}/`, asBrowser);
  assert.equal(page.status, 200);
  assert.match(String(page.headers["content-type"]), /^text\/html/);
  for (const text of ["L'identifiant &lt;manque&gt;.", "The id is &lt;missing&gt;.", "Configuration", "redémarrez-la"])
    assert.ok(page.text.includes(text), text);
  // Behind the prefix of a session no address of ours would lead anywhere.
  assert.doesNotMatch(page.text, /(href|src|action)=/);
  const told = [{ option: "client_id", fr: "L'identifiant <manque>.", en: "The id is <missing>." }];
  assert.deepEqual(jsonOf(await send(`${url}/`)).missing, told);
  const health = jsonOf(await send(`${url}/health`));
  assert.deepEqual([health.status, health.missing], ["up", told]);
});

test("with everything set the page says that it runs", async (t) => {
  const { url } = await serve(t, partsOf(await StatisticsWorld.open(t)));
  const page = await send(`${url}/`, asBrowser);
  assert.match(page.text, /est en service[\s\S]*is running/);
  assert.deepEqual(jsonOf(await send(`${url}/`)).missing, []);
  assert.equal("missing" in jsonOf(await send(`${url}/health`)), false);
});
