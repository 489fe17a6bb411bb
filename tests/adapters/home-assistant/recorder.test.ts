import assert from "node:assert/strict";
import { test } from "node:test";
import { hourMs, type Instant, instant } from "../../../src/domain/units.ts";
import { SteppedClock } from "../../../src/shared/clock.ts";
import type { StatisticMetadata, WrittenRow } from "../../../src/sync/statistics/recorder.ts";
import {
  core,
  failureOf,
  friendly,
  open,
  readerToken,
  scripted,
  session,
  startDouble,
  unknownCommand,
} from "./support.ts";

const id = "linky_bridge:consumption_12345678901234_hc";
const energy: StatisticMetadata = {
  statisticId: id,
  source: "linky_bridge",
  name: "Linky HC",
  unit: "kWh",
  unitClass: "energy",
  hasSum: true,
};
const at = (iso: string): Instant => instant(Date.parse(iso));
const start = at("2026-11-18T23:00:00Z");

/** One row an hour from `from` on: 0.5 kWh each. */
const hourly = (from: Instant, count: number): WrittenRow[] =>
  Array.from({ length: count }, (_, n) => ({ start: instant(from + n * hourMs), state: 0.5, sum: (n + 1) / 2 }));

test("imported rows come back as they were sent, with the metadata Home Assistant demands", async (t) => {
  const world = await startDouble(t);
  const { importRows, listStatistics, loadRows } = await session(t, world);
  await importRows(energy, [
    { start, state: 0.412, sum: 18_234.106 },
    { start: instant(start + hourMs), state: 0, sum: 18_234.106 },
  ]);
  await world.double.settled();
  assert.deepEqual(await listStatistics(), [energy]);
  const nothingElse = { mean: null, min: null, max: null, lastReset: null };
  assert.deepEqual(
    await loadRows([id], {}),
    new Map([
      [
        id,
        [
          { start, state: 0.412, sum: 18_234.106, ...nothingElse },
          { start: instant(start + hourMs), state: 0, sum: 18_234.106, ...nothingElse },
        ],
      ],
    ]),
  );
  assert.deepEqual(world.double.metadata(id), {
    statistic_id: id,
    source: "linky_bridge",
    name: "Linky HC",
    mean_type: 0,
    has_sum: true,
    unit_class: "energy",
    unit_of_measurement: "kWh",
  });
  assert.deepEqual(world.double.warnings, []);
});

test("a message is spelled as Home Assistant's schema wants it, nothing more", async (t) => {
  const sent: unknown[] = [];
  const url = await scripted(
    t,
    friendly((message, reply) => {
      if (message.type === "auth/current_user") return reply(unknownCommand);
      sent.push(message);
      reply({ success: true, result: null });
    }),
  );
  const { importRows, close } = await open(core(url));
  const cost = { ...energy, statisticId: "linky_bridge:cost", name: null, unit: "EUR", unitClass: null };
  await importRows(cost, [{ start, state: null, sum: 1.25, mean: null, min: 1, max: 2.5, lastReset: start }]);
  await importRows({ ...energy, unitClass: null, unit: "Wh" }, []);
  await close();
  assert.deepEqual(sent, [
    {
      id: 3,
      type: "recorder/import_statistics",
      metadata: {
        statistic_id: "linky_bridge:cost",
        source: "linky_bridge",
        name: null,
        mean_type: 0,
        has_sum: true,
        unit_class: null,
        unit_of_measurement: "EUR",
      },
      stats: [
        {
          start: "2026-11-18T23:00:00+00:00",
          sum: 1.25,
          min: 1,
          max: 2.5,
          last_reset: "2026-11-18T23:00:00+00:00",
        },
      ],
    },
    {
      id: 4,
      type: "recorder/import_statistics",
      metadata: {
        statistic_id: id,
        source: "linky_bridge",
        name: "Linky HC",
        mean_type: 0,
        has_sum: true,
        unit_class: "energy",
        unit_of_measurement: "Wh",
      },
      stats: [],
    },
  ]);
});

test("Home Assistant 2025.11 takes the same message without a warning", async (t) => {
  const world = await startDouble(t, { version: "2025.11.0" });
  const { importRows } = await session(t, world);
  await importRows(energy, hourly(start, 2));
  await world.double.settled();
  assert.equal(world.double.rows(id).length, 2);
  assert.deepEqual(world.double.warnings, []);
});

test("success is queued, not stored: a read right after may show the old rows", async (t) => {
  const world = await startDouble(t, { commit: { delayMs: 200 } });
  const { importRows, loadRows } = await session(t, world);
  await importRows(energy, hourly(start, 1));
  assert.equal((await loadRows([id], {})).size, 0);
  await world.double.settled();
  assert.equal((await loadRows([id], {})).size, 1);
});

