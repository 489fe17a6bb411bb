import { daysFromTo } from "../../domain/calendar.ts";
import type { LocalDate } from "../../domain/units.ts";
import { adjustDateRange, parseDate, runsOf, yearsBefore } from "../dates.ts";
import { type DailyItem, dailyEnergies, type EnedisRefusal } from "../enedis.ts";
import { parisToday } from "../notation.ts";
import { failure, Refused, type Reply, success } from "../reply.ts";
import type { ListedPoint } from "../state.ts";
import type { Route, Visit } from "../visit.ts";

const readingType = { unit: "Wh", measurement_kind: "energy", aggregate: "sum", measuring_period: "P1D" };
/** Wrong for this route, and what the gateway says when Enedis told it none. */
const fallbackReadingType = { unit: "W", measurement_kind: "power" };

/**
 * Wh per day. The end is capped to yesterday and then, for Enedis, excluded: yesterday is never told. With a cache, each
 * run of missing days loses its last day again.
 */
async function consumptionDaily(visit: Visit): Promise<Reply> {
  const params = visit.params();
  const asked = { start: params.text("start"), end: params.text("end") };
  const useCache = params.bool("use_cache", false);
  params.done();
  const point = visit.ownedPoint();
  visit.requireQuota(useCache);
  const { start, end } = checkedRange(asked, visit);
  visit.requireEnedisToken();

  const days = daysFromTo(start, end);
  const { items, missing } = useCache ? fromCache(visit, point, days) : { items: [], missing: days };
  const fetched = await fetchRuns(visit, point, runsOf(missing));
  if (useCache)
    for (const item of fetched.items) visit.state.caches.daily.set(keyOf(point, item.date), item, visit.now);

  const all = [...items, ...fetched.items].sort((a, b) => (a.date < b.date ? -1 : 1));
  const failures = fetched.failures.filter(({ refusal }) => refusal.code !== "ADAM-ERR0123");
  if (all.length === 0 && failures.length > 0) return failure("ENEDIS_ERROR", failures.map(wordingOf).join("; "));
  const hasFetched = fetched.items.length > 0;
  return success({
    meter_reading: { interval_reading: all, reading_type: hasFetched ? readingType : fallbackReadingType },
  });
}

const keyOf = (point: ListedPoint, date: string): string =>
  `${point.clientId}:consumption:daily:${point.usagePointId}:${date}`;

/** @throws Refused with DATE_TOO_OLD or INVALID_DATE_FORMAT. */
function checkedRange(asked: { start: string; end: string }, visit: Visit): { start: LocalDate; end: LocalDate } {
  const oldest = yearsBefore(parisToday(visit.now), 3);
  const start = parseDate(asked.start);
  const end = parseDate(asked.end);
  if (!start || !end || !oldest)
    throw new Refused(failure("INVALID_DATE_FORMAT", "Invalid date format. Expected YYYY-MM-DD"));
  const range = adjustDateRange({ start, end }, visit.now);
  if (range.start >= oldest) return range;
  const limit = "Start date is too old. Daily endpoint only supports data up to 3 years back.";
  throw new Refused(failure("DATE_TOO_OLD", `${limit} Oldest allowed date: ${oldest}`));
}

function fromCache(
  visit: Visit,
  point: ListedPoint,
  days: readonly LocalDate[],
): { items: DailyItem[]; missing: LocalDate[] } {
  const items: DailyItem[] = [];
  const missing: LocalDate[] = [];
  for (const day of days) {
    const item = visit.state.caches.daily.get(keyOf(point, day), visit.now);
    if (item) items.push(item);
    else missing.push(day);
  }
  return { items, missing };
}

interface FailedRun {
  readonly start: string;
  readonly end: string;
  readonly refusal: EnedisRefusal;
}

const wordingOf = ({ start, end, refusal }: FailedRun): string =>
  `Failed to fetch ${start} to ${end}: ${refusal.code}: ${refusal.text}`;

async function fetchRuns(
  visit: Visit,
  point: ListedPoint,
  runs: readonly (readonly LocalDate[])[],
): Promise<{ items: DailyItem[]; failures: FailedRun[] }> {
  const items: DailyItem[] = [];
  const failures: FailedRun[] = [];
  for (const run of runs) {
    const range = { start: run[0] ?? "", end: run.at(-1) ?? "" };
    const answer = await visit.askEnedis((now) => dailyEnergies(point.meter, "consumption", range, now));
    if ("body" in answer) items.push(...answer.body);
    else failures.push({ ...range, refusal: answer.refusal });
  }
  return { items, failures };
}

export const consumptionDailyRoutes: readonly Route[] = [
  {
    method: "GET",
    pattern: "/enedis/consumption/daily/{usage_point_id}",
    access: "verified",
    answer: consumptionDaily,
  },
];
