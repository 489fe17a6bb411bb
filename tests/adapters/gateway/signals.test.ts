import assert from "node:assert/strict";
import { test } from "node:test";
import { parseEcowatt, parseTempo } from "../../../src/adapters/gateway/signals.ts";
import { localDate } from "../../../src/domain/calendar.ts";
import { days } from "./support.ts";

test("Tempo colours are named as users read them, with the time RTE said so", () => {
  const items = [
    {
      date: "2026-11-21",
      color: "RED",
      updated_at: "2026-11-20T09:50:01.000456+00:00",
      rte_updated_date: "2026-11-20T09:20:00+00:00",
    },
    { date: "2026-11-20", color: "WHITE", updated_at: "2026-11-19T09:50:01.000123+00:00" },
    { date: "2026-11-19", color: "BLUE", updated_at: null },
  ];
  assert.deepEqual(parseTempo(items, localDate("2026-11-19")), {
    outcome: "data",
    data: [
      { date: "2026-11-19", color: "BLEU", announcedAt: null },
      { date: "2026-11-20", color: "BLANC", announcedAt: Date.UTC(2026, 10, 19, 9, 50, 1, 0) },
      { date: "2026-11-21", color: "ROUGE", announcedAt: Date.UTC(2026, 10, 20, 9, 20) },
    ],
  });
});

test("the day asked for too much is dropped, an unknown colour is absent and never blue", () => {
  const items = [
    { date: "2026-11-18", color: "BLUE" },
    { date: "2026-11-19", color: "BLUE" },
    { date: "2026-11-20", color: "UNDEFINED" },
    { date: "2026-11-21", color: null },
  ];
  const answer = parseTempo(items, localDate("2026-11-19"));
  assert.deepEqual(answer.outcome === "data" && answer.data.map(({ date }) => date), ["2026-11-19"]);
  const all = parseTempo(items, null);
  assert.deepEqual(all.outcome === "data" && all.data.map(({ date }) => date), ["2026-11-18", "2026-11-19"]);
});

test("no colour at all is no data", () => {
  for (const data of [[], null, [{ date: "2026-11-20", color: "UNDEFINED" }]])
    assert.equal(parseTempo(data, null).outcome, "no_data");
});

const signal = (periode: string, more: object = {}) => ({
  periode,
  dvalue: 1,
  message: " Pas d’alerte. ",
  values: [...Array(24).keys()].map((hour) => (hour < 6 ? 0 : 1)),
  hdebut: 0,
  hfin: 23,
  generation_datetime: "2026-11-20T15:55:12",
  ...more,
});

test("an EcoWatt period is a Paris midnight in naive UTC, in winter and in summer", () => {
  const winter = parseEcowatt([signal("2026-11-20T23:00:00")], days("2026-11-21"));
  assert.equal(winter.outcome === "data" && winter.data[0]?.date, "2026-11-21");
  const summer = parseEcowatt([signal("2026-07-13T22:00:00")], days("2026-07-14"));
  assert.equal(summer.outcome === "data" && summer.data[0]?.date, "2026-07-14");
});

test("level 0 is green and decarbonised, the message loses its stray blanks", () => {
  const answer = parseEcowatt([signal("2026-11-20T23:00:00")], days("2026-11-21"));
  const day = answer.outcome === "data" ? answer.data[0] : undefined;
  assert.equal(day?.message, "Pas d’alerte.");
  assert.equal(day?.generatedAt, Date.UTC(2026, 10, 20, 15, 55, 12));
  assert.deepEqual(day?.hours[5], { hour: 5, level: 1, decarbonised: true });
  assert.deepEqual(day?.hours[6], { hour: 6, level: 1, decarbonised: false });
  assert.equal(day?.hours.length, 24);
});

test("only the hours from hdebut to hfin say something: 7 to 23 are 17", () => {
  const values = [...Array(24).keys()].map((hour) => (hour < 7 ? 0 : hour === 18 ? 3 : 2));
  const answer = parseEcowatt([signal("2026-11-19T23:00:00", { values, hdebut: 7, dvalue: 3 })], days("2026-11-20"));
  const day = answer.outcome === "data" ? answer.data[0] : undefined;
  assert.equal(day?.level, 3);
  assert.equal(day?.hours.length, 17);
  assert.deepEqual(day?.hours[0], { hour: 7, level: 2, decarbonised: false });
  assert.deepEqual(day?.hours[11], { hour: 18, level: 3, decarbonised: false });
});

test("days beside the period are dropped, the newest of two signals for a day stays, an unknown level is absent", () => {
  const items = [
    signal("2026-11-18T23:00:00"),
    signal("2026-11-20T23:00:00", { dvalue: 2, generation_datetime: "2026-11-20T16:00:00" }),
    signal("2026-11-20T23:00:00", { dvalue: 3 }),
    signal("2026-11-19T23:00:00", { values: [1, 7, null, 2] }),
  ];
  const answer = parseEcowatt(items, days("2026-11-20", "2026-11-21"));
  const found = answer.outcome === "data" ? answer.data : [];
  assert.deepEqual(
    found.map(({ date, level }) => [date, level]),
    [
      ["2026-11-20", 1],
      ["2026-11-21", 2],
    ],
  );
  assert.deepEqual(
    found[0]?.hours.map(({ hour }) => hour),
    [0, 3],
  );
});

test("no signal is no data", () => {
  assert.equal(parseEcowatt([], days("2026-11-20")).outcome, "no_data");
});
