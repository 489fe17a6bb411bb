import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { messagesFor } from "../../../src/adapters/mqtt/messages.ts";
import { freePort, startAedes, type TestBroker } from "../../support/broker.ts";
import { memoryInventory } from "../../support/memory-inventory.ts";
import { knownFlow, knownMeter, knownSnapshot, unknownFlow, unknownSnapshot } from "../../support/snapshots.ts";
import { settings } from "./settings.ts";
import { pause, publishTo, retainedOn, sinkOn, until } from "./world.ts";

const meterConfig = "homeassistant/device/linky_bridge_01234567890123/config";
const closers: (() => Promise<void>)[] = [];
after(async () => {
  for (const close of closers.reverse()) await close();
});

async function broker(options?: Parameters<typeof startAedes>[0]): Promise<TestBroker> {
  const started = await startAedes(options);
  closers.push(started.stop);
  return started;
}
function sinkAt(url: string, changes?: Parameters<typeof sinkOn>[1]) {
  const made = sinkOn(url, changes);
  closers.push(() => made.sink.close());
  made.sink.start();
  return made;
}
/** What was published, the last will apart, which a broker publishes by itself when it stops. */
const topicsOf = ({ seen }: TestBroker, from = 0): string[] =>
  seen
    .slice(from)
    .filter(({ payload }) => payload !== "offline")
    .map(({ topic }) => topic);

describe("the first publication", () => {
  it("sends devices, then availability, then states, all retained, and matches what the snapshot says", async () => {
    const { url, seen } = await broker();
    const { sink, inventory } = sinkAt(url);
    await sink.firstAttempt();
    await sink.publish(knownSnapshot());
    const { discovery, availability, states } = messagesFor(knownSnapshot(), settings());
    const expected = new Map<string, string>([
      ...[...discovery].map(([topic, message]): [string, string] => [topic, JSON.stringify(message)]),
      ["myelectricaldata/status", "online"],
      ...availability,
      ...states,
    ]);
    assert.deepEqual(await retainedOn(url), expected);
    assert.deepEqual([...inventory.topics.keys()].sort(), [...expected.keys()].sort());
    const kinds = seen.map(({ topic }) => (topic.endsWith("/config") ? 0 : topic.endsWith("status") ? 1 : 2));
    assert.deepEqual(kinds, [...kinds].sort());
    assert.ok(seen.every(({ retain }) => retain));
  });

  it("never sends a zero or a colour for what is not known", async () => {
    const { url } = await broker();
    const { sink } = sinkAt(url);
    await sink.firstAttempt();
    await sink.publish(unknownSnapshot());
    const retained = await retainedOn(url);
    const daily = JSON.parse(retained.get("myelectricaldata/01234567890123/consumption/daily") ?? "");
    assert.equal(daily.value, null);
    assert.equal(JSON.parse(retained.get("myelectricaldata/tempo/today") ?? "").color, "INCONNU");
  });
});

describe("a run with nothing new", () => {
  it("publishes nothing in the same process", async () => {
    const started = await broker();
    const { sink } = sinkAt(started.url);
    await sink.firstAttempt();
    await sink.publish(knownSnapshot());
    const before = started.seen.length;
    await sink.publish(knownSnapshot());
    assert.deepEqual(topicsOf(started, before), []);
  });

  it("publishes nothing in the next one-shot process, which leaves no offline behind", async () => {
    const started = await broker();
    const { sink, inventory } = sinkAt(started.url, { announceOnly: true });
    await sink.publish(knownSnapshot());
    await sink.close();
    const before = started.seen.length;
    assert.ok(before > 20);
    const second = sinkAt(started.url, { announceOnly: true, inventory });
    await second.sink.publish(knownSnapshot());
    await second.sink.close();
    assert.deepEqual(topicsOf(started, before), []);
    assert.equal((await retainedOn(started.url)).get("myelectricaldata/status"), "online");
  });

  it("publishes only its status in the next service", async () => {
    const started = await broker();
    const first = sinkAt(started.url);
    await first.sink.firstAttempt();
    await first.sink.publish(knownSnapshot());
    await first.sink.close();
    const before = started.seen.length;
    assert.deepEqual(started.seen.at(-1)?.payload, "offline");
    const second = sinkAt(started.url, { inventory: first.inventory });
    await second.sink.firstAttempt();
    await second.sink.publish(knownSnapshot());
    assert.deepEqual(
      started.seen.slice(before).map(({ topic, payload }) => [topic, payload]),
      [["myelectricaldata/status", "online"]],
    );
  });

  it("publishes just the topics of a corrected day", async () => {
    const started = await broker();
    const { sink } = sinkAt(started.url);
    await sink.firstAttempt();
    await sink.publish(knownSnapshot());
    const before = started.seen.length;
    const flow = knownFlow();
    const latest = flow.latest && { ...flow.latest, quality: "estimated" as const };
    await sink.publish(knownSnapshot({ usagePoints: [knownMeter({ flows: [{ ...flow, latest }] })] }));
    assert.deepEqual(topicsOf(started, before), ["myelectricaldata/01234567890123/consumption/daily"]);
  });
});

