import assert from "node:assert/strict";
import { test } from "node:test";
import { seasonAnswer, tempoAnswer, tempoConsumptionAnswer } from "../../src/server/api/tempo.ts";
import { slotsOn } from "../contracts/store-builders.ts";
import { recordedFiles } from "../domain/tariff/cost-recorded-home.ts";
import { recordedHome } from "../support/recorded-home.ts";
import { skipWithout } from "../support/shared-files.ts";
import { dates, meter, StatisticsWorld } from "../support/statistics-world.ts";
import { codeOf, jsonOf, partsOf, send, serve } from "./api.ts";

const skip = skipWithout(...recordedFiles);
type Test = Parameters<typeof serve>[0];

async function asking(t: Test, world: StatisticsWorld) {
  const { url } = await serve(t, partsOf(world));
  return (path: string) => send(`${url}/api/tempo${path}`);
}

/** On 21 November 2026; of the season all days but 20 October are known up to the 21st, one white and one red. */
async function season(t: Test) {
  const world = await StatisticsWorld.open(t, { point: { pricingOption: "TEMPO", subscribedPowerKva: 9 } });
  const known = dates("2026-09-01", "2026-11-21").filter((date) => date !== "2026-10-20");
  await world.tell(
    known.map((date) => [date, date === "2026-11-18" ? "BLANC" : date === "2026-11-19" ? "ROUGE" : "BLEU"] as const),
  );
  return world;
}

test("every day of a span has its colour or none, which is not blue", async (t) => {
  const ask = await asking(t, await season(t));
  const { days } = tempoAnswer.parse(jsonOf(await ask("?start=2026-11-18&end=2026-11-22")));
  assert.deepEqual(days, [
    { date: "2026-11-18", color: "BLANC", announcedAt: null },
    { date: "2026-11-19", color: "ROUGE", announcedAt: null },
    { date: "2026-11-20", color: "BLEU", announcedAt: null },
    { date: "2026-11-21", color: "BLEU", announcedAt: null },
    { date: "2026-11-22", color: null, announcedAt: null },
  ]);
  const whole = tempoAnswer.parse(jsonOf(await ask("")));
  assert.deepEqual([whole.start, whole.end, whole.days.length], ["2026-09-01", "2027-08-31", 365]);
  const csv = await ask("?start=2026-11-21&end=2026-11-22&format=csv");
  assert.equal(csv.headers["content-disposition"], 'attachment; filename="tempo_2026-11-21_2026-11-22.csv"');
  assert.deepEqual(csv.text.split("\r\n"), ["date,color,announced_at", "2026-11-21,BLEU,", "2026-11-22,,", ""]);
});

test("a season is counted once each of its past days is known", async (t) => {
  const world = await season(t);
  const ask = await asking(t, world);
  const { days, ...counted } = seasonAnswer.parse(jsonOf(await ask("/season")));
  assert.equal(days.length, 365);
  assert.deepEqual(counted, {
    season: "2026-2027",
    start: "2026-09-01",
    end: "2027-08-31",
    today: "2026-11-21",
    // 365 − 43 − 22
    allotted: { BLEU: 300, BLANC: 43, ROUGE: 22 },
    // 1 September to 21 November are 82 days, one of them not known.
    known: { BLEU: 79, BLANC: 1, ROUGE: 1 },
    unknownPastDays: 1,
    remaining: null,
  });
  await world.tell([["2026-10-20", "BLEU"]]);
  const { remaining } = seasonAnswer.parse(jsonOf(await ask("/season?season=2026-2027")));
  const left = { BLEU: 220, BLANC: 42, ROUGE: 21 };
  assert.deepEqual(remaining, { notAnnounced: left, notLived: left });
  const next = seasonAnswer.parse(jsonOf(await ask("/season?season=2027-2028")));
  // 29 February 2028 is in it.
  assert.deepEqual([next.days.length, next.remaining?.notLived.BLEU, next.unknownPastDays], [366, 301, 0]);
});

