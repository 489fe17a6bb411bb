/**
 * What the Supervisor asks of an app's repository, as home-assistant/supervisor's `apps/validate.py`, `apps/options.py`,
 * `apps/utils.py` and `store/data.py` do. Every fault is a sentence that begins with what it is about.
 */

type Json = Readonly<Record<string, unknown>>;

/** What there is in the repository, by path. */
export interface Repository {
  readonly manifest: unknown;
  readonly paths: readonly string[];
  /** By language. */
  readonly translations: Readonly<Record<string, unknown>>;
  /** Null where there is none. */
  readonly apparmor: string | null;
  /** By where they are written. */
  readonly versions: Readonly<Record<string, string>>;
}

export function faultsOf({ manifest, paths, translations, apparmor, versions }: Repository): readonly string[] {
  if (!isObject(manifest)) return ["config.json: no object"];
  return [
    ...manifestFiles(paths),
    ...keyFaults(manifest),
    ...networkFaults(manifest),
    ...optionFaults(manifest),
    ...Object.entries(translations).flatMap(([language, words]) => translationFaults(manifest, language, words)),
    ...apparmorFaults(manifest, apparmor),
    ...Object.entries(versions).flatMap(([where, version]) =>
      version === manifest.version ? [] : [`version: ${where} says ${version}`],
    ),
  ];
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/** `**\/config.*`, but below `rootfs` and directories that begin with a dot: each is taken for an app. */
const manifestFiles = (paths: readonly string[]): readonly string[] =>
  paths
    .filter((path) => /(^|\/)config\.[^/]*\.?(json|ya?ml)$/.test(path))
    .filter((path) => !/(^|\/)(rootfs|\.[^/]+)\//.test(path))
    .filter((path) => path !== "config.json")
    .map((path) => `manifest: ${path} is taken for one`);

type Check = (value: unknown) => boolean;
const isFlag: Check = (value) => typeof value === "boolean";
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    typeof value === "string" && words.includes(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const matching =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === "string" && pattern.test(value);
const between =
  (from: number, to: number): Check =>
  (value) =>
    Number.isInteger(value) && Number(value) >= from && Number(value) <= to;

const required: Readonly<Record<string, Check>> = {
  name: isText,
  version: isText,
  slug: matching(/^[-_.A-Za-z0-9]+$/),
  description: isText,
  arch: (value) => listOf(oneOf("aarch64", "amd64"))(value) && Array.isArray(value) && value.length > 0,
};

/** Unknown keys are dropped without a word: here they are faults. Ours are all it may have, privileges included. */
const optional: Readonly<Record<string, Check>> = {
  stage: oneOf("stable", "experimental", "deprecated"),
  startup: oneOf("application", "services", "system", "initialize", "once"),
  boot: oneOf("auto", "manual", "manual_only"),
  init: isFlag,
  homeassistant: matching(/^\d{4}\.\d{1,2}\.\d+$/),
  homeassistant_api: isFlag,
  services: listOf(matching(/^(mqtt|mysql):(provide|want|need)$/)),
  ingress: isFlag,
  ingress_port: between(0, 65_535),
  panel_icon: matching(/^mdi:[a-z0-9-]+$/),
  panel_title: isText,
  ports: isObject,
  map: listOf(
    (entry) =>
      isObject(entry) &&
      Object.keys(entry).every((key) => ["type", "read_only", "path"].includes(key)) &&
      oneOf("data", "ssl", "share", "media", "backup", "homeassistant_config")(entry.type) &&
      entry.read_only === true,
  ),
  watchdog: matching(/^(?:https?|\[PROTO:\w+\]|tcp):\/\/\[HOST\]:(\[PORT:\d+\]|\d+).*$/),
  apparmor: isFlag,
  backup: oneOf("hot", "cold"),
  backup_pre: isText,
  backup_exclude: listOf(isText),
  timeout: between(10, 300),
  breaking_versions: listOf(isText),
  options: isObject,
  schema: isObject,
  image: matching(/^[a-z0-9][a-z0-9._/{}-]*$/),
  url: matching(/^https?:\/\//),
};

function keyFaults(manifest: Json): readonly string[] {
  const missing = Object.keys(required).filter((key) => !(key in manifest));
  const wrong = Object.entries(manifest).filter(([key, value]) => {
    const check = required[key] ?? optional[key];
    return check === undefined || !check(value);
  });
  return [...missing.map((key) => `${key}: is missing`), ...wrong.map(([key]) => `${key}: is not taken`)];
}

function networkFaults({ ports, watchdog, ingress, ingress_port, backup, backup_pre }: Json): readonly string[] {
  const faults: string[] = [];
  const names = isObject(ports) ? Object.keys(ports) : [];
  for (const name of names) if (!/^\d{1,5}(\/(tcp|udp))?$/.test(name)) faults.push(`ports: ${name} is no port`);
  const watched = /\[PORT:(\d+)\]/.exec(String(watchdog))?.[1];
  if (watched !== undefined && !names.includes(`${watched}/tcp`)) faults.push("watchdog: its port is none of ours");
  if (ingress === true && !names.includes(`${String(ingress_port)}/tcp`))
    faults.push("ingress_port: is none of our ports");
  if (backup === "cold" && backup_pre !== undefined) faults.push("backup_pre: is ignored with cold");
  return faults;
}

const typeForm =
  /^(?:bool|email|url|port|device(?:\(subsystem=\w+\))?|(?:str|password)(?:\(\d*,\d*\))?|(?:int|float)(?:\(-?[\d.]*,-?[\d.]*\))?|match\(.*\)|list\(.+\))\??$/;

function optionFaults({ options, schema }: Json): readonly string[] {
  if (!isObject(options) || !isObject(schema)) return ["schema: is missing"];
  return [
    ...Object.entries(schema).flatMap(([key, type]) => typeFaults(key, type, { depth: 1, given: options[key] })),
    ...Object.keys(options)
      .filter((key) => !(key in schema))
      .map((key) => `options: ${key} is not in the schema`),
  ];
}

/** Objects and lists of objects are never optional; lists stand in no list; two levels are promised. */
function typeFaults(
  key: string,
  type: unknown,
  { depth, given }: { readonly depth: number; readonly given: unknown },
): readonly string[] {
  if (depth > 2) return [`schema: ${key} is too deep`];
  if (typeof type === "string") return textTypeFaults(key, type, given);
  if (Array.isArray(type)) {
    const [item, ...more] = type;
    if (more.length > 0) return [`schema: ${key} has more than one element`];
    if (Array.isArray(item)) return [`schema: ${key} is a list in a list`];
    if (typeof item === "string") return textTypeFaults(key, item, "");
    return [
      ...(Array.isArray(given) ? [] : [`schema: ${key} blocks the start without a default list`]),
      ...Object.entries(isObject(item) ? item : {}).flatMap(([part, partType]) =>
        typeFaults(`${key}.${part}`, partType, { depth: depth + 1, given: "" }),
      ),
    ];
  }
  if (!isObject(type)) return [`schema: ${key} is no type`];
  if (!isObject(given)) return [`schema: ${key} blocks the start without a default object`];
  return Object.entries(type).flatMap(([part, partType]) =>
    typeFaults(`${key}.${part}`, partType, { depth: depth + 1, given: given[part] }),
  );
}

function textTypeFaults(key: string, type: string, given: unknown): readonly string[] {
  if (!typeForm.test(type)) return [`schema: ${key} has the unknown type ${type}`];
  if (given === null || (given === undefined && !type.endsWith("?")))
    return [`schema: ${key} blocks the start without a value`];
  const pattern = /^match\((.*)\)\??$/.exec(type)?.[1];
  try {
    if (pattern !== undefined) new RegExp(pattern);
  } catch {
    return [`schema: ${key} has a pattern that is none`];
  }
  return [];
}

function translationFaults(manifest: Json, language: string, words: unknown): readonly string[] {
  const about = `translations/${language}`;
  if (!isObject(words) || !isObject(words.configuration)) return [`${about}: is no translation`];
  const schema = isObject(manifest.schema) ? manifest.schema : {};
  const network = isObject(words.network) ? words.network : {};
  const ports = isObject(manifest.ports) ? manifest.ports : {};
  return [
    ...wordFaults(about, schema, words.configuration),
    ...differences(about, Object.keys(ports), Object.keys(network)),
    ...Object.entries(network).flatMap(([port, text]) => (isText(text) ? [] : [`${about}: ${port} has no text`])),
  ];
}

function wordFaults(about: string, schema: Json, words: Json): readonly string[] {
  return [
    ...differences(about, Object.keys(schema), Object.keys(words)),
    ...Object.entries(words).flatMap(([key, told]) => {
      if (!isObject(told) || !isText(told.name) || !isText(told.description)) return [`${about}: ${key} has no words`];
      const type = schema[key];
      const item: unknown = Array.isArray(type) ? type[0] : type;
      return wordFaults(`${about} ${key}`, isObject(item) ? item : {}, isObject(told.fields) ? told.fields : {});
    }),
  ];
}

const differences = (about: string, wanted: readonly string[], there: readonly string[]): readonly string[] => [
  ...wanted.filter((key) => !there.includes(key)).map((key) => `${about}: lacks ${key}`),
  ...there.filter((key) => !wanted.includes(key)).map((key) => `${about}: ${key} is too much`),
];

/** Exactly one line that begins a profile at the margin: its name is replaced. */
function apparmorFaults({ apparmor }: Json, profile: string | null): readonly string[] {
  if (apparmor !== true) return [];
  if (profile === null) return ["apparmor: has no profile"];
  const heads = profile.split("\n").filter((line) => line.startsWith("profile "));
  return heads.length === 1 ? [] : [`apparmor: ${heads.length} profiles at the margin`];
}

/** The security rating that the Supervisor shows, 1 to 8. */
export function ratingOf(manifest: Json, { hasProfile }: { readonly hasProfile: boolean }): number {
  const has = (key: string): boolean => {
    const value = manifest[key];
    return Array.isArray(value) ? value.length > 0 : value === true;
  };
  if (has("docker_api") || has("full_access")) return 1;
  const rules: readonly (readonly [applies: boolean, points: number])[] = [
    [has("ingress"), 2],
    [!has("ingress") && has("auth_api"), 1],
    [hasProfile && manifest.apparmor !== false, 1],
    [manifest.apparmor === false, -1],
    [has("privileged") || has("kernel_modules"), -1],
    [manifest.hassio_role === "manager", -1],
    [manifest.hassio_role === "admin", -2],
    [has("host_network"), -1],
    [has("host_pid"), -2],
    [has("host_uts") && JSON.stringify(manifest.privileged ?? []).includes("SYS_ADMIN"), -1],
  ];
  const points = rules.reduce((sum, [applies, value]) => sum + (applies ? value : 0), 5);
  return Math.min(8, Math.max(1, points));
}

/** `PurePath.match`: as many parts as the pattern has, from the right. */
export function isExcluded(path: string, pattern: string): boolean {
  const parts = path.split("/");
  const wanted = pattern.split("/");
  if (parts.length < wanted.length) return false;
  const tail = parts.slice(-wanted.length);
  return wanted.every((glob, position) => partMatches(glob, tail[position] ?? ""));
}

function partMatches(glob: string, part: string): boolean {
  const escaped = glob.replaceAll(/[.+^${}()|\\]/g, "\\$&").replaceAll(/\*+/g, ".*");
  return new RegExp(`^${escaped}$`).test(part);
}
