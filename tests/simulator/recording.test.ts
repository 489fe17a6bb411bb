import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { localDate } from "../../src/domain/calendar.ts";
import { resolveCurve } from "../../src/domain/labels.ts";
import { instant, watts } from "../../src/domain/units.ts";
import { energyWhOf } from "../../src/simulator/energy-source.ts";
import { tempoHome } from "../../src/simulator/homes.ts";
import { loadDailyValues, loadRecording, sourceOfRecording, spanOf } from "../../src/simulator/recording.ts";
import { loadTempoCalendar } from "../../src/simulator/tempo-calendar.ts";
import { sharedFile, skipWithout } from "../support/shared-files.ts";
import { assertSameList, Bench, daysOf, field, list, pdl, plainPoint, points, text } from "./bench.ts";

const series = "data/series/tempo_home_20221024-20240725.csv.gz";
const portal = "data/enedis-csv/Enedis_Conso_Heure_20221024-20240725.csv";
const published = "data/series/tempo_home_20221024-20240725_daily.csv";
const registers = "data/series/tempo_home_registers_daily_wh.csv";
const calendar = "data/tempo/tempo_calendar.csv";

const pathOf = (relative: string): string => sharedFile(relative) ?? assert.fail(`${relative} is absent`);

const rowsOf = (relative: string): string[][] =>
  readFileSync(pathOf(relative), "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));

/** Writes `content` to a file for the time of `use`. */
function withFile<Result>(content: string | Buffer, use: (path: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), "recording-"));
  try {
    const path = join(folder, "recording");
    writeFileSync(path, content);
    return use(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("a series gives its points; one without a value is absent", () => {
  const content =
    "utc_start,minutes,avg_w\n2023-03-17T21:30:00Z,30,354\n2023-03-17T22:00:00Z,60,\n2023-03-17T23:00:00Z,60,611\n";
  const expected = [
    { start: Date.parse("2023-03-17T21:30:00Z"), minutes: 30, powerW: 354 },
    { start: Date.parse("2023-03-17T23:00:00Z"), minutes: 60, powerW: 611 },
  ];
  assert.deepEqual(withFile(content, loadRecording).slots, expected);
  assert.deepEqual(withFile(gzipSync(content), loadRecording).slots, expected);
});

const portalHead = (flow: string): string =>
  `\uFEFFIdentifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;Etape metier;Unite;Pas en minutes\n12000000000001;Courbe de charge;24/10/2022;25/07/2024;Energie active;${flow};Comptage Brut;W;\n\nHorodate;Valeur\n`;

test("a portal file dates the end: lengths come from the neighbours, repeats and empty values do not count", () => {
  const rows = [
    "2022-11-12T07:30:00+01:00;500",
    "2022-11-12T08:00:00+01:00;400",
    "2022-11-12T08:00:00+01:00;400",
    "2022-11-12T09:00:00+01:00;301",
    "2022-11-12T10:00:00+01:00;",
    "2022-11-13T00:00:00+01:00;100",
    "2022-11-13T01:00:00+01:00;200",
  ];
  const recording = withFile(`${portalHead("Consommation")}${rows.join("\n")}\n`, loadRecording);
  assert.equal(recording.flow, "consumption");
  assert.deepEqual(recording.slots, [
    // First point: the distance to the next, 30 min.
    { start: Date.parse("2022-11-12T07:00:00+01:00"), minutes: 30, powerW: 500 },
    { start: Date.parse("2022-11-12T07:30:00+01:00"), minutes: 30, powerW: 400 },
    { start: Date.parse("2022-11-12T08:00:00+01:00"), minutes: 60, powerW: 301 },
    // After a gap of 14 h: the distance to the next, 60 min.
    { start: Date.parse("2022-11-12T23:00:00+01:00"), minutes: 60, powerW: 100 },
    { start: Date.parse("2022-11-13T00:00:00+01:00"), minutes: 60, powerW: 200 },
  ]);
  assert.equal(withFile(`${portalHead("Production")}${rows[0]}\n`, loadRecording).flow, "production");
});

test("of points that tell the same time the first one counts, in both formats", () => {
  const portalRows = ["2022-11-12T08:00:00+01:00;400", "2022-11-12T08:30:00+01:00;500", "2022-11-12T08:00:00+01:00;2"];
  const fromPortal = withFile(`${portalHead("Consommation")}${portalRows.join("\n")}\n`, loadRecording);
  assert.deepEqual(
    fromPortal.slots.map(({ powerW }) => powerW),
    [400, 500],
  );
  const seriesRows = ["2022-11-12T07:00:00Z,60,301", "2022-11-12T07:30:00Z,30,400", "2022-11-12T08:00:00Z,30,500"];
  const fromSeries = withFile(`utc_start,minutes,avg_w\n${seriesRows.join("\n")}\n`, loadRecording);
  assert.deepEqual(
    fromSeries.slots.map(({ powerW }) => powerW),
    [301, 500],
  );
});

test("a file that is no curve is refused", () => {
  assert.throws(() => withFile("a,b\n1,2\n", loadRecording), /no recorded curve/);
  assert.throws(
    () => withFile(portalHead("Consommation").replace("Courbe de charge", "Index"), loadRecording),
    /no load curve/,
  );
});

test("a partial day has no daily value unless one is given; beyond the recording there is nothing", () => {
  const start = Date.parse("2022-11-12T00:00:00+01:00");
  const slots = Array.from({ length: 47 }, (_, position) => ({
    start: instant(start + position * 1_800_000),
    minutes: 30,
    powerW: watts(100),
  }));
  const date = localDate("2022-11-12");
  const last = { start: instant(start + 47 * 1_800_000), minutes: 30, powerW: watts(100) };
  const whole = sourceOfRecording({ flow: "consumption", slots: [...slots, last] });
  assert.equal(whole.dailyWhOf(date), 2400);
  assert.equal(sourceOfRecording({ flow: "consumption", slots }).dailyWhOf(date), null);
  assert.equal(sourceOfRecording({ flow: "consumption", slots }, new Map([[date, 2409]])).dailyWhOf(date), 2409);
  assert.deepEqual([whole.slotsOf(localDate("2022-11-13")), whole.dailyWhOf(localDate("2022-11-13"))], [[], null]);
  assert.deepEqual(spanOf({ flow: "consumption", slots }), { first: date, last: date });
});

test("the Tempo home's portal file and its series are the same curve", { skip: skipWithout(series, portal) }, () => {
  const fromSeries = loadRecording(pathOf(series)).slots;
  // 27,666 points of which one has no value.
  assert.equal(fromSeries.length, 27_665);
  assertSameList(loadRecording(pathOf(portal)).slots, fromSeries);
});

test("every day of the Tempo home sums to the published figure", { skip: skipWithout(series, published) }, () => {
  const source = sourceOfRecording(loadRecording(pathOf(series)));
  const rows = rowsOf(published);
  assert.ok(rows.length > 600);
  for (const [date = "", wh, present, inDay] of rows) {
    assert.equal(energyWhOf(source.slotsOf(localDate(date))), Number(wh), date);
    assert.equal(source.dailyWhOf(localDate(date)), present === inDay ? Number(wh) : null, date);
  }
});

test("the curve equals the meter's registers on 197 days", { skip: skipWithout(series, registers) }, () => {
  const source = sourceOfRecording(loadRecording(pathOf(series)));
  const official = loadDailyValues(pathOf(registers));
  assert.equal(official.size, 197);
  for (const [date, wh] of official) assert.equal(source.dailyWhOf(date), wh, date);
});

test("played through the gateway the whole recording comes out, clock changes and holes included", {
  skip: skipWithout(series),
}, async () => {
  const recording = loadRecording(pathOf(series));
  const bench = new Bench("2024-07-27T11:00:00Z", [
    plainPoint({ activationDate: spanOf(recording).first, consumption: sourceOfRecording(recording) }),
  ]);
  const answer = await bench.batch("2022-10-24", "2024-07-26", false);
  const resolved = resolveCurve(
    points(answer).map((point) => ({
      labelWall: Date.parse(`${point.date.replace(" ", "T")}Z`),
      minutes: Number(/\d+/.exec(point.interval_length)?.[0]),
      powerW: watts(Number(point.value)),
    })),
    "start",
  );
  assertSameList(resolved.slots, recording.slots);
  // 2023-01-11 holds its last hour only, and nothing is invented after the end.
  assert.equal(daysOf(answer)["2023-01-11"], 1);
  assert.equal(daysOf(answer)["2024-07-25"], undefined);
});

test("played with the recorded colours, the six registers come out", {
  skip: skipWithout(series, calendar),
}, async () => {
  const recording = loadRecording(pathOf(series));
  const colorOf = loadTempoCalendar(pathOf(calendar));
  const home = tempoHome({ usagePointId: pdl, seed: 1, tempo: colorOf });
  const bench = new Bench(
    "2024-07-27T11:00:00Z",
    [{ ...home, meter: { ...home.meter, consumption: sourceOfRecording(recording) } }],
    { tempo: { colorOf } },
  );
  const colors = new Map(
    list((await bench.get("/tempo")).data).map((day) => [text(field(day, "date")), text(field(day, "color"))]),
  );
  const sums: Record<string, number> = {};
  for (const point of points(await bench.batch("2024-01-10", "2024-07-24", false))) {
    // The spring night moves two labels, none across 06:00 or 22:00.
    const wall = Date.parse(`${point.date.replace(" ", "T")}Z`);
    const color = colors.get(new Date(wall - 6 * 3_600_000).toISOString().slice(0, 10));
    const hour = new Date(wall).getUTCHours();
    const register = `${color}_${hour >= 6 && hour < 22 ? "HP" : "HC"}`;
    sums[register] = (sums[register] ?? 0) + Number(point.value) / 2;
  }
  assert.deepEqual(sums, {
    BLUE_HC: 1_083_540,
    BLUE_HP: 1_412_200,
    WHITE_HC: 242_503,
    WHITE_HP: 306_317,
    RED_HC: 199_733,
    RED_HP: 224_927,
  });
});
