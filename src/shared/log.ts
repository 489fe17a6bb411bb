import pino, { type DestinationStream, type Logger } from "pino";
import { logRecord, textLine } from "./log-text.ts";
import { redact, redactValue } from "./redaction.ts";

export type { Logger } from "pino";
export { headerSecrets, redact, registerSecret, shortId } from "./redaction.ts";
export const logLevels = ["trace", "debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

/** Fields under which an Error is told with its message, causes and stack. */
const errorFields = ["err", "error", "reason", "cause"];

/**
 * The root logger. `text` is for people (one line a step, Paris time), `json` for collectors (time in milliseconds).
 * One child per component: `log.child({ component: "gateway" })`. No line holds a secret or a whole usage point.
 */
export function createLog(
  { level, format }: { level: LogLevel; format: "text" | "json" },
  destination: NodeJS.WritableStream = process.stdout,
): Logger {
  const colorize = "isTTY" in destination && destination.isTTY === true;
  const stream: DestinationStream = {
    write: (line) => void destination.write(finished(line, { format, colorize })),
  };
  const serializers = Object.fromEntries(errorFields.map((field) => [field, pino.stdSerializers.err]));
  return pino({ level, base: null, serializers }, stream);
}

/** The line as it may leave. It is taken apart for this, because JSON could spell a secret in ways no search finds. */
function finished(line: string, { format, colorize }: { format: "text" | "json"; colorize: boolean }): string {
  const record = logRecord.safeParse(redactValue(parsed(line)));
  if (!record.success) return redact(line);
  return format === "text" ? textLine(record.data, { colorize }) : `${JSON.stringify(record.data)}\n`;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** For callers that need a logger and nobody listens. */
export const silentLog = (): Logger => pino({ level: "silent" });
