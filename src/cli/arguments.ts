import { parseArgs } from "node:util";
import { readAs, wholeNumber } from "../config/kinds.ts";
import { Refusal } from "../config/remark.ts";
import { localDate } from "../domain/calendar.ts";
import { type Language, languages, type Text } from "../shared/language.ts";
import { hinted, tooMuch, unknown, withoutCredentials } from "./argument-faults.ts";
import { readExport, readSecrets, readToken } from "./argument-words.ts";
import type { CommonArguments, ParsedArguments } from "./command.ts";

export type { Command, DemoCommand, ParsedArguments } from "./command.ts";

export const commandNames = [
  "start",
  "demo",
  "sync",
  "status",
  "statistics",
  "energy",
  "adopt",
  "prices",
  "bill",
  "explain",
  "compare",
  "verify",
  "backup",
  "restore",
  "password",
  "token",
  "secrets",
  "export",
  "test-export",
  "doctor",
  "help",
] as const;
type CommandName = (typeof commandNames)[number];

const text = { type: "string" } as const;
const toggle = { type: "boolean" } as const;
const commonOptions = {
  language: text,
  "data-dir": text,
  options: text,
  help: { ...toggle, short: "h" },
  version: { ...toggle, short: "v" },
} as const;
const ownOptions = {
  json: toggle,
  registers: text,
  replace: text,
  anyway: toggle,
  yes: toggle,
  continue: toggle,
  copy: toggle,
  meter: text,
  until: text,
  prefix: text,
  at: text,
  month: text,
  year: text,
  from: text,
  to: text,
  invoice: text,
  "what-if": text,
  play: text,
  mqtt: text,
  speed: text,
  data: text,
  port: text,
  stdin: toggle,
} as const;
const allOptions = { ...commonOptions, ...ownOptions };
type OptionName = keyof typeof allOptions;

/** Beyond the common options, what each command takes. */
const takes: Readonly<Record<CommandName, readonly (keyof typeof ownOptions)[]>> = {
  start: [],
  demo: ["play", "mqtt", "speed", "data", "port"],
  sync: [],
  status: ["json"],
  statistics: ["json"],
  energy: ["json", "replace", "anyway", "yes"],
  adopt: ["json", "continue", "copy", "meter", "until", "prefix", "yes"],
  prices: ["json", "at"],
  bill: ["json", "meter", "month", "year", "from", "to", "invoice"],
  explain: ["json", "meter"],
  compare: ["json", "meter", "from", "to", "what-if"],
  verify: ["json", "registers"],
  backup: ["to"],
  restore: ["yes"],
  password: ["stdin"],
  token: ["json"],
  secrets: [],
  export: ["json"],
  "test-export": [],
  doctor: ["json"],
  help: [],
};

/** The command of `argv` (without node and script). Nothing at all asks for help. */
export function parseArguments(argv: readonly string[]): ParsedArguments {
  const { tokens } = parseArgs({ args: [...argv], options: allOptions, strict: false, tokens: true });
  const words: string[] = [];
  const given = new Map<OptionName, string | true>();
  for (const token of tokens) {
    if (token.kind === "positional") words.push(token.value);
    if (token.kind !== "option") continue;
    // The parser takes `--json` as the value of a preceding `--data-dir`; its user forgot the value.
    const value = token.inlineValue === false && token.value.startsWith("--") ? undefined : token.value;
    const fault = optionFault(token.name, token.rawName, value);
    if (fault) return { fault };
    const former = token.name === "replace" ? given.get("replace") : undefined;
    given.set(token.name as OptionName, former ? `${former},${token.value}` : (token.value ?? true));
  }
  return commandOf(words, given);
}

