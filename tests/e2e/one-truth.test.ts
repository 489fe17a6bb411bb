import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { localDate } from "../../src/domain/calendar.ts";
import { at, flat, startHome } from "../support/scenario.ts";
import {
  startJeedom,
  type Told,
  toldByApi,
  toldByBillAndSeason,
  toldByStates,
  toldByStatus,
  toldOverMqtt,
  toldToPrometheus,
  toldToVictoriaMetrics,
} from "../support/told-figures.ts";

interface Span {
  readonly start: string;
  /** From which on the meter is known. */
  readonly activationDate: string;
  readonly colorOf?: (date: string) => "BLUE" | "WHITE" | "RED";
  /** A Tempo day whose colour is never told. */
  readonly neverTold?: string;
}

/** A home whose every outlet is asked at each instant; the instants ascend. */
async function openHome(t: TestContext, { start, activationDate, colorOf = () => "BLUE", neverTold }: Span) {
  const home = await startHome(t, {
    start,
    points: [flat({ activationDate })],
    // Eleven o'clock, when the colour of tomorrow is announced.
    gateway: {
      tempo: { publishedMinutes: 660, colorOf },
      ecowatt: { valuesOf: () => Array.from({ length: 24 }, (_, hour) => (hour % 3) + 1) },
    },
  });
  if (neverTold !== undefined) home.gateway.control.tempo.publish(localDate(neverTold), null);
  const toldToJeedom = await startJeedom(t, home);
  return {
    async at(moment: string): Promise<Told> {
      await home.until(new Date(at(moment)).toISOString());
      const told = toldOverMqtt(home);
      const outlets: Readonly<Record<string, Told>> = {
        "the API": await toldByApi(home),
        "REST states": toldByStates(home),
        "/metrics": await toldToPrometheus(home),
        VictoriaMetrics: await toldToVictoriaMetrics(home),
        Jeedom: await toldToJeedom(),
        status: await toldByStatus(home),
        "bill and season": await toldByBillAndSeason(home, String(told.month)),
      };
      for (const [outlet, figures] of Object.entries(outlets))
        for (const [figure, value] of Object.entries(figures)) {
          // On Jeedom a number that is not known stays as it was: it has no word for it.
          if (outlet === "Jeedom" && told[figure] === null) continue;
          assert.deepEqual(value, told[figure], `${moment}: ${figure} of ${outlet}, beside MQTT`);
        }
      return told;
    },
  };
}

test("every outlet tells the same figures around midnight, 06:00 and 11:00, and at the end of a month", async (t) => {
  const colorOf = (date: string) => (date === "2026-11-30" ? "RED" : date === "2026-12-01" ? "WHITE" : "BLUE");
  const home = await openHome(t, { start: "2026-11-29T08:00:00Z", activationDate: "2026-11-10", colorOf });
  const eve = await home.at("2026-11-29T23:59:00+01:00");
  // September to 29 November: 30 + 31 + 29 = 90 blue days, and the red one of tomorrow.
  assert.deepEqual([eve.blueLeft, eve.whiteLeft, eve.redLeft], [210, 43, 21]);
  assert.deepEqual([eve.day, eve.month, eve.colorToday, eve.colorTomorrow], ["2026-11-28", "2026-11", "BLEU", "ROUGE"]);
  for (const figure of ["dayWh", "monthWh", "yearWh", "dayEur", "monthEur", "maxPowerVa", "eurPerKwh", "ecowatt"])
    assert.equal(typeof eve[figure], "number", figure);
  const night = await home.at("2026-11-30T00:01:00+01:00");
  assert.deepEqual([night.colorToday, night.colorTomorrow, night.redLeft], ["BLEU", "ROUGE", 21]);
  await home.at("2026-11-30T05:59:00+01:00");
  const morning = await home.at("2026-11-30T06:01:00+01:00");
  assert.deepEqual([morning.colorToday, morning.colorTomorrow, morning.redLeft], ["ROUGE", null, 21]);
  const before = await home.at("2026-11-30T10:59:00+01:00");
  assert.deepEqual([before.colorTomorrow, before.whiteLeft], [null, 43]);
  await home.at("2026-11-30T11:01:00+01:00");
  const announced = await home.at("2026-11-30T12:31:00+01:00");
  assert.deepEqual([announced.colorTomorrow, announced.whiteLeft, announced.day], ["BLANC", 42, "2026-11-29"]);
  await home.at("2026-11-30T23:59:00+01:00");
  const first = await home.at("2026-12-01T00:01:00+01:00");
  assert.deepEqual([first.day, first.month], ["2026-11-29", "2026-11"]);
  const later = await home.at("2026-12-01T12:31:00+01:00");
  assert.deepEqual([later.day, later.month, later.whiteLeft], ["2026-11-30", "2026-11", 42]);
});