test("consumption by colour runs from 06:00 to 06:00, and unknown days stand apart", async (t) => {
  const world = await season(t);
  await world.ingest(dates("2026-11-18", "2026-11-20").flatMap((date) => slotsOn(date, 600)));
  await world.ingest(slotsOn("2026-10-20", 600));
  const ask = await asking(t, world);
  const { colors, ...rest } = tempoConsumptionAnswer.parse(jsonOf(await ask(`/consumption/${meter}`)));
  assert.deepEqual(rest, {
    usagePoint: meter,
    season: "2026-2027",
    start: "2026-09-01",
    end: "2027-08-31",
    isHypothetical: false,
    // 20 October from 06:00 to midnight: 18 h × 600 W. Its first hours are the day before's.
    unknown: { days: 1, energyWh: 10_800 },
    // 1 September to 18 October, and 21 October to 16 November: 48 + 27 days.
    missingDays: 75,
  });
  assert.deepEqual(
    colors.map(({ color, days, hc, hp, energyWh, averagePerDayWh }) => ({
      color,
      days,
      hours: [hc.energyWh, hp.energyWh].map((wh) => wh && wh / 600),
      energyWh,
      averagePerDayWh,
    })),
    [
      // Of 19 October, of 17 November and of 20 November, none of them known throughout.
      { color: "BLEU", days: 0, hours: [14, 16], energyWh: 18_000, averagePerDayWh: null },
      { color: "BLANC", days: 1, hours: [8, 16], energyWh: 14_400, averagePerDayWh: 14_400 },
      { color: "ROUGE", days: 1, hours: [8, 16], energyWh: 14_400, averagePerDayWh: 14_400 },
    ],
  );
});

test("a colour that was not met is not zero, and another plan's money is hypothetical", async (t) => {
  const world = await StatisticsWorld.open(t, { point: { pricingOption: "BASE", subscribedPowerKva: 9 } });
  await world.tell([["2026-11-18", "BLEU"]]);
  await world.ingest(dates("2026-11-18", "2026-11-19").flatMap((date) => slotsOn(date, 600)));
  const ask = await asking(t, world);
  const { colors, isHypothetical } = tempoConsumptionAnswer.parse(jsonOf(await ask(`/consumption/${meter}`)));
  assert.equal(isHypothetical, true);
  const [blue, white] = colors;
  // From 06:00 of the 18th on, 4.8 kWh × 0.1325 + 9.6 kWh × 0.1612: the regulated prices of 1 February 2026.
  assert.deepEqual([blue?.hc.energyWh, blue?.hp.energyWh, blue?.days, blue?.eur], [4_800, 9_600, 1, 2.18352]);
  const nothing = { energyWh: null, eur: null };
  assert.deepEqual(white, { color: "BLANC", days: 0, hc: nothing, hp: nothing, ...nothing, averagePerDayWh: null });
});

test("the recorded home's season, to the millionth", { skip }, async (t) => {
  const ask = await asking(t, await recordedHome(t));
  const { colors, unknown, missingDays } = tempoConsumptionAnswer.parse(jsonOf(await ask(`/consumption/${meter}`)));
  assert.deepEqual(
    colors.map(({ color, days, hc, hp }) => [color, days, hc.energyWh, hc.eur, hp.energyWh, hp.eur]),
    [
      ["BLEU", 262, 1_672_614, 199.800566, 2_412_318, 361.591558],
      ["BLANC", 43, 408_943, 55.134594, 480_660, 84.515964],
      ["ROUGE", 22, 255_426, 35.799149, 316_835, 234.120792],
    ],
  );
  assert.deepEqual([unknown, missingDays], [{ days: 0, energyWh: 0 }, 0]);
});

test("a season is two years that follow each other, a span has two ends", async (t) => {
  const ask = await asking(t, await season(t));
  const code = async (path: string, status = 400) => codeOf(await ask(path), status);
  assert.equal(await code("/season?season=2026-2028"), "invalid_season");
  assert.equal(await code(`/consumption/${meter}?season=2026`), "invalid_season");
  assert.equal(await code("?start=2026-11-18"), "half_a_span");
  assert.equal(await code("?start=1990-11-18&end=2026-11-18"), "too_long");
  assert.equal(await code("?date=2026-11-18"), "invalid_request");
});
