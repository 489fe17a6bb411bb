import assert from "node:assert/strict";
import { test } from "node:test";
import { hourMs, type Instant, instant } from "../../../src/domain/units.ts";
import { SteppedClock } from "../../../src/shared/clock.ts";
import type { PartialRow } from "../../../src/simulator/home-assistant/series.ts";
import { at, type Client, energy, energyId, home } from "./client.ts";

/** One kilowatt-hour an hour from `from` to `before`, the sum starting at 1. */
function hours(from: string, before: string): PartialRow[] {
  const rows: PartialRow[] = [];
  for (let start: Instant = at(from); start < at(before); start = instant(start + hourMs))
    rows.push({ start, state: 1, sum: rows.length + 1 });
  return rows;
}

type Rows = Record<string, readonly Record<string, number | null>[]>;
const read = async (client: Client, fields: object): Promise<Rows> => {
  const defaults = { statistic_ids: [energyId], period: "hour", start_time: "2020-01-01T00:00:00Z" };
  return (await client.result("recorder/statistics_during_period", { ...defaults, ...fields })) as Rows;
};

test("hours are read in milliseconds, ascending, with an exclusive end", async (t) => {
  const { double, connect } = await home(t);
  double.seed(energy, hours("2026-11-18T23:00:00Z", "2026-11-19T03:00:00Z"));
  const client = await connect().authenticate();
  const span = {
    start_time: "2026-11-19T00:00:00Z",
    end_time: "2026-11-19T02:00:00Z",
    types: ["state", "sum", "change"],
  };
  assert.deepEqual(await read(client, span), {
    [energyId]: [
      // 2026-11-19T00:00:00Z; the sum before is that of 23:00, outside the span.
      { start: 1_795_046_400_000, end: 1_795_050_000_000, state: 1, sum: 2, change: 1 },
      { start: 1_795_050_000_000, end: 1_795_053_600_000, state: 1, sum: 3, change: 1 },
    ],
  });
});

test("ids that are unknown, or without rows in the span, are absent", async (t) => {
  const { double, connect } = await home(t);
  double.seed(energy, hours("2026-11-18T23:00:00Z", "2026-11-19T03:00:00Z"));
  const client = await connect().authenticate();
  assert.deepEqual(await read(client, { statistic_ids: ["linky_bridge:none"] }), {});
  assert.deepEqual(await read(client, { start_time: "2026-11-19T03:00:00Z" }), {});
  assert.deepEqual(await read(client, { period: "5minute" }), {});
});

test("change goes across gaps, counts the first row from zero, and can be negative", async (t) => {
  const { double, connect } = await home(t);
  double.seed(energy, [
    { start: at("2026-11-18T00:00:00Z"), sum: 5 },
    { start: at("2026-11-18T09:00:00Z"), sum: 12 },
    { start: at("2026-11-18T10:00:00Z"), sum: 4 },
  ]);
  const client = await connect().authenticate();
  const changes = (await read(client, { types: ["change"] }))[energyId]?.map(({ change }) => change);
  // 5 - 0, 12 - 5, 4 - 12
  assert.deepEqual(changes, [5, 7, -8]);
});

test("without types all are given that a series can have: no mean for a sum", async (t) => {
  const { double, connect } = await home(t);
  const start = at("2026-11-18T00:00:00Z");
  double.seed(energy, [{ start, state: 2, sum: 5 }]);
  double.seed({ ...energy, statistic_id: "sensor.t", source: "recorder", mean_type: 1, has_sum: false }, [
    { start, mean: 3, min: 1, max: 4 },
  ]);
  const client = await connect().authenticate();
  const end = start + 3_600_000;
  const both = await read(client, { statistic_ids: [energyId, "sensor.t"] });
  assert.deepEqual((await read(client, {}))[energyId], [{ start, end, state: 2, sum: 5, change: 5, last_reset: null }]);
  assert.deepEqual(both["sensor.t"]?.[0]?.mean, 3);
});

