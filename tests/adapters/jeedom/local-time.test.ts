import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { localClock, localPoints, type Merge, type Point } from "../../../src/adapters/jeedom/local-time.ts";
import { hourMs, instant } from "../../../src/domain/units.ts";
import { at } from "./support.ts";

const paris = localClock("Europe/Paris");

const cases: readonly [instant: string, text: string][] = [
  ["2026-11-17T23:00:00Z", "2026-11-18 00:00:00"],
  ["2026-07-13T22:00:00Z", "2026-07-14 00:00:00"],
  ["2028-02-29T11:00:00Z", "2028-02-29 12:00:00"],
  // Around the hour that spring leaves out.
  ["2026-03-29T00:30:00Z", "2026-03-29 01:30:00"],
  ["2026-03-29T01:00:00Z", "2026-03-29 03:00:00"],
  // Around the hour that autumn repeats.
  ["2026-10-24T23:30:00Z", "2026-10-25 01:30:00"],
  ["2026-10-25T00:00:00Z", "2026-10-25 02:00:00"],
  ["2026-10-25T02:00:00Z", "2026-10-25 03:00:00"],
];
for (const [iso, text] of cases)
  test(`${iso} is ${text} in Paris, and back`, () => {
    assert.equal(paris.textAt(at(iso)), text);
    assert.equal(paris.instantOf(text), at(iso));
  });

test("the repeated hour has one text for two instants, and is read as the earlier", () => {
  assert.equal(paris.textAt(at("2026-10-25T01:30:00Z")), "2026-10-25 02:30:00");
  assert.equal(paris.instantOf("2026-10-25 02:30:00"), at("2026-10-25T00:30:00Z"));
});

test("the zone is the box's, not the meter's", () => {
  assert.equal(localClock("Indian/Reunion").textAt(at("2026-07-13T22:00:00Z")), "2026-07-14 02:00:00");
  assert.throws(() => localClock("Europe/Nowhere"), RangeError);
});

test("a time that spring leaves out is read as if nothing had changed", () => {
  // 02:30 at one hour ahead of UTC.
  assert.equal(paris.instantOf("2026-03-29 02:30:00"), at("2026-03-29T01:30:00Z"));
});

test("a text of another form is no date", () => {
  for (const text of ["", "2026-11-18", "2026-11-18T00:00:00", "2026-11-18 00:00:00Z", "2026-13-41 99:00:00"])
    assert.equal(paris.instantOf(text), null, text);
});

test("every hour outside the repeated one comes back", () => {
  const hours = fc.integer({ min: 0, max: 60 * 366 * 24 }).map((hours) => instant(hours * hourMs));
  fc.assert(
    fc.property(hours, (hour) => {
      const text = paris.textAt(hour);
      const isRepeated = paris.textAt(instant(hour - hourMs)) === text;
      assert.equal(paris.instantOf(text), isRepeated ? hour - hourMs : hour);
    }),
  );
});

/** The ends of the half-hours from 01:30 to 03:30, with the repeated hour: six and not four. */
const night: readonly Point[] = [
  { at: at("2026-10-24T23:30:00Z"), value: 0.1 },
  { at: at("2026-10-25T00:00:00Z"), value: 0.1 },
  { at: at("2026-10-25T00:30:00Z"), value: 0.3 },
  { at: at("2026-10-25T01:00:00Z"), value: 0.2 },
  { at: at("2026-10-25T01:30:00Z"), value: 0.6 },
  { at: at("2026-10-25T02:00:00Z"), value: 0.4 },
];
const merged = (merge: Merge) =>
  localPoints(night, paris, merge).map(({ datetime, value }) => `${datetime.slice(11, 16)} ${value}`);

test("energies of the two runs are summed, so that the night keeps its total", () => {
  // 02:00 is 0.1 + 0.2, 02:30 is 0.3 + 0.6.
  assert.deepEqual(merged("sum"), ["01:30 0.1", "02:00 0.3", "02:30 0.9", "03:00 0.4"]);
});

test("powers of the two runs are averaged", () => {
  // 02:00 is (0.1 + 0.2) / 2, 02:30 is (0.3 + 0.6) / 2.
  assert.deepEqual(merged("mean"), ["01:30 0.1", "02:00 0.15", "02:30 0.45", "03:00 0.4"]);
});

test("of texts the later one stays", () => {
  const texts = night.map(({ at }, position) => ({ at, value: `t${position}` }));
  assert.deepEqual(
    localPoints(texts, paris, "last").map(({ value }) => value),
    ["t0", "t3", "t4", "t5"],
  );
});

test("other nights are left as they are", () => {
  const points = [
    { at: at("2026-03-29T00:30:00Z"), value: 1 },
    { at: at("2026-03-29T01:00:00Z"), value: 2 },
  ];
  assert.deepEqual(localPoints(points, paris, "sum"), [
    { datetime: "2026-03-29 01:30:00", value: 1 },
    { datetime: "2026-03-29 03:00:00", value: 2 },
  ]);
});
