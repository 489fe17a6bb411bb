import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { faultsOf } from "../../../src/adapters/mqtt/checks.ts";
import type { Component, DeviceMessage } from "../../../src/adapters/mqtt/component.ts";
import { devicesFor } from "../../../src/adapters/mqtt/devices.ts";
import { messagesFor } from "../../../src/adapters/mqtt/messages.ts";
import type { MessageSettings } from "../../../src/adapters/mqtt/settings.ts";
import { topicsUnder } from "../../../src/adapters/mqtt/topics.ts";
import { languages } from "../../../src/shared/language.ts";
import { sharedFile, skipWithout } from "../../support/shared-files.ts";
import { knownFlow, knownMeter, knownSnapshot, unknownSnapshot } from "../../support/snapshots.ts";
import { settings } from "./settings.ts";

const schemaPath = "contracts/mqtt-discovery.schema.json";
const pdl = "01234567890123";
const bothFlows = knownSnapshot({ usagePoints: [knownMeter({ flows: [knownFlow(), knownFlow("production")] })] });

const announced = (changes: Partial<MessageSettings> = {}, snapshot = bothFlows): [string, Component][] =>
  [...messagesFor(snapshot, settings(changes)).discovery.values()].flatMap((message) =>
    Object.entries(message.components).map(([id, component]): [string, Component] => {
      assert.ok("unique_id" in component);
      return [id, component];
    }),
  );

describe("discovery", () => {
  it("is valid by the contract, unknown keys included, in every mode", { skip: skipWithout(schemaPath) }, () => {
    const ajv = new Ajv2020({ strictTypes: false });
    const schema = JSON.parse(readFileSync(sharedFile(schemaPath) ?? "", "utf8"));
    ajv.addSchema(schema);
    const validate = ajv.getSchema(`${schema.$id}#/$defs/noIgnoredKeys`);
    assert.ok(validate);
    for (const stateClass of ["always", "never"] as const)
      for (const language of languages)
        for (const snapshot of [bothFlows, unknownSnapshot()])
          for (const [topic, message] of messagesFor(
            snapshot,
            settings({ stateClass, language, configurationUrl: "homeassistant://hassio/ingress/linky" }),
          ).discovery) {
            assert.ok(validate(message), `${topic}: ${JSON.stringify(validate.errors)}`);
            assert.deepEqual(faultsOf(message), []);
          }
  });

  it("asks for the entity ids users know", () => {
    assert.deepEqual(
      announced().map(([, { default_entity_id }]) => default_entity_id),
      [
        "sensor.med_bridge_last_sync",
        "sensor.med_bridge_next_call",
        "sensor.med_bridge_budget_left",
        "binary_sensor.med_bridge_problem",
        "button.med_bridge_sync",
        `sensor.med_${pdl}_consumption_daily`,
        `sensor.med_${pdl}_consumption_yesterday`,
        `sensor.med_${pdl}_consumption_monthly`,
        `sensor.med_${pdl}_consumption_yearly`,
        `sensor.med_${pdl}_consumption_index`,
        `sensor.med_${pdl}_production_daily`,
        `sensor.med_${pdl}_production_yesterday`,
        `sensor.med_${pdl}_production_monthly`,
        `sensor.med_${pdl}_production_yearly`,
        `sensor.med_${pdl}_production_index`,
        `sensor.med_${pdl}_max_power`,
        `sensor.med_${pdl}_data_through`,
        `binary_sensor.med_${pdl}_late`,
        `binary_sensor.med_${pdl}_problem`,
        `sensor.med_${pdl}_history`,
        `sensor.med_${pdl}_subscribed_power`,
        `sensor.med_${pdl}_current_price`,
        `sensor.med_${pdl}_current_period`,
        `binary_sensor.med_${pdl}_off_peak`,
        `sensor.med_${pdl}_next_price`,
        `sensor.med_${pdl}_next_price_change`,
        `sensor.med_${pdl}_standing_charge`,
        `sensor.med_${pdl}_cost_daily`,
        `sensor.med_${pdl}_cost_monthly`,
        `sensor.med_${pdl}_cost_yearly`,
        `sensor.med_${pdl}_cost_projected`,
        `event.med_${pdl}_price_event`,
        `event.med_${pdl}_problem_event`,
        `event.med_${pdl}_late_event`,
        "sensor.med_tempo_today",
        "sensor.med_tempo_tomorrow",
        "sensor.med_tempo_remaining_blue",
        "sensor.med_tempo_remaining_white",
        "sensor.med_tempo_remaining_red",
        "sensor.med_tempo_current_period",
        "binary_sensor.med_tempo_tomorrow_confirmed",
        "sensor.med_tempo_next_change",
        "binary_sensor.med_tempo_red_season",
        "event.med_tempo_announced",
        "sensor.med_ecowatt_current",
        "sensor.med_ecowatt_next_hour",
        "binary_sensor.med_ecowatt_alert",
        "event.med_ecowatt_alert_event",
      ],
    );
  });

  it("gives each entity a unique id made of its device and key", () => {
    const ids = announced().map(([, { unique_id }]) => unique_id);
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.includes(`linky_bridge_${pdl}_consumption_daily`));
    assert.ok(ids.includes("linky_bridge_tempo_remaining_red"));
  });

  it("gives totals a state class only where statistics are not written elsewhere, the index always", () => {
    const classes = (changes: Partial<MessageSettings>) =>
      Object.fromEntries(
        announced(changes, knownSnapshot())
          .filter(([, { device_class }]) => device_class === "energy" || device_class === "monetary")
          .map(([id, { state_class, last_reset_value_template }]) => [
            id,
            `${state_class ?? "none"}${last_reset_value_template ? " with reset" : ""}`,
          ]),
      );
    const totals = (text: string) => ({
      consumption_daily: text,
      consumption_yesterday: text,
      consumption_monthly: text,
      consumption_yearly: text,
      consumption_index: "total",
      // A charge and a projection grow towards nothing.
      standing_charge: "none",
      cost_daily: text,
      cost_monthly: text,
      cost_yearly: text,
      cost_projected: "none",
    });
    assert.deepEqual(classes({ stateClass: "auto", statisticsInUse: false }), totals("total with reset"));
    assert.deepEqual(classes({ stateClass: "auto", statisticsInUse: true }), totals("none"));
    assert.deepEqual(classes({ stateClass: "always", statisticsInUse: true }), totals("total with reset"));
    assert.deepEqual(classes({ stateClass: "never", statisticsInUse: false }), totals("none"));
  });

  it("keeps a meter's diagnostics available while its source is not", () => {
    const message = messagesFor(bothFlows, settings()).discovery.get(`homeassistant/device/linky_bridge_${pdl}/config`);
    assert.deepEqual(message?.availability, [
      { topic: "myelectricaldata/status" },
      { topic: `myelectricaldata/${pdl}/status` },
    ]);
    assert.equal(message?.availability_mode, "all");
    for (const [id, component] of announced())
      if (component.entity_category && component.unique_id.includes(pdl))
        assert.deepEqual(component.availability, [{ topic: "myelectricaldata/status" }], id);
  });

  it("has a name in both languages for every entity and device", () => {
    for (const device of devicesFor(bothFlows, topicsUnder("p"), settings())) {
      for (const language of languages) {
        assert.notEqual(device.name[language].trim(), "");
        const names = device.entities.map(({ name }) => name[language]);
        assert.equal(new Set(names).size, names.length, `${device.scope}: a name twice in ${language}`);
        assert.ok(names.every((name) => name.trim() !== ""));
      }
    }
    assert.equal(announced({ language: "fr" })[5]?.[1].name, "Consommation du dernier jour connu");
    assert.equal(announced({ language: "en" })[5]?.[1].name, "Consumption of the latest known day");
  });
});