test("every outlet tells the same figures on the day of 25 hours", async (t) => {
  const home = await openHome(t, { start: "2026-10-24T10:00:00Z", activationDate: "2026-10-10" });
  for (const moment of ["24T23:59:00+02:00", "25T00:01:00+02:00", "25T02:30:00+02:00", "25T02:30:00+01:00"])
    await home.at(`2026-10-${moment}`);
  for (const moment of ["25T05:59", "25T06:01", "25T11:01", "25T23:59", "26T00:01", "26T12:31"])
    await home.at(`2026-10-${moment}:00+01:00`);
});

test("every outlet tells the same figures on the day of 23 hours", async (t) => {
  const home = await openHome(t, { start: "2027-03-27T10:00:00Z", activationDate: "2027-03-12" });
  for (const moment of ["27T23:59:00+01:00", "28T00:01:00+01:00", "28T01:59:00+01:00", "28T03:01:00+02:00"])
    await home.at(`2027-03-${moment}`);
  for (const moment of ["28T05:59", "28T06:01", "28T11:01", "28T23:59", "29T00:01", "29T12:31"])
    await home.at(`2027-03-${moment}:00+02:00`);
});

test("every outlet turns to the next season at 06:00 of 1 September, with nothing below zero before", async (t) => {
  // 31 + 12 = 43 white days, 22 red ones, the other 300 blue.
  const colorOf = (date: string) =>
    (date >= "2025-12-01" && date <= "2025-12-31") || (date >= "2026-01-01" && date <= "2026-01-12")
      ? "WHITE"
      : date >= "2026-02-01" && date <= "2026-02-22"
        ? "RED"
        : "BLUE";
  const home = await openHome(t, { start: "2026-08-30T10:00:00Z", activationDate: "2026-08-15", colorOf });
  const left = ({ blueLeft, whiteLeft, redLeft }: Told) => [blueLeft, whiteLeft, redLeft];
  assert.deepEqual(left(await home.at("2026-08-30T12:31:00+02:00")), [0, 0, 0]);
  assert.deepEqual(left(await home.at("2026-08-31T12:31:00+02:00")), [0, 0, 0], "1 September is of the next season");
  assert.deepEqual(left(await home.at("2026-08-31T23:59:00+02:00")), [0, 0, 0]);
  assert.deepEqual(left(await home.at("2026-09-01T00:01:00+02:00")), [0, 0, 0]);
  assert.deepEqual(left(await home.at("2026-09-01T05:59:00+02:00")), [0, 0, 0]);
  assert.deepEqual(left(await home.at("2026-09-01T06:01:00+02:00")), [299, 43, 22]);
  assert.deepEqual(left(await home.at("2026-09-01T10:59:00+02:00")), [299, 43, 22]);
  assert.deepEqual(left(await home.at("2026-09-01T12:31:00+02:00")), [298, 43, 22]);
});

test("a day that nobody announced leaves the count unknown in every outlet, and its colour too", async (t) => {
  const neverTold = "2026-11-22";
  const home = await openHome(t, { start: "2026-11-21T08:00:00Z", activationDate: "2026-11-10", neverTold });
  const day = await home.at("2026-11-21T12:31:00+01:00");
  // 30 + 31 + 21 = 82 blue days so far.
  assert.deepEqual([day.colorTomorrow, day.blueLeft], [null, 218]);
  const unknown = await home.at("2026-11-22T06:01:00+01:00");
  assert.deepEqual([unknown.colorToday, unknown.blueLeft, unknown.redLeft], [null, null, null]);
  const after = await home.at("2026-11-23T12:31:00+01:00");
  assert.deepEqual([after.colorToday, after.blueLeft], ["BLEU", null]);
});
