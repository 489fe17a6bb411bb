import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, test } from "node:test";
import { connectAsync } from "mqtt";
import { waitUntil } from "../../src/adapters/postgres/launcher/processes.ts";
import { instant } from "../../src/domain/units.ts";
import { type Clock, systemClock } from "../../src/shared/clock.ts";
import { freePort, startAedes } from "../support/broker.ts";
import { mosquittoApp } from "../support/fake-supervisor.ts";
import type { Program } from "../support/process-program.ts";
import { differences, loadKnowledge } from "../support/process-store.ts";
import { type ProcessWorld, processAccount, processWorld, youngFlat } from "../support/process-world.ts";

const accounts = [{ ...processAccount, usagePoints: youngFlat() }];
const timesIn = (text: string, words: string): number => text.split(words).length - 1;
const yearMs = 365 * 86_400_000;

describe("what goes wrong outside", { concurrency: 3 }, () => {
  test("a clock a year ahead, then behind: told once each, nothing counted is asked, and on when it is right", async (context) => {
    // That the household's is off the gateway's is the same as the other way round.
    let offMs = -yearMs;
    const clock: Clock = { ...systemClock, now: () => instant(systemClock.now() + offMs) };
    const world = await processWorld(context, { accounts, clock });
    const service = world.start(["start"]);
    await service.says("L'horloge de cette machine avance de 365 jours");
    offMs = yearMs;
    await pressUntil(world, service, "L'horloge de cette machine retarde de 365 jours");
    assert.equal(timesIn(service.stdout, "L'horloge de cette machine"), 2, service.said);
    const counted = world.gateway.control.calls.filter(({ path }) => /enedis|ecowatt/.test(path));
    assert.deepEqual(counted, []);
    offMs = 0;
    await pressUntil(world, service, "call=consumption_curve");
    await service.says(/call=consumption_curve[\s\S]*tour terminé/);
    assert.equal((await world.start(["verify"]).ended()).code, 0);
    assert.equal((await service.stop("SIGTERM")).code, 0, service.said);
  });

  test("a broker's password that is wrong: told once, and connected when the broker knows it", async (context) => {
    const login = { username: "linky", password: "another" };
    const broker = await startAedes({ login });
    context.after(() => broker.stop());
    const world = await processWorld(context, { accounts });
    const service = world.start(["start"], {
      MQTT_BROKER: broker.url.replace("mqtt://", "mqtt://linky:wanted-by-the-household@"),
    });
    await service.says("refuse l'identifiant ou le mot de passe. Corrigez mqtt_username et mqtt_password");
    await service.says("tour terminé");
    // The attempts after 1 s and 2 s more.
    await systemClock.sleep(3_500);
    assert.equal(timesIn(service.stdout, "refuse l'identifiant"), 1, service.said);
    login.password = "wanted-by-the-household";
    await service.says("connecté au serveur MQTT");
    assert.ok(!service.said.includes("wanted-by-the-household"), "the password stays out of the log");
    assert.equal((await service.stop("SIGTERM")).code, 0, service.said);
    assert.ok(
      broker.seen.some(({ topic }) => topic.startsWith("homeassistant/device/")),
      service.said,
    );
  });

  test("a Supervisor that is not there at the start: told once, the rest goes on, and its broker is used when it is", async (context) => {
    const world = await processWorld(context, { accounts });
    const port = await freePort();
    const optionsPath = join(world.dataDir, "..", "options.json");
    await writeFile(
      optionsPath,
      JSON.stringify({ client_id: processAccount.clientId, client_secret: processAccount.clientSecret }),
    );
    const service = world.start(["start"], {
      SUPERVISOR_TOKEN: "token-of-this-start",
      SUPERVISOR_URL: `http://127.0.0.1:${port}`,
      LINKY_OPTIONS_FILE: optionsPath,
      MQTT_BROKER: "",
      HOMEASSISTANT_ENABLED: "false",
      API_PORT: String(await freePort()),
      LINKY_WEB_PORT: String(await freePort()),
    });
    await service.says("Le superviseur ne répond pas");
    await service.says("tour terminé");
    const app = mosquittoApp(world.broker.port, "password-of-the-app");
    const supervisor = createServer((_request, response) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ result: "ok", data: "data" in app ? app.data : null }));
    });
    supervisor.listen(port, "127.0.0.1");
    context.after(() => supervisor.close());
    await service.says("connecté au serveur MQTT");
    assert.equal(timesIn(service.stdout, "Le superviseur ne répond pas"), 1, service.said);
    assert.equal((await service.stop("SIGTERM")).code, 0, service.said);
  });

  test("any time zone of the machine, or none: the same days, and a log in Paris time", async (context) => {
    const now = systemClock.now();
    const knowledgeUnder = async (zone: Readonly<Record<string, string>>) => {
      const world = await processWorld(context, { accounts, clock: { ...systemClock, now: () => now } });
      const from = systemClock.now();
      const service = world.start(["start"], zone);
      await service.says("tour terminé");
      assert.equal((await service.stop("SIGTERM")).code, 0, service.said);
      const [first = ""] = service.stdout.split(" démarrage");
      assert.ok(first >= parisTime(from - 1_000) && first <= parisTime(systemClock.now()), first);
      return loadKnowledge(world.dataDir);
    };
    const [none, far] = await Promise.all([knowledgeUnder({}), knowledgeUnder({ TZ: "America/New_York" })]);
    assert.ok(none.slot !== undefined && none.slot.length > 2_000, `${none.slot?.length} slots`);
    assert.deepEqual(differences(none, far), []);
  });
});

const parisTime = (at: number): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris", dateStyle: "short", timeStyle: "medium" }).format(at);

/** The bridge's button, pressed by another client of the broker until it helps: nobody listens before all is announced. */
async function pressUntil({ broker }: ProcessWorld, service: Program, words: string): Promise<void> {
  const client = await connectAsync(broker.url, { protocolVersion: 4 });
  const helps = async (): Promise<boolean> => {
    if (service.stdout.includes(words)) return true;
    await client.publishAsync("myelectricaldata/bridge/sync", "PRESS");
    return false;
  };
  const hasHelped = await waitUntil(helps, { withinMs: 30_000, everyMs: 500 });
  await client.endAsync();
  assert.ok(hasHelped, service.said);
}
