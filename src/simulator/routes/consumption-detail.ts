import { addDays, daysFromTo } from "../../domain/calendar.ts";
import type { LocalDate } from "../../domain/units.ts";
import { adjustDateRange, parseDate } from "../dates.ts";
import { type CurveItem, loadCurve, shiftedToStart } from "../enedis.ts";
import { failure, type Reply, success, uncaught } from "../reply.ts";
import type { ListedPoint } from "../state.ts";
import type { Route, Visit } from "../visit.ts";

/** A day counts as cached when each of its half-hours has an entry. */
const halfHoursPerDay = 48;

/**
 * W per interval in one call to Enedis, 7 days at most. The cache keeps one entry per half-hour label: a meter at
 * 60 minutes never fills it, and then what is cached is told again behind what is fresh; so on the spring day. One at 10
 * minutes comes back as 48 of its 144 points; the autumn day loses its repeated hour.
 */
async function consumptionDetail(visit: Visit): Promise<Reply> {
  const params = visit.params();
  const asked = { start: params.text("start"), end: params.text("end") };
  const useCache = params.bool("use_cache", false);
  params.done();
  const point = visit.ownedPoint();
  const start = parseDate(asked.start);
  const end = parseDate(asked.end);
  if (!start || !end) throw uncaught();
  const range = adjustDateRange({ start, end }, visit.now);

  const days = daysFromTo(range.start, range.end);
  const { items, missing } = useCache ? fromCache(visit, point, days) : { items: [], missing: days };
  const first = missing[0];
  const last = missing.at(-1);
  if (first === undefined || last === undefined) return curve(items);
  visit.requireQuota(useCache);
  visit.requireEnedisToken();

  // Only a single missing day is asked for with a day added to its end: the one way to read yesterday here.
  const fetchRange = { start: first, end: useCache && missing.length === 1 ? addDays(last, 1) : last };
  const answer = await visit.askEnedis((now) => loadCurve(point.meter, "consumption", fetchRange, now));
  if ("body" in answer) {
    const fresh = shiftedToStart(answer.body);
    if (useCache) intoCache(visit, point, fresh);
    return curve([...fresh, ...items]);
  }
  if (answer.refusal.code === "ADAM-ERR0123") {
    point.oldestAvailableDataDate = first;
    return failure(
      "ADAM-ERR0123",
      `The requested period (${first}) cannot be anterior to the meter's last activation date`,
    );
  }
  if (items.length > 0) return curve(items);
  return failure("NO_DATA", "No consumption data available for this period");
}

const curve = (items: readonly CurveItem[]): Reply => success({ meter_reading: { interval_reading: items } });

const keyOf = (point: ListedPoint, date: string): string =>
  `${point.clientId}:consumption:detail:${point.usagePointId}:${date}`;

function fromCache(
  visit: Visit,
  point: ListedPoint,
  days: readonly LocalDate[],
): { items: CurveItem[]; missing: LocalDate[] } {
  const items: CurveItem[] = [];
  const missing: LocalDate[] = [];
  for (const day of days) {
    const entries = visit.state.caches.detail.get(keyOf(point, day), visit.now);
    if (entries) items.push(...[...entries.values()].sort((a, b) => (a.date < b.date ? -1 : 1)));
    if ((entries?.size ?? 0) < halfHoursPerDay) missing.push(day);
  }
  return { items, missing };
}

function intoCache(visit: Visit, point: ListedPoint, items: readonly CurveItem[]): void {
  const days = new Map<string, Map<string, CurveItem>>();
  for (const item of items) {
    if (!/:[03]0:00$/.test(item.date)) continue;
    const date = item.date.slice(0, 10);
    const entries = days.get(date) ?? new Map(visit.state.caches.detail.get(keyOf(point, date), visit.now));
    days.set(date, entries);
    entries.set(item.date.slice(11, 16), item);
  }
  for (const [date, entries] of days) visit.state.caches.detail.set(keyOf(point, date), entries, visit.now);
}

export const consumptionDetailRoutes: readonly Route[] = [
  {
    method: "GET",
    pattern: "/enedis/consumption/detail/{usage_point_id}",
    access: "verified",
    answer: consumptionDetail,
  },
];
