import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { localDate } from "../../src/domain/calendar.ts";
import type { LocalDate } from "../../src/domain/units.ts";
import { askAnswer, qualityAnswer, qualityDayAnswer } from "../../src/server/api/quality.ts";
import { rhythmOf } from "../../src/sync/plan/rhythm.ts";
import { slotsOn } from "../contracts/store-builders.ts";
import { dates, meter, StatisticsWorld } from "../support/statistics-world.ts";
import { codeOf, jsonOf, partsOf, post, send, serve } from "./api.ts";
import { idleOperations } from "./operations.ts";

const base = `linky_bridge:consumption_${meter}_base`;

interface Opened {
  readonly world: StatisticsWorld;
  readonly url: string;
  /** How often a pass was asked for. */
  readonly woken: () => number;
}

/** A house at 600 W on 10 to 14 November 2026, seen on the 21st at 9 in Paris; its account allows calls. */
async function open(t: TestContext, activationDate: LocalDate | null = localDate("2026-11-08")): Promise<Opened> {
  const world = await StatisticsWorld.open(t, { point: { activationDate } });
  await world.ingest(dates("2026-11-10", "2026-11-14").flatMap((date) => slotsOn(date, 600)));
  let calls = 0;
  const planning = { credentials: "a1b2", rhythm: rhythmOf("6f2c0f0e-0000-4000-8000-000000000001"), only: [] };
  const operations = idleOperations({ planning, wake: () => void calls++ });
  const { url } = await serve(t, { ...partsOf(world), operations });
  return { world, url: `${url}/api/quality/${meter}`, woken: () => calls };
}

const calendar = async (url: string) => qualityAnswer.parse(jsonOf(await send(url)));
const dayOf = async (url: string, date: string) => qualityDayAnswer.parse(jsonOf(await send(`${url}/${date}`)));

test("each day has its state, counted, from the meter's first day to yesterday", async (t) => {
  const { world, url } = await open(t);
  await world.ingest(slotsOn("2026-11-15", 600).slice(0, 40));
  await world.ingest(slotsOn("2026-11-16", 600).slice(0, 40));
  await world.ingestDaily([
    ["2026-11-14", 14_000],
    ["2026-11-16", 15_000],
    ["2026-11-17", 16_000],
  ]);
  await world.ingest(slotsOn("2026-11-10", 620));
  const at = world.clock.now();
  await world.store.ingestDaily({
    usagePoint: meter,
    flow: "consumption",
    readings: [],
    answers: dates("2026-11-18", "2026-11-18").map((date) => ({ date, answer: "absent" })),
    at,
  });
  const { states, counts, ...rest } = await calendar(url);
  assert.deepEqual(rest, {
    usagePoint: meter,
    flow: "consumption",
    start: "2026-11-08",
    end: "2026-11-20",
    firstDay: "2026-11-08",
  });
  assert.deepEqual(states, [
    "not_asked", // 8
    "not_asked",
    "corrected", // 10: 620 W in the place of 600 W
    "complete",
    "complete",
    "complete",
    "disagreeing", // 14: 14,400 Wh by its half-hours
    "partial",
    "estimated",
    "estimated", // 17: its value alone
    "missing",
    "pending", // 19
    "pending",
  ]);
  assert.deepEqual(counts, {
    complete: 3,
    corrected: 1,
    disagreeing: 1,
    estimated: 2,
    typed: 0,
    partial: 1,
    missing: 1,
    pending: 2,
    not_asked: 2,
    before_first_day: 0,
  });
});

test("a span of days, also before the first, as JSON and as CSV", async (t) => {
  const { url } = await open(t);
  const span = `${url}?start=2026-11-07&end=2026-11-10`;
  assert.deepEqual((await calendar(span)).states, ["before_first_day", "not_asked", "not_asked", "complete"]);
  const csv = await send(`${span}&format=csv`);
  assert.equal(
    csv.headers["content-disposition"],
    `attachment; filename="quality_consumption_${meter}_2026-11-07_2026-11-10.csv"`,
  );
  assert.deepEqual(csv.text.split("\r\n").slice(0, 3), [
    "date,state",
    "2026-11-07,before_first_day",
    "2026-11-08,not_asked",
  ]);
});

test("what cannot be looked at is refused with what to do", async (t) => {
  const { url } = await open(t);
  const code = async (query: string, status: number) => codeOf(await send(url + query), status);
  assert.equal(await code("?start=2026-11-10&end=2026-11-09", 400), "backwards");
  assert.equal(await code("?start=2015-11-10&end=2026-11-10", 400), "too_long");
  assert.equal(await code("?start=2026-02-30", 400), "invalid_request");
  assert.equal(await code("?flow=production", 409), "not_measured");
  assert.equal(await code("?days=3", 400), "invalid_request");
  assert.equal(codeOf(await send(url.replace(meter, "00000000000000")), 404), "unknown_meter");
  assert.equal(codeOf(await send(`${url}/2026-02-30`), 400), "invalid_request");
});