/** The language to speak before any setting is read: `--language`, else LINKY_LANGUAGE, else French. */
export function spokenLanguage(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Language {
  const position = argv.lastIndexOf("--language");
  const inline = argv.findLast((word) => word.startsWith("--language="))?.slice("--language=".length);
  const wanted = inline ?? (position < 0 ? env.LINKY_LANGUAGE?.trim() : argv[position + 1]);
  return languages.find((known) => known === wanted?.toLowerCase()) ?? "fr";
}

function optionFault(name: string, rawName: string, value: string | undefined): Text | null {
  if (!Object.hasOwn(allOptions, name)) return unknown(rawName, Object.keys(allOptions).map(dashed), "option");
  const wantsValue = allOptions[name as OptionName].type === "string";
  if (wantsValue && (value === undefined || value === ""))
    return hinted(`l'option ${rawName} attend une valeur`, `the option ${rawName} needs a value`);
  if (!wantsValue && value !== undefined)
    return hinted(`l'option ${rawName} ne prend pas de valeur`, `the option ${rawName} takes no value`);
  return null;
}

function commandOf(words: readonly string[], given: ReadonlyMap<OptionName, string | true>): ParsedArguments {
  const [word = "help", ...further] = words;
  const name = commandNames.find((known) => known === word);
  if (name === undefined) return { fault: unknown(word, commandNames, "commande") };
  const extra = name === "help" ? undefined : further[wordsAfter[name]];
  if (extra !== undefined) return { fault: tooMuch(withoutCredentials(extra), name) };
  const common = readCommon(given);
  if ("fault" in common) return common;
  if (given.has("help")) return { ...common, name: "help" };
  if (given.has("version")) return { ...common, name: "version" };
  const stranger = (Object.keys(ownOptions) as (keyof typeof ownOptions)[]).find(
    (option) => given.has(option) && !takes[name].includes(option),
  );
  if (stranger !== undefined)
    return {
      fault: hinted(
        `l'option --${stranger} ne va pas avec ${name}`,
        `the option --${stranger} does not go with ${name}`,
      ),
    };
  const json = given.has("json");
  switch (name) {
    case "status":
    case "statistics":
    case "doctor":
      return { ...common, name, json };
    case "verify":
      return { ...common, name, json, ...withoutUndefined({ registers: textOf(given, "registers") }) };
    case "energy":
      return readEnergy(common, further[0], given);
    case "adopt":
      return readAdopt(common, further, given);
    case "prices":
      return readPrices(common, given);
    case "bill":
      return { ...common, name, json, ...texts(given, "meter", "month", "year", "from", "to", "invoice") };
    case "compare": {
      const whatIf = textOf(given, "what-if");
      return { ...common, name, json, ...texts(given, "meter", "from", "to"), ...withoutUndefined({ whatIf }) };
    }
    case "backup":
      return { ...common, name, ...texts(given, "to") };
    case "restore":
      return further[0] === undefined
        ? { fault: restoreWhat }
        : { ...common, name, what: further[0], yes: given.has("yes") };
    case "password":
      return { ...common, name, stdin: given.has("stdin") };
    case "token":
      return readToken(common, further, json);
    case "secrets":
      return readSecrets(common, further[0]);
    case "export":
    case "test-export":
      return readExport(common, name, { word: further[0], json });
    case "explain":
      return further.length === 0
        ? { fault: explainWhat }
        : { ...common, name, json, at: further.join(" "), ...texts(given, "meter") };
    case "demo":
      return readDemo(common, given);
    default:
      return { ...common, name };
  }
}

function readPrices(common: CommonArguments, given: ReadonlyMap<OptionName, string | true>): ParsedArguments {
  const json = given.has("json");
  const at = textOf(given, "at");
  if (at === undefined) return { ...common, name: "prices", json };
  try {
    return { ...common, name: "prices", json, at: localDate(at) };
  } catch {
    return {
      fault: {
        fr: `--at attend un jour comme 2026-02-01, pas « ${at} ».`,
        en: `--at needs a day such as 2026-02-01, not "${at}".`,
      },
    };
  }
}

/** Those of the options that were given a text. */
const texts = <Name extends OptionName>(
  given: ReadonlyMap<OptionName, string | true>,
  ...names: readonly Name[]
): { readonly [Key in Name]?: string } =>
  Object.fromEntries(names.flatMap((name) => [[name, textOf(given, name)] as const]).filter(([, value]) => value)) as {
    readonly [Key in Name]?: string;
  };

const restoreWhat: Text = {
  fr: "restore attend une sauvegarde, par exemple : restore /data/backup.",
  en: "restore needs a backup, for example: restore /data/backup.",
};

const explainWhat: Text = {
  fr: 'explain attend une heure, par exemple : explain "2026-11-20 22:30".',
  en: 'explain needs an hour, for example: explain "2026-11-20 22:30".',
};

/** How many words may stand behind a command. */
const wordsAfter: Readonly<Record<CommandName, number>> = {
  start: 0,
  demo: 0,
  sync: 0,
  status: 0,
  statistics: 0,
  energy: 1,
  adopt: 2,
  prices: 0,
  bill: 0,
  explain: 2,
  compare: 0,
  verify: 0,
  backup: 0,
  restore: 1,
  password: 0,
  token: 2,
  secrets: 1,
  export: 1,
  "test-export": 1,
  doctor: 0,
  help: 0,
};

const energyActions = ["show", "apply", "undo"] as const;

function readEnergy(
  common: CommonArguments,
  word: string | undefined,
  given: ReadonlyMap<OptionName, string | true>,
): ParsedArguments {
  const action = energyActions.find((known) => known === (word ?? "show"));
  if (action === undefined) return { fault: unknown(word ?? "", energyActions, "commande") };
  const idle = (["yes", "replace", "anyway"] as const).find((option) => given.has(option) && action === "show");
  const misplaced = idle ?? (action === "undo" && given.has("replace") ? "replace" : undefined);
  if (misplaced !== undefined)
    return {
      fault: hinted(
        `l'option --${misplaced} va avec energy apply${misplaced === "replace" ? "" : " ou energy undo"}`,
        `the option --${misplaced} goes with energy apply${misplaced === "replace" ? "" : " or energy undo"}`,
      ),
    };
  return {
    ...common,
    name: "energy",
    action,
    replace: (textOf(given, "replace") ?? "").split(/[\s,;]+/).filter((id) => id !== ""),
    anyway: given.has("anyway"),
    yes: given.has("yes"),
    json: given.has("json"),
  };
}

/** `adopt`, `adopt TOOL --continue`, `adopt undo [NUMBER]`. */
function readAdopt(
  common: CommonArguments,
  [first, second]: readonly string[],
  given: ReadonlyMap<OptionName, string | true>,
): ParsedArguments {
  if (given.has("continue") && given.has("copy"))
    return {
      fault: hinted(
        "choisissez --continue ou --copy, pas les deux à la fois",
        "choose --continue or --copy, not both at once",
      ),
    };
  const isUndo = first === "undo";
  if (!isUndo && second !== undefined) return { fault: tooMuch(second, "adopt") };
  return {
    ...common,
    name: "adopt",
    action: isUndo ? "undo" : first === undefined ? "show" : "adopt",
    yes: given.has("yes"),
    json: given.has("json"),
    ...withoutUndefined({
      what: isUndo ? second : first,
      mode: given.has("continue") ? ("continue" as const) : given.has("copy") ? ("copy" as const) : undefined,
      meter: textOf(given, "meter"),
      until: textOf(given, "until"),
      prefix: textOf(given, "prefix"),
    }),
  };
}

function readCommon(given: ReadonlyMap<OptionName, string | true>): CommonArguments | { readonly fault: Text } {
  const wanted = textOf(given, "language");
  const language = languages.find((known) => known === wanted);
  if (wanted !== undefined && language === undefined)
    return {
      fault: hinted(
        `--language : « ${wanted} » est inconnu, choisissez fr ou en`,
        `--language: "${wanted}" is unknown, choose fr or en`,
      ),
    };
  return withoutUndefined({
    language,
    dataDir: textOf(given, "data-dir"),
    optionsPath: textOf(given, "options"),
  });
}

function readDemo(common: CommonArguments, given: ReadonlyMap<OptionName, string | true>): ParsedArguments {
  const speed = readNumber("speed", textOf(given, "speed"), { from: 1, to: 100_000 });
  const port = readNumber("port", textOf(given, "port"), { from: 0, to: 65_535 });
  if (typeof speed === "object") return speed;
  if (typeof port === "object") return port;
  return {
    ...common,
    name: "demo",
    ...withoutUndefined({
      play: textOf(given, "play"),
      mqtt: textOf(given, "mqtt"),
      data: textOf(given, "data"),
      speed,
      port,
    }),
  };
}

function readNumber(
  option: OptionName,
  raw: string | undefined,
  range: { readonly from: number; readonly to: number },
): number | undefined | { readonly fault: Text } {
  if (raw === undefined) return undefined;
  const value = readAs(wholeNumber(range), raw);
  if (!(value instanceof Refusal)) return value;
  return { fault: { fr: `--${option} : ${value.text.fr}`, en: `--${option}: ${value.text.en}` } };
}

const dashed = (name: string): string => `--${name}`;

function textOf(given: ReadonlyMap<OptionName, string | true>, name: OptionName): string | undefined {
  const value = given.get(name);
  return typeof value === "string" ? value : undefined;
}

type Defined<T> = { readonly [Key in keyof T]?: Exclude<T[Key], undefined> };
const withoutUndefined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Defined<T>;
