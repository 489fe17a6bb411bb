import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { connect } from "node:net";
import { PassThrough } from "node:stream";
import { type TestContext, test } from "node:test";
import { createServer, type RunningServer, type ServerOptions } from "../../src/server/server.ts";
import { createLog, silentLog } from "../../src/shared/log.ts";
import { slotsOn } from "../contracts/store-builders.ts";
import { dates, StatisticsWorld } from "../support/statistics-world.ts";
import { jsonOf, partsOf, post, send } from "./api.ts";
import { sendRaw } from "./raw.ts";

interface Opened {
  readonly world: StatisticsWorld;
  readonly serve: (options: Partial<ServerOptions>) => Promise<RunningServer | null>;
}

async function open(t: TestContext): Promise<Opened> {
  const world = await StatisticsWorld.open(t);
  const serve = async (options: Partial<ServerOptions>): Promise<RunningServer | null> => {
    const server = await createServer({
      parts: partsOf(world),
      log: silentLog(),
      host: "127.0.0.1",
      port: 0,
      ...options,
    });
    if (server) t.after(() => server.close());
    return server;
  };
  return { world, serve };
}

/** A port that another program holds. */
async function takenPort(t: TestContext): Promise<number> {
  const other = createHttpServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  t.after(() => other.close());
  const address = other.address();
  assert.ok(address !== null && typeof address === "object");
  return address.port;
}

test("the page's port answers as the API's does", async (t) => {
  const { serve } = await open(t);
  const server = await serve({ pagePort: 0 });
  assert.ok(server);
  assert.notEqual(server.pageUrl, server.url);
  for (const path of ["/", "/health", "/api/statistics", "/docs", "/nowhere", "/api/energy/apply"]) {
    const one = await send(server.url + path);
    const other = await send(server.pageUrl + path);
    assert.deepEqual([other.status, other.text], [one.status, one.text], path);
  }
  assert.equal((await send(`${server.pageUrl}/health`, { headers: { host: "evil.example" } })).status, 403);
  assert.match((await sendRaw(server.pageUrl, "HELLO\r\n\r\n")).body, /"code":"invalid_request"/);
  await server.close();
  for (const url of [server.url, server.pageUrl]) await assert.rejects(send(`${url}/health`), /ECONNREFUSED/);
});

test("a change asked for at both ports is made once", async (t) => {
  const { world, serve } = await open(t);
  await world.ingest(dates("2026-11-10", "2026-11-14").flatMap((date) => slotsOn(date, 600)));
  await world.run();
  const server = await serve({ pagePort: 0 });
  assert.ok(server);
  const { digest } = jsonOf(await send(`${server.url}/api/energy`));
  const both = await Promise.all(
    [server.url, server.pageUrl].map((url) => post(`${url}/api/energy/apply`, { digest, confirm: true })),
  );
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409]);
  assert.equal(world.double.traffic.count("energy/save_prefs"), 1);
});

test("one port that is taken leaves the other, both leave nothing, and any port does where that is asked", async (t) => {
  const { serve } = await open(t);
  const port = await takenPort(t);
  const pageOnly = await serve({ port, pagePort: 0 });
  assert.ok(pageOnly);
  assert.equal(pageOnly.url, pageOnly.pageUrl);
  assert.equal((await send(`${pageOnly.url}/health`)).status, 200);
  const apiOnly = await serve({ pagePort: port });
  assert.ok(apiOnly);
  assert.equal(apiOnly.pageUrl, apiOnly.url);
  assert.equal((await send(`${apiOnly.url}/health`)).status, 200);
  assert.equal(await serve({ port, pagePort: await takenPort(t) }), null);
  const anywhere = await serve({ port, pagePort: await takenPort(t), orAnyPort: true });
  assert.ok(anywhere);
  assert.equal((await send(`${anywhere.pageUrl}/health`)).status, 200);
});

test("the log names page and API apart, and the setting that gives a taken port's user another", async (t) => {
  const { serve } = await open(t);
  const told = async (options: Partial<ServerOptions>, language: "fr" | "en") => {
    const lines: string[] = [];
    const stream = new PassThrough().on("data", (line) => void lines.push(String(line)));
    const server = await serve({ ...options, log: createLog({ level: "info", format: "text", language }, stream) });
    return { server, said: lines.join("") };
  };
  const both = await told({ pagePort: 0 }, "fr");
  assert.ok(both.server);
  assert.ok(both.said.includes(` API prête  url=${both.server.url}\n`), both.said);
  assert.ok(
    both.said.includes(` page prête ; ouvrez-la dans votre navigateur  url=${both.server.pageUrl}\n`),
    both.said,
  );
  const taken = await takenPort(t);
  const pageless = await told({ pagePort: taken }, "en");
  assert.match(
    pageless.said,
    /API ready {2}url=.*\n.* WARN the page is not served: .* LINKY_WEB_PORT \(web_port\) gives/,
  );
  const page = await told({ port: taken, pagePort: 0 }, "en");
  assert.match(page.said, /WARN the API is not served: .* API_PORT \(api_port\) gives .*\n.* page ready; open it/);
});

test("closing does not wait for whoever holds a connection to the page open", { timeout: 10_000 }, async (t) => {
  const { serve } = await open(t);
  const server = await serve({ pagePort: 0 });
  assert.ok(server);
  const socket = connect(Number(new URL(server.pageUrl).port), "127.0.0.1");
  await once(socket, "connect");
  const closed = once(socket, "close");
  socket.on("error", () => undefined);
  await server.close();
  await closed;
});
