import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { waitUntil } from "../../src/adapters/postgres/launcher/processes.ts";
import { samplesIn } from "../adapters/prometheus/world.ts";
import { freePort } from "../support/broker.ts";
import { killDatabase, Program } from "../support/process-program.ts";
import { processAccount, processWorld, reachableDirectory, youngFlat } from "../support/process-world.ts";

const wanted = { PROMETHEUS_ENABLED: "true" };
const success = 'linky_bridge_sync_total{source="gateway",status="success"}';
const error = 'linky_bridge_sync_total{source="gateway",status="error"}';
const succeededAt = 'linky_bridge_last_success_timestamp_seconds{task="gateway"}';

type Samples = ReadonlyMap<string, number>;

/** What is asked of a program whose API is at `url`. */
const visitor = (url: string) => {
  const send = (path: string, method: string, body: unknown): Promise<Response> =>
    fetch(`${url}${path}`, {
      method,
      headers: { "x-linky-bridge": "page", "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  return {
    scrape: async (): Promise<Samples> => {
      const answer = await fetch(`${url}/metrics`);
      const text = await answer.text();
      assert.equal(answer.status, 200, text);
      return samplesIn(text);
    },
    requestRound: async (): Promise<void> => assert.equal((await send("/api/sync", "POST", {})).ok, true),
    setLanguage: async (language: string): Promise<void> =>
      assert.equal((await send("/api/settings", "PUT", { changes: { language } })).status, 200),
  };
};

/** Waits until a scrape has what is looked for, and returns it. */
async function scraped(scrape: () => Promise<Samples>, isThere: (samples: Samples) => boolean): Promise<Samples> {
  let last: Samples = new Map();
  const looked = async (): Promise<boolean> => {
    last = await scrape();
    return isThere(last);
  };
  const ours = () => [...last].filter(([name]) => name.startsWith("linky_bridge_sync"));
  assert.ok(await waitUntil(looked, { withinMs: 60_000 }), JSON.stringify(ours()));
  return last;
}

const calls = (samples: Samples): number =>
  [...samples].reduce((sum, [name, value]) => (name.includes("gateway_requests_total") ? sum + value : sum), 0);

/** Nothing that is counted is less than before. */
function assertGrown(before: Samples, after: Samples): void {
  const counters = [...before].filter(([name]) => /^(linky_bridge|myelectricaldata)_\w+_total/.test(name));
  assert.ok(counters.length > 0);
  for (const [name, value] of counters) assert.ok((after.get(name) ?? -1) >= value, `${name} ${after.get(name)}`);
}

async function serviceWorld(context: TestContext, env: Readonly<Record<string, string>> = {}) {
  const world = await processWorld(context, { accounts: [{ ...processAccount, usagePoints: youngFlat() }] });
  const port = await freePort();
  const program = world.start(["start"], { ...wanted, API_PORT: String(port), ...env });
  await program.says("API prête", 60_000);
  return visitor(`http://127.0.0.1:${port}`);
}

describe("what is counted", { concurrency: 2 }, () => {
  test("goes on when a setting is changed in the page", async (context) => {
    const { scrape, setLanguage } = await serviceWorld(context);
    const before = await scraped(scrape, (samples) => (samples.get(success) ?? 0) >= 1);
    assert.ok(calls(before) > 0);
    await setLanguage("en");
    assertGrown(before, await scrape());
  });

  test("says that rounds which meet no gateway are errors", async (context) => {
    const dead = `http://127.0.0.1:${await freePort()}`;
    const { scrape, requestRound } = await serviceWorld(context, { MED_API_URL: dead });
    for (const count of [1, 2, 3]) {
      const samples = await scraped(scrape, (known) => (known.get(error) ?? 0) >= count);
      assert.deepEqual([samples.get(success), samples.has(succeededAt)], [0, false]);
      await requestRound();
    }
  });

  test("is counted in the demo too, and goes on there", async (context) => {
    const home = await reachableDirectory();
    const env = { ...wanted, HOME: home, LINKY_DATA_DIR: join(home, "data"), LINKY_LANGUAGE: "fr" };
    const demo = new Program(["demo", "--port", "0"], { env: { ...env, API_PORT: String(await freePort()) } });
    context.after(async () => {
      if (demo.isRunning) demo.send("SIGKILL");
      await demo.ended();
      await killDatabase(join(home, "data-demo"));
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    });
    await demo.says(/Ctrl-C l'arrête/, 180_000);
    const url = /curl (\S+)\/api\/energy/.exec(demo.stdout)?.[1];
    assert.ok(url, demo.said);
    const { scrape, setLanguage } = visitor(url);
    const before = await scraped(scrape, (samples) => (samples.get(success) ?? 0) >= 1);
    await setLanguage("en");
    assertGrown(before, await scrape());
    await demo.stop("SIGINT");
  });
});
