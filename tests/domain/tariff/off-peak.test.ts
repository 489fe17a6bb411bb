import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { describeOffPeak, parseOffPeak, windowsOn } from "../../../src/domain/tariff/off-peak.ts";

/** Canonical text and what is left over. */
function read(raw: unknown): [string | null, string | null] {
  const { schedule, leftOver } = parseOffPeak(raw);
  return [schedule && describeOffPeak(schedule), leftOver];
}

const spellings: readonly (readonly [unknown, string])[] = [
  ["HC (22H00-6H00)", "22:00-06:00"],
  ["HC (1H00-7H00;12H30-14H30)", "01:00-07:00;12:30-14:30"],
  ["HC (0H54-6H54;11H54-13H54)", "00:54-06:54;11:54-13:54"],
  ["HC (1H34-7H34;12H56-14H56)", "01:34-07:34;12:56-14:56"],
  ["HC (23h00-7h30)", "23:00-07:30"],
  ["HC (02H00-07H00 + 13H00-16H00)", "02:00-07:00;13:00-16:00"],
  ["22H-6H 12H30-14H30", "12:30-14:30;22:00-06:00"],
  ["22:00:00-06:00:00", "22:00-06:00"],
  ["22h - 6", "22:00-06:00"],
  [["22:00-06:00"], "22:00-06:00"],
  [{ ranges: ["22:00-06:00"] }, "22:00-06:00"],
  [{ default: "22h30-06h30" }, "22:30-06:30"],
  [{ HC: "22h00-06h00" }, "22:00-06:00"],
  [{ default: "HC (22H38-6H38)" }, "22:38-06:38"],
  [[{ start: "22:00", end: "06:00" }], "22:00-06:00"],
  [
    [
      { start: "01:00", end: "07:00" },
      { start: "12:30", end: "14:30" },
    ],
    "01:00-07:00;12:30-14:30",
  ],
  [{ offpeak_hours: { hc_schedules: "2H-4H" } }, "02:00-04:00"],
];

test("every spelling that is met is read, and read again as the JSON text that the store keeps", () => {
  for (const [raw, expected] of spellings) {
    assert.deepEqual(read(raw), [expected, null], JSON.stringify(raw));
    assert.deepEqual(read(JSON.stringify(raw)), [expected, null], `as text: ${JSON.stringify(raw)}`);
  }
});

test("where nothing is said there is no schedule, and no default is supplied", () => {
  for (const raw of [null, undefined, "", "None", "null", [], {}, { ranges: [] }, "HC ()", { offpeak_hours_0: "None" }])
    assert.deepEqual(read(raw), [null, null], JSON.stringify(raw));
});

test("a window across midnight is both its parts of the civil day that is named", () => {
  const { schedule } = parseOffPeak({ monday: "22:30-06:30" });
  assert.ok(schedule);
  assert.deepEqual(windowsOn(schedule, 1), [
    { from: 0, to: 6 * 60 + 30 },
    { from: 22 * 60 + 30, to: 24 * 60 },
  ]);
  for (const weekday of [2, 3, 4, 5, 6, 7]) assert.deepEqual(windowsOn(schedule, weekday), []);
});

test("v1 counts its days from Monday, and says None or nothing where there is no window", () => {
  const { schedule, leftOver } = parseOffPeak({
    offpeak_hours_0: "22H00-6H00;12H30-14H30",
    offpeak_hours_1: "",
    offpeak_hours_2: "None",
    offpeak_hours_3: null,
    offpeak_hours_6: "0H00-24H00",
  });
  assert.equal(leftOver, null);
  assert.ok(schedule);
  assert.equal(describeOffPeak(schedule), '{"monday":"12:30-14:30;22:00-06:00","sunday":"00:00-24:00"}');
});

test("a day that is named leaves the windows said of every day", () => {
  const { schedule } = parseOffPeak({ default: "22:00-06:00", saturday: "0:00-24:00", sunday: "" });
  assert.ok(schedule);
  assert.deepEqual(windowsOn(schedule, 5).length, 2);
  assert.deepEqual(windowsOn(schedule, 6), [{ from: 0, to: 1440 }]);
  assert.deepEqual(windowsOn(schedule, 7), []);
});

