import { Writable } from "node:stream";
import type { Config } from "./config/config.ts";
import { createLog, type Logger } from "./shared/log.ts";
import type { LogRing } from "./sync/diagnostics/log-ring.ts";

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
  createLog({ ...config.log, level: config.log.level === "info" ? "warn" : config.log.level }, process.stderr);

/** As `quietLog` on the terminal; `ring` keeps all of what the level tells, for the page's log. */
export function quietLogBeside(config: Config, ring: LogRing): Logger {
  if (config.log.level !== "info") return createLog(config.log, ring.before(process.stderr));
  const troubles = new Writable({
    decodeStrings: false,
    write(line: string | Buffer, _encoding, done) {
      const text = String(line);
      if (isTrouble(text)) process.stderr.write(text);
      done();
    },
  });
  return createLog(config.log, ring.before(Object.assign(troubles, { isTTY: process.stderr.isTTY === true })));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal is told begins with one.
const colour = /\u001B\[\d+m/g;

/** A line from `warn` on, in either format. */
const isTrouble = (line: string): boolean =>
  /^[\d\s:.-]*(WARN|ERROR)\b|^\{"level":[456]0,/.test(line.replaceAll(colour, ""));
