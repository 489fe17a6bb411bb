import pino, { type DestinationStream, type Logger } from "pino";
import type { Language } from "./language.ts";
import { logRecord, textLine } from "./log-text.ts";
import { redact, redactValue } from "./redaction.ts";

export type { Logger } from "pino";
export { headerSecrets, redact, registerSecret, shortId } from "./redaction.ts";
export const logLevels = ["trace", "debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

/** Fields under which an Error is told with its message, causes and stack. */
const errorFields = ["err", "error", "reason", "cause"];

interface LogOptions {
  readonly level: LogLevel;
  readonly format: "text" | "json";
  /** Of `text` alone; English unless told. */
  readonly language?: Language;
}

/** What each root logger speaks now. */
const spoken = new WeakMap<Logger, { language: Language }>();

/**
 * The root logger. `text` is for people (one line a step, Paris time), `json` for collectors (time in milliseconds).
 * One child per component: `log.child({ component: "gateway" })`. No line holds a secret or a whole usage point.
 */
export function createLog(
  { level, format, language = "en" }: LogOptions,
  destination: NodeJS.WritableStream = process.stdout,
): Logger {
  const colorize = "isTTY" in destination && destination.isTTY === true;
  const voice = { language };
  const stream: DestinationStream = {
    write: (line) => void destination.write(finished(line, { format, colorize, ...voice })),
  };
  const serializers = Object.fromEntries(errorFields.map((field) => [field, pino.stdSerializers.err]));
  const log = pino({ level, base: null, serializers }, stream);
  spoken.set(log, voice);
  return log;
}

/** From now on `log`, made by `createLog`, and its children tell what `level` tells, in `language`. */
export function retuneLog(log: Logger, { level, language = "en" }: Pick<LogOptions, "level" | "language">): void {
  log.level = level;
  const voice = spoken.get(log);
  if (voice) voice.language = language;
}

/** The line as it may leave. It is taken apart for this, because JSON could spell a secret in ways no search finds. */
function finished(
  line: string,
  { format, ...look }: { readonly format: "text" | "json"; readonly colorize: boolean; readonly language: Language },
): string {
  const record = logRecord.safeParse(redactValue(parsed(line)));
  if (!record.success) return redact(line);
  return format === "text" ? textLine(record.data, look) : `${JSON.stringify(record.data)}\n`;
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
