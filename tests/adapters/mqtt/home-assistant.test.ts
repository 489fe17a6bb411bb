import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { startAedes, type TestBroker } from "../../support/broker.ts";
import { FakeHomeAssistant } from "../../support/fake-home-assistant/mqtt.ts";
import { schemaPath } from "../../support/fake-home-assistant/rules.ts";
import { skipWithout } from "../../support/shared-files.ts";
import {
  at,
  calmBridge,
  knownEcowatt,
  knownFlow,
  knownMeter,
  knownSnapshot,
  knownTempo,
  unknownFlow,
  unknownSnapshot,
} from "../../support/snapshots.ts";
import { settings } from "./settings.ts";
import { pause, publishTo, sinkOn, until } from "./world.ts";

const closers: (() => Promise<void>)[] = [];
after(async () => {
  for (const close of closers.reverse()) await close();
});

/** A broker, Home Assistant and the sink on it. */
async function household(changes?: Parameters<typeof sinkOn>[1]) {
  const broker: TestBroker = await startAedes();
  closers.push(broker.stop);
  const home = await FakeHomeAssistant.start(broker.url);
  closers.push(() => home.stop());
  const made = sinkOn(broker.url, changes);
  closers.push(() => made.sink.close());
  made.sink.start();
  await made.sink.firstAttempt();
  return { broker, home, ...made };
}
const meter = "med_01234567890123";

