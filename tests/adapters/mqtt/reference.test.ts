import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { messagesFor } from "../../../src/adapters/mqtt/messages.ts";
import { describeEntities, entityReference } from "../../../src/adapters/mqtt/reference.ts";
import { languages } from "../../../src/shared/language.ts";
import { knownFlow, knownMeter, knownSnapshot } from "../../support/snapshots.ts";
import { settings } from "./settings.ts";

describe("the reference of entities", () => {
  it("names exactly the entities that are announced", () => {
    const snapshot = knownSnapshot({ usagePoints: [knownMeter({ flows: [knownFlow(), knownFlow("production")] })] });
    const announced = [...messagesFor(snapshot, settings()).discovery.values()].flatMap(({ components }) =>
      Object.values(components).map((one) => ("default_entity_id" in one ? one.default_entity_id : "")),
    );
    const described = describeEntities("fr").map(({ entityId }) => entityId.replace("{pdl}", "01234567890123"));
    assert.deepEqual(described, announced);
  });

  it("is complete in both languages", () => {
    for (const language of languages) {
      const text = entityReference(language);
      assert.equal(text.split("\n").filter((line) => line.startsWith("| `")).length, describeEntities(language).length);
      assert.equal(/undefined|null/.test(text), false);
    }
    assert.ok(
      entityReference("fr").includes(
        "| `sensor.med_{pdl}_consumption_yesterday` | Consommation d'hier | `myelectricaldata/{pdl}/consumption/yesterday` | kWh | tant que la journée d'hier n'est pas arrivée |",
      ),
    );
  });
});
