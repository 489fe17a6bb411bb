import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parse, type ScalarTag } from "yaml";
import { changesSince } from "../src/adapters/mqtt/events.ts";
import { messagesFor } from "../src/adapters/mqtt/messages.ts";
import type { Snapshot } from "../src/sync/snapshot.ts";
import { settings } from "./adapters/mqtt/settings.ts";
import { at, knownEcowatt, knownMeter, knownSnapshot } from "./support/snapshots.ts";

const directory = join(import.meta.dirname, "..", "ha-addon", "blueprints", "automation", "linky_bridge");

/** `!input name` stands for what its user fills in. */
class Input {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}
const inputTag: ScalarTag = { tag: "!input", resolve: (name) => new Input(name) };

type Keys = Readonly<Record<string, unknown>>;
const isKeys = (value: unknown): value is Keys =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Input);
const keysOf = (value: unknown): Keys => {
  assert.ok(isKeys(value), `not a mapping: ${JSON.stringify(value)}`);
  return value;
};

/** Every value in a tree, mappings and lists included. */
function* within(value: unknown): Generator<unknown> {
  yield value;
  if (Array.isArray(value)) for (const item of value) yield* within(item);
  else if (isKeys(value)) for (const item of Object.values(value)) yield* within(item);
}

/** Which of our event entities each blueprint waits for; those of a meter have its digits in their id. */
const waitsFor: Readonly<Record<string, string>> = {
  "consent-missing.yaml": "event.med_01234567890123_problem_event",
  "data-late.yaml": "event.med_01234567890123_late_event",
  "ecowatt-alert.yaml": "event.med_ecowatt_alert_event",
  "tempo-red-tomorrow.yaml": "event.med_tempo_announced",
};

/** Something wrong with everything, after everything was well. */
function upset(): Snapshot {
  const ecowatt = knownEcowatt();
  const problem = {
    code: "consent",
    sentence: "…",
    text: { fr: "…", en: "…" },
    since: at("2026-11-21T00:00:00Z"),
    usagePoint: null,
  };
  const calm = knownSnapshot();
  return {
    ...calm,
    usagePoints: [knownMeter({ problem, late: true })],
    tempo: { ...calm.tempo, tomorrow: { ...calm.tempo.tomorrow, color: "ROUGE" } },
    ecowatt: { ...ecowatt, current: ecowatt.current && { ...ecowatt.current, level: 3 } },
  };
}

const announced = new Map(
  [...messagesFor(knownSnapshot(), settings()).discovery.values()].flatMap(({ components }) =>
    Object.values(components).flatMap((component) =>
      "unique_id" in component ? [[component.default_entity_id, component] as const] : [],
    ),
  ),
);

/** The attributes of an event, as it is published. */
function attributesOf(entityId: string): readonly string[] {
  const topic = announced.get(entityId)?.state_topic;
  const told = new Map(
    changesSince(new Map(), messagesFor(knownSnapshot(), settings()).watched).map((c) => [c.key, c.value]),
  );
  const changes = changesSince(told, messagesFor(upset(), settings()).watched);
  const payload = changes.find(({ message }) => message?.topic === topic)?.message?.payload;
  assert.ok(payload, `no event on ${topic}`);
  return Object.keys(JSON.parse(payload));
}

/** The types a blueprint speaks of: in conditions on the attribute, in templates, in choices. */
function typesIn(tree: unknown): string[] {
  const found: string[] = [];
  for (const value of within(tree)) {
    if (isKeys(value) && value.attribute === "event_type") found.push(String(value.state));
    if (isKeys(value) && Array.isArray(value.options))
      found.push(...value.options.map((option) => String(keysOf(option).value)));
    if (typeof value === "string" && /event_type (==|in) /.test(value))
      found.push(...[...value.matchAll(/'(\w+)'/g)].map(([, type]) => String(type)));
  }
  return found;
}

