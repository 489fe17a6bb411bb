import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { addDays, localDate } from "../../domain/calendar.ts";
import { askForDay } from "../../sync/manual/ask.ts";
import type { ManualDeps } from "../../sync/manual/day.ts";
import { typeValue, untypeValue } from "../../sync/manual/type.ts";
import { isoOf } from "../../sync/view/iso.ts";
import { type Quality, quality } from "../../sync/view/quality.ts";
import { qualityDay } from "../../sync/view/quality-day.ts";
import { qualityDayView } from "../../sync/view/quality-json.ts";
import { problems } from "../api/errors.ts";
import { jsonOrCsv, meterParams } from "../api/fields.ts";
import {
  askAnswer,
  askBody,
  qualityAnswer,
  qualityDayAnswer,
  qualityDayParams,
  qualityFlowQuery,
  qualityQuery,
  typeBody,
  untypeQuery,
} from "../api/quality.ts";
import { sendCsv } from "../csv.ts";
import type { RouteContext, ServerParts } from "../parts.ts";
import { requireConfirmation } from "../request.ts";

const tags = ["quality"];

/** How far each day is known, why, and what can be done: asking for it again, typing its value by hand. */
export const qualityRoutes =
  ({ parts, inTurn }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    const deps = manualDeps(parts);
    app.get(
      "/api/quality/:pdl",
      {
        schema: {
          tags,
          summary: "The state of every day of a span",
          params: meterParams,
          querystring: qualityQuery,
          response: { 200: jsonOrCsv(qualityAnswer, "One state per day"), ...problems },
        },
      },
      async ({ params, query }, reply) => {
        const { flow, start, end, format } = query;
        const made = await quality(deps, { meter: params.pdl, flow, from: dayOf(start), to: dayOf(end) });
        return format === "json" ? qualityView(made) : sendCsv(reply, fileOf(made), columns, rowsOf(made));
      },
    );
    app.get(
      "/api/quality/:pdl/:date",
      {
        schema: {
          tags,
          summary: "Why a day is what it is",
          params: qualityDayParams,
          querystring: qualityFlowQuery,
          response: { 200: qualityDayAnswer, ...problems },
        },
      },
      async ({ params, query }) => dayAnswer(deps, { ...params, ...query }),
    );
    app.post(
      "/api/quality/:pdl/:date/ask",
      {
        schema: {
          tags,
          summary: "Has the gateway asked for a day at the next pass",
          params: qualityDayParams,
          body: askBody,
          response: { 200: askAnswer, ...problems },
        },
      },
      ({ params, body: { flow } }) =>
        inTurn(async () => {
          const date = localDate(params.date);
          const { subjects, expectedAt, text } = await askForDay(deps, { meter: params.pdl, flow, date });
          return {
            usagePoint: params.pdl,
            flow,
            date,
            subjects: [...subjects],
            expectedAt: isoOf(expectedAt),
            ...text,
          };
        }),
    );
    app.put(
      "/api/quality/:pdl/:date",
      {
        schema: {
          tags,
          summary: "Types the energy of a day that nobody tells",
          params: qualityDayParams,
          body: typeBody,
          response: { 200: qualityDayAnswer, ...problems },
        },
      },
      ({ params, body }) => {
        requireConfirmation(body);
        const { flow, valueWh } = body;
        return inTurn(async () => {
          await typeValue(deps, { meter: params.pdl, flow, date: localDate(params.date) }, valueWh);
          return dayAnswer(deps, { ...params, flow });
        });
      },
    );
    app.delete(
      "/api/quality/:pdl/:date",
      {
        schema: {
          tags,
          summary: "Takes a typed value back",
          params: qualityDayParams,
          querystring: untypeQuery,
          response: { 200: qualityDayAnswer, ...problems },
        },
      },
      ({ params, query }) => {
        requireConfirmation(query);
        const { flow } = query;
        return inTurn(async () => {
          await untypeValue(deps, { meter: params.pdl, flow, date: localDate(params.date) });
          return dayAnswer(deps, { ...params, flow });
        });
      },
    );
  };

const manualDeps = ({ store, clock, account, operations }: ServerParts): ManualDeps => ({
  store,
  clock,
  account,
  planning: operations?.planning ?? null,
  wake: () => operations?.wake(),
});

type DayRequest = { readonly pdl: string; readonly date: string } & Pick<Quality, "flow">;

const dayAnswer = async (deps: ManualDeps, { pdl, date, flow }: DayRequest) =>
  qualityDayView(await qualityDay(deps, { meter: pdl, flow, date: localDate(date) }));

const dayOf = (text: string | undefined) => (text === undefined ? undefined : localDate(text));

const qualityView = ({ usagePoint, flow, span, firstDay, states, counts }: Quality) => ({
  usagePoint,
  flow,
  start: span.from,
  end: span.to,
  firstDay,
  states: [...states],
  counts: { ...counts },
});

const fileOf = ({ usagePoint, flow, span }: Quality): string =>
  `quality_${flow}_${usagePoint}_${span.from}_${span.to}.csv`;

type Row = readonly [date: string, state: string];
const rowsOf = ({ span, states }: Quality): readonly Row[] =>
  states.map((state, position) => [addDays(span.from, position), state]);
const columns = [
  ["date", ([date]: Row) => date],
  ["state", ([, state]: Row) => state],
] as const;
