import { z } from "zod";

export const explainQuery = z.strictObject({
  at: z.string().describe("A moment of the hour: `2026-11-20 22:30` in Paris time, or with an offset or a Z"),
});
