import type { Instant } from "../../domain/units.ts";
import {
  addressOf,
  contractOf,
  dailyEnergies,
  type EnedisAnswer,
  loadCurve,
  maxPowers,
  type Range,
  shiftedToStart,
} from "../enedis.ts";
import { failure, type Reply, success } from "../reply.ts";
import type { ListedPoint } from "../state.ts";
import type { Route, Visit } from "../visit.ts";

/** Production, power, contract and address: Enedis' body as it is, counted on every call, cached whole. */

const dailyType = { unit: "Wh", measurement_kind: "energy", aggregate: "sum", measuring_period: "P1D" };
const curveType = { unit: "W", measurement_kind: "power", aggregate: "average" };
const powerType = { unit: "VA", measurement_kind: "power", aggregate: "maximum", measuring_period: "P1D" };

type Ask = (point: ListedPoint, range: Range, now: Instant) => EnedisAnswer<object>;

async function relayed(visit: Visit, name: string, hasDates: boolean, ask: Ask): Promise<Reply> {
  const params = visit.params();
  const range = hasDates ? { start: params.text("start"), end: params.text("end") } : { start: "", end: "" };
  const useCache = params.bool("use_cache", false);
  params.done();
  const point = visit.ownedPoint();
  visit.requireQuota(useCache);

  const key = `${point.clientId}:${name}:${point.usagePointId}:${range.start}:${range.end}`;
  const cached = useCache ? visit.state.caches.bodies.get(key, visit.now) : undefined;
  if (cached) return success(cached);
  visit.requireEnedisToken();
  const answer = await visit.askEnedis((now) => ask(point, range, now));
  if ("refusal" in answer && answer.refusal.code !== "ADAM-ERR0123")
    return failure("ENEDIS_ERROR", `${answer.refusal.code}: ${answer.refusal.text}`);
  // The refusal "before activation" passes for a body, here and in the cache.
  const body = "body" in answer ? answer.body : { error: answer.refusal.code, error_description: answer.refusal.text };
  if (useCache) visit.state.caches.bodies.set(key, body, visit.now);
  return success(body);
}

function meterReading<Items extends readonly unknown[]>(
  point: ListedPoint,
  range: Range,
  readingType: object,
  answer: EnedisAnswer<Items>,
): EnedisAnswer<object> {
  if ("refusal" in answer) return answer;
  return {
    body: {
      meter_reading: {
        usage_point_id: point.usagePointId,
        start: range.start,
        end: range.end,
        quality: "BRUT",
        reading_type: readingType,
        interval_reading: answer.body,
      },
    },
  };
}

const productionDaily: Ask = (point, range, now) =>
  meterReading(point, range, dailyType, dailyEnergies(point.meter, "production", range, now));

const productionDetail: Ask = (point, range, now) => {
  const answer = loadCurve(point.meter, "production", range, now);
  return meterReading(point, range, curveType, "body" in answer ? { body: shiftedToStart(answer.body) } : answer);
};

const power: Ask = (point, range, now) => meterReading(point, range, powerType, maxPowers(point.meter, range, now));

const route = (name: string, hasDates: boolean, ask: Ask): Route => ({
  method: "GET",
  pattern: `/enedis/${name}/{usage_point_id}`,
  access: "verified",
  answer: (visit) => relayed(visit, name, hasDates, ask),
});

export const relayedRoutes: readonly Route[] = [
  route("production/daily", true, productionDaily),
  route("production/detail", true, productionDetail),
  route("power", true, power),
  route("contract", false, (point, _range, now) => contractOf(point.meter, now)),
  route("address", false, (point) => addressOf(point.meter)),
];
