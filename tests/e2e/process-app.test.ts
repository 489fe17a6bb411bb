import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { waitUntil } from "../../src/adapters/postgres/launcher/processes.ts";
import { freePort, startAedes } from "../support/broker.ts";
import { type MqttAnswer, mosquittoApp, noMosquitto, startFakeSupervisor } from "../support/fake-supervisor.ts";
import { databaseProcesses } from "../support/process-program.ts";
import { processAccount, processWorld, youngFlat } from "../support/process-world.ts";

/** A world with a Supervisor, in which the program lives as an app with these options. */
async function appWorld(context: TestContext, answer: MqttAnswer) {
  const world = await processWorld(context, { accounts: [{ ...processAccount, usagePoints: youngFlat() }] });
  const supervisor = await startFakeSupervisor(answer);
  context.after(() => supervisor.stop());
  const [apiPort, webPort] = [await freePort(), await freePort()];
  const optionsPath = join(world.dataDir, "..", "options.json");
  const env = {
    SUPERVISOR_TOKEN: supervisor.token,
    SUPERVISOR_URL: supervisor.url,
    LINKY_OPTIONS_FILE: optionsPath,
    MED_CLIENT_ID: "",
    MED_CLIENT_SECRET: "",
    MQTT_BROKER: "",
    HOMEASSISTANT_ENABLED: "false",
    API_PORT: String(apiPort),
    LINKY_WEB_PORT: String(webPort),
  };
  return {
    world,
    supervisor,
    urls: [`http://127.0.0.1:${apiPort}`, `http://127.0.0.1:${webPort}`] as const,
    setOptions: (options: unknown) => writeFile(optionsPath, JSON.stringify(options)),
    start: () => world.start(["start"], env),
  };
}

const contentOf = async (url: string): Promise<Record<string, unknown>> => {
  const answer = await fetch(url);
  assert.equal(answer.status, 200);
  const content: unknown = await answer.json();
  assert.ok(typeof content === "object" && content !== null);
  return Object.fromEntries(Object.entries(content));
};

describe("the app", { concurrency: 2 }, () => {
  test("starts without credentials, says what is missing, and goes on once they are set", async (context) => {
    const { world, supervisor, urls, setOptions, start } = await appWorld(context, noMosquitto);
    await setOptions({ client_id: "", client_secret: "", tariff_plans: [], of_an_earlier_version: true });
    const first = start();
    await first.says(/API prête[\s\S]*page prête/);
    assert.match(first.stdout, /of_an_earlier_version .* : cette option n'existe pas/);
    assert.match(
      first.stdout,
      /L'identifiant client manque \(client_id\)[\s\S]*Le secret client manque.*\n.*La page les demande : ouvrez-la/,
    );
    for (const url of urls) {
      const { missing, status } = await contentOf(`${url}/health`);
      assert.equal(status, "up");
      assert.match(
        JSON.stringify(missing),
        /client_id.*identifiant client manque.*client id is missing.*client_secret/,
      );
      const page = await fetch(`${url}/`, { headers: { accept: "text/html" } });
      assert.equal(page.status, 200);
      assert.match(await page.text(), /^<!doctype html>[\s\S]*Linky Bridge/i);
    }
    assert.deepEqual(supervisor.asked, [], "no broker is asked for before there is something to publish");
    const stopped = await first.stop("SIGTERM");
    assert.equal(stopped.code, 0, first.said);
    assert.ok(stopped.tookMs < 10_000, `${stopped.tookMs} ms`);
    assert.deepEqual(await databaseProcesses(world.dataDir), []);

    supervisor.answer = mosquittoApp(world.broker.port, "password-of-the-app");
    await setOptions({ client_id: processAccount.clientId, client_secret: processAccount.clientSecret });
    const second = start();
    await second.says("tour terminé");
    assert.deepEqual((await contentOf(`${urls[0]}/`)).missing, []);
    assert.ok(
      world.broker.seen.some(({ topic }) => topic.startsWith("homeassistant/device/")),
      second.said,
    );
    assert.equal((await second.stop("SIGTERM")).code, 0);
    assert.ok(!`${first.said}${second.said}`.includes("password-of-the-app"));
  });

  test("follows the broker's password when that changes", async (context) => {
    const login = { username: "addons", password: "password-of-today" };
    const broker = await startAedes({ login });
    context.after(() => broker.stop());
    const { supervisor, setOptions, start } = await appWorld(
      context,
      mosquittoApp(broker.port, "password-of-yesterday"),
    );
    await setOptions({ client_id: processAccount.clientId, client_secret: processAccount.clientSecret });
    const service = start();
    await service.says("refuse l'identifiant ou le mot de passe");
    supervisor.answer = mosquittoApp(broker.port, login.password);
    await service.says("connecté au serveur MQTT");
    const isAnnounced = () => broker.seen.some(({ topic }) => topic.startsWith("homeassistant/device/"));
    assert.ok(await waitUntil(isAnnounced, { withinMs: 20_000 }), service.said);
    assert.equal((await service.stop("SIGTERM")).code, 0);
  });

  test("outside of an app a start without credentials and without a page has nothing to do", async (context) => {
    const { world } = await appWorld(context, noMosquitto);
    const env = { MED_CLIENT_ID: "", MED_CLIENT_SECRET: "", API_PORT: "0" };
    const ended = await world.start(["start"], env).ended();
    assert.equal(ended.code, 2);
  });
});