test("the largest import stays far below the frame that closes the connection", async (t) => {
  const world = await startDouble(t);
  const { importRows } = await session(t, world);
  const third = 1 / 3;
  const rows = hourly(start, 2_000).map((row) => ({ ...row, state: third, sum: 123_456_789 + third, min: third }));
  await importRows(energy, rows);
  await world.double.settled();
  assert.equal(world.double.rows(id).length, 2_000);
  assert.ok(world.double.traffic.largestFrame < 512 * 1024, `${world.double.traffic.largestFrame} bytes`);
});

test("our own mistakes are no failures of Home Assistant, and nothing of them is sent", async (t) => {
  const world = await startDouble(t);
  const { importRows } = await session(t, world);
  const wrong: readonly [WrittenRow[], RegExp][] = [
    [hourly(start, 2_001), /2001 rows at once, more than 2000/],
    [[...hourly(start, 1), ...hourly(start, 1)], /not ascending at 2026-11-18T23:00:00\+00:00/],
    [hourly(at("2026-11-18T23:30:00Z"), 1), /23:30:00\+00:00 is no full hour/],
    [[{ start, state: Number.NaN, sum: 0 }], /state of 2026-11-18T23:00:00\+00:00 is NaN/],
    [[{ start, state: 0, sum: Number.POSITIVE_INFINITY }], /sum of .* is Infinity/],
  ];
  for (const [rows, message] of wrong) await assert.rejects(importRows(energy, rows), { name: "RangeError", message });
  const endless = { ...energy, name: "x".repeat(3.5 * 1024 * 1024) };
  await assert.rejects(importRows(endless, []), {
    name: "RangeError",
    message: /A frame of 36\d{5} bytes is too long/,
  });
  assert.equal(world.double.traffic.count("recorder/import_statistics"), 0);
  await importRows(energy, hourly(start, 1));
});

test("imports go one at a time, in the order they were given", async (t) => {
  const open = { now: 0, most: 0 };
  const seen: unknown[] = [];
  const url = await scripted(
    t,
    friendly((message, reply) => {
      if (message.type === "auth/current_user") return reply(unknownCommand);
      open.most = Math.max(open.most, ++open.now);
      seen.push(message.metadata);
      setTimeout(() => {
        open.now--;
        reply({ success: true, result: null });
      }, 10);
    }),
  );
  const { importRows, close } = await openSession(url);
  await Promise.all(["a", "b", "c"].map((name) => importRows({ ...energy, name }, [])));
  await close();
  assert.equal(open.most, 1);
  assert.deepEqual(
    seen.map((metadata) =>
      typeof metadata === "object" && metadata !== null && "name" in metadata ? metadata.name : "",
    ),
    ["a", "b", "c"],
  );
});
const openSession = (url: string) => open(core(url));

