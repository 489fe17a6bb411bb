import assert from "node:assert/strict";
import { test } from "node:test";
import { addDays, clockOn, daysFromTo, localDate, utcDayAt } from "../../src/domain/calendar.ts";
import type { LocalDate } from "../../src/domain/units.ts";
import { solarHome } from "../../src/simulator/homes.ts";
import { HomeRun, housePoint } from "../support/home-run.ts";
import { testDatabase } from "../support/test-database.ts";

/** The days around the clock change in every run; half a year, with both of them and the winter, where time is no matter. */
const end = process.env.LINKY_LONG_TESTS ? "2027-04-07" : "2026-10-27";

test(`simulated ${process.env.LINKY_LONG_TESTS ? "half a year" : "three weeks"}: few calls, no day over budget, no date hidden, yesterday within half an hour`, async (t) => {
  const home = new HomeRun(await testDatabase(t), {
    start: "2026-10-07T10:00:00Z",
    points: [solarHome({ usagePointId: housePoint, seed: 7, name: "Maison" })],
    // Tempo's own rhythm is another test's matter: known early, it is asked once a day.
    gateway: { tempo: { publishedMinutes: 330 } },
  });
  const meter = home.gateway.control.meter(housePoint);
  meter.publication = { lateDays: [localDate("2026-10-19")], lateChance: 0.02 };
  meter.holes.push({ flow: "consumption", date: localDate("2026-10-21"), dailyToo: true });
  meter.holes.push({ flow: "production", date: localDate("2026-10-22"), fromMinutes: 600, toMinutes: 660 });

  const arrivals = new Map<LocalDate, number>();
  const afterPass = () => {
    const yesterday = home.snapshot.usagePoints[0]?.flows[0]?.yesterday;
    if (yesterday && !arrivals.has(yesterday.date)) arrivals.set(yesterday.date, home.clock.now());
  };
  const snapshot = await home.until(`${end}T21:00:00Z`, { afterPass, callsOnly: true });
  // The installation began at noon of the 7th: the 6th was published before.
  arrivals.delete(localDate("2026-10-06"));

  const counted = new Map<string, number>();
  for (const call of home.gateway.control.calls)
    if (call.bucket === "no_cache") counted.set(utcDayAt(call.at), (counted.get(utcDayAt(call.at)) ?? 0) + 1);
  counted.delete("2026-10-07");
  const counts = [...counted.values()];
  const average = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  assert.ok(average <= 15, `${average} calls a day`);
  assert.ok(Math.max(...counts) <= 50, `${Math.max(...counts)} calls on one day`);
  assert.deepEqual(home.gateway.control.everBlacklisted(housePoint), []);

  const late = [...arrivals].filter(([date, at]) => {
    const published = firstReadable(home, date);
    return published !== null && at - published > 30 * 60_000;
  });
  assert.deepEqual(late, []);
  // Every day published by the evening of the next one is there on that day: not the late ones, nor the one that never comes.
  const published = daysFromTo(localDate("2026-10-07"), addDays(localDate(end), -1)).filter((date) => {
    const at = firstReadable(home, date);
    return date !== "2026-10-21" && at !== null && at < clockOn(addDays(date, 1), 20 * 60);
  });
  assert.deepEqual(
    published.filter((date) => !arrivals.has(date)),
    [],
  );

  assert.deepEqual(await home.faults(), []);
  assert.equal(snapshot.usagePoints[0]?.history.knownDays, snapshot.usagePoints[0]?.history.wantedDays);
});

/** The instant from which the curve of `date` could be read, found by asking the meter itself. */
function firstReadable(home: HomeRun, date: LocalDate): number | null {
  const meter = home.gateway.control.meter(housePoint);
  for (let minutes = 480; minutes <= 1440 + 600; minutes++) {
    const at = clockOn(addDays(date, 1 + Math.floor(minutes / 1440)), minutes % 1440);
    if (meter.isPublished({ date, flow: "consumption", measure: "curve" }, at)) return at;
  }
  return null;
}
