import pino, { type DestinationStream, type Logger } from "pino";
import pretty from "pino-pretty";

export type { Logger } from "pino";
export const logLevels = ["trace", "debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

/** Keys whose values never reach a line, at any of the depths in use. */
const secretKeys = [
  "clientSecret",
  "client_secret",
  "password",
  "token",
  "access_token",
  "authorization",
  "Authorization",
];

const secrets = new Set<string>();

/** From now on `secret` is replaced wherever a log line would contain it. Called where a secret is read. */
export function registerSecret(secret: string): void {
  if (secret.length >= 4) secrets.add(secret);
}

/** `text` with every registered secret replaced. */
export function redact(text: string): string {
  let clean = text;
  for (const secret of secrets) clean = clean.split(secret).join("•••");
  return clean;
}

/** A usage point for logs: its last four digits. */
export const shortId = (usagePoint: string): string => `…${usagePoint.slice(-4)}`;

/**
 * The root logger. `text` is for people (one line per step, local time), `json` for collectors.
 * One child per component: `log.child({ component: "gateway" })`.
 */
export function createLog(
  { level, format }: { level: LogLevel; format: "text" | "json" },
  destination: NodeJS.WritableStream = process.stdout,
): Logger {
  const sink: DestinationStream = { write: (line) => void destination.write(redact(line)) };
  const stream =
    format === "text"
      ? pretty({
          colorize: "isTTY" in destination && destination.isTTY === true,
          ignore: "pid,hostname,component",
          translateTime: "SYS:yyyy-mm-dd HH:MM:ss",
          messageFormat: "{component}: {msg}",
          singleLine: true,
          sync: true,
          destination: sink as never,
        })
      : sink;
  return pino(
    {
      level,
      redact: { paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: "•••" },
      base: null,
    },
    stream as DestinationStream,
  );
}

/** For callers that need a logger and nobody listens. */
export const silentLog = (): Logger => pino({ level: "silent" });
