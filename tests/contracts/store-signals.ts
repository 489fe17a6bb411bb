import assert from "node:assert/strict";
import { test } from "node:test";
import type { EcowattDay, EcowattHour } from "../../src/domain/ecowatt.ts";
import type { TempoDay } from "../../src/domain/tempo.ts";
import type { OpenStore } from "./store.ts";
import { day, monday, tuesday } from "./store-builders.ts";

const hour = (of: number, level: 1 | 2 | 3, decarbonised = false): EcowattHour => ({ hour: of, level, decarbonised });
const signal = (told: Partial<EcowattDay> = {}): EcowattDay => ({
  date: day("2026-01-02"),
  level: 1,
  message: "Pas d'alerte.",
  generatedAt: monday,
  hours: [hour(0, 1, true), hour(1, 2)],
  ...told,
});
const january = { from: day("2026-01-01"), to: day("2026-01-31") };

export function signalsContract(open: OpenStore): void {
  test("colours come back by date, both ends included", async (t) => {
    const store = await open(t);
    const tempo = (date: string, color: TempoDay["color"]) => ({ date: day(date), color, announcedAt: monday });
    const days = [tempo("2026-01-01", "BLEU"), tempo("2026-01-02", "BLANC"), tempo("2026-01-03", "ROUGE")];
    assert.deepEqual(await store.saveTempo([...days].reverse(), monday), { written: 3 });
    assert.deepEqual(await store.saveTempo(days, tuesday), { written: 0 });
    assert.deepEqual(await store.loadTempo({ from: day("2026-01-01"), to: day("2026-01-03") }), days);
    assert.deepEqual(await store.loadTempo({ from: day("2026-01-02"), to: day("2026-01-02") }), days.slice(1, 2));
  });

  test("a colour that changes is replaced, an instant no longer told is kept", async (t) => {
    const store = await open(t);
    await store.saveTempo([{ date: day("2026-01-02"), color: "BLEU", announcedAt: monday }], monday);
    const later = [{ date: day("2026-01-02"), color: "ROUGE" as const, announcedAt: null }];
    assert.deepEqual(await store.saveTempo(later, tuesday), { written: 1 });
    assert.deepEqual(await store.saveTempo(later, tuesday), { written: 0 });
    assert.deepEqual(await store.loadTempo(january), [{ date: "2026-01-02", color: "ROUGE", announcedAt: monday }]);
  });

  test("a signal comes back with its hours in order", async (t) => {
    const store = await open(t);
    const shuffled = signal({ hours: [hour(1, 2), hour(0, 1, true)] });
    // A day and its two hours.
    assert.deepEqual(await store.saveEcowatt([shuffled], monday), { written: 3 });
    assert.deepEqual(await store.saveEcowatt([shuffled], tuesday), { written: 0 });
    const empty = signal({ date: day("2026-01-03"), hours: [] });
    await store.saveEcowatt([empty], monday);
    assert.deepEqual(await store.loadEcowatt(january), [signal(), empty]);
  });

  test("a later signal replaces its hours and keeps those it no longer gives", async (t) => {
    const store = await open(t);
    await store.saveEcowatt([signal()], monday);
    const later = signal({ level: 3, message: "Coupures.", generatedAt: tuesday, hours: [hour(1, 3), hour(2, 3)] });
    // The day, one hour changed, one new.
    assert.deepEqual(await store.saveEcowatt([later], tuesday), { written: 3 });
    const hours = [hour(0, 1, true), hour(1, 3), hour(2, 3)];
    assert.deepEqual(await store.loadEcowatt(january), [{ ...later, hours }]);
  });

  test("an earlier signal that arrives late changes nothing, and fills in the hours that only it gives", async (t) => {
    const store = await open(t);
    const later = signal({ level: 3, generatedAt: tuesday, hours: [hour(1, 3)] });
    await store.saveEcowatt([later], tuesday);
    assert.deepEqual(await store.saveEcowatt([signal()], tuesday), { written: 1 });
    assert.deepEqual(await store.loadEcowatt(january), [{ ...later, hours: [hour(0, 1, true), hour(1, 3)] }]);
  });
}
