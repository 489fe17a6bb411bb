import { dayMs, type Instant, instant } from "../../domain/units.ts";
import { consumption, consumptionTypes, generation, type MwValue, type Span } from "../national.ts";
import { naiveUtc, utcWithOffset } from "../notation.ts";
import { bare, failure, type Reply, success } from "../reply.ts";
import type { Route, Visit } from "../visit.ts";

/** An instant of the query; an offset in it is dropped, not converted. */
function bound(visit: Visit, name: string, byDefault: Instant): Instant {
  const text = visit.query.get(name)?.replace(/(?:Z|[+-]\d{2}:?\d{2})$/, "");
  if (!text) return byDefault;
  const ms = Date.parse(text.includes("T") ? `${text}Z` : `${text}T00:00:00Z`);
  return Number.isNaN(ms) ? byDefault : instant(ms);
}

const spanOf = (visit: Visit, byDefault: Span): Span => ({
  start: bound(visit, "start_date", byDefault.start),
  end: bound(visit, "end_date", byDefault.end),
});

const periodOf = ({ start, end }: Span): object => ({ start: utcWithOffset(start, 1), end: utcWithOffset(end, 2) });

const around = (now: Instant): Span => ({ start: instant(now - dayMs), end: instant(now + dayMs) });
const utcMidnight = (at: Instant): Instant => instant(Math.floor(at / dayMs) * dayMs);

function consumptionFrance(visit: Visit): Reply {
  const { now, state } = visit;
  const span = spanOf(visit, around(now));
  const type = visit.query.get("type");
  const short_term = consumptionTypes
    .filter((one) => type === null || one === type)
    .map((one) => ({ type: one, values: consumption(one, span, state.seed, now) }))
    .filter(({ values }) => values.length > 0);
  return success({ short_term, period: periodOf(span) });
}

function currentConsumption({ state, now }: Visit): Reply {
  const last = consumption("REALISED", { start: instant(now - dayMs / 12), end: now }, state.seed, now).at(-1);
  return last ? success({ ...last, unit: "MW" }) : failure("NOT_FOUND", "No recent consumption data");
}

function generationForecast(visit: Visit): Reply {
  const { now, state } = visit;
  const midnight = utcMidnight(now);
  const span = spanOf(visit, { start: midnight, end: instant(midnight + 3 * dayMs) });
  const kind = visit.query.get("production_type");
  const type = visit.query.get("forecast_type");
  // Held: ID for today and tomorrow, D-1 for today.
  const held = [
    { forecast_type: "ID", end: midnight + 2 * dayMs - 1 },
    { forecast_type: "D-1", end: midnight + dayMs - 1 },
  ];
  const forecasts = (["SOLAR", "WIND"] as const)
    .filter((one) => kind === null || one === kind)
    .flatMap((one) =>
      held
        .filter(({ forecast_type }) => type === null || forecast_type === type)
        .map(({ forecast_type, end }) => ({
          production_type: one,
          forecast_type,
          values: generation(one, clip(span, { start: midnight, end: instant(end) }), state.seed, now),
        })),
    );
  return success({ forecasts, period: periodOf(span) });
}

const clip = (span: Span, held: Span): Span => ({
  start: instant(Math.max(span.start, held.start)),
  end: instant(Math.min(span.end, held.end)),
});

function mix(visit: Visit): Reply {
  const { now, state } = visit;
  const midnight = utcMidnight(now);
  const span = { start: instant(midnight - dayMs), end: instant(midnight + 2 * dayMs) };
  const solar = generation("SOLAR", span, state.seed, now);
  const wind = generation("WIND", span, state.seed, now);
  const sum = solar.map(({ start_date, value }: MwValue, position) => {
    const windMw = wind[position]?.value ?? 0;
    return { start_date, solar: value, wind: windMw, total_renewable: value + windMw };
  });
  return success({ forecast_type: visit.query.get("forecast_type") ?? "ID", mix: sum, period: periodOf(span) });
}

/** The version of /ping never moves. */
const ping = ({ now }: Visit): Reply => bare({ status: "ok", version: "1.5.15", timestamp: naiveUtc(now, 1) });

const root = (): Reply =>
  bare({
    name: "MyElectricalData API",
    version: "1.22.0",
    description: "API Gateway for Enedis Linky data",
    documentation: "/docs",
  });

const route = (pattern: string, answer: Route["answer"]): Route => ({
  method: "GET",
  pattern,
  access: "public",
  answer,
});

export const nationalRoutes: readonly Route[] = [
  route("/consumption-france", consumptionFrance),
  route("/consumption-france/", consumptionFrance),
  route("/consumption-france/current", currentConsumption),
  route("/generation-forecast", generationForecast),
  route("/generation-forecast/", generationForecast),
  route("/generation-forecast/mix", mix),
  route("/ping", ping),
  route("/", root),
];
