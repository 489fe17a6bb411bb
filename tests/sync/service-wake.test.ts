import assert from "node:assert/strict";
import { test } from "node:test";
import { localDate } from "../../src/domain/calendar.ts";
import { instant } from "../../src/domain/units.ts";
import { baseHome } from "../../src/simulator/homes.ts";
import { askForDay } from "../../src/sync/manual/ask.ts";
import { createService } from "../../src/sync/service.ts";
import { HomeRun, housePoint } from "../support/home-run.ts";
import { testDatabase } from "../support/test-database.ts";

/** A month of history: nothing is due once a day has passed. */
const youngFlat = () =>
  baseHome({ usagePointId: housePoint, seed: 8, name: "Appartement", activationDate: localDate("2026-10-20") });

test("a service that is woken makes the calls that are due, a wished day among them, and no others", async (t) => {
  const home = new HomeRun(await testDatabase(t), {
    start: "2026-11-21T11:00:00Z",
    points: [youngFlat()],
  });
  await home.until("2026-11-22T15:00:00Z", { callsOnly: true });
  const before = home.gateway.control.calls.length;
  const stop = new AbortController();
  const date = localDate("2026-11-10");
  let sleeps = 0;
  const service = createService({
    ...home.deps,
    clock: {
      now: () => home.clock.now(),
      async sleep(ms, signal) {
        // Between two calls.
        if (ms <= home.deps.pauseMs) return home.clock.sleep(ms, signal);
        sleeps++;
        if (sleeps > 1) return stop.abort();
        const { store, account } = home.deps;
        const wake = () => service.wake();
        const deps = { store, clock: home.clock, account, planning: home.deps, wake };
        const { expectedAt } = await askForDay(deps, { meter: housePoint, flow: "consumption", date });
        assert.equal(expectedAt, home.clock.now());
        signal?.throwIfAborted();
      },
    },
  });
  await service.run(stop.signal);
  const calls = home.gateway.control.calls.slice(before);
  assert.deepEqual(
    calls.map(({ path }) => path.split("/").slice(1, 4).join("/")),
    ["enedis/consumption/detail"],
  );
  const asked = (await home.store.loadDayMemory(housePoint)).get("consumption_curve")?.find((day) => day.date === date);
  assert.ok((asked?.askedAt ?? instant(0)) >= Date.parse("2026-11-22T15:00:00Z"));
});

test("what is woken in the middle of a pass makes another one before it sleeps", async (t) => {
  const home = new HomeRun(await testDatabase(t), {
    start: "2026-11-21T11:00:00Z",
    points: [youngFlat()],
  });
  await home.until("2026-11-22T15:00:00Z", { callsOnly: true });
  const stop = new AbortController();
  let shown = 0;
  const service = createService({
    ...home.deps,
    sinks: [{ name: "memory", publish: async () => void (++shown === 1 && service.wake()) }],
    clock: { now: () => home.clock.now(), sleep: async () => stop.abort() },
  });
  await service.run(stop.signal);
  assert.equal(shown, 2);
});
