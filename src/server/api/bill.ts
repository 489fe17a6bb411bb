import { z } from "zod";
import { format } from "./fields.ts";

export const billQuery = z.strictObject({
  month: z.string().optional().describe("YYYY-MM; without any span: the month of today"),
  year: z.string().optional().describe("YYYY"),
  start: z.string().optional().describe("First day, YYYY-MM-DD, together with `end`"),
  end: z.string().optional().describe("Last day, included, YYYY-MM-DD"),
  invoice: z.string().optional().describe("An amount in EUR to hold against the bill, such as 112,40"),
  format,
});