describe("the check before publishing", () => {
  const message = (): DeviceMessage => {
    const found = messagesFor(bothFlows, settings()).discovery.get(`homeassistant/device/linky_bridge_${pdl}/config`);
    assert.ok(found);
    return found;
  };
  const withComponent = (id: string, changes: object): DeviceMessage => {
    const whole = message();
    return {
      ...whole,
      components: { ...whole.components, [id]: { ...whole.components[id], ...changes } as Component },
    };
  };

  const cases: readonly (readonly [string, DeviceMessage, RegExp])[] = [
    [
      "a unit Home Assistant does not know",
      withComponent("consumption_daily", { unit_of_measurement: "kwh" }),
      /unit kwh/,
    ],
    ["a unit on a timestamp", withComponent("data_through", { unit_of_measurement: "h" }), /unit h/],
    ["the category that is never added", withComponent("late", { entity_category: "config" }), /category config/],
    ["an unknown key", withComponent("late", { object_id: "late" }), /unknown key object_id/],
    ["a missing topic", withComponent("late", { state_topic: undefined }), /no state_topic/],
    [
      "measurement with energy",
      withComponent("consumption_index", { state_class: "measurement" }),
      /state class measurement/,
    ],
    ["an event without types", withComponent("late_event", { event_types: [] }), /no event type/],
    [
      "a template on an event",
      withComponent("late_event", { value_template: "{{ value }}" }),
      /unknown key value_template/,
    ],
    ["money in cents", withComponent("cost_daily", { unit_of_measurement: "c€" }), /unit c€/],
    ["a wildcard in a topic", withComponent("late", { state_topic: "a/+/b" }), /not a topic/],
    ["another domain", withComponent("late", { default_entity_id: "sensor.late" }), /not an entity id/],
    [
      "an unknown key of the device",
      { ...message(), device: { ...message().device, room: "x" } as DeviceMessage["device"] },
      /device: unknown key room/,
    ],
    [
      "an address that is none",
      { ...message(), origin: { ...message().origin, support_url: "www.example.org" } },
      /not an address/,
    ],
  ];
  for (const [name, faulty, expected] of cases)
    it(`finds ${name}`, () => assert.match(faultsOf(faulty).join("\n"), expected));

  it("lets a component be reduced to its platform", () => {
    const whole = message();
    assert.deepEqual(faultsOf({ ...whole, components: { ...whole.components, former: { platform: "sensor" } } }), []);
  });
});
