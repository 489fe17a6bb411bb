import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { localDate } from "../../../src/domain/calendar.ts";
import type { TempoColor, TempoDay } from "../../../src/domain/tempo.ts";
import { observeTempo } from "../../../src/sync/observe/signals.ts";
import { at } from "../../support/snapshots.ts";

const days = (colors: Readonly<Record<string, TempoColor>>): TempoDay[] =>
  Object.entries(colors).map(([date, color]) => ({ date: localDate(date), color, announcedAt: null }));
const nowAt = (time: string, colors: Readonly<Record<string, TempoColor>> = {}) =>
  observeTempo({ now: at(time), tempo: days(colors) }).now;

describe("the Tempo hours in force", () => {
  const colors = { "2026-11-23": "ROUGE", "2026-11-24": "BLANC" } as const;
  const cases: readonly (readonly [string, string])[] = [
    ["2026-11-23T04:59:00Z", "null true"], // 05:59 in Paris: still the 22nd, which nobody announced
    ["2026-11-23T05:00:00Z", "red_hp false"],
    ["2026-11-23T20:59:00Z", "red_hp false"],
    ["2026-11-23T21:00:00Z", "red_hc true"],
    ["2026-11-24T02:00:00Z", "red_hc true"], // 03:00 of the next day
    ["2026-11-24T05:00:00Z", "white_hp false"],
  ];
  for (const [time, expected] of cases)
    it(`are ${expected} at ${time}`, () => {
      const { period, offPeak } = nowAt(time, colors);
      assert.equal(`${period} ${offPeak}`, expected);
    });

  it("end at 06:00 on a Paris clock, also on the days on which it changes", () => {
    const endOf = (time: string): string => new Date(nowAt(time).nextDayAt).toISOString();
    assert.equal(endOf("2026-11-23T11:00:00Z"), "2026-11-24T05:00:00.000Z");
    assert.equal(endOf("2026-11-24T02:00:00Z"), "2026-11-24T05:00:00.000Z");
    assert.equal(endOf("2027-03-27T12:00:00Z"), "2027-03-28T04:00:00.000Z"); // summer time since 02:00
    assert.equal(endOf("2026-10-24T12:00:00Z"), "2026-10-25T05:00:00.000Z"); // winter time since 03:00
  });

  it("are in the season of red days from 1 November 06:00 until the Tempo day of 31 March ends", () => {
    const seasons = [
      ["2026-11-01T04:59:00Z", false], // still the day of 31 October
      ["2026-11-01T05:00:00Z", true],
      ["2027-01-15T12:00:00Z", true],
      ["2027-04-01T03:59:00Z", true], // 05:59, still the day of 31 March
      ["2027-04-01T04:00:00Z", false],
      ["2026-07-14T12:00:00Z", false],
    ] as const;
    for (const [time, expected] of seasons) assert.equal(nowAt(time).redSeason, expected, time);
  });
});
