import { z } from "zod";

const problem = z.strictObject({
  code: z.string().describe("Stable, for programs"),
  fr: z.string(),
  en: z.string(),
});

/** `GET /api/demo`, and the answers to `POST` and `DELETE`. */
export const demoAnswer = z.strictObject({
  isOffered: z.boolean().describe("Whether it can be started: only before an account is given"),
  state: z.enum(["off", "starting", "running"]).describe("running: it is shown below demo/"),
  problem: problem
    .nullable()
    .describe("Why it could not start, or ended; null where it was not asked for, or is there"),
});
export type DemoAnswer = z.infer<typeof demoAnswer>;

/** `POST /api/demo` */
export const demoBody = z.strictObject({});
