import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { statusLines } from "../../src/cli/status.ts";
import { addDays, boundsOf, dateAt, daysFromTo, localDate } from "../../src/domain/calendar.ts";
import { type Instant, instant, type LocalDate, type UsagePointId } from "../../src/domain/units.ts";
import { type Flow, flows } from "../../src/domain/usage-point.ts";
import type { UsagePointOptions } from "../../src/simulator/account.ts";
import type { Call } from "../../src/simulator/control.ts";
import { energyWhOf } from "../../src/simulator/energy-source.ts";
import { baseHome, solarHome } from "../../src/simulator/homes.ts";
import type { MeterOptions } from "../../src/simulator/meter.ts";
import { observe } from "../../src/sync/observe.ts";
import { loadState } from "../../src/sync/pass.ts";
import { plan } from "../../src/sync/plan/plan.ts";
import type { FlowSnapshot, Snapshot, UsagePointSnapshot } from "../../src/sync/snapshot.ts";
import { type HomeOptions, HomeRun, housePoint } from "./home-run.ts";
import { testDatabase } from "./test-database.ts";

/** Tempo known at 05:30, so that its polling does not fill every morning. */
const calmTempo = { publishedMinutes: 330 };

interface PointOptions {
  readonly usagePointId?: string;
  readonly activationDate?: string;
  readonly listed?: UsagePointOptions["listed"];
  readonly meter?: Partial<MeterOptions>;
}

/** A flat, with a short history unless an activation date says otherwise. */
export const flat = (options: PointOptions = {}): UsagePointOptions => pointOf(baseHome, options);
/** A house with panels, read both ways. */
export const solarHouse = (options: PointOptions = {}): UsagePointOptions => pointOf(solarHome, options);

function pointOf(home: typeof baseHome, { listed, usagePointId, ...options }: PointOptions): UsagePointOptions {
  const point = home({ usagePointId: usagePointId ?? housePoint, seed: 7, activationDate: "2026-10-20", ...options });
  return { ...point, listed: { ...point.listed, ...listed } };
}

/** A home in a database of its own; by default the flat, on a Saturday at 11:00 in Paris. */
export async function startHome(t: TestContext, options: Partial<HomeOptions> = {}): Promise<HomeRun> {
  return new HomeRun(await testDatabase(t), {
    start: "2026-11-21T10:00:00Z",
    points: [flat()],
    ...options,
    gateway: { tempo: calmTempo, ...options.gateway },
  });
}

export const at = (text: string): Instant => instant(Date.parse(text));
export const run = (home: HomeRun, end: string): Promise<Snapshot> => home.until(end, { callsOnly: true });
export const meterOf = (home: HomeRun, id: string = housePoint) => home.gateway.control.meter(id);

export function pointIn(snapshot: Snapshot, id: string = housePoint): UsagePointSnapshot {
  const point = snapshot.usagePoints.find((candidate) => candidate.id === id);
  assert.ok(point, `usage point ${id} is not in the snapshot`);
  return point;
}

export function flowIn(snapshot: Snapshot, flow: Flow = "consumption", id: string = housePoint): FlowSnapshot {
  const found = pointIn(snapshot, id).flows.find((candidate) => candidate.flow === flow);
  assert.ok(found, `${flow} is not in the snapshot`);
  return found;
}

export const codesOf = (snapshot: Snapshot): string[] => snapshot.bridge.problems.map(({ code }) => code);

/** What `status` prints at this moment, in both languages. */
export async function statusOf(home: HomeRun): Promise<{ readonly fr: string; readonly en: string }> {
  const input = await loadState(home.deps, null);
  const planned = plan(input);
  const say = async (language: "fr" | "en") =>
    statusLines(await observe(input, planned, { ...home.deps, language }), planned, language).join("\n");
  return { fr: await say("fr"), en: await say("en") };
}

/** The problem stands in the snapshot under its code, and `status` says it in both languages. */
export async function assertTold(home: HomeRun, code: string, words: { fr: RegExp; en: RegExp }): Promise<void> {
  assert.ok(codesOf(home.snapshot).includes(code), `expected ${code}, told: ${codesOf(home.snapshot).join(", ")}`);
  const said = await statusOf(home);
  assert.match(said.fr, words.fr);
  assert.match(said.en, words.en);
  assert.doesNotMatch(said.fr + said.en, /\{meter\}|undefined|null|NaN/);
}