test("24H00 is midnight, an empty window is none, overlapping and touching ones are one", () => {
  assert.deepEqual(read("24H00-6H00"), ["00:00-06:00", null]);
  assert.deepEqual(read("22H00-24H00"), ["22:00-24:00", null]);
  assert.deepEqual(read("22H00-0H00"), ["22:00-24:00", null]);
  assert.deepEqual(read("0H00-24H00"), ["00:00-24:00", null]);
  assert.deepEqual(read("5H00-5H00"), [null, null]);
  assert.deepEqual(read("24H00-24H00"), [null, null]);
  assert.deepEqual(read("1H00-3H00;2H00-4H00;4H00-5H00"), ["01:00-05:00", null]);
  assert.deepEqual(read("22H00-6H00;5H00-23H00"), ["00:00-24:00", null]);
});

test("what the parser does not understand is left over", () => {
  assert.deepEqual(read("HC (22H00-6H00) du 01/11 au 31/03"), ["22:00-06:00", "du 01/11 au 31/03"]);
  assert.deepEqual(read({ hiver: "HC (2H00-7H00)", ete: "13H-15H" }), ["02:00-07:00;13:00-15:00", "hiver ete"]);
  assert.deepEqual(read("25H00-6H00"), [null, "25H00-6H00"]);
  assert.deepEqual(read("122H00-6H00"), [null, "122H00-6H00"]);
  assert.deepEqual(read("22H75-6H00"), [null, "22H75-6H00"]);
  assert.deepEqual(read({ ranges: ["22:00-06:00"], months: 5 }), ["22:00-06:00", "months 5"]);
  assert.deepEqual(read("bientôt"), [null, "bientôt"]);
});

test("the dear hours are not taken for the cheap ones", () => {
  assert.deepEqual(read("HC (22H00-6H00) HP (6H00-22H00)"), ["22:00-06:00", "HP (6H00-22H00)"]);
  assert.deepEqual(read({ HC: "22:00-06:00", HP: "06:00-22:00" }), ["22:00-06:00", "HP"]);
});

test("a hostile text ends", () => {
  const nested = `${"[".repeat(5000)}${"]".repeat(5000)}`;
  assert.deepEqual(read(nested)[0], null);
  assert.deepEqual(read(`HC (${"1".repeat(20_000)}`)[0], null);
});

const window = fc.record({ from: fc.nat(1439), to: fc.nat(1440) });
const clock = (minutes: number) => `${Math.floor(minutes / 60)}H${String(minutes % 60).padStart(2, "0")}`;
const inside = (minute: number, { from, to }: { from: number; to: number }) =>
  from <= to ? from <= minute && minute < to : minute >= from || minute < to;

test("any windows, on all days or on some, hold the minutes that they say, and describe themselves", () => {
  const names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
  const said = fc.oneof(
    fc.array(window, { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...names), fc.array(window, { maxLength: 3 })),
  );
  fc.assert(
    fc.property(said, (windows) => {
      const of = (name: string) => (Array.isArray(windows) ? windows : (windows[name] ?? []));
      const text = (some: readonly { from: number; to: number }[]) =>
        some.map(({ from, to }) => `${clock(from)}-${clock(to)}`).join(";");
      const raw = Array.isArray(windows)
        ? `HC (${text(windows)})`
        : Object.fromEntries(Object.entries(windows).map(([name, some]) => [name, text(some)]));
      const { schedule, leftOver } = parseOffPeak(raw);
      assert.equal(leftOver, null);
      names.forEach((name, position) => {
        const found = schedule ? windowsOn(schedule, position + 1) : [];
        for (let minute = 0; minute < 1440; minute++)
          assert.equal(
            found.filter((some) => inside(minute, some)).length,
            of(name).some((some) => inside(minute, some)) ? 1 : 0,
            `${name} ${clock(minute)}`,
          );
      });
      if (schedule) assert.deepEqual(parseOffPeak(describeOffPeak(schedule)), { schedule, leftOver: null });
    }),
    { numRuns: 100 },
  );
});