describe("a broker that is away", () => {
  it("is no failure at the start, and gets everything once it is there", async () => {
    const port = await freePort();
    const { sink } = sinkAt(`mqtt://127.0.0.1:${port}`);
    await sink.publish(knownSnapshot());
    const { connected, code, problem } = await sink.firstAttempt();
    assert.deepEqual([connected, code], [false, "connection_refused"]);
    assert.match(problem?.fr ?? "", /refuse la connexion/);
    const started = await broker({ port });
    await until(() => topicsOf(started).includes("myelectricaldata/ecowatt/forecast"), "all states published");
    await sink.publish(knownSnapshot());
    assert.equal(new Set(topicsOf(started)).size, started.seen.length, "nothing twice");
    assert.deepEqual([sink.status().connected, sink.status().problem], [true, null]);
  });

  it("that comes back without its memory gets everything again, once", async () => {
    const first = await broker();
    const { sink } = sinkAt(first.url);
    await sink.firstAttempt();
    await sink.publish(knownSnapshot());
    await first.stop();
    await until(() => !sink.status().connected, "the loss noticed");
    assert.equal(sink.status().code === null, false);
    const second = await broker({ port: first.port });
    await until(() => sink.status().connected, "connected again");
    await sink.publish(knownSnapshot());
    assert.deepEqual(topicsOf(second).sort(), topicsOf(first).sort());
    assert.equal(new Set(topicsOf(second)).size, second.seen.length);
  });

  it("in the middle of a publication gets the rest when it is back", async () => {
    let dies = true;
    let first: TestBroker | undefined;
    first = await broker({
      onPublish: ({ topic }) => {
        if (dies && topic === "myelectricaldata/status") {
          dies = false;
          void first?.stop();
        }
      },
    });
    const { sink } = sinkAt(first.url);
    await sink.firstAttempt();
    await sink.publish(knownSnapshot());
    await first.stop();
    const second = await broker({ port: first.port });
    await until(() => topicsOf(second).includes("myelectricaldata/ecowatt/forecast"), "the states published");
    await sink.publish(knownSnapshot());
    assert.equal((await retainedOn(second.url)).size, second.seen.length);
  });

  it("that refuses a login which was changed meanwhile is met with the new one", async () => {
    const { url } = await broker({ login: { username: "linky", password: "new" } });
    const known = { url, username: "linky", password: "old", tls: { caCert: null, clientCert: null, clientKey: null } };
    const answers = [null, { ...known, password: "new" }];
    const { sink } = sinkAt(url, { broker: known, renewBroker: async () => answers.shift() ?? null });
    assert.equal((await sink.firstAttempt()).code, "bad_login");
    await until(() => sink.status().connected, "the login accepted");
    assert.equal(answers.length, 0);
  });

  it("that refuses the login is reported as such, in both languages", async () => {
    const { url } = await broker({ login: { username: "linky", password: "right" } });
    const wrong = {
      url,
      username: "linky",
      password: "wrong",
      tls: { caCert: null, clientCert: null, clientKey: null },
    };
    const { sink } = sinkAt(url, { broker: wrong });
    const { code, problem } = await sink.firstAttempt();
    assert.equal(code, "bad_login");
    assert.match(problem?.fr ?? "", /mot de passe/);
    assert.match(problem?.en ?? "", /password/);
    const right = sinkAt(url, { broker: { ...wrong, password: "right" } });
    assert.equal((await right.sink.firstAttempt()).connected, true);
  });

  it("keeps a one-shot run no longer than one attempt", async () => {
    const { sink } = sinkAt(`mqtt://127.0.0.1:${await freePort()}`, { announceOnly: true });
    await sink.publish(knownSnapshot());
    assert.equal(sink.status().code, "connection_refused");
    await sink.close();
  });
});

