import assert from "node:assert/strict";
import { test } from "node:test";
import { statesOf } from "../../../src/adapters/home-assistant-states/snapshot-states.ts";
import { sensor } from "../../../src/adapters/home-assistant-states/state.ts";
import { devicesFor } from "../../../src/adapters/mqtt/devices.ts";
import { entityId } from "../../../src/adapters/mqtt/discovery.ts";
import { topicsUnder } from "../../../src/adapters/mqtt/topics.ts";
import type { ExportKind } from "../../../src/domain/export-kind.ts";
import { type Language, languages } from "../../../src/shared/language.ts";
import type { Snapshot } from "../../../src/sync/snapshot.ts";
import { knownEcowatt, knownFlow, knownMeter, knownSnapshot, unknownSnapshot } from "../../support/snapshots.ts";
import { settings as mqttSettings } from "../mqtt/settings.ts";

const all: readonly ExportKind[] = [
  "consumption_daily",
  "consumption_monthly",
  "production_daily",
  "cost_daily",
  "max_power",
  "tempo",
  "ecowatt",
];
const states = (snapshot: Snapshot, { language = "fr" as Language, kinds = all } = {}) =>
  statesOf(snapshot, { language, kinds });
const texts = (snapshot: Snapshot, kinds = all) =>
  Object.fromEntries(
    states(snapshot, { kinds }).map(({ entityId, state }) => [entityId.replace("01234567890123", "{pdl}"), state]),
  );
const both = knownSnapshot({ usagePoints: [knownMeter({ flows: [knownFlow(), knownFlow("production")] })] });

test("everything known is told as it is, in the units that users read", () => {
  assert.deepEqual(texts(both), {
    "sensor.med_{pdl}_consumption_daily": "12.345",
    "sensor.med_{pdl}_consumption_yesterday": "12.345",
    "sensor.med_{pdl}_consumption_index": "9876.543",
    "sensor.med_{pdl}_consumption_monthly": "250.001",
    "sensor.med_{pdl}_consumption_yearly": "3600",
    "sensor.med_{pdl}_production_daily": "12.345",
    "sensor.med_{pdl}_production_yesterday": "12.345",
    "sensor.med_{pdl}_production_index": "9876.543",
    "sensor.med_{pdl}_production_monthly": "250.001",
    "sensor.med_{pdl}_production_yearly": "3600",
    "sensor.med_{pdl}_max_power": "5980",
    "sensor.med_{pdl}_current_price": "0.1871",
    "sensor.med_{pdl}_current_period": "white_hp",
    "binary_sensor.med_{pdl}_off_peak": "off",
    "sensor.med_{pdl}_next_price": "0.1499",
    "sensor.med_{pdl}_next_price_change": "2026-11-21T22:00:00+01:00",
    "sensor.med_{pdl}_cost_daily": "1.85025",
    "sensor.med_{pdl}_cost_monthly": "36.123456",
    "sensor.med_{pdl}_cost_yearly": "612",
    "sensor.med_{pdl}_cost_projected": "60",
    "sensor.med_{pdl}_data_through": "2026-11-21T00:00:00+01:00",
    "binary_sensor.med_{pdl}_late": "off",
    "binary_sensor.med_{pdl}_problem": "off",
    "sensor.med_tempo_today": "BLANC",
    "sensor.med_tempo_tomorrow": "unknown",
    "sensor.med_tempo_remaining_blue": "222",
    "sensor.med_tempo_remaining_white": "40",
    "sensor.med_tempo_remaining_red": "21",
    "sensor.med_tempo_current_period": "white_hp",
    "binary_sensor.med_tempo_tomorrow_confirmed": "off",
    "sensor.med_tempo_next_change": "2026-11-22T06:00:00+01:00",
    "binary_sensor.med_tempo_red_season": "on",
    "sensor.med_ecowatt_current": "1",
    "sensor.med_ecowatt_next_hour": "2",
    "binary_sensor.med_ecowatt_alert": "off",
  });
});

test("what is not known is unknown, or unavailable where its source is, and never 0", () => {
  for (const [id, state] of Object.entries(texts(unknownSnapshot()))) {
    const expected = id.includes("{pdl}") ? (id.endsWith("_problem") ? "off" : "unknown") : "unavailable";
    assert.equal(state, expected, id);
  }
});

test("a meter that the account no longer gives is unavailable, but for its diagnostics", () => {
  const gone = texts(knownSnapshot({ usagePoints: [knownMeter({ available: false })] }), ["consumption_daily"]);
  assert.deepEqual(gone, {
    "sensor.med_{pdl}_consumption_daily": "unavailable",
    "sensor.med_{pdl}_consumption_yesterday": "unavailable",
    "sensor.med_{pdl}_consumption_index": "unavailable",
    "sensor.med_{pdl}_data_through": "2026-11-21T00:00:00+01:00",
    "binary_sensor.med_{pdl}_late": "off",
    "binary_sensor.med_{pdl}_problem": "off",
  });
});

