import assert from "node:assert/strict";
import { test } from "node:test";
import { mayNameOption, withOptionNames } from "../../src/page/option-names.ts";

const options = [
  { key: "mqtt_broker", name: { fr: "Serveur MQTT", en: "MQTT broker" } },
  { key: "mqtt_ca_cert", name: { fr: "Certificat d'autorité", en: "CA certificate" } },
  { key: "client_id", name: { fr: "Identifiant client", en: "Client id" } },
  { key: "tariff_plans", name: { fr: "Formules tarifaires", en: "Tariff plans" } },
];
const named = (text: string, language: "fr" | "en" = "fr"): string => withOptionNames(text, options, language);

test("an option that a sentence names by its key is named by its label", () => {
  const text = "Donnez dans mqtt_ca_cert l'autorité, et dans mqtt_broker le nom qu'il porte.";
  assert.equal(
    named(text),
    "Donnez dans « Certificat d'autorité » l'autorité, et dans « Serveur MQTT » le nom qu'il porte.",
  );
  assert.equal(named("Start it or correct mqtt_broker.", "en"), "Start it or correct “MQTT broker”.");
});

test("a refusal begins with the label, without where a file would have it", () => {
  assert.equal(named("mqtt_broker (page des réglages) : l'adresse manque."), "« Serveur MQTT » : l'adresse manque.");
  assert.equal(named("mqtt_broker (settings page): it is missing.", "en"), "“MQTT broker”: it is missing.");
});

test("plans have a page of their own", () => {
  const text = "Indiquez la formule dans l'option tariff_plans.";
  assert.equal(named(text), "Indiquez la formule dans votre contrat (page Coûts).");
  assert.equal(
    named("Name the plan in the option tariff_plans.", "en"),
    "Name the plan in your contract (Costs page).",
  );
});

test("words of others, and what is no option, stay as they are", () => {
  for (const text of [
    "c'est l'identifiant (client_id) qui commence par cli_",
    "myelectricaldata_consumption_wh",
    "linky_bridge:consumption_12345678901234_hc",
  ])
    assert.equal(named(text), text);
  assert.deepEqual(["Serveur MQTT", "client_id", "corrigez mqtt_broker", "unknown_key"].map(mayNameOption), [
    false,
    false,
    true,
    true,
  ]);
});
