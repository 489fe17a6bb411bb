import assert from "node:assert/strict";
import { suite, type TestContext, test } from "node:test";
import { inspect } from "node:util";
import { boundsOf, daysFromTo, localDate } from "../../src/domain/calendar.ts";
import { instant, minuteMs, usagePointId } from "../../src/domain/units.ts";
import { type Exporter, ExportFailure } from "../../src/sync/exports/exporter.ts";
import type { ExportDay, ExportSeries } from "../../src/sync/exports/series.ts";

/** A value as the destination shows it: in the series' own unit, at the start of its interval. */
export interface Shown {
  readonly start: number;
  readonly value: number;
}

/** One destination, empty at first, and an exporter to it. Its present is 2026-11-21, 08:00 UTC or later. */
export interface ExporterWorld {
  readonly exporter: Exporter;
  /** Another exporter to the same destination with the same settings, as after a restart of the process. */
  restart(): Exporter;
  /** All that the destination shows of a series, ascending; read by other means than the exporter. */
  read(series: ExportSeries): Promise<readonly Shown[]>;
  /** From now on `listener` is called with each request that reaches the destination, before it acts on it. */
  onRequest(listener: () => void): void;
  /** Nobody listens at the destination's address any more. */
  vanish(): Promise<void>;
  /** Texts that no error may hold; at least one. */
  readonly secrets: readonly string[];
}

export type OpenExporterWorld = (t: TestContext) => Promise<ExporterWorld>;

export interface ExporterContractOptions {
  /** Why the suite cannot run here. */
  readonly skip?: false | string;
}

const usagePoint = usagePointId("12345678901234");
export const dailySeries: ExportSeries = { kind: "energy", usagePoint, flow: "consumption", step: "day" };
export const halfHourSeries: ExportSeries = { kind: "energy", usagePoint, flow: "consumption", step: "half_hour" };
const never = new AbortController().signal;

/** A day with one value over the whole of it. */
export function wholeDay(date: string, value: number): ExportDay {
  const { start, end } = boundsOf(localDate(date));
  return { date: localDate(date), points: [{ start, end, value, isEstimated: false }] };
}

/** The half-hours of a day, 46 to 50 of them: `first`, and one more each. */
export function halfHours(date: string, first: number): ExportDay {
  const { start, minutes } = boundsOf(localDate(date));
  const points = Array.from({ length: minutes / 30 }, (_, position) => ({
    start: instant(start + position * 30 * minuteMs),
    end: instant(start + (position + 1) * 30 * minuteMs),
    value: first + position,
    isEstimated: false,
  }));
  return { date: localDate(date), points };
}

/** What a destination has to show of days. */
export const shownOf = (days: readonly ExportDay[]): readonly Shown[] =>
  days.flatMap(({ points }) => points.map(({ start, value }) => ({ start, value })));

/** `days` as the engine gives a whole series: month by month. */
export async function* byMonth(days: readonly ExportDay[]): AsyncGenerator<readonly ExportDay[]> {
  for (const month of new Set(days.map(({ date }) => date.slice(0, 7))))
    yield days.filter(({ date }) => date.startsWith(month));
}

/** Two months and twenty days: 1000 Wh on the first, one more each day. */
const history = daysFromTo(localDate("2026-09-01"), localDate("2026-11-20")).map((date, position) =>
  wholeDay(date, 1000 + position),
);
const replaced = (days: readonly ExportDay[], by: ExportDay): readonly ExportDay[] =>
  days.map((day) => (day.date === by.date ? by : day));