test("each kind brings its own entities and no others", () => {
  const keys = (kind: ExportKind): readonly string[] =>
    Object.keys(texts(both, [kind]))
      .filter((id) => !/_(data_through|late|problem)$/.test(id))
      .map((id) => id.replace(/^.*med_(\{pdl\}_)?/, ""));
  assert.deepEqual(keys("consumption_monthly"), ["consumption_monthly", "consumption_yearly"]);
  assert.deepEqual(keys("max_power"), ["max_power"]);
  assert.deepEqual(keys("ecowatt"), ["ecowatt_current", "ecowatt_next_hour", "ecowatt_alert"]);
  assert.equal(keys("production_daily").length, 5);
  assert.equal(keys("cost_daily").length, 9);
  assert.equal(keys("consumption_detail").length, 0);
});

test("attributes tell day, quality, unit and class, and mark the state as ours", () => {
  const found = (key: string) => states(both).find(({ entityId }) => entityId.endsWith(key))?.attributes;
  assert.deepEqual(found("_consumption_daily"), {
    source: "linky_bridge",
    friendly_name: "Linky Maison Consommation du dernier jour connu",
    unit_of_measurement: "kWh",
    device_class: "energy",
    pdl: "01234567890123",
    date: "2026-11-20",
    quality: "complete",
    timestamp: "2026-11-21T08:30:00+01:00",
  });
  assert.partialDeepStrictEqual(found("_consumption_monthly"), { quality: "partial", missing_days: 2 });
  assert.partialDeepStrictEqual(found("_consumption_index"), { state_class: "total", through: "2026-11-20" });
});

test("only an index has a state class: anything else would be booked on the hour it arrives", () => {
  const classed = states(both).filter(({ attributes }) => attributes.state_class !== undefined);
  assert.deepEqual(
    classed.map(({ entityId }) => entityId.slice(-"consumption_index".length)),
    ["consumption_index", "_production_index"],
  );
});

for (const language of languages)
  test(`ids, names, units, classes and icons are those of MQTT discovery (${language})`, () => {
    const announced = devicesFor(both, topicsUnder("p"), mqttSettings({ language })).flatMap((device) =>
      device.entities.map((entity) => [entityId(entity, device.scope), { device, entity }] as const),
    );
    const byId = new Map(announced);
    const ours = states(both, { language });
    for (const { entityId: id, attributes } of ours) {
      const { device, entity } = byId.get(id) ?? assert.fail(`${id} is not announced over MQTT`);
      assert.equal(attributes.friendly_name, `${device.name[language]} ${entity.name[language]}`);
      assert.deepEqual(
        [attributes.unit_of_measurement, attributes.device_class, attributes.options, attributes.icon],
        [entity.unit?.[language], entity.keys.device_class, entity.keys.options, entity.keys.icon],
        id,
      );
    }
    // Events cannot be told as states; the rest is for the few who look for it.
    const left = announced.map(([id]) => id).filter((id) => !ours.some(({ entityId }) => entityId === id));
    const others = left.filter((id) => !id.startsWith("event.") && !id.includes("_bridge_"));
    assert.deepEqual(
      others.map((id) => id.replace("01234567890123", "{pdl}")),
      ["sensor.med_{pdl}_history", "sensor.med_{pdl}_subscribed_power", "sensor.med_{pdl}_standing_charge"],
    );
  });

test("attributes stay under 4 KB, however long the forecast and the sentence", () => {
  const problem = {
    ...{ code: "x", sentence: "é".repeat(5000), text: { fr: "", en: "" } },
    ...{ since: knownEcowatt().forecast[0]?.at ?? assert.fail(), usagePoint: null },
  };
  const crowded = knownSnapshot({ ecowatt: knownEcowatt(200), usagePoints: [knownMeter({ problem })] });
  for (const { entityId, attributes } of states(crowded))
    assert.ok(Buffer.byteLength(JSON.stringify(attributes)) < 4096, entityId);
});

test("a state that Home Assistant could not hold is a mistake of ours", () => {
  const scope = { id: "tempo", name: "Tempo", language: "fr" } as const;
  const described = { key: "x", name: { fr: "x", en: "x" } };
  assert.equal(sensor(scope, { ...described, value: "x".repeat(255) }).state.length, 255);
  assert.throws(() => sensor(scope, { ...described, value: "x".repeat(256) }), RangeError);
});
