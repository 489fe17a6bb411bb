import { z } from "zod";
import { flows } from "../../domain/usage-point.ts";
import { formerTools } from "../../sync/adoption/tools.ts";
import { confirmed, day, usagePoint } from "./fields.ts";

const prefix = z
  .stringFormat("prefix", /^[a-z\d]+(_[a-z\d]+)*$/)
  .max(32)
  .describe("What stands before the colon of the ids that MyElectricalData v2 was told to write");

const request = {
  tool: z.enum(formerTools),
  usagePoint,
  flow: z.enum(flows).default("consumption"),
  mode: z.enum(["continue", "copy"]).describe("Whether to go on with the former ids, or to copy into the bridge's own"),
  until: day.nullable().default(null).describe("The last day to take over; null: all of it"),
  prefix: prefix.optional(),
  statisticId: z.string().min(3).max(255).optional().describe("Of a sensor, which no name tells"),
};

export const adoptionQuery = z.strictObject({ prefix: prefix.optional() });
export const previewAdoptionBody = z.strictObject(request);
export const applyAdoptionBody = z.strictObject({ ...request, ...confirmed });
export const undoAdoptionBody = z.strictObject({ ...confirmed, id: z.int().positive() });
