import { z } from "zod";

export const tariffQuery = z.strictObject({
  date: z.string().optional().describe("YYYY-MM-DD; today when it is left out"),
});
