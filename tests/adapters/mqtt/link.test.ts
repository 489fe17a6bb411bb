import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { newClientId, openLink } from "../../../src/adapters/mqtt/link.ts";
import { defaultTiming } from "../../../src/adapters/mqtt/timing.ts";
import { startAedes } from "../../support/broker.ts";

test("a connection keeps no buffer of each number that a packet may hold", async (t) => {
  const broker = await startAedes();
  t.after(() => broker.stop());
  const { signal } = new AbortController();
  const login = { username: null, password: null, tls: { caCert: null, clientCert: null, clientKey: null } };
  const link = await openLink(
    { url: broker.url, ...login },
    { clientId: newClientId(), will: null, timing: defaultTiming, signal },
  );
  await link.publish("meter/index", "12345", { qos: 1, retain: true });
  await link.end();
  const require = createRequire(import.meta.resolve("mqtt"));
  const { cache }: { readonly cache: object } = require("mqtt-packet/numbers");
  assert.equal(Object.keys(cache).length, 0);
  assert.deepEqual(
    broker.seen.map(({ topic, payload, retain }) => [topic, payload, retain]),
    [["meter/index", "12345", true]],
  );
});
