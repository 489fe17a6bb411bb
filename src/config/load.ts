import type { Language } from "../shared/language.ts";
import { type BrokerAddress, brokerUrl } from "./broker-url.ts";
import type { Config, MqttConfig, ServerConfig } from "./config.ts";
import { crossCheck, hasCertificate } from "./cross-checks.ts";
import { buildExports } from "./exports.ts";
import { buildHomeAssistant, supervisorToken, supervisorUrl } from "./home-assistant.ts";
import { readAs } from "./kinds.ts";
import { environmentNotices } from "./notices.ts";
import type { Option } from "./option.ts";
import { type OptionKey, type OptionValues, optionKeys, options } from "./options.ts";
import { type OptionsFile, parseOptionsFile } from "./options-file.ts";
import { type Fault, inEnvironment, inFile, inPage, type Notice, type Place, Refusal, remark } from "./remark.ts";
import { type Environment, type FileContent, findValue, type PageValues, type Sources } from "./sources.ts";

export interface ConfigInput {
  readonly env: Environment;
  readonly optionsFile?: OptionsFile;
  /** From the command line: they pass before everything else. */
  readonly overrides?: Readonly<Partial<Record<OptionKey, string>>>;
  /** What was set in the page: it passes before the environment and the options file. */
  readonly page?: PageValues;
  /** Content of the files that `NAME_FILE` variables name, by path. */
  readonly files?: ReadonlyMap<string, FileContent>;
  /** Makes a relative path absolute; without it paths stay as written. */
  readonly resolvePath?: (path: string) => string;
  /** Whether client id and secret must be there: to fetch, yes; to look at what is stored, no. Default true. */
  readonly requireCredentials?: boolean;
}

/** Notices never stop anything; `faults` holds all of them at once, to be told in `language`. */
export type ConfigResult =
  | { readonly config: Config; readonly notices: readonly Notice[] }
  | { readonly faults: readonly Fault[]; readonly language: Language; readonly notices: readonly Notice[] };

/** One validated, deep-frozen Config out of command line, environment and options file, in this order of precedence. */
export function loadConfig(input: ConfigInput): ConfigResult {
  const file = input.optionsFile ? parseOptionsFile(input.optionsFile) : null;
  const read = readOptions({
    overrides: input.overrides ?? {},
    page: input.page ?? {},
    env: input.env,
    files: input.files ?? new Map(),
    optionsFile: input.optionsFile && file ? { path: input.optionsFile.path, values: file.values } : null,
  });
  const notices = [...(file?.notices ?? []), ...read.notices, ...environmentNotices(input.env, Object.values(options))];
  // An options file that cannot be read hides what it sets: nothing can be called missing then.
  const requireCredentials = (input.requireCredentials ?? true) && (file?.faults.length ?? 0) === 0;
  const ownToken = supervisorToken(input.env);
  const checked = crossCheck(read, { requireCredentials, isApp: ownToken !== null });
  const faults = [...(file?.faults ?? []), ...read.faults, ...checked];
  if (faults.length > 0) return { faults, language: read.values.language, notices };
  const resolvePath = input.resolvePath ?? ((path: string) => path);
  return {
    config: deepFreeze(build(read.values, { resolvePath, ownToken, supervisorUrl: supervisorUrl(input.env) })),
    notices,
  };
}

function readOptions(sources: Sources) {
  const values: Partial<Record<OptionKey, unknown>> = {};
  const places = new Map<OptionKey, Place>();
  const faulty = new Set<OptionKey>();
  const faults: Fault[] = [];
  const notices: Notice[] = [];
  for (const key of optionKeys) {
    const option: Option<unknown> = options[key];
    const search = findValue(key, option, sources);
    const value = search.found === null ? option.fallback : readAs(option.kind, search.found.raw);
    if (search.found) places.set(key, search.found.place);
    const own = [...search.faults];
    if (value instanceof Refusal && search.found) own.push(...remarks(search.found.place, value));
    if (own.length > 0) faulty.add(key);
    faults.push(...own);
    notices.push(...search.notices);
    values[key] = value instanceof Refusal ? option.fallback : value;
  }
  const placeOf = (key: OptionKey): Place => places.get(key) ?? usualPlace(key, sources);
  return { values: values as OptionValues, placeOf, faulty, faults, notices };
}

