import type { Text } from "../shared/language.ts";
import { unquote } from "./credential.ts";
import type { Option } from "./option.ts";
import type { OptionKey } from "./options.ts";
import { type Fault, inEnvironment, inFile, inPage, type Notice, onCommandLine, type Place, remark } from "./remark.ts";

export type Environment = Readonly<Record<string, string | undefined>>;
/** By key, as an options file holds them. */
export type PageValues = Readonly<Partial<Record<OptionKey, unknown>>>;
/** Content of a file that a `NAME_FILE` variable names, or why it cannot be had. */
export type FileContent = { readonly text: string } | { readonly problem: Text };

export interface Sources {
  readonly overrides: Readonly<Partial<Record<OptionKey, string>>>;
  /** What was set in the page, as an options file would hold it. */
  readonly page: PageValues;
  readonly env: Environment;
  /** By path, as `NAME_FILE` spells it. */
  readonly files: ReadonlyMap<string, FileContent>;
  readonly optionsFile: { readonly path: string; readonly values: Readonly<Record<string, unknown>> } | null;
}

/** A value where it was found, as cleaned text. */
export interface Found {
  readonly place: Place;
  readonly raw: string;
}
export interface Search {
  readonly found: Found | null;
  readonly faults: readonly Fault[];
  readonly notices: readonly Notice[];
}

/**
 * The value that counts for one option: command line, then the page, then the environment in the order of its names, then
 * the options file.
 */
export function findValue(key: OptionKey, option: Option<unknown>, sources: Sources): Search {
  const faults: Fault[] = [];
  const found: Found[] = [];
  const keep = (place: Place, value: unknown): void => {
    const text = option.fields ? asJson(value) : asText(value);
    if (text === null) faults.push(remark(place, notPlain));
    else if (clean(text, option) !== "") found.push({ place, raw: clean(text, option) });
  };
  keep({ option: option.flag ?? key, where: onCommandLine }, sources.overrides[key]);
  keep({ option: key, where: inPage }, sources.page[key]);
  for (const name of option.env) {
    const fault = readVariable(name, option, { sources, keep });
    if (fault) faults.push(fault);
  }
  if (sources.optionsFile)
    keep({ option: key, where: inFile(sources.optionsFile.path) }, sources.optionsFile.values[key]);
  const [first, ...others] = found;
  return {
    found: first ?? null,
    faults,
    // What is typed with a command is meant to pass before the settings that stay.
    notices:
      first && first.place.where !== onCommandLine
        ? others.filter(({ raw }) => raw !== first.raw).map(({ place }) => outranked(place, first.place))
        : [],
  };
}

const notPlain: Text = {
  fr: "la valeur n'est ni un texte, ni un nombre, ni true ou false, ni une liste de ceux-ci ; écrivez un texte entre guillemets.",
  en: "the value is neither text, number, true or false, nor a list of these; write text in quotes.",
};

/** Not set is empty text, as a form sends it; null is a shape no option has. */
function asText(value: unknown): string | null {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (!Array.isArray(value)) return null;
  const items = value.map(asText);
  return items.includes(null) ? null : items.join(",");
}

/** A list of objects as its kind reads it; text is JSON already, as the environment holds it. */
function asJson(value: unknown): string {
  const isEmpty = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
  if (isEmpty) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function clean(text: string, option: Option<unknown>): string {
  // A byte order mark counts as white space for trim.
  return option.verbatim ? text.replace(/^\uFEFF/, "").replace(/[\r\n]+$/, "") : unquote(text.trim());
}

function readVariable(
  name: string,
  option: Option<unknown>,
  { sources, keep }: { readonly sources: Sources; readonly keep: (place: Place, value: unknown) => void },
): Fault | null {
  const value = sources.env[name] ?? "";
  const path = option.fromFile ? (sources.env[`${name}_FILE`] ?? "").trim() : "";
  if (path === "") {
    keep({ option: name, where: inEnvironment }, value);
    return null;
  }
  const place = { option: `${name}_FILE`, where: inEnvironment };
  if (value.trim() !== "")
    return remark(place, {
      fr: `${name} est rempli aussi ; ne gardez que l'un des deux.`,
      en: `${name} is set as well; keep one of the two.`,
    });
  const content = sources.files.get(path);
  if (content && "text" in content) {
    keep(place, content.text);
    return null;
  }
  return remark(place, unreadable(path, content?.problem ?? { fr: "il n'a pas été lu", en: "it was not read" }));
}

/** Someone may have put the secret itself here: only what is plainly a path is repeated. */
function unreadable(path: string, problem: Text): Text {
  if (!/^\.{0,2}\//.test(path))
    return {
      fr: "la valeur n'est pas le chemin d'un fichier lisible ; écrivez un chemin complet comme /run/secrets/linky, sans y mettre le secret lui-même.",
      en: "the value is not the path of a readable file; write a full path such as /run/secrets/linky, not the secret itself.",
    };
  return {
    fr: `le fichier ${path} ne peut pas être lu (${problem.fr}) ; corrigez le chemin ou les droits.`,
    en: `the file ${path} cannot be read (${problem.en}); correct the path or its permissions.`,
  };
}

const outranked = (place: Place, first: Place): Notice =>
  remark(place, {
    fr: `cette valeur reste sans effet, car ${first.option} (${first.where.fr}) passe avant.`,
    en: `this value has no effect, because ${first.option} (${first.where.en}) comes first.`,
  });

/** Paths that `NAME_FILE` variables name, for whoever may read files. */
export const namedFiles = (env: Environment, all: readonly Option<unknown>[]): readonly string[] =>
  all
    .filter((option) => option.fromFile)
    .flatMap((option) => option.env.map((name) => (env[`${name}_FILE`] ?? "").trim()))
    .filter((path) => path !== "");