describe("Home Assistant", { skip: skipWithout(schemaPath) }, () => {
  it("shows what the snapshot says, without a single warning", async () => {
    const { home, sink } = await household();
    const problem = {
      code: "consent",
      sentence: "Le consentement a expiré.",
      text: { fr: "…", en: "…" },
      since: at("2026-11-20T00:00:00Z"),
      usagePoint: null,
    };
    await sink.publish(knownSnapshot({ usagePoints: [knownMeter({ problem })] }));
    await until(() => home.state("binary_sensor.med_ecowatt_alert") === "off", "the states");
    const shown = Object.fromEntries(home.entities.map(({ entityId, state }) => [entityId, state]));
    assert.deepEqual(shown, {
      "sensor.med_bridge_last_sync": "2026-11-21T08:30:00+01:00",
      "sensor.med_bridge_next_call": "2026-11-21T11:00:00+01:00",
      "sensor.med_bridge_budget_left": "38", // 50 - 12
      "binary_sensor.med_bridge_problem": "off",
      "button.med_bridge_sync": "unknown",
      [`sensor.${meter}_consumption_daily`]: "12.345",
      [`sensor.${meter}_consumption_yesterday`]: "12.345",
      [`sensor.${meter}_consumption_monthly`]: "250.001",
      [`sensor.${meter}_consumption_yearly`]: "3600",
      [`sensor.${meter}_consumption_index`]: "9876.543",
      [`sensor.${meter}_max_power`]: "5980",
      [`sensor.${meter}_data_through`]: "2026-11-21T00:00:00+01:00",
      [`binary_sensor.${meter}_late`]: "off",
      [`binary_sensor.${meter}_problem`]: "on",
      [`sensor.${meter}_history`]: "63", // 700 / 1095 = 63.9 %, rounded down
      [`sensor.${meter}_subscribed_power`]: "9",
      [`sensor.${meter}_current_price`]: "0.1871",
      [`sensor.${meter}_current_period`]: "white_hp",
      [`binary_sensor.${meter}_off_peak`]: "off",
      [`sensor.${meter}_next_price`]: "0.1499",
      [`sensor.${meter}_next_price_change`]: "2026-11-21T22:00:00+01:00",
      [`sensor.${meter}_standing_charge`]: "19.49",
      [`sensor.${meter}_cost_daily`]: "1.85025",
      [`sensor.${meter}_cost_monthly`]: "36.123456",
      [`sensor.${meter}_cost_yearly`]: "612",
      [`sensor.${meter}_cost_projected`]: "60",
      [`event.${meter}_price_event`]: "unknown",
      [`event.${meter}_problem_event`]: "unknown",
      [`event.${meter}_late_event`]: "unknown",
      "sensor.med_tempo_today": "BLANC",
      "sensor.med_tempo_tomorrow": "unknown",
      "sensor.med_tempo_remaining_blue": "222",
      "sensor.med_tempo_remaining_white": "40",
      "sensor.med_tempo_remaining_red": "21",
      "sensor.med_tempo_current_period": "white_hp",
      "binary_sensor.med_tempo_tomorrow_confirmed": "off",
      "sensor.med_tempo_next_change": "2026-11-22T06:00:00+01:00",
      "binary_sensor.med_tempo_red_season": "on",
      "event.med_tempo_announced": "unknown",
      "sensor.med_ecowatt_current": "1",
      "sensor.med_ecowatt_next_hour": "2",
      "binary_sensor.med_ecowatt_alert": "off",
      "event.med_ecowatt_alert_event": "unknown",
    });
    assert.equal(home.entity(`binary_sensor.${meter}_problem`)?.attributes.sentence, "Le consentement a expiré.");
    assert.equal(home.entity(`sensor.${meter}_consumption_daily`)?.lastReset, "2026-11-20T00:00:00+01:00");
    assert.deepEqual(home.warnings, []);
    assert.deepEqual(home.illegalTopics, []);
  });

  it("shows unknown wherever the snapshot knows nothing, and warns about nothing", async () => {
    const { home, sink } = await household();
    const tempo = { ...unknownSnapshot().tempo, available: true };
    const ecowatt = { ...unknownSnapshot().ecowatt, available: true };
    await sink.publish(unknownSnapshot({ tempo, ecowatt }));
    await until(() => home.state("binary_sensor.med_bridge_problem") === "off", "the states");
    await pause(100);
    const known = home.entities
      .filter(({ state }) => state !== "unknown")
      .map(({ entityId, state }) => [entityId, state]);
    assert.deepEqual(known, [
      ["binary_sensor.med_bridge_problem", "off"],
      [`binary_sensor.${meter}_problem`, "off"],
      // What the calendar alone tells.
      ["binary_sensor.med_tempo_tomorrow_confirmed", "off"],
      ["sensor.med_tempo_next_change", "2026-11-22T06:00:00+01:00"],
      ["binary_sensor.med_tempo_red_season", "on"],
    ]);
    assert.deepEqual(home.warnings, []);
  });

  it("keeps every entity's attributes under 4 KB, with four days of EcoWatt and much trouble", async () => {
    const { home, sink } = await household();
    const problem = {
      code: "quota",
      sentence: "é".repeat(2_000),
      text: { fr: "…", en: "…" },
      since: at("2026-11-20T00:00:00Z"),
      usagePoint: null,
    };
    await sink.publish(
      knownSnapshot({
        usagePoints: [knownMeter({ problem })],
        ecowatt: knownEcowatt(96), // 4 × 24 hours
        bridge: { ...calmBridge, problems: Array.from({ length: 30 }, () => problem) },
      }),
    );
    await until(() => home.entity("sensor.med_ecowatt_next_hour")?.attributes.forecast !== undefined, "the forecast");
    for (const { entityId, attributes } of home.entities) {
      const size = Buffer.byteLength(JSON.stringify(attributes));
      assert.ok(size < 4_096, `${entityId}: ${size} bytes`);
    }
    const { forecast } = home.entity("sensor.med_ecowatt_next_hour")?.attributes ?? {};
    assert.equal(Array.isArray(forecast) && forecast.length, 72);
    assert.equal(home.entity("binary_sensor.med_bridge_problem")?.attributes.count, 30);
  });

  it("has every state back after its restart, from what the broker keeps", async () => {
    const { home, sink } = await household();
    await sink.publish(knownSnapshot());
    await until(() => home.state("sensor.med_tempo_today") === "BLANC", "the states");
    const ids = home.entities.map(({ entityId }) => entityId);
    await home.restart();
    await until(() => home.state("sensor.med_tempo_today") === "BLANC", "the states after the restart");
    assert.deepEqual(home.entities.map(({ entityId }) => entityId).sort(), ids.sort());
  });

  it("has every state back after its restart even where nothing is retained, by its birth message", async () => {
    const { home, sink, clock } = await household({ settings: { ...settings(), retain: false } });
    await sink.publish(knownSnapshot());
    assert.equal(home.state("sensor.med_tempo_today"), "unavailable", "an early state is lost");
    await home.restart();
    await until(() => clock.sleepers > 0, "the birth heard");
    clock.advance(10_000);
    await until(() => home.entities.length > 20, "the devices");
    assert.deepEqual(home.warnings, []);
  });

  it("shows everything unavailable while the bridge is away, and a meter alone while its source is", async () => {
    const { home, sink } = await household();
    await sink.publish(knownSnapshot({ usagePoints: [knownMeter({ available: false })], tempo: { ...knownTempo } }));
    await until(() => home.state("sensor.med_tempo_today") === "BLANC", "the states");
    assert.equal(home.state(`sensor.${meter}_consumption_daily`), "unavailable");
    assert.equal(home.state(`binary_sensor.${meter}_late`), "off");
    await sink.close();
    await until(
      () =>
        home.entities.every(
          ({ state, availabilityTopics }) => availabilityTopics.length > 0 && state === "unavailable",
        ),
      "all unavailable",
    );
  });

  it("loses a vanished flow's entities and keeps the others", async () => {
    const { home, sink, clock } = await household();
    await sink.publish(
      knownSnapshot({ usagePoints: [knownMeter({ flows: [knownFlow(), unknownFlow("production")] })] }),
    );
    await until(() => home.state(`sensor.${meter}_production_daily`) === "unknown", "production announced");
    const done = sink.publish(knownSnapshot());
    await until(() => clock.sleepers > 0, "the first message sent");
    clock.advance(5_000);
    await done;
    await until(() => home.state(`sensor.${meter}_production_daily`) === undefined, "production gone");
    assert.equal(home.state(`sensor.${meter}_consumption_daily`), "12.345");
    assert.deepEqual(home.warnings, []);
  });

  it("forgets a device whose meter is gone, and all of them when everything is removed", async () => {
    const { home, sink } = await household();
    await sink.publish(knownSnapshot());
    await until(() => home.state(`sensor.${meter}_consumption_daily`) === "12.345", "announced");
    await sink.publish(knownSnapshot({ usagePoints: [] }));
    await until(() => home.entity(`sensor.${meter}_consumption_daily`) === undefined, "the meter gone");
    await sink.removeEverything();
    await until(() => home.entities.length === 0, "all gone");
  });

  it("starts a synchronisation with its button", async () => {
    let pressed = 0;
    const { home, sink } = await household({ onSyncNow: () => pressed++ });
    await sink.publish(knownSnapshot());
    await until(() => home.entity("button.med_bridge_sync") !== undefined, "the button");
    await home.press("button.med_bridge_sync");
    await until(() => pressed === 1, "the callback");
  });
});

