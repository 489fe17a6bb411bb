import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { test } from "node:test";
import { createLog, type LogLevel, retuneLog } from "../../src/shared/log.ts";
import { frenchLogWords } from "../../src/shared/log-words.ts";

const sources = join(import.meta.dirname, "..", "..", "src");
/** What a household never reads: the page has no log, the simulator tells nobody. */
const silent = /^(page|simulator)\//;

/** Every constant that a line from `info` on is made of, with its file. */
function wordsOf(file: string): string[] {
  const text = readFileSync(join(sources, file), "utf8");
  const calls = text.matchAll(/[lL]og(?:\.(?:info|warn|error|fatal)|\[level\])\(/g);
  return [...calls].flatMap(({ index, 0: { length } }) => constantsOf(argumentsFrom(text, index + length)));
}

/** The text up to the parenthesis that closes the call. */
function argumentsFrom(text: string, start: number): string {
  let depth = 1;
  let end = start;
  while (depth > 0 && end < text.length) {
    if ("([{".includes(text.charAt(end))) depth++;
    else if (")]}".includes(text.charAt(end))) depth--;
    end++;
  }
  return text.slice(start, end - 1);
}

/** The constants of the last argument: the facts before it are an object, and named in English for programs. */
const constantsOf = (args: string): string[] =>
  [...withoutFacts(args).matchAll(/"((?:[^"\\]|\\.)*)"/g)]
    .map(([, words = ""]) => words)
    .filter((word) => word !== "data");

function withoutFacts(args: string): string {
  const facts = /^\s*\{/.exec(args);
  return facts ? args.slice(facts[0].length + argumentsFrom(args, facts[0].length).length + 1) : args;
}

const files = readdirSync(sources, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => file.endsWith(".ts") && !silent.test(file));

test("every line of the log from info on has French words, and no French word is left without its line", () => {
  const said = new Set(files.flatMap(wordsOf));
  assert.ok(said.size > 50, `${said.size} lines were found`);
  assert.deepEqual(
    [...said].filter((words) => !(words in frenchLogWords)),
    [],
  );
  assert.deepEqual(
    Object.keys(frenchLogWords).filter((words) => !said.has(words)),
    [],
  );
});

/** What the log writes, without the time of each line. */
function written(format: "text" | "json", language: "fr" | "en") {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk).replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d /, ""));
      done();
    },
  });
  const level: LogLevel = "info";
  return { log: createLog({ level, format, language }, destination), lines };
}

test("text speaks the language, whatever component tells it, and keeps the facts as they are", () => {
  const { log, lines } = written("text", "fr");
  log.child({ component: "sync" }).info({ calls: 3, outcome: "data" }, "round finished");
  log.warn("Le disque est plein.");
  assert.deepEqual(lines, ["sync: tour terminé  calls=3 outcome=data\n", "WARN Le disque est plein.\n"]);
});

test("json keeps the words that collectors search for", () => {
  const { log, lines } = written("json", "fr");
  log.info("round finished");
  assert.equal(JSON.parse(lines[0] ?? "").msg, "round finished");
});

test("a language set in the page is spoken from then on, by components too", () => {
  const { log, lines } = written("text", "fr");
  const child = log.child({ component: "sync" });
  retuneLog(log, { level: "info", language: "en" });
  child.info("round finished");
  assert.deepEqual(lines, ["sync: round finished\n"]);
});