describe("blueprints", () => {
  const files = readdirSync(directory).sort();

  it("are those that are known to these tests", () => assert.deepEqual(files, Object.keys(waitsFor)));

  for (const file of files) {
    const text = readFileSync(join(directory, file), "utf8");
    const whole = keysOf(parse(text, { customTags: [inputTag] }));
    const { blueprint, ...automation } = whole;
    const head = keysOf(blueprint);
    const inputs = keysOf(head.input);

    it(`${file} has the form that Home Assistant asks for`, () => {
      assert.deepEqual(Object.keys(head), ["name", "description", "domain", "author", "homeassistant", "input"]);
      assert.equal(head.domain, "automation");
      // Earlier versions know no `triggers:`; the bridge asks for this one anyway.
      assert.deepEqual(head.homeassistant, { min_version: "2025.11.0" });
      assert.deepEqual(Object.keys(automation), ["mode", "variables", "triggers", "conditions", "actions"]);
      assert.ok(["single", "queued"].includes(String(automation.mode)));
      assert.ok(Array.isArray(automation.triggers) && automation.triggers.length > 0);
      for (const trigger of automation.triggers)
        assert.ok(["state", "time"].includes(String(keysOf(trigger).trigger)), JSON.stringify(trigger));
    });

    it(`${file} says in French, then in English, what it does`, () => {
      assert.match(String(head.name), /^Linky Bridge : /);
      const [french, english, ...more] = String(head.description).trim().split(/\n+/);
      assert.match(french ?? "", / une (seule )?fois/);
      assert.match(english ?? "", / once/);
      assert.deepEqual(more, []);
    });

    it(`${file} uses each input it declares, and declares each it uses`, () => {
      const used = new Set([...within(automation)].flatMap((value) => (value instanceof Input ? [value.name] : [])));
      assert.deepEqual([...used].sort(), Object.keys(inputs).sort());
      for (const [name, input] of Object.entries(inputs)) {
        const { name: shown, selector } = keysOf(input);
        assert.ok(typeof shown === "string" && shown !== "", name);
        const [kind, ...others] = Object.keys(keysOf(selector));
        assert.ok(["entity", "action", "boolean", "time", "select"].includes(kind ?? ""), `${name}: ${kind}`);
        assert.deepEqual(others, []);
      }
    });

    it(`${file} lets choose entities of the kind that it needs`, () => {
      for (const [name, input] of Object.entries(inputs)) {
        const { selector, default: wished } = keysOf(input);
        const entity = keysOf(selector).entity;
        if (entity === undefined) continue;
        const [filter] = keysOf(entity).filter as readonly unknown[];
        const { domain, integration } = keysOf(filter);
        assert.equal(integration, "mqtt");
        if (wished !== undefined) assert.ok(String(wished).startsWith(`${domain}.`), name);
      }
    });

    it(`${file} names only entities, events and attributes that are announced`, () => {
      for (const [id] of text.matchAll(/\b(?:sensor|binary_sensor|event|button)\.med_\w+/g))
        assert.ok(announced.has(id), `${id} is not announced`);
      const awaited = waitsFor[file] ?? "";
      const known = announced.get(awaited)?.event_types ?? [];
      const types = typesIn(whole);
      assert.ok(types.length > 0);
      for (const type of types) assert.ok(known.includes(type), `${awaited} has no event ${type}`);
      const attributes = attributesOf(awaited);
      for (const [, attribute] of text.matchAll(/\.attributes\.(\w+)/g))
        assert.ok(attributes.includes(String(attribute)), `${awaited} has no attribute ${attribute}`);
    });

    it(`${file} does nothing when its entity comes back from an outage`, () => {
      const states = (automation.triggers as readonly unknown[])
        .map(keysOf)
        .filter(({ trigger }) => trigger === "state");
      assert.equal(states.length, 1);
      for (const { not_from, not_to } of states)
        assert.deepEqual([not_from, not_to], ["unavailable", ["unavailable", "unknown"]]);
    });
  }
});
