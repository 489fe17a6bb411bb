import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { waitUntil } from "../src/adapters/postgres/launcher/processes.ts";
import { loadConfig } from "../src/config/load.ts";
import { runService } from "../src/run-service.ts";
import { scaledClock, systemClock } from "../src/shared/clock.ts";
import { silentLog } from "../src/shared/log.ts";
import { freePort, startAedes } from "./support/broker.ts";
import { mosquittoApp, noMosquitto, startFakeSupervisor } from "./support/fake-supervisor.ts";
import { reachableDirectory } from "./support/process-world.ts";

test("a broker app that is installed later gets the entities without a restart of ours", async (context) => {
  const supervisor = await startFakeSupervisor(noMosquitto);
  const broker = await startAedes();
  const directory = await reachableDirectory();
  const stop = new AbortController();
  const loaded = loadConfig({
    env: {
      SUPERVISOR_TOKEN: supervisor.token,
      SUPERVISOR_URL: supervisor.url,
      LINKY_DATA_DIR: join(directory, "data"),
      MED_CLIENT_ID: "cli_abc",
      MED_CLIENT_SECRET: "s3cr3t-value",
      MED_API_URL: `http://127.0.0.1:${await freePort()}`,
      HOMEASSISTANT_ENABLED: "false",
      API_PORT: "0",
    },
  });
  assert.ok("config" in loaded, JSON.stringify(loaded));
  // A minute passes in a tenth of a second.
  const clock = scaledClock({ start: systemClock.now(), speed: 600 });
  const output = { line: () => undefined };
  const running = runService({ config: loaded.config, log: silentLog(), output, clock }, stop.signal);
  context.after(async () => {
    stop.abort(new Error("stopped"));
    await running.catch(() => undefined);
    await broker.stop();
    await supervisor.stop();
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  });
  // Once at the start, and at least once more since.
  assert.ok(await waitUntil(() => supervisor.asked.length >= 2, { withinMs: 20_000 }), "not asked again");
  assert.equal(broker.seen.length, 0);
  supervisor.answer = mosquittoApp(broker.port, "password-of-the-app");
  const isAnnounced = () => broker.seen.some(({ topic }) => topic.startsWith("homeassistant/device/"));
  assert.ok(await waitUntil(isAnnounced, { withinMs: 20_000 }), "nothing announced");
});