test("a Paris day has 23 hours in spring and 25 in autumn", async (t) => {
  const { double, connect } = await home(t);
  double.seed(energy, [
    ...hours("2025-10-24T22:00:00Z", "2025-10-27T23:00:00Z"),
    // The sum goes on: 73 hours before.
    ...hours("2026-03-27T23:00:00Z", "2026-03-30T22:00:00Z").map((row) => ({ ...row, sum: (row.sum ?? 0) + 73 })),
  ]);
  const client = await connect().authenticate();
  const days = (await read(client, { period: "day", types: ["change"] }))[energyId] ?? [];
  assert.deepEqual(
    days.map(({ start, end, change }) => [start, end, change]),
    [
      [at("2025-10-24T22:00:00Z"), at("2025-10-25T22:00:00Z"), 24],
      [at("2025-10-25T22:00:00Z"), at("2025-10-26T23:00:00Z"), 25],
      [at("2025-10-26T23:00:00Z"), at("2025-10-27T23:00:00Z"), 24],
      [at("2026-03-27T23:00:00Z"), at("2026-03-28T23:00:00Z"), 24],
      [at("2026-03-28T23:00:00Z"), at("2026-03-29T22:00:00Z"), 23],
      [at("2026-03-29T22:00:00Z"), at("2026-03-30T22:00:00Z"), 24],
    ],
  );
});

test("weeks begin on Monday, months and years follow the Paris calendar", async (t) => {
  const { double, connect } = await home(t);
  double.seed(energy, hours("2026-02-28T23:00:00Z", "2026-04-30T22:00:00Z"));
  const client = await connect().authenticate();
  const months = (await read(client, { period: "month", types: ["change"] }))[energyId] ?? [];
  assert.deepEqual(
    months.map(({ start, end, change }) => [start, end, change]),
    [
      // 31 days less the hour of the clock change; 30 days
      [at("2026-02-28T23:00:00Z"), at("2026-03-31T22:00:00Z"), 743],
      [at("2026-03-31T22:00:00Z"), at("2026-04-30T22:00:00Z"), 720],
    ],
  );
  const [year] = (await read(client, { period: "year", types: ["change"] }))[energyId] ?? [];
  assert.deepEqual(year, { start: at("2025-12-31T23:00:00Z"), end: at("2026-12-31T23:00:00Z"), change: 1_463 });
  const [first, second] = (await read(client, { period: "week", types: ["change"] }))[energyId] ?? [];
  // 1 March 2026 is a Sunday.
  assert.deepEqual(first, { start: at("2026-02-22T23:00:00Z"), end: at("2026-03-01T23:00:00Z"), change: 24 });
  assert.deepEqual(second, { start: at("2026-03-01T23:00:00Z"), end: at("2026-03-08T23:00:00Z"), change: 168 });
});

test("days follow the time zone of Home Assistant, and their span is widened to whole days", async (t) => {
  const { double, connect } = await home(t, { timeZone: "UTC" });
  double.seed(energy, hours("2026-07-01T00:00:00Z", "2026-07-04T00:00:00Z"));
  const client = await connect().authenticate();
  const span = {
    period: "day",
    start_time: "2026-07-02T09:00:00Z",
    end_time: "2026-07-02T10:00:00Z",
    types: ["change"],
  };
  assert.deepEqual((await read(client, span))[energyId], [
    { start: at("2026-07-02T00:00:00Z"), end: at("2026-07-03T00:00:00Z"), change: 24 },
  ]);
});

test("a period's state and sum are those of its last row, mean and extremes those of all", async (t) => {
  const { double, connect } = await home(t);
  double.seed({ ...energy, mean_type: 1 }, [
    { start: at("2026-11-18T10:00:00Z"), state: 1, sum: 1, mean: 2, min: 1, max: 9 },
    { start: at("2026-11-18T11:00:00Z"), state: 3, sum: 4, mean: 4, min: 2, max: 5 },
  ]);
  const client = await connect().authenticate();
  const [day] = (await read(client, { period: "day" }))[energyId] ?? [];
  const { start: _start, end: _end, ...figures } = day ?? {};
  assert.deepEqual(figures, { state: 3, sum: 4, change: 4, mean: 3, min: 1, max: 9, last_reset: null });
});

