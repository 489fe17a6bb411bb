import { addDays, daysBetween, daysFromTo } from "../../domain/calendar.ts";
import type { LocalDate } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import { adjustDateRange, parseDate, runsOf, yearsBefore } from "../dates.ts";
import { type CurveItem, loadCurve, shiftedToStart } from "../enedis.ts";
import { parisToday } from "../notation.ts";
import { failure, partial, Refused, type Reply, success, uncaught } from "../reply.ts";
import type { ListedPoint } from "../state.ts";
import { type Route, rateLimited, type Visit } from "../visit.ts";

const longestRun = 7;
const longestRangeDays = 729;
const refusalsPerRun = 7;

const noDataMessages: Readonly<Record<Flow, string>> = {
  consumption: "No consumption data available for this period",
  production: "No production data available for this period. This may be before the meter activation date.",
};

/**
 * W per interval over up to 729 days, the end included. Missing days are fetched in runs of at most seven:
 *
 * | Enedis answers | what becomes of the run |
 * |---|---|
 * | at least one published day | its points; the other days are absent and may be asked again |
 * | `no_data_found` | all its days are blacklisted for 24 h, in both directions, even without the cache |
 * | ADAM-ERR0123 | tried again from the next day |
 * | anything else | counted against the day (the sixth blacklists it), tried again from the next day |
 *
 * Seven refusals in a run give PARTIAL_DATA; fewer are silent. Nothing at all gives NO_DATA.
 */
async function batch(visit: Visit, flow: Flow): Promise<Reply> {
  const params = visit.params();
  const asked = { start: params.text("start"), end: params.text("end") };
  const useCache = params.bool("use_cache", true);
  params.done();
  const point = visit.ownedPoint();
  const { start, end } = clampedRange(asked, visit);

  const { items, missing } = sorted(visit, point, flow, daysFromTo(start, end), useCache);
  if (missing.length === 0) return curve(items);
  if (!visit.takeQuota(useCache))
    return items.length > 0
      ? partial(bodyOf(items), "Rate limit exceeded. Returning cached data only.")
      : rateLimited(visit.account, useCache);
  visit.requireEnedisToken();

  const fetched: CurveItem[] = [];
  let isCutShort = false;
  for (const run of runsOf(missing, longestRun)) {
    const outcome = await fetchRun(visit, point, flow, run);
    isCutShort ||= outcome.refusals >= refusalsPerRun;
    fetched.push(...outcome.items);
  }
  if (useCache) intoCache(visit, point, flow, fetched);
  // Fresh before cached: the sort keeps the order of equal labels.
  const all = [...fetched, ...items].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  if (all.length === 0) return failure("NO_DATA", noDataMessages[flow]);
  if (!isCutShort) return curve(all);
  return partial(
    bodyOf(all),
    `Some data could not be fetched (possibly before activation date). Returning ${all.length} readings.`,
  );
}

const bodyOf = (items: readonly CurveItem[]): object => ({ meter_reading: { interval_reading: items } });
const curve = (items: readonly CurveItem[]): Reply => success(bodyOf(items));

/** Two years back and 729 days at most, the start moved. @throws Refused when nothing is left, or on an ill date. */
function clampedRange(asked: { start: string; end: string }, visit: Visit): { start: LocalDate; end: LocalDate } {
  const oldest = yearsBefore(parisToday(visit.now), 2);
  const askedStart = parseDate(asked.start);
  const askedEnd = parseDate(asked.end);
  if (!askedStart || !askedEnd || !oldest) throw uncaught();
  const { start, end } = adjustDateRange({ start: askedStart, end: askedEnd }, visit.now);
  const clamped = start < oldest ? oldest : start;
  if (clamped > end) throw new Refused(failure("INVALID_DATE_RANGE", "Start date must be before end date"));
  return { start: daysBetween(clamped, end) > longestRangeDays ? addDays(end, -longestRangeDays) : clamped, end };
}

const keyOf = (point: ListedPoint, flow: Flow, date: string): string =>
  `${point.clientId}:${flow}:batch:${point.usagePointId}:${date}`;

/** What the cache tells, in stored order, and what has to be asked. A day that is only partly cached is in both. */
function sorted(
  visit: Visit,
  point: ListedPoint,
  flow: Flow,
  days: readonly LocalDate[],
  useCache: boolean,
): { items: CurveItem[]; missing: LocalDate[] } {
  const items: CurveItem[] = [];
  const missing: LocalDate[] = [];
  for (const day of days) {
    if (visit.state.blacklist.has(point.usagePointId, day, visit.now)) continue;
    const cached = useCache ? visit.state.caches.batch.get(keyOf(point, flow, day), visit.now) : undefined;
    if (cached) items.push(...cached);
    if (!cached || !isComplete(cached)) missing.push(day);
  }
  return { items, missing };
}

/** At least 90 % of the points that a day of 24 hours has at the step of its first point. */
function isComplete(items: readonly CurveItem[]): boolean {
  const minutes = Number(/\d+/.exec(items[0]?.interval_length ?? "PT30M")?.[0]);
  return items.length >= 0.9 * (1440 / minutes);
}

async function fetchRun(
  visit: Visit,
  point: ListedPoint,
  flow: Flow,
  run: readonly LocalDate[],
): Promise<{ items: readonly CurveItem[]; refusals: number }> {
  const { blacklist } = visit.state;
  const end = addDays(run.at(-1) ?? parisToday(visit.now), 1);
  let refusals = 0;
  for (const start of run) {
    const answer = await visit.askEnedis((now) => loadCurve(point.meter, flow, { start, end }, now));
    if ("body" in answer) return { items: shiftedToStart(answer.body), refusals };
    const { code } = answer.refusal;
    if (code === "no_data_found") {
      blacklist.add(point.usagePointId, run, visit.now);
      return { items: [], refusals };
    }
    refusals++;
    if (code !== "ADAM-ERR0123") blacklist.countFailure(point.usagePointId, start, visit.now);
  }
  return { items: [], refusals };
}

function intoCache(visit: Visit, point: ListedPoint, flow: Flow, items: readonly CurveItem[]): void {
  const days = new Map<string, CurveItem[]>();
  for (const item of items) {
    const date = item.date.slice(0, 10);
    const day = days.get(date);
    if (day) day.push(item);
    else days.set(date, [item]);
  }
  for (const [date, day] of days) visit.state.caches.batch.set(keyOf(point, flow, date), day, visit.now);
}

export const batchRoutes: readonly Route[] = (["consumption", "production"] as const).map((flow) => ({
  method: "GET",
  pattern: `/enedis/${flow}/detail/batch/{usage_point_id}`,
  access: "verified",
  answer: (visit) => batch(visit, flow),
}));
