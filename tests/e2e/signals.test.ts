import assert from "node:assert/strict";
import { test } from "node:test";
import { clockOn, localDate } from "../../src/domain/calendar.ts";
import type { HomeRun } from "../support/home-run.ts";
import { assertNothingTold, at, callsOn, run, startHome, statusOf } from "../support/scenario.ts";

const payloadOf = (home: HomeRun, topic: string) =>
  JSON.parse(home.messages().get(`myelectricaldata/${topic}`) ?? "null");
/** One red and one white day this season. */
const colorOf = (date: string): "BLUE" | "WHITE" | "RED" =>
  date === "2026-11-24" ? "RED" : date === "2026-11-25" ? "WHITE" : "BLUE";

test("tomorrow's Tempo colour is INCONNU and never blue until it is published, however late", async (t) => {
  const home = await startHome(t, {
    start: "2026-11-23T08:00:00Z",
    gateway: { tempo: { publishedMinutes: 640, colorOf } },
  });
  home.gateway.control.tempo.publish(localDate("2026-11-24"), at("2026-11-23T17:30:00Z"));
  const before = await home.until("2026-11-23T17:20:00Z");
  assert.equal(before.tempo.tomorrow.color, null);
  assert.equal(payloadOf(home, "tempo/tomorrow").color, "INCONNU");
  assert.match((await statusOf(home)).fr, /demain (?!bleu|blanc|rouge)/i);
  assert.match((await statusOf(home)).en, /tomorrow (?!blue|white|red)/i);
  const after = await home.until("2026-11-23T18:00:00Z");
  assert.equal(after.tempo.tomorrow.color, "ROUGE");
  assert.equal(payloadOf(home, "tempo/tomorrow").color, "ROUGE");
  await assertNothingTold(home);
});

test("a Tempo colour that is never published stays unknown through its whole day, and what remains is not counted", async (t) => {
  const home = await startHome(t, {
    start: "2026-11-23T08:00:00Z",
    gateway: { tempo: { publishedMinutes: 640, colorOf } },
  });
  home.gateway.control.tempo.publish(localDate("2026-11-24"), null);
  // Noon of the day itself, and 03:00 of the next, which belongs to it.
  for (const end of ["2026-11-24T11:00:00Z", "2026-11-25T02:00:00Z"]) {
    const snapshot = await run(home, end);
    assert.deepEqual([snapshot.tempo.today.date, snapshot.tempo.today.color], ["2026-11-24", null]);
    assert.equal(payloadOf(home, "tempo/today").color, "INCONNU");
  }
  const next = await run(home, "2026-11-25T11:00:00Z");
  assert.equal(next.tempo.today.color, "BLANC");
  assert.equal(next.tempo.unknownPastDays, 1);
  assert.equal(next.tempo.remaining, null);
  assert.deepEqual(
    ["blue", "white", "red"].map((color) => payloadOf(home, "tempo/remaining")[color]),
    [null, null, null],
  );
  // Four questions an hour from 06:00 to 23:00 at most, none of which is counted.
  assert.ok(callsOn(home, "2026-11-24", "/tempo").length <= 69);
});

test("a Tempo hole that is filled later is found the next morning, and counts again", async (t) => {
  const home = await startHome(t, {
    start: "2026-11-23T08:00:00Z",
    gateway: { tempo: { publishedMinutes: 330, colorOf } },
  });
  home.gateway.control.tempo.publish(localDate("2026-10-14"), at("2026-11-25T12:00:00Z"));
  const without = await run(home, "2026-11-25T11:00:00Z");
  assert.equal(without.tempo.unknownPastDays, 1);
  assert.equal(without.tempo.remaining, null);
  const filled = await run(home, "2026-11-26T11:00:00Z");
  assert.equal(filled.tempo.unknownPastDays, 0);
  // 22 red days and 43 white ones a season, one of each lived.
  assert.deepEqual([filled.tempo.remaining?.notAnnounced.ROUGE, filled.tempo.remaining?.notAnnounced.BLANC], [21, 42]);
});

test("an EcoWatt answer of null says nothing: unknown, and not green", async (t) => {
  const home = await startHome(t);
  const fault = { kind: "answer" as const, status: 200, contentType: "application/json", body: "null" };
  const healed = home.gateway.control.addFault({ route: "/ecowatt/", effect: fault });
  const during = await run(home, "2026-11-21T15:00:00Z");
  assert.deepEqual([during.ecowatt.available, during.ecowatt.current, during.ecowatt.alert], [false, null, null]);
  assert.deepEqual(payloadOf(home, "ecowatt/forecast"), []);
  assert.deepEqual([payloadOf(home, "ecowatt/current").level, payloadOf(home, "ecowatt/current").alert], [null, null]);
  assert.match((await statusOf(home)).fr, /EcoWatt : inconnu/);
  assert.match((await statusOf(home)).en, /EcoWatt: unknown/);
  healed();
  const after = await run(home, "2026-11-21T21:00:00Z");
  assert.equal(after.ecowatt.current?.level, 1);
  await assertNothingTold(home);
});

test("an EcoWatt day told again for its last 17 hours keeps its first seven, and says so to the hour", async (t) => {
  const tense = [1, 1, 1, 1, 1, 1, 1, 2, 3, 3, 3, 2, 1, 1, 1, 1, 1, 2, 3, 2, 1, 1, 1, 1];
  const home = await startHome(t, {
    start: "2026-11-23T19:00:00Z",
    gateway: { ecowatt: { valuesOf: (date) => (date === "2026-11-24" ? tense : new Array(24).fill(0)) } },
  });
  await run(home, "2026-11-24T05:30:00Z");
  // 06:30 in Paris, before RTE speaks again.
  assert.equal(home.snapshot.ecowatt.current?.level, 1);
  const later = await run(home, "2026-11-24T07:30:00Z");
  assert.deepEqual([later.ecowatt.current?.level, later.ecowatt.alert], [3, true]);
  assert.equal(later.ecowatt.nextHour?.at, clockOn(localDate("2026-11-24"), 9 * 60));
  const [row] = await home.database.sql<{ levels: number[] }[]>`
    select array_agg(level order by hour) as levels from ecowatt_hour where date = '2026-11-24'`;
  assert.deepEqual(row?.levels.map(Number), tense);
});

test("an EcoWatt day known for 17 hours alone has no level in the others", async (t) => {
  const home = await startHome(t, {
    // 08:00 in Paris: the gateway is first met after RTE spoke again of the day.
    start: "2026-11-24T07:00:00Z",
    gateway: { ecowatt: { valuesOf: () => [...new Array(8).fill(1), 3, 3, ...new Array(14).fill(1)] } },
  });
  await run(home, "2026-11-24T08:30:00Z");
  const [row] = await home.database.sql<{ hours: number; first: number }[]>`
    select count(*)::integer as hours, min(hour)::integer as first from ecowatt_hour where date = '2026-11-24'`;
  assert.deepEqual({ ...row }, { hours: 17, first: 7 });
  assert.equal(home.snapshot.ecowatt.current?.level, 3);
});