test("units are converted when asked for, both ways; money stays", async (t) => {
  const { double, connect } = await home(t);
  const start = at("2026-11-18T00:00:00Z");
  double.seed(energy, [{ start, state: 0.5, sum: 1.5 }]);
  double.seed({ ...energy, statistic_id: "linky:1", unit_of_measurement: "Wh" }, [{ start, state: 500, sum: 1_500 }]);
  double.seed({ ...energy, statistic_id: "linky:2", unit_of_measurement: "EUR", unit_class: null }, [
    { start, sum: 3 },
  ]);
  const client = await connect().authenticate();
  const ids = { statistic_ids: [energyId, "linky:1", "linky:2"], types: ["sum", "change"] };
  const sums = (rows: Rows): unknown[] => Object.values(rows).map(([first]) => [first?.sum, first?.change]);
  assert.deepEqual(sums(await read(client, ids)), [
    [1.5, 1.5],
    [1_500, 1_500],
    [3, 3],
  ]);
  assert.deepEqual(sums(await read(client, { ...ids, units: { energy: "Wh" } }))[0], [1_500, 1_500]);
  assert.deepEqual(sums(await read(client, { ...ids, units: { energy: "kWh" } })), [
    [1.5, 1.5],
    [1.5, 1.5],
    [3, 3],
  ]);
});

test("a time without offset is read in the time zone of Home Assistant", async (t) => {
  const { double, connect } = await home(t);
  double.seed(energy, hours("2026-06-30T20:00:00Z", "2026-07-01T02:00:00Z"));
  const client = await connect().authenticate();
  const naive = { start_time: "2026-07-01T01:00:00", end_time: "2026-07-01 03:00" };
  // Two hours ahead of UTC in summer.
  assert.deepEqual(
    (await read(client, naive))[energyId]?.map(({ start }) => start),
    [at("2026-06-30T23:00:00Z"), at("2026-07-01T00:00:00Z")],
  );
});

for (const [what, fields, code] of [
  ["a start that is no date", { start_time: "soon" }, "invalid_start_time"],
  ["an end that is no date", { end_time: "later" }, "invalid_end_time"],
  ["no id", { statistic_ids: [] }, "invalid_format"],
  ["an unknown period", { period: "decade" }, "invalid_format"],
  ["an unknown type", { types: ["median"] }, "invalid_format"],
  ["an unknown unit", { units: { energy: "kwh" } }, "invalid_format"],
  ["an unknown class of units", { units: { money: "EUR" } }, "invalid_format"],
  ["an unknown key", { limit: 5 }, "invalid_format"],
  ["a start in milliseconds", { start_time: 0 }, "invalid_format"],
  ["no period", { period: undefined }, "invalid_format"],
] as const) {
  test(`reading is refused for ${what}`, async (t) => {
    const client = await (await home(t)).connect().authenticate();
    const good = { start_time: "2026-11-18T00:00:00Z", statistic_ids: [energyId], period: "hour" };
    assert.equal(await client.code("recorder/statistics_during_period", { ...good, ...fields }), code);
    assert.equal(await client.code("recorder/statistics_during_period", good), "success");
  });
}

test("the list tells what each series is, and can be of sums or of means", async (t) => {
  const { double, connect } = await home(t);
  double.seed(energy, []);
  double.seed({ ...energy, statistic_id: "sensor.t", source: "recorder", mean_type: 1, has_sum: false }, []);
  const client = await connect().authenticate();
  const list = async (fields: object = {}): Promise<readonly Record<string, unknown>[]> =>
    (await client.result("recorder/list_statistic_ids", fields)) as Record<string, unknown>[];
  assert.equal((await list()).length, 2);
  assert.deepEqual(await list({ statistic_type: "sum" }), [
    {
      statistic_id: energyId,
      source: "linky_bridge",
      name: "Linky consommation",
      has_sum: true,
      mean_type: 0,
      unit_class: "energy",
      statistics_unit_of_measurement: "kWh",
      display_unit_of_measurement: "kWh",
    },
  ]);
  assert.deepEqual(
    (await list({ statistic_type: "mean" })).map(({ statistic_id }) => statistic_id),
    ["sensor.t"],
  );
  const metadata = await client.result("recorder/get_statistics_metadata", { statistic_ids: [energyId, "a:b"] });
  assert.deepEqual(metadata, await list({ statistic_type: "sum" }));
  assert.equal(await client.code("recorder/list_statistic_ids", { statistic_type: "max" }), "invalid_format");
});

