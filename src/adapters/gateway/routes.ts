import { addDays, daysBetween } from "../../domain/calendar.ts";
import type { LocalDate, UsagePointId } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { CurveRoute, Period } from "../../sync/source.ts";

/** The two counters of an account and UTC day: 50 and 1000 calls. */
export type Bucket = "no_cache" | "cached";

export interface Route {
  /** For logs: without the usage point. */
  readonly name: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The counter a call takes a unit of; null where the gateway does not count. */
  readonly bucket: Bucket | null;
  /** Public routes are asked without credentials. */
  readonly access: "account" | "public";
  readonly shape: "envelope" | "bare";
  /** Batches make the gateway ask Enedis once a week of data. */
  readonly pace: "batch" | "single";
  readonly usagePoint?: UsagePointId;
  readonly period?: Period;
  /** Sent as JSON by POST; a route without it is a GET. */
  readonly json?: unknown;
}

const plain = {
  query: {},
  bucket: null,
  access: "account",
  shape: "envelope",
  pace: "single",
} as const;

/** Enedis gives at most 7 days of a curve in one call, and a batch at most 729 (gateway, routers/enedis.py). */
const longestDetailDays = 7;
const longestBatchDays = 729;
/** One document of Enedis says so, two clients ask for more (contract, section 3): the smaller is safe. */
const longestDailyDays = 365;
const longestEcowattDays = 365;

/**
 * A period of whole days, both ends included, becomes the route's own parameters:
 *
 * | route | newest day readable | `end` |
 * |---|---|---|
 * | consumption/daily, consumption/detail | the day before yesterday: the gateway caps `end` to yesterday, exclusive | to + 1 |
 * | production/daily, production/detail, power | yesterday: a later `end` than today is refused | to + 1 |
 * | both batches | yesterday | to |
 *
 * Null when no day of the period can be read yet. Batches are never asked through the cache, which returns partial
 * days twice and takes unpublished ones for refused.
 * @throws RangeError for a period that no call of this route can hold.
 */
export function curveRoute(
  request: {
    readonly usagePoint: UsagePointId;
    readonly flow: Flow;
    readonly period: Period;
    readonly route: CurveRoute;
  },
  today: LocalDate,
): Route | null {
  const { usagePoint, flow, period, route } = request;
  // Injection of up to a week can be read without the batch and its blacklist, yesterday included.
  const isDetail = route === "hole" || (route === "recent" && flow === "production" && daysOf(period) <= 7);
  return isDetail ? detailRoute({ usagePoint, flow, period }, today) : batchRoute({ usagePoint, flow, period }, today);
}

interface FlowRequest {
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  readonly period: Period;
}

/** Neither reads nor writes the gateway's blacklist. */
export function detailRoute({ usagePoint, flow, period }: FlowRequest, today: LocalDate): Route | null {
  assertLength(period, longestDetailDays, `${flow}/detail`);
  const newest = flow === "consumption" ? -2 : -1;
  return meterRoute(`${flow}/detail`, usagePoint, period, { newest: addDays(today, newest), end: 1 });
}

function batchRoute({ usagePoint, flow, period }: FlowRequest, today: LocalDate): Route | null {
  assertLength(period, longestBatchDays, `${flow}/detail/batch`);
  const route = meterRoute(`${flow}/detail/batch`, usagePoint, period, { newest: addDays(today, -1), end: 0 });
  return route && { ...route, pace: "batch" };
}

export function dailyRoute({ usagePoint, flow, period }: FlowRequest, today: LocalDate): Route | null {
  assertLength(period, longestDailyDays, `${flow}/daily`);
  const newest = flow === "consumption" ? -2 : -1;
  return meterRoute(`${flow}/daily`, usagePoint, period, { newest: addDays(today, newest), end: 1 });
}

export function powerRoute(
  { usagePoint, period }: { readonly usagePoint: UsagePointId; readonly period: Period },
  today: LocalDate,
): Route | null {
  assertLength(period, longestDailyDays, "power");
  return meterRoute("power", usagePoint, period, { newest: addDays(today, -1), end: 1 });
}

function meterRoute(
  name: string,
  usagePoint: UsagePointId,
  asked: Period,
  { newest, end }: { readonly newest: LocalDate; readonly end: 0 | 1 },
): Route | null {
  const to = asked.to < newest ? asked.to : newest;
  if (to < asked.from) return null;
  return {
    ...plain,
    name,
    path: `/enedis/${name}/${usagePoint}`,
    query: { start: asked.from, end: addDays(to, end), use_cache: "false" },
    bucket: "no_cache",
    usagePoint,
    period: { from: asked.from, to },
  };
}

/** Contract and address hardly change and count even on a hit: they use the larger counter. */
export const customerRoute = (what: "contract" | "address", usagePoint: UsagePointId): Route => ({
  ...plain,
  name: what,
  path: `/enedis/${what}/${usagePoint}`,
  query: { use_cache: "true" },
  bucket: "cached",
  usagePoint,
});

export const usagePointsRoute: Route = { ...plain, name: "pdl", path: "/pdl" };
export const usageRoute: Route = { ...plain, name: "usage-stats", path: "/accounts/usage-stats" };
/** `/ping` names a version that never changes; the root names the release. */
export const releaseRoute: Route = { ...plain, name: "release", path: "/", access: "public", shape: "bare" };

/**
 * With `from`, the day before it: days are stored at Paris midnight and filtered at UTC midnight, so that the first
 * day asked for is lost.
 */
export const tempoRoute = (from: LocalDate | null): Route => ({
  ...plain,
  name: "tempo/days",
  path: "/tempo/days",
  query: from === null ? {} : { start_date: addDays(from, -1) },
  access: "public",
});

/** From the day before, for the same reason. `/ecowatt/current` and `/ecowatt/forecast` begin tomorrow. */
export function ecowattRoute(period: Period): Route {
  const start = addDays(period.from, -1);
  assertLength({ from: start, to: period.to }, longestEcowattDays, "ecowatt/history");
  return {
    ...plain,
    name: "ecowatt/history",
    path: "/ecowatt/history",
    query: { start_date: start, end_date: period.to },
    bucket: "no_cache",
    shape: "bare",
    period,
  };
}

export const providersRoute: Route = {
  ...plain,
  name: "energy/providers",
  path: "/energy/providers",
  access: "public",
};
export const offerTypesRoute: Route = {
  ...plain,
  name: "energy/offer-types",
  path: "/energy/offer-types",
  access: "public",
};

export const offersRoute = (asked: { readonly includeHistory: boolean; readonly providerId?: string }): Route => ({
  ...plain,
  name: "energy/offers",
  path: "/energy/offers",
  query: {
    include_history: String(asked.includeHistory),
    ...(asked.providerId === undefined ? {} : { provider_id: asked.providerId }),
  },
  access: "public",
});

export const contributeRoute = (json: unknown): Route => ({
  ...plain,
  name: "energy/contribute",
  path: "/energy/contribute",
  json,
});

const daysOf = ({ from, to }: Period): number => daysBetween(from, to) + 1;

function assertLength(period: Period, longestDays: number, route: string): void {
  const days = daysOf(period);
  if (days >= 1 && days <= longestDays) return;
  throw new RangeError(`${route} takes 1 to ${longestDays} days, asked for ${period.from} to ${period.to}`);
}
