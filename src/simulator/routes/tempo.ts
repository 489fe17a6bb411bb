import { addDays } from "../../domain/calendar.ts";
import { hourMs, instant, type LocalDate } from "../../domain/units.ts";
import { parseDate } from "../dates.ts";
import { utcDateOf } from "../notation.ts";
import { failure, Refused, type Reply, success } from "../reply.ts";
import type { TempoItem } from "../tempo-feed.ts";
import type { Route, Visit } from "../visit.ts";

/**
 * Days are stored at Paris midnight and filtered at UTC midnight, an hour or two later: the day that `start` names is
 * left out, the day that `end` names is kept.
 */
function filtered(visit: Visit, names: { readonly start: string; readonly end: string }): TempoItem[] {
  const after = optionalDate(visit, names.start);
  const through = optionalDate(visit, names.end);
  return visit.state.tempo.daysAt({ after, through }, visit.now);
}

/** @throws Refused with INVALID_DATE. */
function optionalDate(visit: Visit, name: string): LocalDate | null {
  const text = visit.query.get(name);
  if (text === null || text === "") return null;
  const date = parseDate(text.slice(0, 10));
  if (date) return date;
  throw new Refused(failure("INVALID_DATE", `Invalid date format: Invalid isoformat string: '${text}'`));
}

function calendar(visit: Visit): Reply {
  const items = filtered(visit, { start: "start", end: "end" });
  return success(items.map(({ date, color, updated_at }) => ({ date, color, updated_at })));
}

const days = (visit: Visit): Reply => success(filtered(visit, { start: "start_date", end: "end_date" }));

/** The colour of the UTC date, whatever the hour in Paris. */
function today(visit: Visit): Reply {
  const item = visit.state.tempo.dayAt(utcDateOf(visit.now), visit.now);
  return item ? success(item) : failure("NOT_FOUND", "TEMPO data not available for today");
}

/** D-5 to D+1 around the UTC date: D-6 is asked for, and lost. */
function week(visit: Visit): Reply {
  const date = utcDateOf(visit.now);
  return success(visit.state.tempo.daysAt({ after: addDays(date, -6), through: addDays(date, 1) }, visit.now));
}

const forecastLifeMs = 4 * hourMs;

function forecast(visit: Visit): Reply {
  const params = visit.params();
  const count = params.whole("days", { byDefault: 6, low: 1, high: 6 });
  const isFresh = params.bool("force_refresh", false);
  params.done();
  const at = isFresh ? visit.now : instant(Math.floor(visit.now / forecastLifeMs) * forecastLifeMs);
  return success(visit.state.tempo.forecastAt(utcDateOf(at), count, at));
}

const route = (pattern: string, answer: Route["answer"]): Route => ({
  method: "GET",
  pattern,
  access: "public",
  answer,
});

export const tempoRoutes: readonly Route[] = [
  route("/tempo", calendar),
  route("/tempo/", calendar),
  route("/tempo/days", days),
  route("/tempo/today", today),
  route("/tempo/week", week),
  route("/tempo/forecast", forecast),
];
