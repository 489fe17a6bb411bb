import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { faultsByField } from "../../src/page/connection/field-faults.ts";
import {
  changesOf,
  isOpen,
  meaningOf,
  size,
  sourceOf,
  spoken,
  typedValue,
} from "../../src/page/pages/reglages/words.ts";
import type { Setting } from "../../src/server/api/settings.ts";

const settingOf = (changes: Partial<Setting>): Setting => ({
  key: "mqtt_qos",
  group: "mqtt",
  name: { fr: "Qualité de service", en: "Quality of service" },
  meaning: { fr: "Combien de fois un message arrive.", en: "How often a message arrives." },
  advice: { fr: "", en: "" },
  type: "number",
  choices: [],
  range: { from: 0, to: 2 },
  fields: [],
  value: 1,
  isSet: false,
  isSecret: false,
  isSettable: true,
  isUnreadable: false,
  source: "default",
  fallback: { fr: "1", en: "1" },
  environment: ["MQTT_QOS"],
  ...changes,
});

describe("the settings", () => {
  test("each value tells where it is set", () => {
    assert.equal(sourceOf(settingOf({ source: "page" })).fr, "Réglé dans cette page");
    assert.equal(sourceOf(settingOf({ source: "environment" })).fr, "Réglé par l'environnement (MQTT_QOS)");
    assert.equal(sourceOf(settingOf({ source: "options" })).en, "Set in the app's options");
    assert.equal(sourceOf(settingOf({})).fr, "Valeur par défaut");
    const unset = settingOf({ value: null, fallback: { fr: "true dès que mqtt_broker est rempli", en: "true" } });
    assert.equal(sourceOf(unset).fr, "Non rempli : oui dès que l'adresse est donnée");
    assert.equal(sourceOf(unset).en, "Not filled in: yes");
  });

  test("only what the command line and the environment leave to the page is open", () => {
    assert.equal(isOpen(settingOf({})), true);
    assert.equal(isOpen(settingOf({ source: "environment" })), true);
    assert.equal(isOpen(settingOf({ source: "commandLine" })), false);
    assert.equal(isOpen(settingOf({ isSettable: false })), false);
  });

  test("a choice is told without its codes", () => {
    const meaning = {
      fr: "Ce qui est publié, séparé par des virgules : tempo, ecowatt.",
      en: "What is published, separated by commas: tempo, ecowatt.",
    };
    assert.deepEqual(meaningOf(settingOf({ type: "choices", meaning })), {
      fr: "Ce qui est publié.",
      en: "What is published.",
    });
    assert.equal(meaningOf(settingOf({ meaning })).fr, meaning.fr);
  });

  test("what is typed becomes what the API takes", () => {
    assert.equal(typedValue("number", " 2 "), 2);
    assert.equal(typedValue("number", "deux"), "deux");
    assert.equal(typedValue("boolean", "false"), false);
    assert.equal(typedValue("boolean", ""), null);
    assert.equal(typedValue("text", " mqtt://nas "), "mqtt://nas");
  });

  test("a secret that is left empty stays as it is, while an emptied text is taken away", () => {
    const settings = [
      settingOf({ key: "mqtt_password", type: "secret", isSecret: true }),
      settingOf({ key: "mqtt_broker", type: "text" }),
      settingOf({ key: "mqtt_export_data", type: "choices" }),
      settingOf({}),
    ];
    const draft = { mqtt_password: "", mqtt_broker: "", mqtt_export_data: [], mqtt_qos: "0" };
    assert.deepEqual(changesOf(draft, settings), { mqtt_broker: null, mqtt_export_data: null, mqtt_qos: 0 });
    assert.deepEqual(changesOf({ mqtt_password: "s3cret" }, settings), { mqtt_password: "s3cret" });
  });

  test("each of the API's sentences goes to its field", () => {
    const keys = ["mqtt_qos", "mqtt_broker"];
    const french =
      "mqtt_qos (page des réglages) : doit être de 0 à 2. mqtt_broker (page des réglages) : l'adresse mqtt: est incomplète. Reprenez-la.";
    assert.deepEqual(faultsByField(french, keys), {
      byKey: { mqtt_qos: "Doit être de 0 à 2.", mqtt_broker: "L'adresse mqtt: est incomplète. Reprenez-la." },
      rest: "",
    });
    assert.deepEqual(faultsByField("mqtt_qos (settings page): has to be from 0 to 2.", keys).byKey, {
      mqtt_qos: "Has to be from 0 to 2.",
    });
    assert.deepEqual(faultsByField("client_id (environnement) : manque.", keys), {
      byKey: {},
      rest: "client_id (environnement) : manque.",
    });
  });

  test("no English is left in French", () => {
    assert.equal(spoken("`true` ou false", "fr"), "oui ou non");
    assert.equal(spoken("`true` or false", "en"), "yes or no");
    assert.equal(spoken("true dès que jeedom_url est rempli", "fr"), "oui dès que l'adresse est donnée");
    assert.equal(spoken("true as soon as mqtt_broker is filled in", "en"), "yes as soon as the address is given");
  });

  test("a file's size has the unit that suits it", () => {
    assert.deepEqual(
      [999, 1_000, 12_400_000, 999_960, 2_500_000_000].map((bytes) => size(bytes, "fr")),
      ["999\u202foctets", "1,0\u202fko", "12,4\u202fMo", "1,0\u202fMo", "2,5\u202fGo"],
    );
    assert.equal(size(12_400_000, "en"), "12.4\u202fMB");
  });
});
