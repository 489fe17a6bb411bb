import assert from "node:assert/strict";
import { test } from "node:test";
import { daysFromTo, localDate } from "../../src/domain/calendar.ts";
import {
  type TempoColor,
  type TempoDay,
  tempoDateAt,
  tempoRemaining,
  tempoRemainingAfter,
  tempoSeasonOf,
} from "../../src/domain/tempo.ts";
import { instant } from "../../src/domain/units.ts";

const at = (text: string) => instant(Date.parse(text));
const run = (from: string, to: string, color: TempoColor): TempoDay[] =>
  daysFromTo(localDate(from), localDate(to)).map((date) => ({ date, color, announcedAt: null }));

test("a Tempo day runs from 06:00 to 06:00, over both clock changes", () => {
  assert.equal(tempoDateAt(at("2026-11-21T05:59:59+01:00")), "2026-11-20");
  assert.equal(tempoDateAt(at("2026-11-21T06:00:00+01:00")), "2026-11-21");
  assert.equal(tempoDateAt(at("2026-10-25T02:30:00+01:00")), "2026-10-24");
  assert.equal(tempoDateAt(at("2026-10-25T06:00:00+01:00")), "2026-10-25");
  assert.equal(tempoDateAt(at("2026-03-29T05:59:00+02:00")), "2026-03-28");
});

test("a season has 300 blue days, 301 with a 29 February, 43 white and 22 red", () => {
  assert.deepEqual(tempoSeasonOf(localDate("2026-11-21")), {
    name: "2026-2027",
    first: "2026-09-01",
    last: "2027-08-31",
    allotted: { BLEU: 300, BLANC: 43, ROUGE: 22 },
  });
  assert.equal(tempoSeasonOf(localDate("2024-08-31")).allotted.BLEU, 301);
  assert.equal(tempoSeasonOf(localDate("2024-08-31")).name, "2023-2024");
  assert.equal(tempoSeasonOf(localDate("2024-09-01")).allotted.BLEU, 300);
});

test("the day already announced still has to be lived", () => {
  // 1 September to 20 November: 30 + 31 + 20 = 81 days, all blue; the 21st is announced white.
  const known = [...run("2026-09-01", "2026-11-20", "BLEU"), ...run("2026-11-21", "2026-11-21", "BLANC")];
  assert.deepEqual(tempoRemaining(known, localDate("2026-11-20")), {
    remaining: {
      notAnnounced: { BLEU: 300 - 81, BLANC: 42, ROUGE: 22 },
      notLived: { BLEU: 300 - 81, BLANC: 43, ROUGE: 22 },
    },
    unknownPastDays: 0,
  });
});

test("an unknown day is not blue: nothing is counted until it is known", () => {
  const known = run("2026-09-01", "2026-11-20", "BLEU").filter((day) => day.date !== "2026-10-14");
  assert.deepEqual(tempoRemaining(known, localDate("2026-11-20")), { remaining: null, unknownPastDays: 1 });
});

test("the counters restart on 1 September, with nothing below zero on 31 August", () => {
  const season = [
    ...run("2025-09-01", "2025-10-31", "BLEU"),
    ...run("2025-11-01", "2025-11-22", "ROUGE"),
    ...run("2025-11-23", "2026-01-04", "BLANC"),
    ...run("2026-01-05", "2026-08-31", "BLEU"),
  ];
  const zero = { BLEU: 0, BLANC: 0, ROUGE: 0 };
  assert.deepEqual(tempoRemaining(season, localDate("2026-08-31")).remaining, { notAnnounced: zero, notLived: zero });
  const next = [...season, ...run("2026-09-01", "2026-09-01", "BLEU")];
  assert.deepEqual(tempoRemaining(next, localDate("2026-08-31")).remaining, { notAnnounced: zero, notLived: zero });
  assert.deepEqual(tempoRemaining(next, localDate("2026-09-01")).remaining?.notLived, {
    BLEU: 299,
    BLANC: 43,
    ROUGE: 22,
  });
  assert.deepEqual(tempoRemaining(season, localDate("2026-09-01")), { remaining: null, unknownPastDays: 1 });
});

test("what was left on a past day is what was announced then", () => {
  const known = [...run("2026-09-01", "2026-11-20", "BLEU"), ...run("2026-11-21", "2026-11-22", "ROUGE")];
  // On the 20th the first red day was announced, on the 21st the second.
  assert.equal(tempoRemaining(known, localDate("2026-11-19")).remaining?.notAnnounced.ROUGE, 22);
  assert.equal(tempoRemaining(known, localDate("2026-11-20")).remaining?.notAnnounced.ROUGE, 21);
  assert.equal(tempoRemaining(known, localDate("2026-11-21")).remaining?.notAnnounced.ROUGE, 20);
});

test("history keeps a day's count once the next colour is announced, so that it never changes afterwards", () => {
  const known = run("2026-09-01", "2026-11-21", "BLEU");
  // 30 + 31 + 21 = 82 days announced on the 20th; the 21st waits for the 22nd.
  assert.deepEqual(tempoRemainingAfter(known, localDate("2026-11-20")), { BLEU: 300 - 82, BLANC: 43, ROUGE: 22 });
  assert.equal(tempoRemainingAfter(known, localDate("2026-11-21")), null);
  const hole = known.filter(({ date }) => date !== "2026-10-14");
  assert.notEqual(tempoRemainingAfter(hole, localDate("2026-10-12")), null);
  for (const date of ["2026-10-13", "2026-10-14", "2026-10-15", "2026-11-20"])
    assert.equal(tempoRemainingAfter(hole, localDate(date)), null, date);
});

test("history tells the last day of a season and the first of the next without waiting", () => {
  const season = [
    ...run("2023-09-01", "2023-10-31", "BLEU"),
    ...run("2023-11-01", "2023-11-22", "ROUGE"),
    ...run("2023-11-23", "2024-01-04", "BLANC"),
    ...run("2024-01-05", "2024-08-31", "BLEU"),
  ];
  // 366 days with 29 February: 61 + 240 = 301 blue ones.
  assert.deepEqual(tempoRemainingAfter(season, localDate("2024-08-31")), { BLEU: 0, BLANC: 0, ROUGE: 0 });
  const next = [...season, ...run("2024-09-01", "2024-09-01", "BLEU")];
  assert.deepEqual(tempoRemainingAfter(next, localDate("2024-09-01")), { BLEU: 299, BLANC: 43, ROUGE: 22 });
});

test("of a season to come all is left but its first day, once that is announced", () => {
  const next = tempoSeasonOf(localDate("2026-09-01"));
  const eve = localDate("2026-08-31");
  assert.equal(tempoRemaining([], eve, next).remaining?.notAnnounced.BLEU, 300);
  assert.equal(tempoRemaining(run("2026-09-01", "2026-09-01", "BLEU"), eve, next).remaining?.notAnnounced.BLEU, 299);
  const over = tempoSeasonOf(eve);
  assert.deepEqual(tempoRemaining([], localDate("2026-11-20"), over), { remaining: null, unknownPastDays: 365 });
});
