import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createHomeAssistant as connectTo } from "../../src/adapters/home-assistant/home-assistant.ts";
import { parseRegisters } from "../../src/cli/registers.ts";
import { verify } from "../../src/cli/verify.ts";
import { localDate } from "../../src/domain/calendar.ts";
import { silentLog } from "../../src/shared/log.ts";
import { createHomeAssistant } from "../../src/simulator/home-assistant/double.ts";
import { loadDailyValues, loadRecording, sourceOfRecording } from "../../src/simulator/recording.ts";
import { loadTempoCalendar } from "../../src/simulator/tempo-calendar.ts";
import { runStatistics } from "../../src/sync/statistics/run.ts";
import { HomeRun, housePoint } from "../support/home-run.ts";
import { sharedFile, skipWithout } from "../support/shared-files.ts";
import { testDatabase } from "../support/test-database.ts";

const curve = "data/series/tempo_home_20221024-20240725.csv.gz";
const perDay = "data/series/tempo_home_20221024-20240725_daily.csv";
const registers = "data/series/tempo_home_registers_daily_wh.csv";
const indexExport = "data/enedis-csv/Enedis_Conso_Jour_20240109-20240725.csv";
const calendar = "data/tempo/tempo_calendar.csv";

const { signal } = new AbortController();

/** Rows of a CSV by its first column. */
function rowsOf(path: string): Map<string, string[]> {
  const lines = readFileSync(sharedFile(path) as string, "utf8")
    .trim()
    .split("\n")
    .slice(1);
  return new Map(lines.map((line) => [line.slice(0, 10), line.trim().split(",")]));
}

test("the recorded Tempo home, 21 months, played through the gateway into the store", {
  skip: skipWithout(curve, perDay, registers, indexExport, calendar),
}, async (t) => {
  const recording = loadRecording(sharedFile(curve) as string);
  const official = loadDailyValues(sharedFile(registers) as string);
  const home = new HomeRun(await testDatabase(t), {
    // The recording ends on 24 July 2024; two mornings later even its last official value can be had.
    start: "2024-07-26T08:30:00Z",
    gateway: { tempo: { colorOf: loadTempoCalendar(sharedFile(calendar) as string) } },
    points: [
      {
        usagePointId: housePoint,
        name: "Maison",
        listed: { pricingOption: "TEMPO" },
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
      signal,
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

  await t.test("into Home Assistant: the six registers of each of the 197 days, as verify says", async (subtest) => {
    const double = createHomeAssistant({ clock: home.clock, tokens: [{ token: "token", isAdmin: true }] });
    const server = await double.listen({ port: 0 });
    subtest.after(() => server.close());
    const homeAssistant = connectTo({
      endpoint: {
        websocketUrl: `${server.url.replace("http", "ws")}/api/websocket`,
        token: "token",
        viaSupervisor: false,
      },
      log: silentLog(),
      clock: home.clock,
    });
    const { store, clock, deps } = home;
    const { account, holder, only, language, log } = deps;
    await runStatistics({ store, homeAssistant, clock, log, language, account, plans: [], holder, only }, signal, {
      check: true,
    });
    const counted = parseRegisters(readFileSync(sharedFile(indexExport) as string, "utf8"));
    assert.ok(!("text" in counted));
    const lines: string[] = [];
    const code = await verify(
      { ...sessionOf(home), homeAssistant, output: { line: (text) => void lines.push(text) } },
      { json: false, registers: counted },
      signal,
    );
    const text = lines.join("\n");
    assert.equal(code, 0, text);
    assert.match(
      text,
      /197 of 197 days equal to the watt-hour \(blue_hc 1,083.540 kWh, blue_hp 1,412.200 kWh, white_hc 242.503 kWh, white_hp 306.317 kWh, red_hc 199.733 kWh, red_hp 224.927 kWh\)/,
    );
    assert.match(text, /_red_hp: \d+ rows identical, 0 to be written/);
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
