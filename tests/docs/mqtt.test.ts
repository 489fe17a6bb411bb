import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite, type TestContext, test } from "node:test";
import { options } from "../../src/config/options.ts";
import { openConfig } from "../../src/config/read.ts";
import { settings } from "../adapters/mqtt/settings.ts";
import { retainedOn, sinkOn } from "../adapters/mqtt/world.ts";
import { startAedes } from "../support/broker.ts";
import { metricsDocument } from "../support/metrics-document.ts";
import { fieldsOf, mqttFields } from "../support/mqtt-fields.ts";
import { mqttTopicsDocument, publishedTopics } from "../support/mqtt-topics-document.ts";
import { knownFlow, knownMeter, knownSnapshot } from "../support/snapshots.ts";
import {
  blocksUnder,
  domoticzLines,
  nodeRedFlow,
  openhabChannels,
  readByNodeRed,
  topicsInExamples,
} from "./mqtt-examples.ts";

const docs = join(import.meta.dirname, "..", "..", "docs");
const everything = knownSnapshot({ usagePoints: [knownMeter({ flows: [knownFlow(), knownFlow("production")] })] });

/** What stands on a broker once the sink has published all there is, as other programs are told to set it. */
async function published(t: TestContext): Promise<ReadonlyMap<string, string>> {
  const { url, stop } = await startAedes();
  const discovery = { enabled: false, prefix: "homeassistant" };
  const { sink } = sinkOn(url, { settings: { ...settings({ discovery }), retain: true } });
  t.after(async () => {
    await sink.close();
    await stop();
  });
  sink.start();
  await sink.firstAttempt();
  await sink.publish(everything);
  return retainedOn(url);
}

/** The value of a field of a topic; the topic and the field have to be there. */
function readFrom(retained: ReadonlyMap<string, string>, { topic, path }: { topic: string; path: string }): unknown {
  const payload = retained.get(topic);
  assert.ok(payload !== undefined, `${topic} is not published`);
  const fields = new Map(fieldsOf(JSON.parse(payload)));
  assert.ok(fields.has(path), `${topic} has no ${path}`);
  return fields.get(path);
}

for (const [name, written] of [
  ["mqtt-topics.md", mqttTopicsDocument],
  ["metrics.md", metricsDocument],
] as const)
  test(`docs/${name} is what the code writes (npm run docs writes it)`, () => {
    assert.equal(readFileSync(join(docs, name), "utf8"), written());
  });

test("options are named as they are", () => {
  for (const name of ["mqtt.md", "mqtt-topics.md", "metrics.md"]) {
    const named = [...readFileSync(join(docs, name), "utf8").matchAll(/`((?:mqtt|prometheus)_\w+)(?:: \w+)?`/g)];
    assert.ok(named.length >= 2, name);
    for (const [, key = ""] of named) assert.ok(key in options, `${name}: ${key}`);
  }
});

test("every field that is described is published, and the other way round", () => {
  const paths = publishedTopics().flatMap(({ payload }) => fieldsOf(payload).map(([path]) => path));
  assert.deepEqual([...new Set(paths)].sort(), Object.keys(mqttFields).sort());
});

