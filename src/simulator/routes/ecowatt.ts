import { addDays, daysBetween } from "../../domain/calendar.ts";
import { parseDate } from "../dates.ts";
import { utcDateOf } from "../notation.ts";
import { bare, detail, Refused, type Reply, success } from "../reply.ts";
import type { Route, Visit } from "../visit.ts";

/**
 * `periode` is Paris midnight in naive UTC and is compared with bare dates: a period `[a, b]` of dates holds the Paris
 * days a+1 to b, and "current" is tomorrow. Always counted as not cached.
 * @throws Refused with HTTP 429, which no other route knows.
 */
function requireEcowattQuota(visit: Visit): void {
  const limit = visit.account.limits.no_cache;
  if (!visit.takeQuota(false)) throw new Refused(detail(429, `Rate limit exceeded: ${limit}/${limit} requests today`));
}

function current(visit: Visit): Reply {
  requireEcowattQuota(visit);
  return bare(visit.state.ecowatt.dayAt(addDays(utcDateOf(visit.now), 1), visit.now));
}

function forecast(visit: Visit): Reply {
  const params = visit.params();
  const days = params.whole("days", { byDefault: 4, low: 1, high: 7 });
  params.done();
  requireEcowattQuota(visit);
  const today = utcDateOf(visit.now);
  return success(visit.state.ecowatt.daysAt({ after: today, through: addDays(today, days) }, visit.now));
}

function history(visit: Visit): Reply {
  const params = visit.params();
  const after = parseDate(params.date("start_date"));
  const through = parseDate(params.date("end_date"));
  params.done();
  if (!after || !through) return detail(400, "Invalid date");
  requireEcowattQuota(visit);
  if (daysBetween(after, through) > 365) return detail(400, "Date range cannot exceed 365 days");
  return bare(visit.state.ecowatt.daysAt({ after, through }, visit.now));
}

const route = (pattern: string, answer: Route["answer"]): Route => ({
  method: "GET",
  pattern,
  access: "account",
  answer,
});

export const ecowattRoutes: readonly Route[] = [
  route("/ecowatt/current", current),
  route("/ecowatt/forecast", forecast),
  route("/ecowatt/history", history),
];