export async function assertNothingTold(home: HomeRun): Promise<void> {
  assert.deepEqual(codesOf(home.snapshot), []);
  const { fr, en } = await statusOf(home);
  assert.doesNotMatch(fr + en, /⚠/);
}

interface Span {
  readonly from: string;
  readonly to: string;
  readonly point?: UsagePointId;
  /** Days that are known to differ, and are looked at by the test itself. */
  readonly except?: readonly string[];
}

/**
 * The store holds, for each day of the span, exactly what the meter shows at this moment: not one slot less or more, and
 * the official value. Also that the audit finds nothing.
 */
export async function assertMirrors(home: HomeRun, { from, to, point = housePoint, except = [] }: Span): Promise<void> {
  const meter = meterOf(home, point);
  const now = home.clock.now();
  const settled = addDays(dateAt(now), -3);
  const period = { from: localDate(from), to: localDate(to) };
  for (const flow of flows) {
    if (!meter.measures(flow)) continue;
    const stored = new Map(
      (await home.store.loadDayInputs(point, flow, period)).map((day) => [day.date as string, day]),
    );
    for (const date of daysFromTo(period.from, period.to)) {
      if (except.includes(date)) continue;
      const shown = meter.curveAt(flow, date, now);
      const held = stored.get(date);
      const text = (slots: typeof shown): string =>
        slots.map((slot) => `${slot.start}+${slot.minutes}:${slot.powerW}`).join();
      assert.ok(
        text(held?.slots ?? []) === text(shown),
        `${flow} ${date}: ${held?.slots.length ?? 0} slots of ${energyWhOf(held?.slots ?? [])} Wh are stored, the meter shows ${shown.length} of ${energyWhOf(shown)} Wh`,
      );
      // The official value of a day is there three days later, whatever route was slow.
      if (date <= settled || (held && held.officialWh !== null))
        assert.equal(held?.officialWh ?? null, meter.dailyAt(flow, date, now), `official value of ${flow} ${date}`);
    }
  }
  assert.deepEqual(await home.faults(), []);
}

/** How many readings are stored, and how many former ones: they only ever grow. */
export async function countsOf(home: HomeRun): Promise<{ slots: number; daily: number; former: number }> {
  const counts = await home.audit.countReadings();
  const former = await home.audit.countFormerReadings();
  return {
    slots: counts.reduce((sum, count) => sum + count.slots, 0),
    daily: counts.reduce((sum, count) => sum + count.dailyReadings, 0),
    former: former.reduce((sum, { count }) => sum + count, 0),
  };
}

/** The derived day as stored, in the few fields that scenarios look at. */
export async function dayOf(home: HomeRun, date: string, flow: Flow = "consumption", point: UsagePointId = housePoint) {
  const period = { from: localDate(date), to: localDate(date) };
  const [day] = await home.store.loadDays(point, flow, period);
  return day ? { energyWh: day.energyWh as number, quality: day.quality, minutes: day.minutesPresent } : null;
}

/** What the store remembers of having asked for a day. */
export async function inquiryOf(home: HomeRun, date: string, subject: string, point: UsagePointId = housePoint) {
  const [row] = await home.database.sql<{ answer: string; tries: number }[]>`
    select answer, tries from inquiry where usage_point_id = ${point} and subject = ${subject} and date = ${date}`;
  return row ? { answer: row.answer, tries: row.tries } : null;
}

/** The calls of a Paris day to paths that contain `part`. */
export const callsOn = (home: HomeRun, date: string, part: string): Call[] =>
  home.gateway.control.calls.filter((call) => dateAt(call.at) === date && call.path.includes(part));

/** The end of a Paris day's energy as the meter measured it, whatever was published. */
export const trueWh = (home: HomeRun, date: string, flow: Flow = "consumption", point: string = housePoint): number => {
  const day: LocalDate = localDate(date);
  return energyWhOf(meterOf(home, point).curveAt(flow, day, instant(boundsOf(day).end + 400 * 86_400_000)));
};