test("a refused import carries Home Assistant's own words", async (t) => {
  const world = await startDouble(t);
  const { importRows } = await session(t, world);
  const { reason, text } = await failureOf(importRows({ ...energy, statisticId: "linky_bridge:Bad" }, []));
  assert.equal(reason, "refused");
  assert.match(text.fr, /refuse la demande : « Invalid statistic_id: linky_bridge:Bad »\. Rien n'a été changé/);
  assert.match(text.en, /refuses the request: "Invalid statistic_id: linky_bridge:Bad"\. Nothing was changed/);
});

test("a span is half open, and ids without rows are absent", async (t) => {
  const world = await startDouble(t);
  const { importRows, loadRows } = await session(t, world);
  await importRows(energy, hourly(start, 4));
  await world.double.settled();
  const span = { from: instant(start + hourMs), before: instant(start + 3 * hourMs) };
  const rows = await loadRows([id, "linky_bridge:unknown"], span);
  assert.deepEqual([...rows.keys()], [id]);
  assert.deepEqual(
    rows.get(id)?.map((row) => row.sum),
    [1, 1.5],
  );
  assert.deepEqual(await loadRows([id], { from: start, before: start }), new Map());
  assert.deepEqual(await loadRows([], {}), new Map());
});

test("an open span reads every row once, however far apart they are, the future included", async (t) => {
  const world = await startDouble(t);
  const { loadRows } = await session(t, world, { clock: new SteppedClock(at("2026-11-20T12:00:00Z")) });
  const starts = [
    "1999-12-31T23:00Z",
    "2010-01-01T00:00Z",
    "2019-06-01T00:00Z",
    "2026-11-20T11:00Z",
    "2031-01-01T00:00Z",
  ];
  const { statisticId, unit, unitClass, hasSum, ...rest } = energy;
  const metadata = { ...rest, statistic_id: id, unit_of_measurement: unit, unit_class: unitClass, has_sum: hasSum };
  world.double.seed(
    { ...metadata, mean_type: 0 },
    starts.map((iso, sum) => ({ start: at(iso), state: 1, sum })),
  );
  const rows = await loadRows([id, id], {});
  assert.deepEqual(
    rows.get(id)?.map((row) => [row.start, row.sum]),
    starts.map((iso, sum) => [at(iso), sum]),
  );
});

test("values of an entity are asked for in the unit stored, not in the one its user chose to see", async (t) => {
  const requests: unknown[] = [];
  const entity = "sensor.linky";
  const url = await scripted(
    t,
    friendly((message, reply) => {
      if (message.type === "auth/current_user") return reply(unknownCommand);
      if (message.type === "recorder/get_statistics_metadata") {
        const metadata = { statistic_id: entity, source: "recorder", name: null, has_sum: true, unit_class: "energy" };
        return reply({ success: true, result: [{ ...metadata, statistics_unit_of_measurement: "Wh" }] });
      }
      requests.push([message.statistic_ids, message.units]);
      reply({ success: true, result: {} });
    }),
  );
  const { loadRows, close } = await open(core(url));
  await loadRows([entity, id], { from: start, before: instant(start + hourMs) });
  await close();
  assert.deepEqual(requests, [
    [[id], undefined],
    [[entity], { energy: "Wh" }],
  ]);
});

test("a cleared series is gone whole, and no other with it", async (t) => {
  const world = await startDouble(t);
  const { importRows, clearSeries, listStatistics } = await session(t, world);
  const other = { ...energy, statisticId: `${id}_more` };
  await importRows(energy, hourly(start, 2));
  await importRows(other, hourly(start, 2));
  await clearSeries(id);
  assert.deepEqual(await listStatistics(), [other]);
  assert.deepEqual(world.double.rows(id), []);
  await clearSeries("linky_bridge:unknown");
});

test("a removal that is refused ends at once", async (t) => {
  const { double, url } = await startDouble(t);
  const { clearSeries, close } = await open(core(url, readerToken));
  assert.equal((await failureOf(clearSeries(id))).reason, "not_admin");
  assert.equal(double.traffic.count("recorder/get_statistics_metadata"), 0);
  await close();
});

test("a removal that Home Assistant is late with is waited for", async (t) => {
  const world = await startDouble(t, { commit: { delayMs: 150 }, limits: { jobMs: 20 } });
  const { importRows, clearSeries } = await session(t, world, { timing: { gonePauseMs: 20 } });
  await importRows(energy, hourly(start, 2));
  await clearSeries(id);
  assert.deepEqual(world.double.ids(), []);
});

test("a removal that never comes ends as not ready", async (t) => {
  const world = await startDouble(t, { commit: { delayMs: 1_000 }, limits: { jobMs: 20 } });
  const { double } = world;
  double.seed(
    {
      statistic_id: id,
      source: "linky_bridge",
      name: null,
      has_sum: true,
      mean_type: 0,
      unit_class: "energy",
      unit_of_measurement: "kWh",
    },
    [{ start, state: 1, sum: 1 }],
  );
  const { clearSeries } = await session(t, world, {
    clock: new SteppedClock(start),
    timing: { goneMs: 5_000, gonePauseMs: 1_000 },
  });
  const { reason, text } = await failureOf(clearSeries(id));
  assert.equal(reason, "not_ready");
  assert.match(text.fr, /n'a pas terminé à temps/);
  assert.deepEqual(double.ids(), [id]);
});

test("while Home Assistant restarts, commands are lost first, and not ready on a new connection too early", async (t) => {
  const world = await startDouble(t);
  const first = await session(t, world);
  world.double.restart({ unknownCommandMs: hourMs });
  const lost = await failureOf(first.listStatistics());
  assert.equal(lost.reason, "unreachable");
  const clock = new SteppedClock(start);
  const early = await failureOf(open(core(world.url), { clock, timing: { readyMs: 2_000 } }));
  assert.equal(early.reason, "not_ready");
});

test("a recorder that vanished while connected is not ready", async (t) => {
  const url = await scripted(
    t,
    friendly((_message, reply) => reply(unknownCommand)),
  );
  const { listStatistics, close } = await open(core(url));
  const { reason, text } = await failureOf(listStatistics());
  assert.equal(reason, "not_ready");
  assert.match(text.en, /recorder\/list_statistic_ids/);
  await close();
});