/** What every destination for dated values keeps to. */
export function exporterContract(name: string, open: OpenExporterWorld, options: ExporterContractOptions = {}): void {
  suite(name, { skip: options.skip ?? false }, () => {
    test("what is added is held and shown, to the watt-hour", async (t) => {
      const { exporter, read } = await open(t);
      const days = history.slice(-3);
      await exporter.open(never);
      await exporter.add({ series: dailySeries, days }, never);
      assert.deepEqual(await read(dailySeries), shownOf(days));
      assert.equal(await exporter.holds(dailySeries, wholeDay("2026-11-20", 1080), never), true);
    });

    test("a day that was never brought is not held, nor one of another value", async (t) => {
      const { exporter } = await open(t);
      await exporter.open(never);
      await exporter.add({ series: dailySeries, days: history.slice(-1) }, never);
      assert.equal(await exporter.holds(dailySeries, wholeDay("2026-11-19", 1079), never), false);
      assert.equal(await exporter.holds(dailySeries, wholeDay("2026-11-20", 1081), never), false);
    });

    test("adding the same twice changes nothing, not even for a new process", async (t) => {
      const { exporter, restart, read } = await open(t);
      const batch = { series: dailySeries, days: history.slice(-3) };
      await exporter.open(never);
      await exporter.add(batch, never);
      await exporter.add(batch, never);
      const later = restart();
      await later.open(never);
      await later.add(batch, never);
      assert.deepEqual(await read(dailySeries), shownOf(batch.days));
    });

    test("half-hours stand at the start of their interval, beside the days", async (t) => {
      const { exporter, read } = await open(t);
      const days = [halfHours("2026-11-19", 100), halfHours("2026-11-20", 200)];
      await exporter.open(never);
      await exporter.add({ series: halfHourSeries, days }, never);
      await exporter.add({ series: dailySeries, days: history.slice(-1) }, never);
      assert.deepEqual(await read(halfHourSeries), shownOf(days));
      assert.deepEqual(await read(dailySeries), shownOf(history.slice(-1)));
    });

    for (const [direction, value] of [
      ["up", 5000],
      ["down", 7],
    ] as const)
      test(`a value of the past that is corrected ${direction} takes the place of the former one, and nothing else moves`, async (t) => {
        const { exporter, read } = await open(t);
        await exporter.open(never);
        await exporter.add({ series: dailySeries, days: history }, never);
        const corrected = wholeDay("2026-09-15", value);
        const now = replaced(history, corrected);
        await exporter.correct({ series: dailySeries, days: [corrected] }, () => byMonth(now), never);
        assert.deepEqual(await read(dailySeries), shownOf(now));
        assert.equal(await exporter.holds(dailySeries, corrected, never), true);
      });

    test("a whole history goes there, the oldest day with the newest", async (t) => {
      const { exporter, read } = await open(t);
      await exporter.open(never);
      await exporter.add({ series: dailySeries, days: history }, never);
      assert.deepEqual(await read(dailySeries), shownOf(history));
    });

    for (const request of [1, 2, 3])
      test(`stopped at its request ${request}, a new process completes what is added without doubling any of it`, async (t) => {
        const { exporter, restart, read, onRequest } = await open(t);
        const batch = { series: dailySeries, days: history.slice(-5) };
        await exporter.open(never);
        await assertStopped(onRequest, request, (signal) => exporter.add(batch, signal));
        const later = restart();
        await later.open(never);
        await later.add(batch, never);
        assert.deepEqual(await read(dailySeries), shownOf(batch.days));
      });

    for (const request of [1, 2, 3, 4, 5, 6, 7])
      test(`stopped at its request ${request}, a correction is made by the next process, and all of the series is there`, async (t) => {
        const { exporter, restart, read, onRequest } = await open(t);
        await exporter.open(never);
        await exporter.add({ series: dailySeries, days: history }, never);
        const corrected = wholeDay("2026-10-03", 5);
        const now = replaced(history, corrected);
        const batch = { series: dailySeries, days: [corrected] };
        await assertStopped(onRequest, request, (signal) => exporter.correct(batch, () => byMonth(now), signal));
        const later = restart();
        await later.open(never);
        await later.correct(batch, () => byMonth(now), never);
        assert.deepEqual(await read(dailySeries), shownOf(now));
      });

    test("a destination that is away is tried again soon, and no error tells a secret", async (t) => {
      const { exporter, vanish, secrets } = await open(t);
      await exporter.open(never);
      await vanish();
      const batch = { series: dailySeries, days: history.slice(-1) };
      const calls = [
        () => exporter.add(batch, never),
        () => exporter.correct(batch, () => byMonth(history), never),
        () => exporter.holds(dailySeries, wholeDay("2026-11-20", 1080), never),
      ];
      assert.ok(secrets.length > 0);
      for (const call of calls) {
        const failure = await failureOf(call);
        assert.equal(failure.retry, "soon");
        assert.ok(failure.text.fr.length > 20 && failure.text.en.length > 20);
        for (const secret of secrets) assert.ok(!inspect(failure, { depth: 10, showHidden: true }).includes(secret));
      }
      for (const finding of await exporter.test(never))
        for (const secret of secrets) assert.ok(!JSON.stringify(finding).includes(secret));
      for (const secret of secrets) assert.ok(!exporter.target.includes(secret));
    });

    test("a destination that is away is told by the test, in both languages", async (t) => {
      const { exporter, vanish } = await open(t);
      await vanish();
      const findings = await exporter.test(never);
      assert.ok(findings.some(({ ok }) => !ok));
      for (const { text } of findings) assert.ok(text.fr !== "" && text.en !== "" && text.fr !== text.en);
    });

    test("the test finds all well where all is well, and leaves nothing behind", async (t) => {
      const { exporter, read } = await open(t);
      for (const { ok, text } of await exporter.test(never)) assert.ok(ok, text.en);
      assert.deepEqual(await read(dailySeries), []);
    });
  });
}

/** Runs `action` and stops it as its request `position` arrives; one that needs fewer of them ends by itself. */
async function assertStopped(
  onRequest: ExporterWorld["onRequest"],
  position: number,
  action: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const reason = new Error("stopped");
  let seen = 0;
  onRequest(() => {
    seen++;
    if (seen === position) stop.abort(reason);
  });
  await action(stop.signal).then(
    () => assert.ok(seen < position, `${seen} requests, and no end of them`),
    (error: unknown) => assert.equal(error, reason),
  );
}

export async function failureOf(call: () => Promise<unknown>): Promise<ExportFailure> {
  try {
    await call();
  } catch (error) {
    if (error instanceof ExportFailure) return error;
    throw error;
  }
  throw new assert.AssertionError({ message: "nothing failed" });
}
