import { z } from "zod";

/** Every answer that is no success. Codes never change. */
export const errorAnswer = z
  .strictObject({
    error: z.strictObject({
      code: z.string().describe("Stable, for programs"),
      fr: z.string().describe("What happened and what to do, in French"),
      en: z.string().describe("The same in English"),
    }),
  })
  .describe("The request was not carried out");
export type ErrorAnswer = z.infer<typeof errorAnswer>;

/** Goes into the `response` of every route, beside its success. */
export const problems = { "4xx": errorAnswer, "5xx": errorAnswer } as const;