test("eleven years fit into one answer", async (t) => {
  const { world, url } = await open(t);
  await world.ingestDaily([["2015-11-21", 1]]);
  const { states } = await calendar(`${url}?start=2015-11-21&end=2026-11-20`);
  // 11 years, of which 2016, 2020 and 2024 have a day more.
  assert.equal(states.length, 11 * 365 + 3);
});

test("a day tells why it is what it is: hours, both figures, what was there before, what was asked", async (t) => {
  const { world, url } = await open(t);
  await world.ingestDaily([["2026-11-14", 14_000]]);
  await world.ingestDaily([["2026-11-14", 14_100]]);
  const answers = dates("2026-11-14", "2026-11-14").map((date) => ({ date, answer: "complete" as const }));
  const at = world.clock.now();
  await world.store.ingestCurve({ usagePoint: meter, flow: "consumption", slots: [], answers, at });
  const told = await dayOf(url, "2026-11-14");
  const { hours, former, questions, fr, en, ask, type, changedAt, ...figures } = told;
  assert.deepEqual(figures, {
    usagePoint: meter,
    flow: "consumption",
    date: "2026-11-14",
    state: "disagreeing",
    quality: "disagreeing",
    energyWh: 14_400,
    officialWh: 14_100,
    typedWh: null,
    slotsWh: 14_400,
    // 14,100 - 14,400
    differenceWh: -300,
    minutesPresent: 1440,
    minutesExpected: 1440,
    formerCount: 1,
  });
  assert.equal(changedAt, new Date(at).toISOString());
  assert.equal(hours.length, 24);
  assert.deepEqual(hours[0], { start: "2026-11-13T23:00:00.000Z", minutesPresent: 60, energyWh: 600 });
  assert.deepEqual(
    former.map(({ kind, energyWh, origin }) => [kind, energyWh, origin]),
    [["daily", 14_000, "source"]],
  );
  const [curve, daily] = questions;
  assert.deepEqual(
    [curve?.subject, curve?.askedAt, curve?.answer],
    ["consumption_curve", new Date(at).toISOString(), "complete"],
  );
  assert.deepEqual([daily?.subject, daily?.askedAt], ["consumption_daily", null]);
  assert.match(fr, /14,400.kWh.*14,100.kWh/);
  assert.match(en, /14\.400.kWh.*14\.100.kWh/);
  // The half-hours contradict their total: both are asked.
  const subjects = ["consumption_curve", "consumption_daily"];
  assert.deepEqual([ask, type.reason?.code], [{ isPossible: true, reason: null, subjects }, "known"]);
});

test("the day on which clocks go back has 25 hours, and an hour half known says so", async (t) => {
  const { world, url } = await open(t);
  // Six hours and a half from midnight on.
  await world.ingest(slotsOn("2026-10-25", 600).slice(0, 13));
  const { hours, minutesPresent, minutesExpected, state, fr } = await dayOf(url, "2026-10-25");
  assert.deepEqual([hours.length, minutesPresent, minutesExpected, state], [25, 390, 1500, "partial"]);
  assert.deepEqual(
    hours.slice(5, 8).map((hour) => [hour.minutesPresent, hour.energyWh]),
    [
      [60, 600],
      [30, 300],
      [0, null],
    ],
  );
  // 25 h less 6 h 30.
  assert.match(fr, /18 h 30 min/);
});

test("what would be asked of a day is told beforehand: where both figures agree, the half-hours alone", async (t) => {
  const { world, url } = await open(t);
  await world.ingestDaily([["2026-11-12", 14_400]]);
  for (const [date, subjects] of [
    ["2026-11-12", ["consumption_curve"]],
    ["2026-11-13", ["consumption_curve", "consumption_daily"]],
  ] as const) {
    assert.deepEqual((await dayOf(url, date)).ask.subjects, subjects);
    assert.deepEqual(askAnswer.parse(jsonOf(await post(`${url}/${date}/ask`, {}))).subjects, subjects);
  }
});

test("a day is asked for at the next pass, and says that it waits", async (t) => {
  const { url, woken } = await open(t);
  const asked = askAnswer.parse(jsonOf(await post(`${url}/2026-11-09/ask`, {})));
  assert.deepEqual(asked.subjects, ["consumption_curve", "consumption_daily"]);
  assert.equal(asked.expectedAt, "2026-11-21T08:00:00.000Z");
  assert.match(asked.fr, /prochain passage/);
  assert.equal(woken(), 1);
  const { questions } = await dayOf(url, "2026-11-09");
  assert.deepEqual(
    questions.map(({ isWished }) => isWished),
    [true, true],
  );
});

