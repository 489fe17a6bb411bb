import { headerSecrets } from "../shared/log.ts";
import { supervisorToken } from "./home-assistant.ts";
import { readAs } from "./kinds.ts";
import type { ConfigInput } from "./load.ts";
import type { Option } from "./option.ts";
import { type OptionKey, optionKeys, options } from "./options.ts";
import { parseOptionsFile } from "./options-file.ts";
import { Refusal } from "./remark.ts";
import { findValue, type Sources } from "./sources.ts";

/** Every secret the input holds, refused ones and those that are outranked included: raw, cleaned, and out of URLs. */
export function secretsOf(input: ConfigInput): readonly string[] {
  const optionsFile = input.optionsFile
    ? { path: input.optionsFile.path, values: parseOptionsFile(input.optionsFile).values }
    : null;
  const whole: Sources = {
    overrides: input.overrides ?? {},
    page: input.page ?? {},
    env: input.env,
    files: input.files ?? new Map(),
    optionsFile,
  };
  // Each place alone, so that a value hidden by another one is found as well.
  const places: readonly Sources[] = [
    { ...whole, page: {}, env: {}, optionsFile: null },
    { ...whole, overrides: {}, env: {}, optionsFile: null },
    ...Object.entries(whole.env).map(([name, value]) => ({
      ...whole,
      overrides: {},
      page: {},
      env: { [name]: value },
      optionsFile: null,
    })),
    { ...whole, overrides: {}, page: {}, env: {} },
  ];
  const ownToken = supervisorToken(input.env);
  return [...new Set([...places.flatMap(secretsAt), ...(ownToken === null ? [] : [ownToken])])];
}

/** Addresses that are no secret and may hold one. */
export const urlsOfUsers: readonly OptionKey[] = [
  "mqtt_broker",
  "homeassistant_url",
  "victoriametrics_url",
  "victoriametrics_read_url",
  "victoriametrics_delete_url",
  "jeedom_url",
];

function secretsAt(sources: Sources): readonly string[] {
  return optionKeys.flatMap((key) => {
    const option: Option<unknown> = options[key];
    const raw = findValue(key, option, sources).found?.raw;
    if (raw === undefined) return [];
    if (option.secret) return secretParts(option, raw);
    return urlsOfUsers.includes(key) ? inUrl(raw) : [];
  });
}

function secretParts(option: Option<unknown>, raw: string): readonly string[] {
  const value = readAs(option.kind, raw);
  return [raw, ...(value instanceof Refusal ? [] : textsIn(value)), ...inUrl(raw)];
}

/** Of an object of texts, which headers are, each by itself. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((text) => (typeof text === "string" ? headerSecrets(text) : []));
}

/** The password of `scheme://user:password@host`, as written and decoded. */
function inUrl(raw: string): readonly string[] {
  const password = /^(?:[a-z][a-z0-9+.-]*:\/\/)?[^:@/]*:([\s\S]+)@/i.exec(raw)?.[1];
  if (password === undefined) return [];
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}
