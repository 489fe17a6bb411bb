import { z } from "zod";

export const compareQuery = z.strictObject({
  start: z
    .string()
    .optional()
    .describe("First day, YYYY-MM-DD; without both days: the twelve months up to the last known"),
  end: z.string().optional().describe("Last day, included, YYYY-MM-DD"),
  what_if: z
    .string()
    .max(200)
    .optional()
    .describe("Off-peak windows to try, as a contract spells them, such as HC (22H00-6H00)"),
});
