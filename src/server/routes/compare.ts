import type { FastifyPluginAsync } from "fastify";
import { z } from "zod";
import { compare } from "../../sync/bill/compare.ts";
import { comparisonView } from "../../sync/bill/view.ts";
import { parse } from "../request.ts";
import type { RouteContext } from "../server.ts";
import { meterParams } from "./bill-params.ts";

const query = z.strictObject({
  start: z.string().optional(),
  /** Included. */
  end: z.string().optional(),
  /** Off-peak windows to try, as a contract spells them. */
  what_if: z.string().max(200).optional(),
});

/** What the household would have paid by other plans. */
export const compareRoutes =
  ({ parts }: RouteContext): FastifyPluginAsync =>
  async (app) => {
    app.get("/api/compare/:pdl", async (request) => {
      const { pdl: meter } = parse(meterParams, request.params);
      const { start: from, end: to, what_if: whatIf } = parse(query, request.query);
      return comparisonView(await compare(parts, { meter, from, to, whatIf }));
    });
  };