const remarks = (place: Place, { text, further }: Refusal): readonly Fault[] =>
  [text, ...further].map((sentence) => remark(place, sentence));

/** Who has an options file sets things there; who has none uses the environment. */
const usualPlace = (key: OptionKey, { optionsFile, page }: Sources): Place =>
  Object.keys(page).length > 0
    ? { option: key, where: inPage }
    : optionsFile
      ? { option: key, where: inFile(optionsFile.path) }
      : { option: options[key].env[0], where: inEnvironment };

interface Surroundings {
  readonly resolvePath: (path: string) => string;
  /** The app's own token for Home Assistant; null outside of an app. */
  readonly ownToken: string | null;
  readonly supervisorUrl: string;
}

function build(values: OptionValues, { resolvePath, ownToken, supervisorUrl }: Surroundings): Config {
  const broker = values.mqtt_enabled === false ? null : values.mqtt_broker;
  return {
    language: values.language,
    timezone: "Europe/Paris",
    log: { level: values.log_level, format: values.log_format, language: values.language },
    dataDir: resolved(values.data_dir, resolvePath),
    gateway: {
      url: values.gateway_url,
      clientId: values.client_id,
      clientSecret: values.client_secret,
      usagePoints: [...values.usage_points],
    },
    secretKeys: values.secret_key === null ? null : values.secret_key.split(","),
    database: { url: values.database_url },
    homeAssistant: buildHomeAssistant(values, ownToken),
    tariffPlans: values.tariff_plans.map((plan) => ({ ...plan, peakDays: [...plan.peakDays] })),
    mqtt: broker === null ? null : buildMqtt(values, { broker, resolvePath }),
    exports: buildExports(values, ownToken),
    prometheus: values.prometheus_enabled ? { meterLabel: values.prometheus_meter_label } : null,
    server: buildServer(values, { isApp: ownToken !== null }),
    supervisor:
      ownToken === null
        ? null
        : {
            url: supervisorUrl,
            token: ownToken,
            mqtt:
              values.mqtt_broker === null && values.mqtt_enabled !== false ? mqttSettings(values, resolvePath) : null,
          },
  };
}

/** A container's own address is nobody's choice: in the app it listens on all, and looks at who asks instead. */
function buildServer(values: OptionValues, { isApp }: { readonly isApp: boolean }): ServerConfig | null {
  const { api_host: given, api_port: port, web_port: webPort } = values;
  if (port === 0) return null;
  const isOpen = given !== null && !isLoopback(given);
  return {
    host: isApp && !isOpen ? "0.0.0.0" : (given ?? "127.0.0.1"),
    port,
    webPort: webPort === 0 ? null : webPort,
    supervisor: isApp ? (isOpen ? "trusted" : "only") : "absent",
    password: values.web_password,
  };
}

const isLoopback = (host: string): boolean => host === "localhost" || host === "::1" || host.startsWith("127.");

function buildMqtt(
  values: OptionValues,
  { broker, resolvePath }: { readonly broker: BrokerAddress; readonly resolvePath: (path: string) => string },
): MqttConfig {
  return {
    url: brokerUrl(broker, { hasCertificate: hasCertificate(values) }),
    username: values.mqtt_username ?? broker.username,
    password: values.mqtt_password ?? broker.password,
    ...mqttSettings(values, resolvePath),
  };
}

/** All but the broker's address and login. */
function mqttSettings(
  values: OptionValues,
  resolvePath: (path: string) => string,
): Omit<MqttConfig, "url" | "username" | "password"> {
  return {
    topicPrefix: values.mqtt_topic_prefix,
    qos: values.mqtt_qos,
    retain: values.mqtt_retain,
    discovery: { enabled: values.mqtt_ha_discovery, prefix: values.mqtt_ha_discovery_prefix },
    tls: {
      caCert: resolved(values.mqtt_ca_cert, resolvePath),
      clientCert: resolved(values.mqtt_client_cert, resolvePath),
      clientKey: resolved(values.mqtt_client_key, resolvePath),
    },
    exportData: [...values.mqtt_export_data],
    stateClass: values.state_class,
  };
}

const resolved = (path: string | null, resolvePath: (path: string) => string): string | null =>
  path === null ? null : resolvePath(path);

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === "object" && part !== null) deepFreeze(part);
  return Object.freeze(value);
}
