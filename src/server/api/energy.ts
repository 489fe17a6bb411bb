import { z } from "zod";
import { confirmed } from "./fields.ts";

const anyway = z.boolean().default(false).describe("Whether what is known to count energy twice is done all the same");

export const applyEnergyBody = z.strictObject({
  ...confirmed,
  digest: z.string().min(1).max(100).describe("Of the review that was shown: anything else changed since is refused"),
  replace: z.array(z.string().min(1).max(255)).max(100).default([]).describe("Ids of the sources to take out"),
  anyway,
});

export const undoEnergyBody = z.strictObject({ ...confirmed, anyway });
