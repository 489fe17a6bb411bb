import { z } from "zod";
import { list } from "./fields.ts";
import { missingOption } from "./health.ts";

export const welcomeAnswer = z.strictObject({
  version: z.string(),
  missing: list(missingOption).describe("What has to be set before anything can be fetched"),
  fr: z.string(),
  en: z.string(),
});
export type WelcomeAnswer = z.infer<typeof welcomeAnswer>;

/** What `accept` decides between. */
export const jsonOrPage = {
  description: "For programs; a browser is given the page",
  content: { "application/json": { schema: welcomeAnswer }, "text/html": { schema: z.string() } },
};
