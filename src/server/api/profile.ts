import { z } from "zod";
import { day, usagePoint } from "./fields.ts";
import { count, flow, flowQuery, spanQuery } from "./values.ts";

/** `GET /api/profile/{pdl}` */
export const profileSteps = ["half_hour", "hour"] as const;
export const profileQuery = z.strictObject({
  ...flowQuery,
  step: z.enum(profileSteps).default("half_hour"),
  ...spanQuery,
});
export type ProfileQuery = z.input<typeof profileQuery>;

export const profileView = z
  .strictObject({
    days: count.describe("Complete days that the mean is made of"),
    meanW: z
      .array(z.number().nullable())
      .describe(
        "Mean power in W on the clock from midnight on, one decimal: 48 half-hours or 24 hours; null where no day shows that hour",
      ),
  })
  .describe("An average day");
export type ProfileView = z.infer<typeof profileView>;

const views = {
  all: profileView.nullable(),
  weekday: profileView.nullable(),
  saturday: profileView.nullable(),
  sunday: profileView.nullable(),
};

export const profileAnswer = z.strictObject({
  usagePoint,
  flow,
  step: z.enum(profileSteps),
  start: day,
  end: day,
  ...views,
  winter: z.strictObject(views).describe("November to March"),
  summer: z.strictObject(views).describe("April to October"),
});
export type ProfileAnswer = z.infer<typeof profileAnswer>;
