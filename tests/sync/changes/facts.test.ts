import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Fact, factsOf, factValue, isNews, keyOf, nothingTold } from "../../../src/sync/changes/facts.ts";
import type { Snapshot } from "../../../src/sync/snapshot.ts";
import { at, knownFlow, knownMeter, knownSnapshot, unknownSnapshot } from "../../support/snapshots.ts";

const factIn = (snapshot: Snapshot, kind: Fact["kind"]): Fact => {
  const fact = factsOf(snapshot).find((candidate) => candidate.kind === kind);
  assert.ok(fact, kind);
  return fact;
};

describe("facts", () => {
  it("have keys of their own, and the same for ever", () => {
    assert.deepEqual(factsOf(knownSnapshot()).map(keyOf), [
      "tempo_tomorrow",
      "ecowatt_alert",
      "problem:01234567890123",
      "late:01234567890123",
      "price:01234567890123",
    ]);
  });

  it("that are not known have no value", () => {
    const values = Object.fromEntries(factsOf(unknownSnapshot()).map((fact) => [fact.kind, factValue(fact)]));
    assert.deepEqual(values, { tempo_tomorrow: null, ecowatt_alert: null, problem: "none", late: null, price: null });
  });

  it("are no news at the first look, whatever they say", () => {
    for (const fact of factsOf(knownSnapshot())) assert.equal(isNews(fact, undefined), false, fact.kind);
  });

  it("that come to be known are news only where that is a change", () => {
    const found = Object.fromEntries(factsOf(knownSnapshot()).map((fact) => [fact.kind, isNews(fact, nothingTold)]));
    // A first green hour, a first price and a first day are no change; a colour is announced just once.
    assert.deepEqual(found, { tempo_tomorrow: true, ecowatt_alert: false, problem: true, late: false, price: false });
  });

  it("of lateness neither end at midnight nor before the day that is missed", () => {
    const lateness = (late: boolean, dataThrough: string, yesterday: string): string | null => {
      const flow = { ...knownFlow(), yesterdayDate: yesterday as ReturnType<typeof knownFlow>["yesterdayDate"] };
      const meter = knownMeter({ late, dataThrough: at(dataThrough), flows: [flow] });
      return factValue(factIn(knownSnapshot({ usagePoints: [meter] }), "late"));
    };
    // Data through the 19th; the 20th is missed on the 21st at noon…
    assert.equal(lateness(true, "2026-11-19T23:00:00Z", "2026-11-20"), "late");
    // …and still is at midnight, when the 21st is the day that is due, by noon.
    assert.equal(lateness(false, "2026-11-19T23:00:00Z", "2026-11-21"), null);
    assert.equal(lateness(false, "2026-11-20T23:00:00Z", "2026-11-21"), "arrived");
    assert.equal(lateness(false, "2026-11-21T23:00:00Z", "2026-11-21"), "arrived");
  });
});
