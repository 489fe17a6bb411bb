import { z } from "zod";
import { day, instant, list } from "./fields.ts";

export const ecowattLevel = z.literal([1, 2, 3]).describe("1 green, 2 orange, 3 red");

export const ecowattHour = z.strictObject({
  hour: z.int().min(0).max(23).describe("On a Paris clock"),
  at: instant.describe("Its start; the first of both where the hour repeats"),
  level: ecowattLevel,
  decarbonised: z.boolean().describe("RTE's level 0: green, and the power is decarbonised"),
});
export type EcowattHourView = z.infer<typeof ecowattHour>;

/** `GET /api/ecowatt`; without days from today on. */
export const ecowattQuery = z.strictObject({
  date: day.optional().describe("One day"),
  start: day.optional().describe("First day"),
  end: day.optional().describe("Last day, included"),
});
export type EcowattQuery = z.input<typeof ecowattQuery>;

export const ecowattDay = z.strictObject({
  date: day,
  level: ecowattLevel.describe("Of the whole day, as RTE tells it"),
  message: z.string(),
  generatedAt: instant,
  hours: list(ecowattHour).describe("Those with a signal, ascending"),
});
export type EcowattDayView = z.infer<typeof ecowattDay>;

export const ecowattAnswer = z.strictObject({
  start: day,
  end: day,
  days: list(ecowattDay).describe("Days with a signal, ascending"),
});
export type EcowattAnswer = z.infer<typeof ecowattAnswer>;