test("one figure for a span misses the first change after a gap", async (t) => {
  const { double, connect } = await home(t);
  double.seed(energy, [
    { start: at("2026-11-18T00:00:00Z"), sum: 5 },
    { start: at("2026-11-18T09:00:00Z"), sum: 12 },
    { start: at("2026-11-18T10:00:00Z"), sum: 14 },
  ]);
  const client = await connect().authenticate();
  const during = (fields: object): Promise<unknown> =>
    client.result("recorder/statistic_during_period", { statistic_id: energyId, types: ["change"], ...fields });
  // From 09:00 on: the hour before is missing, hence 14 - 12 in place of 14 - 5.
  assert.deepEqual(await during({ fixed_period: { start_time: "2026-11-18T09:00:00Z" } }), { change: 2 });
  assert.deepEqual(await during({ fixed_period: { start_time: "2026-11-18T10:00:00Z" } }), { change: 2 });
  assert.deepEqual(await during({}), { change: 14 });
  assert.deepEqual(await during({ fixed_period: { end_time: "2026-11-18T10:00:00Z" }, units: { energy: "Wh" } }), {
    change: 12_000,
  });
});

test("one figure can be asked for a calendar period or a rolling window, but not for both", async (t) => {
  const clock = new SteppedClock(at("2026-11-19T12:00:00Z"));
  const { double, connect } = await home(t, { clock });
  double.seed(energy, hours("2026-11-17T23:00:00Z", "2026-11-19T12:00:00Z"));
  const client = await connect().authenticate();
  const during = (fields: object): Promise<unknown> =>
    client.result("recorder/statistic_during_period", { statistic_id: energyId, types: ["change"], ...fields });
  assert.deepEqual(await during({ calendar: { period: "day", offset: -1 } }), { change: 23 });
  assert.deepEqual(await during({ calendar: { period: "day" } }), { change: 13 });
  assert.deepEqual(await during({ rolling_window: { duration: { hours: 3 } } }), { change: 3 });
  const both = { statistic_id: energyId, calendar: { period: "day" }, rolling_window: { duration: { hours: 3 } } };
  assert.equal(await client.code("recorder/statistic_during_period", both), "invalid_format");
});

test("the dashboard shows kilowatt-hours by Paris hour, day and month", async (t) => {
  const { double } = await home(t);
  const rows = hours("2026-03-28T23:00:00Z", "2026-04-01T22:00:00Z");
  double.seed(
    { ...energy, unit_of_measurement: "Wh" },
    rows.map((row) => ({ ...row, sum: (row.sum ?? 0) * 1_000 })),
  );
  assert.deepEqual(
    double.dashboard(energyId, "day").map(({ start, change }) => [start, change]),
    [
      [at("2026-03-28T23:00:00Z"), 23],
      [at("2026-03-29T22:00:00Z"), 24],
      [at("2026-03-30T22:00:00Z"), 24],
      [at("2026-03-31T22:00:00Z"), 24],
    ],
  );
  assert.deepEqual(
    double.dashboard(energyId, "month").map(({ change }) => change),
    [71, 24],
  );
  assert.equal(double.dashboard(energyId, "hour").length, 95);
  assert.deepEqual(double.dashboard("linky_bridge:none", "day"), []);
});

test("validate_statistics has nothing to say of external series", async (t) => {
  const { double, connect } = await home(t);
  double.seed(energy, []);
  assert.deepEqual(await (await connect().authenticate()).result("recorder/validate_statistics"), {});
});
