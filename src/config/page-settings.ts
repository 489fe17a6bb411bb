import type { Text } from "../shared/language.ts";
import { flag, listOf, readAs } from "./kinds.ts";
import type { ConfigInput } from "./load.ts";
import type { Field, Option } from "./option.ts";
import { gatewayOptions } from "./options/gateway.ts";
import { generalOptions } from "./options/general.ts";
import { homeAssistantOptions } from "./options/home-assistant.ts";
import { jeedomOptions } from "./options/jeedom.ts";
import { mqttOptions } from "./options/mqtt.ts";
import { otherExportOptions } from "./options/other-exports.ts";
import { serverOptions } from "./options/server.ts";
import { tariffOptions } from "./options/tariff.ts";
import { victoriaMetricsOptions } from "./options/victoriametrics.ts";
import { type OptionKey, optionKeys, options } from "./options.ts";
import { parseOptionsFile } from "./options-file.ts";
import { inEnvironment, inPage, onCommandLine, type Place, Refusal } from "./remark.ts";
import { urlsOfUsers } from "./secrets.ts";
import { findValue, type Sources } from "./sources.ts";

/**
 * Not for the page: what it takes to reach database and page at all, and what would let a visitor of the page change who
 * may visit it.
 */
const fixedOutside: readonly OptionKey[] = [
  "data_dir",
  "database_url",
  "api_port",
  "web_port",
  "api_host",
  "web_password",
  "secret_key",
  "log_format",
];

export const isOptionKey = (key: string): key is OptionKey => optionKeys.some((known) => known === key);
export const isSettableInPage = (key: OptionKey): boolean => !fixedOutside.includes(key);

/** Whether a value of this option is, or may hold, a secret: it is sealed where it is kept. */
export const mayHoldSecret = (key: OptionKey): boolean => options[key].secret || urlsOfUsers.includes(key);

/** Where a value that counts was found. */
export type SettingSource = "commandLine" | "page" | "environment" | "options" | "default";

/** One option as a settings page shows it. */
export interface SettingView {
  readonly key: OptionKey;
  readonly group: "gateway" | "homeAssistant" | "tariff" | "mqtt" | "exports" | "server" | "general";
  readonly name: Text;
  readonly meaning: Text;
  readonly advice: Text;
  readonly type: "text" | "secret" | "number" | "boolean" | "choice" | "choices" | "objects";
  /** Of a choice or several. */
  readonly choices: readonly string[];
  /** Of a number, both included. */
  readonly range: { readonly from: number; readonly to: number } | null;
  /** Of a list of objects. */
  readonly fields: readonly FieldView[];
  /** Null for a secret, and where nothing is set. Passwords within addresses are masked. */
  readonly value: unknown;
  readonly isSet: boolean;
  readonly isSecret: boolean;
  readonly isSettable: boolean;
  readonly source: SettingSource;
  /** The value when nothing is set, in words. */
  readonly fallback: Text;
  /** Its variables, the preferred one first. */
  readonly environment: readonly string[];
}

export interface FieldView {
  readonly key: string;
  readonly name: Text;
  readonly meaning: Text;
  readonly type: "text" | "boolean" | "choice";
  readonly choices: readonly string[];
}

const groups = [
  ["gateway", gatewayOptions],
  ["homeAssistant", homeAssistantOptions],
  ["tariff", tariffOptions],
  ["mqtt", mqttOptions],
  ["exports", { ...victoriaMetricsOptions, ...jeedomOptions, ...otherExportOptions }],
  ["server", serverOptions],
  ["general", generalOptions],
] as const;

