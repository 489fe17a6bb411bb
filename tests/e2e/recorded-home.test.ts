import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { verify } from "../../src/cli/verify.ts";
import { localDate } from "../../src/domain/calendar.ts";
import { loadDailyValues, loadRecording, sourceOfRecording } from "../../src/simulator/recording.ts";
import { HomeRun, housePoint } from "../support/home-run.ts";
import { sharedFile, skipWithout } from "../support/shared-files.ts";
import { testDatabase } from "../support/test-database.ts";

const curve = "data/series/tempo_home_20221024-20240725.csv.gz";
const perDay = "data/series/tempo_home_20221024-20240725_daily.csv";
const registers = "data/series/tempo_home_registers_daily_wh.csv";

/** Rows of a CSV by its first column. */
function rowsOf(path: string): Map<string, string[]> {
  const lines = readFileSync(sharedFile(path) as string, "utf8")
    .trim()
    .split("\n")
    .slice(1);
  return new Map(lines.map((line) => [line.slice(0, 10), line.trim().split(",")]));
}

test("the recorded Tempo home, 21 months, played through the gateway into the store", {
  skip: skipWithout(curve, perDay, registers),
}, async (t) => {
  const recording = loadRecording(sharedFile(curve) as string);
  const official = loadDailyValues(sharedFile(registers) as string);
  const home = new HomeRun(await testDatabase(t), {
    // The recording ends on 24 July 2024; two mornings later even its last official value can be had.
    start: "2024-07-26T08:30:00Z",
    points: [
      {
        usagePointId: housePoint,
        name: "Maison",
        meter: {
          activationDate: "2022-10-24",
          consumption: sourceOfRecording(recording, official),
          contract: { subscribedPowerKva: 9, offpeakHours: "HC (22H00-6H00)" },
        },
      },
    ],
  });
  await home.until("2024-07-26T20:00:00Z", { callsOnly: true });

  const stored = new Map(
    (
      await home.store.loadDays(housePoint, "consumption", {
        from: localDate("2022-10-24"),
        to: localDate("2024-07-24"),
      })
    ).map((day) => [day.date, day]),
  );
  const expected = rowsOf(perDay);
  const index = rowsOf(registers);

  await t.test("on all 197 days with an index the slots sum exactly to the index difference", () => {
    assert.equal(index.size, 197);
    for (const [date, row] of index) {
      const day = stored.get(localDate(date));
      assert.deepEqual(
        [date, day?.slotsWh, day?.officialWh, day?.quality],
        [date, Number(row[7]), Number(row[7]), "complete"],
      );
    }
  });

  await t.test("every day of the recording is stored to the watt-hour, as complete or as incomplete as it is", () => {
    for (const [date, [, wh, present, whole]] of expected) {
      const day = stored.get(localDate(date));
      assert.equal(day?.slotsWh ?? 0, Number(wh), date);
      assert.equal(day?.minutesPresent ?? 0, Number(present), date);
      assert.equal(day?.quality === "partial", Number(present) < Number(whole) && Number(present) > 0, date);
    }
  });

  await t.test("clock changes have 25 and 23 hours, without a watt-hour lost or invented", () => {
    const change = (date: string) => [
      stored.get(localDate(date))?.minutesPresent,
      stored.get(localDate(date))?.slotsWh,
      stored.get(localDate(date))?.quality,
    ];
    for (const [date, hours] of [
      ["2022-10-30", 25],
      ["2023-03-26", 23],
      ["2023-10-29", 25],
      ["2024-03-31", 23],
    ] as const)
      assert.deepEqual(change(date), [hours * 60, Number(expected.get(date)?.[1]), "complete"]);
  });

  await t.test("verify says so", async () => {
    const lines: string[] = [];
    const code = await verify(
      { ...sessionOf(home), output: { line: (text) => void lines.push(text) } },
      { json: false, registers: null },
      new AbortController().signal,
    );
    const text = lines.join("\n");
    assert.equal(code, 0, text);
    // Of 640 days three are incomplete; the simulated meter's official value is the index where there is one.
    assert.match(text, /637 days covered whole, of which 637 at the official value to the watt-hour/);
    assert.match(text, /3 partial days \(2023-01-10 → 2023-01-11, 2023-03-17\)/);
    assert.match(text, /2023-10-29 \(25 of 25 h\) 18\.428 kWh/);
    assert.match(text, /2024-03-31 \(23 of 23 h\) 19\.878 kWh/);
    assert.match(text, /60 min from 2022-11-12 08:00 to 2023-03-18 14:00/);
  });

  await t.test("a second run changes nothing", async () => {
    const before = await home.fingerprint();
    await home.pass();
    assert.equal(await home.fingerprint(), before);
    assert.deepEqual(await home.faults(), []);
  });
});

function sessionOf(home: HomeRun): Omit<Parameters<typeof verify>[0], "output"> {
  return { audit: home.audit, clock: home.clock, language: "en", sync: home.deps, homeAssistant: null };
}
