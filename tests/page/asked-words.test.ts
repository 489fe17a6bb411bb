import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { askedSentence, budgetNote } from "../../src/page/arrival/asked-words.ts";
import type { SyncState } from "../../src/server/api/sync.ts";

const endedAt = "2026-11-21T10:00:00.000Z";
const budget = { used: 13, allowed: 50, left: 37 };
const usedUp = { used: 50, allowed: 50, left: 0 };
const last = (outcome: string): SyncState["call"] => ({
  kind: "consumption_curve",
  reason: "yesterday",
  usagePoint: "12345678901234",
  outcome,
  at: endedAt,
});

describe("what came of a round that was asked for", () => {
  const sentences = (result: { calls: number; written: number } | null, outcome: string, left = budget) => {
    const state = { lastAsked: { endedAt, result }, call: last(outcome), budget: left };
    return [askedSentence(state, "fr"), askedSentence(state, "en")];
  };

  test("counts what is new, whatever the last of its calls said", () => {
    assert.deepEqual(sentences({ calls: 2, written: 48 }, "unavailable"), [
      "Fait : 48 valeurs nouvelles.",
      "Done: 48 new values.",
    ]);
    assert.deepEqual(sentences({ calls: 1, written: 1 }, "data"), ["Fait : 1 valeur nouvelle.", "Done: 1 new value."]);
  });

  test("says that nothing is new where the gateway has nothing more, or nothing was to be asked", () => {
    const nothing = ["Fait : rien de nouveau pour l'instant.", "Done: nothing new for now."];
    assert.deepEqual(sentences({ calls: 2, written: 0 }, "no_data"), nothing);
    assert.deepEqual(sentences({ calls: 0, written: 0 }, "unavailable"), nothing, "the call is of another round");
  });

  test("says who refused, that the gateway is away, or that the round failed", () => {
    const said = (outcome: string) => sentences({ calls: 1, written: 0 }, outcome)[0];
    assert.equal(said("unauthorized"), "La passerelle refuse vos identifiants.");
    assert.equal(said("refused"), "La passerelle refuse ce compteur.");
    assert.equal(said("unavailable"), "La passerelle n'a pas répondu ; le relevé est refait de lui-même.");
    assert.equal(sentences(null, "data")[0], "Le relevé a échoué ; il est refait de lui-même.");
  });

  test("says that the day's calls are used up, by the gateway's answer and by our own count", () => {
    const words = [
      "Les appels du jour sont épuisés : la suite viendra demain.",
      "The day's calls are used up: the rest comes tomorrow.",
    ];
    assert.deepEqual(sentences({ calls: 1, written: 0 }, "quota"), words);
    assert.deepEqual(sentences({ calls: 0, written: 0 }, "data", usedUp), words);
  });
});

test("beside the button stands what it takes and what is left of it", () => {
  assert.equal(budgetNote(budget, "fr"), "Un relevé prend quelques appels du jour : il en reste 37.");
  assert.equal(budgetNote(budget, "en"), "Fetching takes a few of the day's calls: 37 left.");
  assert.equal(budgetNote(null, "fr"), "Un relevé prend quelques appels du jour.");
  assert.equal(budgetNote(usedUp, "fr"), "Les appels du jour sont épuisés : la suite viendra demain.");
});
