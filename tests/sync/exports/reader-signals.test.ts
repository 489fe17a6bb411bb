import assert from "node:assert/strict";
import { test } from "node:test";
import { daysFromTo } from "../../../src/domain/calendar.ts";
import type { EcowattHour } from "../../../src/domain/ecowatt.ts";
import type { TempoColor } from "../../../src/domain/tempo.ts";
import { voltAmperes } from "../../../src/domain/units.ts";
import type { ExportSeries } from "../../../src/sync/exports/series.ts";
import { day, home, monday, tuesday } from "../../contracts/store-builders.ts";
import { at, everyDay, readerWorld, shortly } from "./reader-world.ts";

const colored = (color: TempoColor, ...dates: string[]) =>
  dates.map((date) => ({ date: day(date), color, announcedAt: null }));
const remaining = (color: TempoColor): ExportSeries => ({ kind: "tempo_remaining", color });

test("the highest power of a day stands at the instant it was reached", async (t) => {
  const { store, reader } = await readerWorld(t);
  const series: ExportSeries = { kind: "max_power", usagePoint: home };
  const peak = { date: day("2026-01-10"), at: at("2026-01-10T18:03:01Z"), powerVa: voltAmperes(5_321) };
  await store.ingestMaxPower({ usagePoint: home, readings: [peak], answers: [], at: monday });
  assert.deepEqual(await reader.days(series, "2026-01"), [
    { date: "2026-01-10", points: [{ start: peak.at, end: peak.at, value: 5_321, isEstimated: false }] },
  ]);
  const before = await reader.marks(series);
  const higher = { ...peak, powerVa: voltAmperes(5_322) };
  await store.ingestMaxPower({ usagePoint: home, readings: [higher], answers: [], at: monday });
  assert.notDeepEqual(await reader.marks(series), before);
});

test("a Tempo colour is its position, over the civil day of its date, tomorrow's too", async (t) => {
  const { store, reader } = await readerWorld(t);
  const series: ExportSeries = { kind: "tempo_color" };
  await store.saveTempo(
    [...colored("BLEU", "2026-03-29"), ...colored("BLANC", "2026-03-30"), ...colored("ROUGE", "2026-03-31")],
    monday,
  );
  assert.deepEqual(shortly(await reader.days(series, "2026-03")), [
    ["2026-03-29", 0, false],
    ["2026-03-30", 1, false],
    ["2026-03-31", 2, false],
  ]);
  const [first] = await reader.days(series, "2026-03");
  // The spring day of 23 hours.
  assert.deepEqual(first?.points[0], {
    start: at("2026-03-28T23:00:00Z"),
    end: at("2026-03-29T22:00:00Z"),
    value: 0,
    isEstimated: false,
  });
});

test("the days left stand at the day on which they were announced, and wait for every day up to the next", async (t) => {
  const { store, reader } = await readerWorld(t);
  await store.saveTempo(
    [...colored("BLEU", "2025-08-31", "2025-09-01", "2025-09-02", "2025-09-05"), ...colored("BLANC", "2025-09-03")],
    monday,
  );
  // A season of 365 days has 300 blue, 43 white and 22 red ones. 4 September is not known, nor is the season before.
  assert.deepEqual(shortly(await everyDay(reader, remaining("BLEU"))), [
    ["2025-09-01", 298, false],
    ["2025-09-02", 298, false],
  ]);
  assert.deepEqual(
    shortly(await everyDay(reader, remaining("BLANC"))).map(([, value]) => value),
    [43, 42],
  );
});

test("the last day of a month waits for the first of the next, which gives it another mark", async (t) => {
  const { store, reader } = await readerWorld(t);
  await store.saveTempo(
    colored("BLEU", ...daysFromTo(day("2025-09-01"), day("2025-09-30")).map((date) => String(date))),
    monday,
  );
  const before = await reader.marks(remaining("ROUGE"));
  assert.deepEqual(shortly(await reader.days(remaining("ROUGE"), "2025-09")).at(-1), ["2025-09-29", 22, false]);
  await store.saveTempo(colored("ROUGE", "2025-10-01"), monday);
  const after = await reader.marks(remaining("ROUGE"));
  assert.notEqual(after.get("2025-09"), before.get("2025-09"));
  assert.deepEqual(shortly(await reader.days(remaining("ROUGE"), "2025-09")).at(-1), ["2025-09-30", 21, false]);
});

test("a colour that becomes known gives every later month of its season another mark, and no other season's", async (t) => {
  const { store, reader } = await readerWorld(t);
  const season = (from: string, to: string) => daysFromTo(day(from), day(to)).map((date) => String(date));
  await store.saveTempo(
    [
      ...colored("BLEU", ...season("2025-07-01", "2025-10-04")),
      ...colored("BLEU", ...season("2025-10-06", "2025-11-03")),
    ],
    monday,
  );
  const before = await reader.marks(remaining("ROUGE"));
  assert.deepEqual(await reader.days(remaining("ROUGE"), "2025-11"), []);
  await store.saveTempo(colored("ROUGE", "2025-10-05"), monday);
  const after = await reader.marks(remaining("ROUGE"));
  assert.deepEqual(shortly(await reader.days(remaining("ROUGE"), "2025-11")), [
    ["2025-11-01", 21, false],
    ["2025-11-02", 21, false],
  ]);
  assert.deepEqual(
    [...after].filter(([month, mark]) => before.get(month) !== mark).map(([month]) => month),
    ["2025-10", "2025-11"],
  );
  await store.saveTempo(colored("BLANC", "2025-08-10"), monday);
  const summer = await reader.marks(remaining("ROUGE"));
  assert.deepEqual(
    [...summer].filter(([month, mark]) => after.get(month) !== mark).map(([month]) => month),
    ["2025-08"],
  );
});

test("EcoWatt has a level for each hour with a signal: two for the repeated hour, none for the one that is not", async (t) => {
  const { store, reader } = await readerWorld(t);
  const hours: EcowattHour[] = [1, 2, 3].map((hour) => ({ hour, level: hour as 1 | 2 | 3, decarbonised: false }));
  const signal = (date: string) => ({ date: day(date), level: 1, message: "", generatedAt: monday, hours }) as const;
  await store.saveEcowatt([signal("2025-10-26"), signal("2026-03-29")], monday);
  const days = await everyDay(reader, { kind: "ecowatt" });
  assert.deepEqual(
    days.map(({ points }) => points.map(({ start, value }) => [start, value])),
    [
      [
        [at("2025-10-25T23:00:00Z"), 1],
        [at("2025-10-26T00:00:00Z"), 2],
        [at("2025-10-26T01:00:00Z"), 2],
        [at("2025-10-26T02:00:00Z"), 3],
      ],
      [
        [at("2026-03-29T00:00:00Z"), 1],
        [at("2026-03-29T01:00:00Z"), 3],
      ],
    ],
  );
  const before = await reader.marks({ kind: "ecowatt" });
  const redder: EcowattHour = { hour: 1, level: 3, decarbonised: false };
  await store.saveEcowatt([{ ...signal("2026-03-29"), generatedAt: tuesday, hours: [redder] }], monday);
  const after = await reader.marks({ kind: "ecowatt" });
  assert.equal(after.get("2025-10"), before.get("2025-10"));
  assert.notEqual(after.get("2026-03"), before.get("2026-03"));
});
