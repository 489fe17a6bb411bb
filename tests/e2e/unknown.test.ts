import assert from "node:assert/strict";
import { test } from "node:test";
import { localDate } from "../../src/domain/calendar.ts";
import type { HomeRun } from "../support/home-run.ts";
import { assertMirrors, at, flat, meterOf, run, solarHouse, startHome } from "../support/scenario.ts";

/** Where 0 is a count of something known, and not a measure of something unknown. */
const counts =
  /(\.(known_days|wanted_days|count|unknown_past_days|missing_days|unpriced_days|used|left|percent)|\.last_reset)$/;

/** Paths of every 0, and every text that could be taken for a value, in all that would stand on the broker. */
function zeros(home: HomeRun): string[] {
  const found: string[] = [];
  const walk = (path: string, value: unknown): void => {
    if (value === 0 || value === "0" || value === "") found.push(path);
    if (typeof value === "object" && value !== null)
      for (const [key, inner] of Object.entries(value)) walk(`${path}.${key}`, inner);
  };
  for (const [topic, payload] of home.messages()) walk(topic, JSON.parse(payload));
  return found.filter((path) => !counts.test(path));
}

const valueAt = (home: HomeRun, topic: string): unknown =>
  JSON.parse(home.messages().get(`myelectricaldata/${topic}`) ?? "{}").value;

test("before anything answered, and while nothing is published, no message says 0", async (t) => {
  const home = await startHome(t, { points: [solarHouse()] });
  const silence = home.gateway.control.addFault({ route: "/", effect: { kind: "drop", when: "before" } });
  await home.pass();
  assert.deepEqual(zeros(home), []);
  silence();
  // The meters are known, none of their days is.
  meterOf(home).publication = { at: () => null };
  home.clock.set(at("2026-11-21T11:00:00Z"));
  const snapshot = await run(home, "2026-11-22T21:00:00Z");
  assert.equal(snapshot.usagePoints[0]?.flows.length, 2);
  assert.deepEqual(zeros(home), []);
  for (const topic of ["daily", "yesterday", "monthly", "yearly"])
    assert.equal(valueAt(home, `12345678901234/consumption/${topic}`), null);
});

test("where some days are known and yesterday is not, yesterday alone is unknown, and nothing says 0", async (t) => {
  const home = await startHome(t, { points: [flat()] });
  meterOf(home).holes.push({ flow: "consumption", date: localDate("2026-11-22"), dailyToo: true });
  for (const end of ["2026-11-23T02:00:00Z", "2026-11-23T11:30:00Z", "2026-11-23T22:30:00Z"]) {
    await run(home, end);
    assert.deepEqual(zeros(home), []);
    assert.equal(valueAt(home, "12345678901234/consumption/yesterday"), null);
    assert.equal(typeof valueAt(home, "12345678901234/consumption/daily"), "number");
  }
  await assertMirrors(home, { from: "2026-10-20", to: "2026-11-22" });
});

test("on the first of a month and of a year, before their first day is known, no sum says 0", async (t) => {
  const home = await startHome(t, { start: "2026-12-30T10:00:00Z", points: [flat({ activationDate: "2026-12-01" })] });
  for (const end of ["2026-12-31T23:30:00Z", "2027-01-01T12:00:00Z", "2027-01-01T23:30:00Z"]) {
    await run(home, end);
    assert.deepEqual(zeros(home), []);
  }
});

test("while the history is still arriving, the index is unknown rather than small", async (t) => {
  const home = await startHome(t, { points: [flat({ activationDate: "2024-03-01" })] });
  const indexes: unknown[] = [];
  Object.assign(home.deps, {
    onCall: () => home.snapshots.length > 0 && indexes.push(valueAt(home, "12345678901234/consumption/index")),
  });
  await home.pass();
  const known = indexes.filter((value) => value !== null && value !== undefined);
  // Once shown it only moves by what yesterday's arrival would add: never by years.
  assert.ok(indexes.length > known.length, "never unknown");
  assert.ok(new Set(known).size <= 1, `${[...new Set(known)].join(", ")}`);
  assert.deepEqual(zeros(home), []);
});
