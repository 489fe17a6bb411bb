import assert from "node:assert/strict";
import { test } from "node:test";
import { localDate } from "../../src/domain/calendar.ts";
import type { EcowattDay } from "../../src/domain/ecowatt.ts";
import { ecowattAnswer } from "../../src/server/api/ecowatt.ts";
import { StatisticsWorld } from "../support/statistics-world.ts";
import { codeOf, jsonOf, partsOf, send, serve } from "./api.ts";

/** A day of 24 green hours, but for orange at 18:00. */
const signalOf = (date: string, world: StatisticsWorld): EcowattDay => ({
  date: localDate(date),
  level: 2,
  message: "Modérons notre consommation.",
  generatedAt: world.clock.now(),
  hours: Array.from({ length: 24 }, (_, hour) => ({ hour, level: hour === 18 ? 2 : 1, decarbonised: hour === 3 })),
});

async function open(t: Parameters<typeof serve>[0]) {
  const world = await StatisticsWorld.open(t);
  const days = ["2026-03-29", "2026-10-25", "2026-11-20", "2026-11-21", "2026-11-22"];
  await world.store.saveEcowatt(
    days.map((date) => signalOf(date, world)),
    world.clock.now(),
  );
  const { url } = await serve(t, partsOf(world));
  return (query: string) => send(`${url}/api/ecowatt${query}`);
}

test("without days it is from today on; a day is a day, and what RTE never told is absent", async (t) => {
  const ask = await open(t);
  const { days, ...span } = ecowattAnswer.parse(jsonOf(await ask("")));
  assert.deepEqual(span, { start: "2026-11-21", end: "2026-11-24" });
  assert.deepEqual(
    days.map(({ date, level, hours }) => [date, level, hours.length]),
    [
      ["2026-11-21", 2, 24],
      ["2026-11-22", 2, 24],
    ],
  );
  const [day] = ecowattAnswer.parse(jsonOf(await ask("?date=2026-11-20"))).days;
  assert.deepEqual(
    [day?.message, day?.generatedAt, day?.hours[3], day?.hours[18]],
    [
      "Modérons notre consommation.",
      "2026-11-21T08:00:00.000Z",
      { hour: 3, at: "2026-11-20T02:00:00.000Z", level: 1, decarbonised: true },
      { hour: 18, at: "2026-11-20T17:00:00.000Z", level: 2, decarbonised: false },
    ],
  );
  assert.deepEqual(ecowattAnswer.parse(jsonOf(await ask("?start=2026-11-01&end=2026-11-19"))).days, []);
});

test("the repeated hour is named by its first instant, and the spring hour that no clock shows is absent", async (t) => {
  const ask = await open(t);
  const [autumn] = ecowattAnswer.parse(jsonOf(await ask("?date=2026-10-25"))).days;
  assert.deepEqual(
    autumn?.hours.slice(2, 4).map(({ hour, at }) => [hour, at]),
    [
      [2, "2026-10-25T00:00:00.000Z"],
      [3, "2026-10-25T02:00:00.000Z"],
    ],
  );
  const [spring] = ecowattAnswer.parse(jsonOf(await ask("?date=2026-03-29"))).days;
  assert.deepEqual(
    spring?.hours.slice(1, 3).map(({ hour, at }) => [hour, at]),
    [
      [1, "2026-03-29T00:00:00.000Z"],
      [3, "2026-03-29T01:00:00.000Z"],
    ],
  );
});

test("a day and a span are not asked for together", async (t) => {
  const ask = await open(t);
  assert.equal(codeOf(await ask("?date=2026-11-20&start=2026-11-20&end=2026-11-21"), 400), "several_spans");
  assert.equal(codeOf(await ask("?end=2026-11-21"), 400), "half_a_span");
  assert.equal(codeOf(await ask("?date=demain"), 400), "invalid_request");
});
