import assert from "node:assert/strict";
import { test } from "node:test";
import { localDate } from "../../src/domain/calendar.ts";
import { type EcowattDay, type EcowattLevel, ecowattAt, ecowattForecast } from "../../src/domain/ecowatt.ts";
import { instant } from "../../src/domain/units.ts";

const at = (text: string) => instant(Date.parse(text));
const day = (date: string, levels: Partial<Record<number, EcowattLevel>>): EcowattDay => ({
  date: localDate(date),
  level: 1,
  message: `Signal du ${date}`,
  generatedAt: at("2026-11-20T16:00:00Z"),
  hours: Object.entries(levels).map(([hour, level]) => ({
    hour: Number(hour),
    level: level as EcowattLevel,
    decarbonised: false,
  })),
});

test("the hour in force is found by the Paris clock", () => {
  const days = [day("2026-11-21", { 7: 1, 8: 3 }), day("2026-11-22", { 0: 2 })];
  assert.equal(ecowattAt(days, at("2026-11-21T08:59:59+01:00"))?.level, 3);
  assert.equal(ecowattAt(days, at("2026-11-21T08:59:59+01:00"))?.message, "Signal du 2026-11-21");
  assert.equal(ecowattAt(days, at("2026-11-22T00:10:00+01:00"))?.level, 2);
});

test("an hour without a signal is not known, and is not green", () => {
  const days = [day("2026-11-21", { 7: 1 })];
  assert.equal(ecowattAt(days, at("2026-11-21T06:00:00+01:00")), null);
  assert.equal(ecowattAt(days, at("2026-11-22T07:00:00+01:00")), null);
  assert.deepEqual(
    ecowattForecast(days, at("2026-11-21T06:00:00+01:00")).map((hour) => new Date(hour.at).toISOString()),
    ["2026-11-21T06:00:00.000Z"],
  );
});

test("the repeated autumn hour shows its signal twice, the skipped spring hour not at all", () => {
  const autumn = [day("2026-10-25", { 1: 1, 2: 2, 3: 3 })];
  assert.deepEqual(
    ecowattForecast(autumn, at("2026-10-25T01:00:00+02:00")).map(
      (hour) => `${new Date(hour.at).toISOString().slice(11, 16)} ${hour.level}`,
    ),
    ["23:00 1", "00:00 2", "01:00 2", "02:00 3"],
  );
  const spring = [day("2026-03-29", { 1: 1, 2: 2, 3: 3 })];
  assert.deepEqual(
    ecowattForecast(spring, at("2026-03-29T01:00:00+01:00")).map(
      (hour) => `${new Date(hour.at).toISOString().slice(11, 16)} ${hour.level}`,
    ),
    ["00:00 1", "01:00 3"],
  );
});