describe("Home Assistant's birth message", () => {
  it("is answered once, after its random pause, however often it comes", async () => {
    const started = await broker();
    const { sink, clock } = sinkAt(started.url);
    await sink.firstAttempt();
    await sink.publish(knownSnapshot());
    const all = topicsOf(started);
    for (let birth = 0; birth < 3; birth++) await publishTo(started.url, "homeassistant/status", "online");
    await until(() => clock.sleepers > 0, "the pause begun");
    await pause(50);
    assert.equal(clock.sleepers, 1, "one pause for three births");
    const before = started.seen.length;
    clock.advance(5_499); // 1000 + 0.5 × 9000 = 5500
    await pause(50);
    assert.deepEqual(topicsOf(started, before), []);
    clock.advance(1);
    await until(() => started.seen.length >= before + all.length, "all published again");
    await sink.publish(knownSnapshot());
    assert.deepEqual(topicsOf(started, before).sort(), [...all].sort());
    assert.equal(clock.sleepers, 0);
  });

  it("said before a reconnection leads to one publication, not two", async () => {
    const first = await broker();
    const { sink, clock } = sinkAt(first.url);
    await sink.firstAttempt();
    await sink.publish(knownSnapshot());
    const all = topicsOf(first);
    await publishTo(first.url, "homeassistant/status", "online");
    await until(() => clock.sleepers > 0, "the pause begun");
    await first.stop();
    await until(() => !sink.status().connected, "the loss noticed");
    const second = await broker({ port: first.port });
    await until(() => sink.status().connected, "connected again");
    clock.advance(10_000);
    await until(() => second.seen.length >= all.length, "all published again");
    await sink.publish(knownSnapshot());
    assert.deepEqual(topicsOf(second).sort(), all.sort());
  });

  it("kept by the broker from before is no birth", async () => {
    const started = await broker();
    await publishTo(started.url, "homeassistant/status", "online", true);
    const { sink, clock } = sinkAt(started.url);
    await sink.firstAttempt();
    await sink.publish(knownSnapshot());
    await pause(100);
    assert.equal(clock.sleepers, 0);
  });
});

