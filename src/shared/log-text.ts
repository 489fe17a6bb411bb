import { z } from "zod";
import type { Language } from "./language.ts";
import { frenchLogWords } from "./log-words.ts";

/** A log record as pino writes it. */
export const logRecord = z.looseObject({
  level: z.number(),
  time: z.number(),
  msg: z.string().optional(),
  component: z.string().optional(),
});
export type LogRecord = z.infer<typeof logRecord>;

const levelWarn = 40;
const levelError = 50;

/** Paris time, whatever the machine's: the reader compares it with the meter and with Home Assistant. */
const clockFace = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Paris",
  dateStyle: "short",
  timeStyle: "medium",
});

/**
 * One readable line: `2026-11-20 09:12:03 WARN gateway: quota used up  used=50 next=00:00`. A level is named from WARN
 * on; the trace of an error follows below it, indented, from ERROR on.
 */
export function textLine(
  record: LogRecord,
  { colorize, language }: { readonly colorize: boolean; readonly language: Language },
): string {
  const { level, time, msg = "", component, ...facts } = record;
  const dim = (text: string): string => (colorize ? `\u001B[2m${text}\u001B[22m` : text);
  const head = [
    dim(clockFace.format(time)),
    levelWord(level, colorize),
    component ? `${component}:` : "",
    said(msg, language),
  ];
  const line = head.filter((part) => part !== "").join(" ");
  const rest = Object.entries(facts).flatMap(([key, value]) => fact(key, value));
  const trace = level >= levelError ? Object.values(facts).map(stackOf).join("") : "";
  return `${line}${rest.length === 0 ? "" : `  ${dim(rest.join(" "))}`}${trace}\n`;
}

/** Lines whose words are not among those known are sentences for the user, in the user's language already, or debugging. */
const said = (msg: string, language: Language): string => (language === "fr" ? (frenchLogWords[msg] ?? msg) : msg);

function levelWord(level: number, colorize: boolean): string {
  if (level < levelWarn) return "";
  const [word, color] = level < levelError ? ["WARN", 33] : ["ERROR", 31];
  return colorize ? `\u001B[${color}m${word}\u001B[39m` : word;
}

function fact(key: string, value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  return [`${key}=${shown(value)}`];
}

function shown(value: unknown): string {
  if (typeof value === "string") return quotedIfNeeded(isoInstant.test(value) ? momentIn(value) : value);
  if (isError(value)) return quotedIfNeeded(errorText(value));
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) return quotedIfNeeded(value.join(","));
  return JSON.stringify(value);
}

/** An instant as JSON has it; people read it on the same clock as the line's own time. */
const isoInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const momentIn = (iso: string): string => clockFace.format(Date.parse(iso)).replace(" ", "T");

/** A line is one line: what would break it, or blur where a value ends, is quoted. */
const quotedIfNeeded = (text: string): string => (/^[^\s"=]+$/.test(text) ? text : JSON.stringify(text));

/** An error as pino's serializer tells it. */
const serializedError = z.looseObject({
  type: z.string(),
  message: z.string(),
  stack: z.string(),
  code: z.string().optional(),
  aggregateErrors: z.array(z.unknown()).optional(),
});
type SerializedError = z.infer<typeof serializedError>;

const isError = (value: unknown): value is SerializedError => serializedError.safeParse(value).success;

/** A refused connection to a name with two addresses is an AggregateError without a message: its parts speak then. */
function errorText({ message, code, type, aggregateErrors = [] }: SerializedError): string {
  const parts = aggregateErrors.filter(isError).map(errorText);
  return [message, ...new Set(parts)].filter((text) => text !== "").join("; ") || code || type;
}

const stackOf = (value: unknown): string => (isError(value) ? `\n${value.stack.replaceAll(/^/gm, "    ")}` : "");