describe("the fake Home Assistant", { skip: skipWithout(schemaPath) }, () => {
  const device = { identifiers: ["x"] };
  const origin = { name: "test" };
  const sensor = { platform: "sensor", unique_id: "a", state_topic: "t", default_entity_id: "sensor.a" };
  const topic = "homeassistant/device/x/config";

  async function told(...messages: readonly unknown[]): Promise<FakeHomeAssistant> {
    const broker = await startAedes();
    closers.push(broker.stop);
    const home = await FakeHomeAssistant.start(broker.url);
    closers.push(() => home.stop());
    for (const message of messages) await publishTo(broker.url, topic, JSON.stringify(message), true);
    await until(() => home.discoveries.length === messages.length, "all heard");
    return home;
  }

  it("drops a whole device for one unknown key at the root, in device or in origin", async () => {
    const home = await told(
      { device, origin, components: { a: sensor }, object_id: "x" },
      { device: { ...device, room: "x" }, origin, components: { a: sensor } },
      { device, origin: { ...origin, author: "x" }, components: { a: sensor } },
    );
    assert.equal(home.entities.length, 0);
    assert.equal(home.warnings.length, 3);
  });

  it("refuses one entity for a wrong unit and takes the others", async () => {
    const wrong = {
      ...sensor,
      unique_id: "b",
      default_entity_id: "sensor.b",
      device_class: "energy",
      unit_of_measurement: "kwh",
    };
    const home = await told({ device, origin, components: { b: wrong, a: sensor } });
    assert.deepEqual(
      home.entities.map(({ entityId }) => entityId),
      ["sensor.a"],
    );
    assert.match(home.warnings.join(), /^b: error/);
  });

  it("is blocked by a component that fails while it is added, whatever comes later", async () => {
    const wrong = { ...sensor, unique_id: "b", default_entity_id: "sensor.b", entity_category: "config" };
    const home = await told(
      { device, origin, components: { b: wrong, a: sensor } },
      { device, origin, components: { b: { ...wrong, entity_category: "diagnostic" }, a: sensor } },
    );
    assert.deepEqual(home.entities, []);
    assert.match(home.warnings.at(-1) ?? "", /blocked at b/);
  });

  it("keeps a component that is left out, and removes one reduced to its platform", async () => {
    const other = { ...sensor, unique_id: "b", default_entity_id: "sensor.b" };
    const kept = await told(
      { device, origin, components: { a: sensor, b: other } },
      { device, origin, components: { a: sensor } },
    );
    assert.equal(kept.entities.length, 2);
    const removed = await told(
      { device, origin, components: { a: sensor, b: other } },
      { device, origin, components: { a: sensor, b: { platform: "sensor" } } },
    );
    assert.equal(removed.entities.length, 1);
  });

  it("gives a taken entity id a number and keeps ids over a restart", async () => {
    const twin = { ...sensor, unique_id: "b" };
    const home = await told({ device, origin, components: { a: sensor, b: twin } });
    assert.deepEqual(
      home.entities.map(({ entityId }) => entityId),
      ["sensor.a", "sensor.a_2"],
    );
    await home.restart();
    await until(() => home.entities.length === 2, "rediscovered");
    assert.deepEqual(
      home.entities.map(({ entityId }) => entityId),
      ["sensor.a", "sensor.a_2"],
    );
  });

  it("understands the short key names", async () => {
    const home = await told({
      dev: { ids: ["x"] },
      o: { name: "test", url: "https://example.org" },
      cmps: { a: { p: "sensor", uniq_id: "a", stat_t: "t", default_entity_id: "sensor.short" } },
    });
    assert.deepEqual(home.warnings, []);
    assert.equal(home.entities[0]?.entityId, "sensor.short");
  });
});
