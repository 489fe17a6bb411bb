import { z } from "zod";
import { dayQualities } from "../../domain/day.ts";
import { flows, subjects } from "../../domain/usage-point.ts";

/**
 * How far each day is known, and what can be done about it. The page imports its types from here, OpenAPI is made of it
 * and the tests hold every answer against it.
 */

/**
 * | state | a day |
 * |---|---|
 * | complete | whose curve covers it and agrees with its official value, or has none |
 * | corrected | as above, of which the source has changed a value since |
 * | disagreeing | whose curve and official value contradict each other; the curve counts |
 * | estimated | whose missing part is inferred from its official value |
 * | typed | whose missing part is inferred from a value typed by hand |
 * | partial | of which hours are missing, and nothing tells the rest |
 * | missing | that was asked for, and is not there |
 * | pending | so recent that it need not be published yet |
 * | not_asked | that was never asked for yet |
 * | before_first_day | before the first day that the source gives |
 */
export const dayStates = [
  "complete",
  "corrected",
  "disagreeing",
  "estimated",
  "typed",
  "partial",
  "missing",
  "pending",
  "not_asked",
  "before_first_day",
] as const;
export type DayState = (typeof dayStates)[number];

const day = z.iso.date().describe("Paris calendar day, YYYY-MM-DD");
const instant = z.iso.datetime().describe("Instant in UTC, ISO 8601");
const wh = z.int().describe("Wh");
const flow = z.enum(flows).default("consumption").describe("Which way the energy flows");
const pdl = z
  .string()
  .regex(/^\d{14}$/)
  .describe("Usage point (PDL, PRM): 14 digits");
const texts = { fr: z.string(), en: z.string() };

export const qualityParams = z.strictObject({ pdl });
export const qualityDayParams = z.strictObject({ pdl, date: day });

export const qualityQuery = z.strictObject({
  flow,
  start: day.optional().describe("First day; default: the first day of the meter"),
  end: day.optional().describe("Last day, included; default: yesterday"),
  format: z.enum(["json", "csv"]).default("json"),
});
export type QualityQuery = z.input<typeof qualityQuery>;

export const qualityFlowQuery = z.strictObject({ flow });

export const qualityAnswer = z.strictObject({
  usagePoint: pdl,
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
  energyWh: wh.nullable().describe("Wh of its slots; null where there is none"),
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

/** Why a day cannot be asked for. Codes never change. */
export const askRefusals = [
  "not_over",
  "too_old",
  "before_activation",
  "not_published",
  "not_measured",
  "not_listed",
  "refused_by_gateway",
  "no_credentials",
  "too_many",
] as const;
export type AskRefusalCode = (typeof askRefusals)[number];

/** Why no value can be typed for a day. Codes never change. */
export const typeRefusals = [
  "not_over",
  "not_measured",
  "known",
  "complete",
  "less_than_slots",
  "nothing_typed",
] as const;
export type TypeRefusalCode = (typeof typeRefusals)[number];

export const qualityDayAnswer = z.strictObject({
  usagePoint: pdl,
  flow: z.enum(flows),
  date: day,
  state: z.enum(dayStates),
  quality: z.enum(dayQualities).nullable().describe("Quality of the day's value; null where it has none"),
  energyWh: wh.nullable().describe("Wh that count for the day"),
  officialWh: wh.nullable().describe("Wh that the source gives for the whole day"),
  typedWh: wh.nullable().describe("Wh typed by hand for the whole day"),
  slotsWh: wh.nullable().describe("Wh of the slots together"),
  differenceWh: wh.nullable().describe("Official value less slots, Wh"),
  minutesPresent: z.int().describe("Minutes of the day that slots cover"),
  minutesExpected: z.int().describe("Minutes of the day: 1380, 1440 or 1500"),
  changedAt: instant.nullable().describe("When the day's figures last changed"),
  hours: z.array(qualityHour).describe("The 23, 24 or 25 hours of the day"),
  former: z.array(formerReading).describe("Values that were replaced, latest first, at most 200"),
  formerCount: z.int().describe("How many there are"),
  questions: z.array(dayQuestion),
  ask: z.strictObject({
    isPossible: z.boolean(),
    code: z.enum(askRefusals).nullable().describe("Why not"),
    ...texts,
  }),
  type: z.strictObject({
    isPossible: z.boolean(),
    code: z.enum(typeRefusals).nullable().describe("Why not"),
    ...texts,
  }),
  ...texts,
});
export type QualityDayAnswer = z.infer<typeof qualityDayAnswer>;

export const askBody = z.strictObject({ flow });
export const askAnswer = z.strictObject({
  usagePoint: pdl,
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
  confirm: z.boolean().default(false).describe("Nothing is changed without"),
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
