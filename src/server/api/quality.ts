import { z } from "zod";
import { dayQualities } from "../../domain/day.ts";
import { dayStates } from "../../domain/day-state.ts";
import { manualRefusalCodes } from "../../domain/manual-refusal-codes.ts";
import { flows, subjects } from "../../domain/usage-point.ts";
import { confirmed, day, format, instant, meterParams, text, usagePoint } from "./fields.ts";
import { energyWh } from "./values.ts";

/**
 * How far each day is known, and what can be done about it. The page imports its types from here, OpenAPI is made of it
 * and the tests hold every answer against it.
 */

const flow = z.enum(flows).default("consumption").describe("Which way the energy flows");
const texts = text.shape;

export const qualityDayParams = z.strictObject({ ...meterParams.shape, date: day });

export const qualityQuery = z.strictObject({
  flow,
  start: day.optional().describe("First day; default: the first day of the meter"),
  end: day.optional().describe("Last day, included; default: yesterday"),
  format,
});
export type QualityQuery = z.input<typeof qualityQuery>;

export const qualityFlowQuery = z.strictObject({ flow });

export const qualityAnswer = z.strictObject({
  usagePoint,
  flow: z.enum(flows),
  start: day,
  end: day.describe("Last day, included"),
  firstDay: day.nullable().describe("First day that is known or may be asked for"),
  states: z.array(z.enum(dayStates)).describe("One state per day, from start on"),
  counts: z.record(z.enum(dayStates), z.int()).describe("Days in each state"),
});
export type QualityAnswer = z.infer<typeof qualityAnswer>;

export const qualityHour = z.strictObject({
  start: instant,
  minutesPresent: z.int().min(0).max(60).describe("Minutes of the hour that slots cover"),
  energyWh: energyWh.nullable().describe("Wh of its slots; null where there is none"),
});

export const formerReading = z.strictObject({
  kind: z.enum(["slot", "daily"]).describe("slot: a piece of the curve; daily: the value of the day"),
  start: instant.nullable().describe("Start of the slot; null for the value of the day"),
  minutes: z.int().nullable().describe("Length of the slot in minutes; null for the value of the day"),
  energyWh: z.number().describe("Wh, as it was"),
  origin: z.enum(["source", "user"]).describe("user: it was typed by hand"),
  replacedAt: instant,
});

export const dayQuestion = z.strictObject({
  subject: z.enum(subjects).describe("What is asked of the gateway"),
  askedAt: instant.nullable().describe("When it was last asked; null: never"),
  answer: z
    .enum(["complete", "partial", "absent", "refused"])
    .nullable()
    .describe("What came; refused: before the activation, or never measured"),
  tries: z.int().describe("Consecutive questions without a complete answer"),
  nextAt: instant.nullable().describe("When it is asked again at the earliest; null: not planned"),
  isWished: z.boolean().describe("Whether it waits to be asked because the user wished so"),
});

const possibility = z.strictObject({
  isPossible: z.boolean(),
  reason: z
    .strictObject({ code: z.enum(manualRefusalCodes), ...texts })
    .nullable()
    .describe("Why not"),
});

export const qualityDayAnswer = z.strictObject({
  usagePoint,
  flow: z.enum(flows),
  date: day,
  state: z.enum(dayStates),
  quality: z.enum(dayQualities).nullable().describe("Quality of the day's value; null where it has none"),
  energyWh: energyWh.nullable().describe("Wh that count for the day"),
  officialWh: energyWh.nullable().describe("Wh that the source gives for the whole day"),
  typedWh: energyWh.nullable().describe("Wh typed by hand for the whole day"),
  slotsWh: energyWh.nullable().describe("Wh of the slots together"),
  differenceWh: energyWh.nullable().describe("Official value less slots, Wh"),
  minutesPresent: z.int().describe("Minutes of the day that slots cover"),
  minutesExpected: z.int().describe("Minutes of the day: 1380, 1440 or 1500"),
  changedAt: instant.nullable().describe("When the day's figures last changed"),
  hours: z.array(qualityHour).describe("The 23, 24 or 25 hours of the day"),
  former: z.array(formerReading).describe("Values that were replaced, latest first, at most 200"),
  formerCount: z.int().describe("How many there are"),
  questions: z.array(dayQuestion),
  ask: possibility
    .extend({
      subjects: z
        .array(z.enum(subjects))
        .describe("What would be asked, at the price of a call each; none: not possible"),
    })
    .describe("Having the gateway asked for the day"),
  type: possibility.describe("Typing its value by hand"),
  ...texts,
});
export type QualityDayAnswer = z.infer<typeof qualityDayAnswer>;

export const askBody = z.strictObject({ flow });
export const askAnswer = z.strictObject({
  usagePoint,
  flow: z.enum(flows),
  date: day,
  subjects: z.array(z.enum(subjects)).describe("What is asked of the gateway"),
  expectedAt: instant.describe("When it is asked, by what is known now"),
  ...texts,
});
export type AskAnswer = z.infer<typeof askAnswer>;

export const typeBody = z.strictObject({
  flow,
  valueWh: z.int().min(0).max(10_000_000).describe("Energy of the whole day, Wh"),
  ...confirmed,
});
export type TypeBody = z.input<typeof typeBody>;

export const untypeQuery = z.strictObject({
  flow,
  confirm: z
    .enum(["true", "false"])
    .default("false")
    .transform((text) => text === "true")
    .describe("Nothing is changed without"),
});
