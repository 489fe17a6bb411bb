import type { Config } from "./config/config.ts";
import { createLog, type Logger } from "./shared/log.ts";

/** Exit codes. */
export const done = 0;
export const failed = 1;
export const toCorrect = 2;

/** Says what has to be corrected. */
export function refuse(sentences: readonly string[]): number {
  for (const sentence of sentences) process.stderr.write(`${sentence}\n`);
  return toCorrect;
}

/** Commands tell their result on stdout; what else there is to say goes to stderr, and only from `warn` on. */
export const quietLog = (config: Config): Logger =>
  createLog(
    { level: config.log.level === "info" ? "warn" : config.log.level, format: config.log.format },
    process.stderr,
  );