test("with the day's calls used up the wish waits until after midnight UTC, and says so", async (t) => {
  const { world, url } = await open(t);
  const { account } = world.deps;
  await world.store.settleBudget({ account, utcDay: "2026-11-21", bucket: "no_cache", used: 50, allowed: 50 });
  const asked = askAnswer.parse(jsonOf(await post(`${url}/2026-11-09/ask`, {})));
  assert.match(asked.expectedAt, /^2026-11-22T00:/);
  assert.match(asked.fr, /épuisés ou réservés/);
});

test("what cannot be asked for is refused with the reason, and the day says it beforehand", async (t) => {
  const { world, url, woken } = await open(t);
  const code = async (date: string) => {
    const refused = codeOf(await post(`${url}/${date}/ask`, {}), 409);
    const { ask } = await dayOf(url, date);
    assert.deepEqual([ask.reason?.code, ask.subjects], [refused, []]);
    return refused;
  };
  assert.equal(await code("2026-11-21"), "not_over");
  assert.equal(await code("2026-11-07"), "before_activation");
  // Of the last week only the 14th is known.
  assert.equal((await dayOf(url, "2026-11-20")).ask.isPossible, true);
  await world.describe({ activationDate: localDate("2026-11-16") });
  assert.equal(await code("2026-11-20"), "nothing_vouches");
  await world.describe({ isActive: false });
  assert.equal(await code("2026-11-18"), "not_listed");
  assert.equal(woken(), 0);
  const without = await serve(t, partsOf(world));
  const path = `${without.url}/api/quality/${meter}/2026-11-12/ask`;
  assert.equal(codeOf(await post(path, {}), 409), "no_credentials");
});

test("a day too old for the gateway is refused, and can be typed", async (t) => {
  const { url } = await open(t, null);
  const day = `${url}/2022-01-02`;
  assert.equal(codeOf(await post(`${day}/ask`, {}), 409), "too_old");
  const { state, energyWh } = qualityDayAnswer.parse(jsonOf(await put(day, { valueWh: 9_000, confirm: true })));
  assert.deepEqual([state, energyWh], ["typed", 9_000]);
});

const put = (url: string, body: object) => send(url, { method: "PUT", body });

test("a value typed by hand counts, follows into Home Assistant, and goes when it is taken back", async (t) => {
  const { world, url, woken } = await open(t);
  await world.run();
  const there = `${url}/2026-11-12`;
  const day = `${url}/2026-11-15`;
  assert.equal(codeOf(await put(day, { valueWh: 9_000 }), 400), "not_confirmed");
  assert.equal(codeOf(await put(there, { valueWh: 9_000, confirm: true }), 409), "complete");
  assert.equal(codeOf(await put(day, { valueWh: 1.5, confirm: true }), 400), "invalid_request");
  assert.equal(codeOf(await put(day, { valueWh: -1, confirm: true }), 400), "invalid_request");
  const typed = qualityDayAnswer.parse(jsonOf(await put(day, { valueWh: 9_000, confirm: true })));
  assert.deepEqual(
    [typed.state, typed.quality, typed.energyWh, typed.officialWh, typed.typedWh],
    ["typed", "estimated", 9_000, null, 9_000],
  );
  assert.match(typed.fr, /saisie à la main/);
  assert.equal(woken(), 1);
  await world.run();
  // Five days of 600 W, and 9 kWh.
  const total = () => [...world.held(base).values()].at(-1)?.[1];
  assert.equal(total(), 81);

  assert.equal(codeOf(await send(day, { method: "DELETE" }), 400), "not_confirmed");
  const back = qualityDayAnswer.parse(jsonOf(await send(`${day}?confirm=true`, { method: "DELETE" })));
  assert.deepEqual([back.state, back.energyWh, back.former.length], ["not_asked", null, 1]);
  await world.run();
  assert.equal(total(), 72);
  assert.equal(codeOf(await send(`${day}?confirm=true`, { method: "DELETE" }), 409), "nothing_typed");
});

test("a typed value is not below what is measured already, and gives way to the official one", async (t) => {
  const { world, url } = await open(t);
  const day = `${url}/2026-11-15`;
  // 20 h at 600 W.
  await world.ingest(slotsOn("2026-11-15", 600).slice(0, 40));
  assert.equal(codeOf(await put(day, { valueWh: 11_999, confirm: true }), 409), "less_than_slots");
  jsonOf(await put(day, { valueWh: 13_000, confirm: true }));
  await world.ingestDaily([["2026-11-15", 14_000]]);
  const { state, energyWh, officialWh, typedWh, former } = await dayOf(url, "2026-11-15");
  assert.deepEqual([state, energyWh, officialWh, typedWh], ["estimated", 14_000, 14_000, null]);
  assert.deepEqual(
    former.map(({ energyWh, origin }) => [energyWh, origin]),
    [[13_000, "user"]],
  );
  assert.equal(codeOf(await put(day, { valueWh: 13_000, confirm: true }), 409), "known");
});
