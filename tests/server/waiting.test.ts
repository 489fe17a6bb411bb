import assert from "node:assert/strict";
import { test } from "node:test";
import { serveWaiting } from "../../src/server/waiting.ts";
import { silentLog } from "../../src/shared/log.ts";
import { freePort } from "../support/broker.ts";

const waiting = {
  code: "disk_full",
  text: { fr: "Le disque est plein.", en: "The disk is full." },
  since: Date.UTC(2026, 10, 21, 9, 0),
};

test("while there is no database health is 200 with the reason, and all else 503", async () => {
  const ports = [await freePort(), await freePort()];
  const options = { version: "1.2.3", host: "127.0.0.1", supervisor: "absent", log: silentLog() } as const;
  const close = await serveWaiting({ ...options, waiting, ports });
  for (const port of ports) {
    const health = await fetch(`http://127.0.0.1:${port}/health`);
    assert.equal(health.status, 200, "a watchdog that restarts the program would change nothing");
    assert.deepEqual(await health.json(), {
      status: "waiting",
      version: "1.2.3",
      problem: { code: "disk_full", since: "2026-11-21T09:00:00.000Z", ...waiting.text },
      database: { isReachable: false },
      lastPass: null,
    });
    const other = await fetch(`http://127.0.0.1:${port}/api/pdl`);
    assert.equal(other.status, 503);
    assert.deepEqual(await other.json(), { error: { code: "disk_full", ...waiting.text } });
    const foreign = await fetch(`http://127.0.0.1:${port}/health`, { headers: { origin: "https://elsewhere.test" } });
    assert.equal(foreign.status, 403);
  }
  await close();
});

test("an address that another program has is left to it", async () => {
  const port = await freePort();
  const options = { version: "1.2.3", host: "127.0.0.1", supervisor: "absent", log: silentLog() } as const;
  const first = await serveWaiting({ ...options, waiting, ports: [port] });
  const second = await serveWaiting({ ...options, waiting: { ...waiting, code: "another" }, ports: [port] });
  assert.match(await (await fetch(`http://127.0.0.1:${port}/health`)).text(), /"code":"disk_full"/);
  await second();
  await first();
});