suite("the examples of docs/mqtt.md", () => {
  test("name only topics that are there", async (t) => {
    const retained = await published(t);
    const topics = topicsInExamples();
    assert.ok(topics.length > 15);
    for (const topic of topics)
      assert.ok(
        retained.has(topic) || topic === "myelectricaldata/#" || topic === "myelectricaldata/bridge/sync",
        `${topic} is not published`,
      );
  });

  test("Node-RED: the flow holds together, and reads fields that are published", async (t) => {
    const retained = await published(t);
    const flow = nodeRedFlow();
    assert.equal(new Set(flow.map(({ id }) => id)).size, flow.length);
    for (const { id, type, broker } of flow)
      if (type === "mqtt in")
        assert.equal(flow.find((node) => node.id === broker)?.type, "mqtt-broker", `${id} has no broker`);
    const read = readByNodeRed(flow);
    assert.deepEqual(
      read.map((one) => readFrom(retained, one)),
      [12.345, 12.345, "INCONNU", 0.1871],
    );
    const [color] = flow.flatMap(({ rules }) => rules.filter(({ v }) => v !== "").map(({ v }) => v));
    assert.equal(color, "ROUGE");
  });

  test("openHAB: each channel finds a value of its type, each item a channel", async (t) => {
    const retained = await published(t);
    const channels = openhabChannels();
    assert.equal(channels.length, (blocksUnder("openHAB")[0] ?? "").split("Type ").length - 1);
    assert.deepEqual(
      channels.map((channel) => readFrom(retained, channel)),
      [12.345, "2026-11-20", 250.001, 5980, 0.1871, "BLANC", "INCONNU", 21, 1],
    );
    for (const channel of channels) assert.equal(typeof readFrom(retained, channel), channel.type, channel.name);
    assert.equal(retained.get("myelectricaldata/status"), "online");
    const items = [...(blocksUnder("openHAB")[1] ?? "").matchAll(/channel="mqtt:topic:maison:linky:(\w+)"/g)];
    assert.equal(items.length, 3);
    for (const [, name] of items)
      assert.ok(
        channels.some((channel) => channel.name === name),
        name,
      );
  });

  const hasJq = spawnSync("jq", ["--version"]).error === undefined;
  test("Domoticz: what jq makes of a message is what Domoticz takes", {
    skip: hasJq ? false : "needs jq",
  }, async (t) => {
    const retained = await published(t);
    const made = domoticzLines().map(({ topic, program }) => {
      const { stdout, stderr, status } = spawnSync("jq", ["-c", program], {
        input: retained.get(topic),
        encoding: "utf8",
      });
      assert.equal(status, 0, stderr);
      return stdout.trim();
    });
    assert.deepEqual(made, [
      '{"idx":12,"nvalue":0,"svalue":"-1;12345;2026-11-20"}', // 12.345 kWh
      '{"idx":13,"nvalue":0,"svalue":"INCONNU"}',
      '{"idx":14,"nvalue":0,"svalue":"1"}',
    ]);
    for (const { topic, program } of domoticzLines()) {
      const unknown = spawnSync("jq", ["-c", program], {
        input: '{"value":null,"date":null,"color":null,"level":null}',
        encoding: "utf8",
      });
      assert.equal(unknown.stdout, "", `what is not known is not sent: ${topic}`);
    }
  });

  test("the settings shown are those of the program", () => {
    const env = Object.fromEntries(
      (blocksUnder("Réglages")[0] ?? "")
        .trim()
        .split("\n")
        .map((line) => line.split("=", 2) as [string, string]),
    );
    const read = openConfig({ env, requireCredentials: false }).read();
    assert.ok(!("faults" in read), JSON.stringify(read));
    assert.equal(read.config.mqtt?.discovery.enabled, false);
    assert.equal(read.config.mqtt?.url, "mqtt://192.168.1.10:1883");
    assert.deepEqual(read.notices, []);
  });

  test("announcements that are switched off are taken off the broker, and the values stay", async (t) => {
    const { url, stop } = await startAedes();
    t.after(stop);
    const first = sinkOn(url);
    first.sink.start();
    await first.sink.firstAttempt();
    await first.sink.publish(everything);
    await first.sink.close();
    const before = [...(await retainedOn(url)).keys()];
    assert.ok(before.some((topic) => topic.startsWith("homeassistant/")));
    const discovery = { enabled: false, prefix: "homeassistant" };
    const second = sinkOn(url, {
      settings: { ...settings({ discovery }), retain: true },
      inventory: first.inventory,
    });
    t.after(() => second.sink.close());
    second.sink.start();
    await second.sink.firstAttempt();
    await second.sink.publish(everything);
    assert.deepEqual(
      [...(await retainedOn(url)).keys()].sort(),
      before.filter((topic) => !topic.startsWith("homeassistant/")).sort(),
    );
  });
});
