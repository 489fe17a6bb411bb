import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { type TestContext, test } from "node:test";
import { core, failureOf, friendly, type Message, open, scripted, startDouble, unknownCommand } from "./support.ts";

async function listening(t: TestContext, server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No TCP address");
  return address.port;
}

const quick = { connectMs: 100, commandMs: 100, longCommandMs: 100, closeMs: 100 };

test("a server that closes before the login is unreachable", async (t) => {
  const url = await scripted(t, (socket) => socket.close());
  const { reason, text } = await failureOf(open(core(url)));
  assert.equal(reason, "unreachable");
  assert.match(text.fr, /est perdue/);
});

test("a server that greets with something else is not Home Assistant", async (t) => {
  for (const frame of ["<html>", '"hello"', '{"type": "hello"}', "null", Buffer.from([1, 2, 3])]) {
    const url = await scripted(t, (socket) => socket.send(frame));
    const { reason, text } = await failureOf(open(core(url)));
    assert.equal(reason, "unreachable");
    assert.match(text.en, /is not Home Assistant/);
  }
});

test("a server that never greets is given up after the bound", async (t) => {
  const url = await scripted(t, () => {});
  const { reason, text } = await failureOf(open(core(url), { timing: quick }));
  assert.equal(reason, "unreachable");
  assert.match(text.fr, /ne répond plus \(0\.1 s\)/);
});

test("a port that accepts and says nothing is given up after the bound", async (t) => {
  const server = createServer((socket) => t.after(() => socket.destroy()));
  const port = await listening(t, server);
  const { reason, text } = await failureOf(open(core(`http://127.0.0.1:${port}`), { timing: quick }));
  assert.equal(reason, "unreachable");
  assert.match(text.fr, /n'accepte pas la connexion à temps/);
});

test("a port nobody listens on says so", async (t) => {
  const server = createServer();
  const port = await listening(t, server);
  await new Promise((resolve) => server.close(resolve));
  const { reason, text } = await failureOf(open(core(`http://127.0.0.1:${port}`)));
  assert.equal(reason, "unreachable");
  assert.match(text.fr, /aucun programme n'écoute sur ce port/);
});

test("a command that is never answered is given up, and the connection with it", async (t) => {
  const url = await scripted(
    t,
    friendly(({ type }, reply) => {
      if (type === "auth/current_user") reply(unknownCommand);
    }),
  );
  const session = await open(core(url), { timing: quick });
  const first = await failureOf(session.loadPreferences());
  assert.equal(first.reason, "unreachable");
  assert.match(first.text.fr, /ne répond plus \(energy\/get_prefs, 0\.1 s\)/);
  assert.equal((await failureOf(session.listStatistics())).reason, "unreachable");
  await session.close();
});

test("an unreadable frame in the middle ends what waits", async (t) => {
  const url = await scripted(
    t,
    friendly(({ type }, reply, socket) => {
      if (type === "auth/current_user") reply(unknownCommand);
      else socket.send("{");
    }),
  );
  const session = await open(core(url));
  assert.equal((await failureOf(session.loadPreferences())).reason, "unreachable");
  await session.close();
});

test("a connection lost between command and reply is unreachable, for every command that waits", async (t) => {
  const { double, url } = await startDouble(t);
  const session = await open(core(url));
  double.dropNext("between_command_and_reply", { type: "energy/get_prefs" });
  const failures = await Promise.all([failureOf(session.loadPreferences()), failureOf(session.loadPreferences())]);
  assert.deepEqual(
    failures.map(({ reason }) => reason),
    ["unreachable", "unreachable"],
  );
  assert.match(failures[0].text.fr, /^La connexion avec Home Assistant .* est perdue/);
});

test("replies in another order, in lists, and of nobody's commands reach whom they belong to", async (t) => {
  const held: Message[] = [];
  const url = await scripted(
    t,
    friendly((message, reply, socket) => {
      if (message.type === "auth/current_user") return reply(unknownCommand);
      held.push(message);
      if (held.length < 2) return;
      const [first, second] = held.map(({ id, type }) => ({
        id,
        type: "result",
        success: true,
        result: type === "energy/get_prefs" ? { energy_sources: [], device_consumption: [] } : [],
      }));
      const nobodys = { id: 9_999, type: "result", success: true, result: "nobody's" };
      socket.send(JSON.stringify({ id: 1, type: "event", event: {} }));
      socket.send(JSON.stringify([nobodys, second, first]));
    }),
  );
  const session = await open(core(url));
  const [preferences, statistics] = await Promise.all([session.loadPreferences(), session.listStatistics()]);
  assert.deepEqual(preferences, { energySources: [], deviceConsumption: [] });
  assert.deepEqual(statistics, []);
  await session.close();
});

test("the double's replies in another order reach whom they belong to", async (t) => {
  const { double, url } = await startDouble(t);
  double.reordersReplies = true;
  const session = await open(core(url));
  const [statistics, preferences] = await Promise.all([session.listStatistics(), session.loadPreferences()]);
  assert.deepEqual(statistics, []);
  assert.equal(preferences, null);
  await session.close();
});

test("ids grow by one from 1, as Home Assistant demands", async (t) => {
  const ids: number[] = [];
  const url = await scripted(
    t,
    friendly(({ id }, reply) => {
      ids.push(id);
      reply(unknownCommand);
    }),
  );
  const session = await open(core(url));
  for (let round = 0; round < 3; round++) await failureOf(session.listStatistics());
  // 1 was get_config, 2 auth/current_user.
  assert.deepEqual(ids, [2, 3, 4, 5]);
  await session.close();
});

const malformed = new Map<string, unknown>([
  ["recorder/list_statistic_ids", [{}]],
  ["recorder/statistics_during_period", { "a:b": [{ end: 1 }] }],
  ["energy/get_prefs", { energy_sources: "none" }],
]);

test("replies of another shape are refused, not believed", async (t) => {
  const url = await scripted(
    t,
    friendly(({ type }, reply) => {
      if (type === "auth/current_user") reply(unknownCommand);
      else reply({ success: true, result: malformed.get(type) });
    }),
  );
  const session = await open(core(url));
  const readings = [session.listStatistics(), session.loadRows(["a:b"], {}), session.loadPreferences()];
  for (const { reason, text } of await Promise.all(readings.map(failureOf))) {
    assert.equal(reason, "refused");
    assert.match(text.fr, /une forme que ce programme ne connaît pas \((recorder|energy)\/\w+\)/);
  }
  await session.close();
});

// The websocket's own patience would end after 30 seconds.
test("close lets go at once of what waits, can be repeated, and cuts who does not agree", {
  timeout: 10_000,
}, async (t) => {
  const deaf = Promise.withResolvers<void>();
  const url = await scripted(
    t,
    friendly(({ type }, reply, socket) => {
      if (type === "auth/current_user") reply(unknownCommand);
      else {
        // No close frame is read any more, hence none is answered.
        socket.pause();
        deaf.resolve();
      }
    }),
  );
  const session = await open(core(url), { timing: { closeMs: 100 } });
  const waiting = failureOf(session.listStatistics());
  await deaf.promise;
  await Promise.all([session.close(), session.close()]);
  await session.close();
  const { reason, text } = await waiting;
  assert.equal(reason, "unreachable");
  assert.match(text.fr, /est fermée/);
  assert.equal((await failureOf(session.loadPreferences())).reason, "unreachable");
});
