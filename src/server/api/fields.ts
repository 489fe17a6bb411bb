import { z } from "zod";
import { askedDate } from "../../domain/calendar.ts";

/**
 * The kinds of field that the API's contract is made of. A named format has its sentence in `validation.ts`, so that a
 * wrong one is answered with how to write it.
 */

/** A calendar day in Paris. */
export const day = z.stringFormat("date", isDay);

/** A month of the calendar. */
export const month = z.stringFormat("month", /^\d{4}-(0[1-9]|1[0-2])$/);

/** What the database numbers its rows by: a 32-bit integer. */
export const largestRowId = 2 ** 31 - 1;

/** ISO 8601 in UTC, as in `2026-11-20T21:30:00.000Z`. */
export const instant = z.iso.datetime();

/** A usage point (PDL/PRM). */
export const usagePoint = z.stringFormat("usage-point", /^\d{14}$/);

/** A list of an answer; what the views build is read-only. */
export const list = <T extends z.ZodType>(item: T) => z.array(item).readonly();

/** A sentence for people, complete in both languages. */
export const text = z.strictObject({ fr: z.string(), en: z.string() });

/** What a person types and its reader has a sentence of its own for; a page of it is not given back. */
export const typed = z.string().max(60);

/** The meter that a route is about, as its path names it. */
export const meterParams = z.strictObject({ pdl: usagePoint.describe("The usage point (PDL): 14 digits") });

/** Of a route without parameters. */
export const noQuery = z.strictObject({});

/** What every request that changes something has to say. */
export const confirmed = {
  confirm: z.boolean().default(false).describe("Nothing is changed unless it is true"),
};

/** JSON unless asked otherwise. */
export const format = z.enum(["json", "csv"]).default("json").describe("What the answer is written in");

/** A comma-separated file in the place of the JSON answer. */
export const csv = z.string().describe("RFC 4180, one header line, decimal points");

/** What a route answers in either of its formats. */
export const jsonOrCsv = <T extends z.ZodType>(json: T, description: string) => ({
  description,
  content: { "application/json": { schema: json }, "text/csv": { schema: csv } },
});

/** What a route streams: server-sent events, as the WHATWG's HTML standard has them. */
export const eventStream = (description: string) => ({
  description,
  content: { "text/event-stream": { schema: z.string() } },
});

function isDay(text: string): boolean {
  try {
    askedDate(text);
    return true;
  } catch {
    return false;
  }
}
