import { createStatesDestination } from "./adapters/home-assistant-states/states.ts";
import { createJeedomExporter } from "./adapters/jeedom/exporter.ts";
import { createVictoriaMetrics } from "./adapters/victoria-metrics/victoria-metrics.ts";
import type { Config, DestinationConfig } from "./config/config.ts";
import { minuteMs } from "./domain/units.ts";
import type { Clock } from "./shared/clock.ts";
import type { Logger } from "./shared/log.ts";
import type { Finding } from "./sync/checks/finding.ts";
import { fails } from "./sync/checks/finding.ts";
import {
  type Destination,
  type DestinationName,
  destinationNames,
  type ExportRun,
} from "./sync/exports/destination.ts";
import type { Exporter } from "./sync/exports/exporter.ts";
import { ExportFeeder } from "./sync/exports/feeder.ts";
import type { ExportConfigRow, ExportMemory } from "./sync/exports/memory.ts";
import type { ExportKind, ExportReader } from "./sync/exports/series.ts";
import { seriesDestination } from "./sync/exports/series-destination.ts";
import { trialFindings } from "./sync/exports/trial.ts";
import { destinationTitles } from "./sync/exports/words.ts";
import type { MemoryStore } from "./sync/store.ts";

export interface DestinationParts {
  readonly config: Config;
  readonly log: Logger;
  readonly clock: Clock;
}

/** How a destination is set; null where it is not, or is switched off. */
export function destinationConfig({ exports }: Config, name: DestinationName): DestinationConfig<ExportKind> | null {
  switch (name) {
    case "victoriametrics":
      return exports.victoriaMetrics;
    case "jeedom":
      return exports.jeedom;
    case "homeassistant_states":
      return exports.states;
  }
}

export const wantedDestinations = (config: Config): readonly DestinationName[] =>
  destinationNames.filter((name) => destinationConfig(config, name) !== null);

const loggerOf = (name: DestinationName, log: Logger): Logger => log.child({ component: name });

/** The adapter of a destination that is brought dated series; null where it is not set. */
function buildExporter(
  name: Exclude<DestinationName, "homeassistant_states">,
  { config, clock, log }: DestinationParts,
): { readonly exporter: Exporter; readonly address: string } | null {
  const own = { clock, log: loggerOf(name, log) };
  if (name === "victoriametrics") {
    const settings = config.exports.victoriaMetrics;
    return settings && { exporter: createVictoriaMetrics({ ...settings, ...own }), address: settings.writeUrl };
  }
  const settings = config.exports.jeedom;
  if (settings === null) return null;
  const { url, apiKey, timeZone, unit, detailDays: historyDays } = settings;
  return {
    exporter: createJeedomExporter({ url, apiKey, timeZone, unit, historyDays, language: config.language, ...own }),
    address: url,
  };
}

function buildStates({ config, log }: DestinationParts): Destination | null {
  const settings = config.exports.states;
  if (settings === null) return null;
  const { apiUrl, token, viaSupervisor, exportData } = settings;
  return createStatesDestination({
    baseUrl: apiUrl,
    token,
    viaSupervisor,
    language: config.language,
    kinds: exportData,
    log: loggerOf("homeassistant_states", log),
  });
}

/** Every destination that is set. */
export function buildDestinations(
  parts: DestinationParts & { readonly reader: ExportReader; readonly memory: ExportMemory },
): readonly Destination[] {
  const { config, clock, reader, memory, log } = parts;
  return wantedDestinations(config).flatMap((name) => {
    if (name === "homeassistant_states") return buildStates(parts) ?? [];
    const [built, settings] = [buildExporter(name, parts), destinationConfig(config, name)];
    if (built === null || settings === null) return [];
    const kinds = settings.exportData;
    const title = destinationTitles[name];
    return seriesDestination({ name, title, ...built, kinds, reader, memory, clock, log: loggerOf(name, log) });
  });
}

export interface FeederParts extends DestinationParts {
  readonly memory: ExportMemory;
  readonly store: MemoryStore;
  readonly holder: string;
  readonly onRun?: (name: DestinationName, run: ExportRun) => void;
}

export function buildFeeder(destination: Destination, parts: FeederParts): ExportFeeder {
  const { config, memory, store, clock, log, holder, onRun } = parts;
  const { name } = destination;
  return new ExportFeeder({
    destination,
    memory,
    store,
    clock,
    holder,
    log: loggerOf(name, log),
    language: config.language,
    intervalMs: (destinationConfig(config, name)?.intervalMinutes ?? 60) * minuteMs,
    ...(onRun ? { onRun: (run) => onRun(name, run) } : {}),
  });
}

/** The secondary destinations that are set. */
export interface ExportParts {
  readonly memory: ExportMemory;
  readonly destinations: readonly Destination[];
  /** Of each of them, where they are fed. */
  readonly feeders: readonly ExportFeeder[];
  /** Each is brought what it lacks with the next pass, whatever its interval. */
  readonly hasten: () => void;
}

/** @param isFed whether they are fed after each pass; a command only looks, or runs one itself. */
export function buildExports(parts: FeederParts & { readonly reader: ExportReader }, isFed: boolean): ExportParts {
  const destinations = buildDestinations(parts);
  const feeders = isFed ? destinations.map((destination) => buildFeeder(destination, parts)) : [];
  return {
    memory: parts.memory,
    destinations,
    feeders,
    hasten() {
      for (const feeder of feeders) feeder.hasten();
    },
  };
}

/** Tries a destination with a config that need not be the one in force. */
export async function destinationFindings(
  name: DestinationName,
  parts: DestinationParts,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  // What is at fault with an address is said when the adapter is built.
  const test = async (): Promise<readonly Finding[]> => {
    const tried = name === "homeassistant_states" ? buildStates(parts) : (buildExporter(name, parts)?.exporter ?? null);
    return tried === null ? [notSet(name)] : tried.test(signal);
  };
  return trialFindings({ test }, signal);
}

const notSet = (name: DestinationName): Finding => {
  const { fr, en } = destinationTitles[name];
  const first = name === "homeassistant_states" ? `${name}_enabled` : `${name}_url`;
  return fails(
    `${fr} : cette destination n'est pas réglée ou elle est éteinte ; commencez par ${first}.`,
    `${en}: this destination is not set up or switched off; begin with ${first}.`,
  );
};

/** How the destinations are set, for whoever looks with psql: nothing secret. */
export const configRows = (config: Config): readonly ExportConfigRow[] =>
  destinationNames.map((destination) => {
    const settings = destinationConfig(config, destination);
    const { intervalMinutes = 60, exportData = [], ...rest } = settings ?? {};
    return {
      destination,
      enabled: settings !== null,
      intervalMinutes,
      exportData,
      settings: withoutSecrets(rest),
    };
  });

/** Everything that is or may hold a secret is left out: what is shown is listed, not what is hidden. */
const shown = [
  "writeUrl",
  "readUrl",
  "deleteUrl",
  "labels",
  "metricNames",
  "tempoColors",
  "corrections",
  "url",
  "timeZone",
  "unit",
  "detailDays",
  "apiUrl",
  "viaSupervisor",
];
const withoutSecrets = (settings: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(settings).filter(([key]) => shown.includes(key)));