describe("what is no longer announced", () => {
  const withProduction = knownSnapshot({
    usagePoints: [knownMeter({ flows: [knownFlow(), unknownFlow("production")] })],
  });

  it("is first reduced to its platform, and left out seconds later", async () => {
    const started = await broker();
    const { sink, clock, inventory } = sinkAt(started.url);
    await sink.firstAttempt();
    await sink.publish(withProduction);
    const before = started.seen.length;
    const done = sink.publish(knownSnapshot());
    await until(() => clock.sleepers > 0, "the first message sent");
    const configs = () => started.seen.slice(before).filter(({ topic }) => topic === meterConfig);
    assert.deepEqual(JSON.parse(configs()[0]?.payload ?? "").components.production_daily, { platform: "sensor" });
    assert.equal(configs().length, 1);
    clock.advance(5_000);
    await done;
    assert.equal("production_daily" in JSON.parse(configs()[1]?.payload ?? "").components, false);
    assert.equal("production_daily" in (inventory.topics.get(meterConfig) ?? {}), false);
    const retained = await retainedOn(started.url);
    assert.deepEqual(
      [...retained.keys()].filter((topic) => topic.includes("/production/")),
      [],
    );
  });

  it("is removed even if the process ended between the two messages", async () => {
    const started = await broker();
    const first = sinkAt(started.url);
    await first.sink.firstAttempt();
    await first.sink.publish(withProduction);
    const interrupted = first.sink.publish(knownSnapshot());
    await until(() => first.clock.sleepers > 0, "the first message sent");
    await first.sink.close();
    await interrupted;
    const second = sinkAt(started.url, { inventory: first.inventory });
    await second.sink.firstAttempt();
    const done = second.sink.publish(knownSnapshot());
    await until(() => second.clock.sleepers > 0, "taken up again");
    second.clock.advance(5_000);
    await done;
    const config = JSON.parse((await retainedOn(started.url)).get(meterConfig) ?? "");
    assert.equal("production_daily" in config.components, false);
  });

  it("goes with its device when a meter goes, and nothing of anybody else's does", async () => {
    const started = await broker();
    const foreign = "myelectricaldata/99999999999999/consumption/stats";
    await publishTo(started.url, foreign, "theirs", true);
    await publishTo(started.url, "homeassistant/sensor/myelectricaldata_consumption/1/config", "theirs", true);
    const { sink } = sinkAt(started.url);
    await sink.firstAttempt();
    await sink.publish(knownSnapshot());
    await sink.publish(knownSnapshot({ usagePoints: [] }));
    const retained = [...(await retainedOn(started.url)).keys()];
    assert.deepEqual(
      retained.filter((topic) => topic.includes("01234567890123")),
      [],
    );
    assert.ok(retained.includes(foreign));
    assert.ok(retained.includes("homeassistant/sensor/myelectricaldata_consumption/1/config"));
  });

  it("is everything of ours when the user says so, and stays away", async () => {
    const started = await broker();
    await publishTo(started.url, "myelectricaldata/tempo/info", "theirs", true);
    const { sink, inventory } = sinkAt(started.url);
    await sink.firstAttempt();
    await sink.publish(knownSnapshot());
    const cleared = await sink.removeEverything();
    assert.equal(inventory.topics.size, 0);
    assert.ok(cleared > 20);
    await sink.close();
    assert.deepEqual([...(await retainedOn(started.url))], [["myelectricaldata/tempo/info", "theirs"]]);
  });

  it("cannot be removed without a connection, and says why", async () => {
    const { sink } = sinkAt(`mqtt://127.0.0.1:${await freePort()}`);
    await assert.rejects(sink.removeEverything(), { name: "MqttFailure", code: "connection_refused" });
  });
});

describe("the connection", () => {
  it("says online again when the last will of a dead predecessor arrives late", async () => {
    const started = await broker();
    const { sink } = sinkAt(started.url);
    await sink.firstAttempt();
    await sink.publish(knownSnapshot());
    await publishTo(started.url, "myelectricaldata/status", "offline", true);
    await until(() => started.seen.at(-1)?.payload === "online", "online again");
  });

  it("calls back when somebody presses sync now", async () => {
    const started = await broker();
    let pressed = 0;
    const { sink } = sinkAt(started.url, { onSyncNow: () => pressed++ });
    await sink.firstAttempt();
    await sink.publish(knownSnapshot());
    await publishTo(started.url, "myelectricaldata/bridge/sync", "PRESS");
    await until(() => pressed > 0, "the callback");
    assert.equal(pressed, 1);
  });

  it("survives an inventory that fails, and catches up with the next snapshot", async () => {
    const started = await broker();
    const inventory = memoryInventory();
    let isBroken = true;
    const { sink } = sinkAt(started.url, {
      inventory: {
        ...inventory,
        async add(topic, components) {
          if (isBroken) throw new Error("database gone");
          await inventory.add(topic, components);
        },
      },
    });
    await sink.firstAttempt();
    await sink.publish(knownSnapshot());
    assert.deepEqual(topicsOf(started), []);
    isBroken = false;
    await sink.publish(knownSnapshot());
    assert.ok(topicsOf(started).includes("myelectricaldata/tempo/today"));
  });

  it("publishes unretained when asked to, its own status excepted", async () => {
    const started = await broker();
    const { sink } = sinkAt(started.url, { settings: { ...settings(), retain: false } });
    await sink.firstAttempt();
    await sink.publish(knownSnapshot());
    assert.deepEqual([...(await retainedOn(started.url)).keys()], ["myelectricaldata/status"]);
  });
});