/** Every option with the value that counts and where it comes from; no secret. */
export function describeSettings(input: ConfigInput): readonly SettingView[] {
  const { optionsFile } = input;
  const sources: Sources = {
    overrides: input.overrides ?? {},
    page: input.page ?? {},
    env: input.env,
    files: input.files ?? new Map(),
    optionsFile: optionsFile ? { path: optionsFile.path, values: parseOptionsFile(optionsFile).values } : null,
  };
  return groups.flatMap(([group, members]) =>
    optionKeys.filter((key) => Object.hasOwn(members, key)).map((key) => viewOf(key, group, sources)),
  );
}

function viewOf(key: OptionKey, group: SettingView["group"], sources: Sources): SettingView {
  const option: Option<unknown> = options[key];
  const { found } = findValue(key, option, sources);
  const { type, choices, range } = shapeOf(option);
  const isSecret = option.secret;
  return {
    key,
    group,
    name: option.name,
    meaning: option.meaning,
    advice: option.advice,
    type: isSecret ? "secret" : type,
    choices,
    range,
    fields: Object.entries(option.fields ?? {}).map(([name, field]) => fieldView(name, field)),
    value: isSecret ? null : found === null ? plainFallback(option) : shown(found.raw, { key, type, choices }),
    isSet: found !== null,
    isSecret,
    isSettable: isSettableInPage(key),
    source: found === null ? "default" : sourceOf(found.place),
    fallback: option.fallbackText ?? { fr: String(option.fallback), en: String(option.fallback) },
    environment: option.env,
  };
}

const sourceOf = ({ where }: Place): SettingSource => {
  if (where === onCommandLine) return "commandLine";
  if (where === inPage) return "page";
  return where === inEnvironment ? "environment" : "options";
};

const plainFallback = ({ fallback }: Option<unknown>): unknown =>
  typeof fallback === "string" || typeof fallback === "number" || typeof fallback === "boolean" ? fallback : null;

type Shape = Pick<SettingView, "choices" | "range"> & { readonly type: Exclude<SettingView["type"], "secret"> };

/** The Supervisor's type tells what a form needs; it has none for several of a list. */
function shapeOf({ manifestType, allowed }: Pick<Option<unknown>, "manifestType" | "allowed">): Shape {
  if (manifestType === null) return { type: "objects", choices: [], range: null };
  if (allowed !== undefined) return { type: "choices", choices: allowed, range: null };
  if (manifestType.startsWith("bool")) return { type: "boolean", choices: [], range: null };
  const list = /^list\((.*)\)/.exec(manifestType)?.[1];
  if (list !== undefined) return { type: "choice", choices: list.split("|"), range: null };
  const [, from, to] = /^int\((\d+),(\d+)\)/.exec(manifestType) ?? [];
  if (from !== undefined && to !== undefined)
    return { type: "number", choices: [], range: { from: Number(from), to: Number(to) } };
  return { type: "text", choices: [], range: null };
}

function fieldView(key: string, { manifestType, name, meaning }: Field): FieldView {
  const { type, choices } = shapeOf({ manifestType });
  return { key, name, meaning, type: type === "boolean" || type === "choice" ? type : "text", choices };
}

/** A value that is at fault is shown as it was written. */
function shown(raw: string, { key, type, choices }: Pick<Shape, "type" | "choices"> & { key: OptionKey }): unknown {
  switch (type) {
    case "number":
      return /^\d+$/.test(raw) ? Number(raw) : raw;
    case "boolean":
      return orRaw(readAs(flag, raw), raw);
    case "choices":
      return orRaw(readAs(listOf(choices), raw), raw);
    case "objects":
      return parsedList(raw);
    default:
      return urlsOfUsers.includes(key) ? withoutCredentials(raw) : raw;
  }
}

const orRaw = <T>(value: T | Refusal, raw: string): T | string => (value instanceof Refusal ? raw : value);

function parsedList(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return raw;
  }
}

/** What stands for a hidden part; a value that still holds it was not meant to be saved. */
export const hiddenPart = "•••";

const withoutCredentials = (address: string): string => address.replace(/^([^/]*\/\/)?.*@/s, `$1${hiddenPart}@`);
