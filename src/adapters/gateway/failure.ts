import { redact, shortId } from "../../shared/log.ts";
import type { Answer } from "../../sync/source.ts";

/** Every answer but data. */
export type Failure = Exclude<Answer<never>, { readonly outcome: "data" }>;

const longestMessage = 300;

/**
 * A text of the gateway as it may be shown and stored: on one line, of bounded length, without secrets, usage points
 * with their last four digits only.
 */
export function tidy(text: string): string {
  const line = redact(text)
    .replace(/\d{14}/g, shortId)
    .replace(/\s+/g, " ")
    .trim();
  return line.length > longestMessage ? `${line.slice(0, longestMessage)}…` : line;
}

export const unavailable = (message: string, retryAfterMs: number | null = null): Failure => ({
  outcome: "unavailable",
  message: tidy(message),
  ...(retryAfterMs === null ? {} : { retryAfterMs }),
});

export const unauthorized = (message: string): Failure => ({ outcome: "unauthorized", message: tidy(message) });
export const rejected = (message: string): Failure => ({ outcome: "rejected", message: tidy(message) });
export const noData = (message: string): Failure => ({ outcome: "no_data", message: tidy(message) });
export const quota = (message: string): Failure => ({ outcome: "quota", message: tidy(message) });
