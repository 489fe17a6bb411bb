import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { localDate } from "../../domain/calendar.ts";
import { offersView, plansView, previewView } from "../../sync/plans-editor/json.ts";
import { listOffers } from "../../sync/plans-editor/offers.ts";
import { plansOf } from "../../sync/plans-editor/plans.ts";
import { previewPlans } from "../../sync/plans-editor/preview.ts";
import { problems } from "../api/errors.ts";
import { meterParams, noQuery } from "../api/fields.ts";
import { offersAnswer, offersQuery, planPreviewAnswer, planPreviewBody, plansAnswer } from "../api/plans.ts";
import type { RouteContext } from "../parts.ts";

const tags = ["costs"];

/** The dated plans of a meter, what others would change, and the offers they can be made of. */
export const planRoutes =
  ({ parts }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    const readPlans = parts.operations?.readPlans;
    app.get(
      "/api/plans/:pdl",
      {
        schema: {
          tags,
          summary: "The dated plans and prices in force, and who says so",
          params: meterParams,
          querystring: noQuery,
          response: { 200: plansAnswer, ...problems },
        },
      },
      async ({ params }) => plansView(await plansOf(parts, params.pdl)),
    );
    app.get(
      "/api/offers/:pdl",
      {
        schema: {
          tags,
          summary: "The suppliers' offers at the meter's power",
          params: meterParams,
          querystring: offersQuery,
          response: { 200: offersAnswer, ...problems },
        },
      },
      async ({ params, query: { on, power } }) => {
        const day = on === undefined ? undefined : localDate(on);
        return offersView(await listOffers(parts, { meter: params.pdl, on: day, powerKva: power }));
      },
    );
    if (!readPlans) return;
    app.post(
      "/api/plans/preview",
      {
        schema: {
          tags,
          summary: "Checks entries of tariff_plans and tells what they would change; nothing is kept",
          body: planPreviewBody,
          response: { 200: planPreviewAnswer, ...problems },
        },
      },
      async ({ body: { plans, usagePoint } }) =>
        previewView(await previewPlans({ ...parts, readPlans }, plans, usagePoint)),
    );
  };
