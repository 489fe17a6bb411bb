import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { systemClock } from "../../../src/shared/clock.ts";
import type { AdoptionDeps } from "../../../src/sync/adoption/deps.ts";
import { runStatistics } from "../../../src/sync/statistics/run.ts";
import { AdoptionWorld, assertSame, energySeries, gridOf, hoursFromTo, meter, rowsOfHours, signal } from "./world.ts";

const linky = `linky:${meter}`;

/** What changes something, in the store or in Home Assistant. */
const writes = [
  "saveAdoption",
  "applyAdoption",
  "letRewrite",
  "noteUndoing",
  "revertAdoption",
  "savePreferencesChange",
  "notePreferencesUndone",
  "replaceHours",
  "moveCursor",
  "importRows",
  "clearSeries",
  "saveEnergySources",
];

class Killed extends Error {}

/** Ends the process, as it were, before or after the write of that number. */
class Killer {
  #left: number;
  readonly #when: "before" | "after";
  constructor(writesToSurvive: number, when: "before" | "after") {
    this.#left = writesToSurvive;
    this.#when = when;
  }

  watch<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (object, name) => {
        const value: unknown = Reflect.get(object, name);
        if (typeof value !== "function" || typeof name !== "string" || !writes.includes(name)) return value;
        return async (...given: unknown[]) => {
          const dies = this.#left-- <= 0;
          if (dies && this.#when === "before") throw new Killed();
          const result: unknown = await Reflect.apply(value, object, given);
          if (dies) throw new Killed();
          return result;
        };
      },
    });
  }
}

function killedDeps(world: AdoptionWorld, killer: Killer): Partial<AdoptionDeps> {
  const { home } = world;
  const store = killer.watch(home.store);
  const homeAssistant = {
    url: home.homeAssistant.url,
    open: async (ending: AbortSignal) => killer.watch(await home.homeAssistant.open(ending)),
  };
  return {
    store,
    session: killer.watch(world.session),
    write: (ending) => runStatistics({ ...home.deps, store, homeAssistant }, ending, { check: false }),
  };
}

async function leave(world: AdoptionWorld): Promise<void> {
  const { double } = world.home;
  double.seed(energySeries(linky, "Wh", "Linky"), rowsOfHours(hoursFromTo("2026-01-01", "2026-01-06"), { unit: 1 }));
  double.preferences = { energy_sources: [gridOf(linky)], device_consumption: [] };
  await world.know("2026-01-05", "2026-01-08");
}

/** Runs `action` with one kill after another until it lives to its end; how many it took. */
async function killAlong(action: (killer: Killer) => Promise<unknown>, when: "before" | "after"): Promise<number> {
  for (let survived = 0; survived < 60; survived++) {
    try {
      await action(new Killer(survived, when));
      return survived;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
  }
  throw new Error("It never comes to its end");
}

describe("an adoption that is killed at each of its writes in turn", () => {
  for (const mode of ["copy", "continue"] as const)
    for (const when of ["before", "after"] as const)
      it(`comes to the same end when the command is repeated (${mode}, ${when} the write), and so does its undo`, async (t) => {
        const calm = await AdoptionWorld.open(t);
        const shaken = await AdoptionWorld.open(t);
        for (const world of [calm, shaken]) await leave(world);
        const before = shaken.everything();
        const request = calm.request("ha_linky", mode);

        await calm.adopt(request);
        const kills = await killAlong((killer) => shaken.adopt(request, killedDeps(shaken, killer)), when);
        assert.ok(kills > 0);
        assertSame(shaken.everything(), calm.everything());

        await killAlong((killer) => undoOnce(shaken, killer), when);
        await shaken.home.run();
        // The bridge's own series are written again over what was given back: to the same rows.
        assertSame(shaken.everything(), before);
        assert.ok((await shaken.home.store.loadAdoptions()).every(({ step }) => step === "undone"));
      });
});

/** An undo that had ended before its last answer came finds nothing more to undo. */
async function undoOnce(world: AdoptionWorld, killer: Killer): Promise<void> {
  try {
    await world.undo(null, killedDeps(world, killer));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "unknown_adoption") return;
    throw error;
  }
}

describe("a recorder that is behind", () => {
  it("is waited for, row by row", async (t) => {
    // Its delay is real time, and so is the patience with it.
    const world = await AdoptionWorld.open(t, { clock: systemClock });
    await leave(world);
    const before = world.everything([linky]);
    world.home.double.setCommit({ delayMs: 40 });
    await world.adopt(world.request("ha_linky", "continue"));
    await world.undo();
    assertSame(world.everything([linky]), before);
  });

  it("that loses what it took is told, and the repeated undo goes on from there", async (t) => {
    const world = await AdoptionWorld.open(t);
    await leave(world);
    const before = world.everything([linky]);
    await world.adopt(world.request("ha_linky", "continue"));
    world.home.double.setCommit({ mode: "lose" });
    await assert.rejects(world.undo(), { code: "not_restored" });
    assert.equal((await world.home.store.loadAdoptions())[0]?.step, "undoing");
    await assert.rejects(world.adopt(world.request("ha_linky", "continue")), { code: "already_adopted" });
    world.home.double.setCommit({ mode: "commit" });
    await world.undo();
    assertSame(world.everything([linky]), before);
  });
});

describe("two processes", () => {
  it("an adoption waits for whoever writes statistics, and says so when that takes too long", async (t) => {
    const world = await AdoptionWorld.open(t);
    await leave(world);
    const { store, clock } = world.home;
    const now = clock.now();
    await store.claimStatistics("somebody else", now, (now + 10_000) as typeof now);
    await world.adopt(world.request("ha_linky", "copy"));
    assert.ok(clock.now() >= now + 10_000);
    const later = clock.now();
    await store.claimStatistics("somebody else", later, (later + 600_000) as typeof later);
    await assert.rejects(world.undo(), { code: "busy" });
    assert.equal(signal.aborted, false);
  });
});
