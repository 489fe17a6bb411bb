import { type ExportKind, exportKindTexts } from "../../domain/export-kind.ts";
import type { Instant } from "../../domain/units.ts";
import type { Text } from "../../shared/language.ts";
import type { DestinationName, RunningExport } from "../exports/destination.ts";
import type { ExportFeeder } from "../exports/feeder.ts";
import { type ExportFate, exportFate, latest } from "../exports/outcome.ts";
import { destinationTitles } from "../exports/words.ts";
import { statisticsTask } from "../statistics/outcome.ts";
import type { StatisticsDeps } from "../statistics/run.ts";
import { statisticsProblems } from "../statistics/trouble.ts";
import type { Store } from "../store.ts";

/**
 * | state | a destination |
 * |---|---|
 * | off | is not set |
 * | waiting | has not been spoken to yet |
 * | up | took what it was last brought |
 * | down | is in the way, for the reason told |
 */
export type ExportState = "off" | "waiting" | "up" | "down";

/** How a destination fares. */
export interface ExportStatus {
  readonly state: ExportState;
  /** The last success that is remembered. */
  readonly lastSuccessAt: Instant | null;
  readonly problem: { readonly since: Instant | null; readonly text: Text } | null;
}

/** Where what is stored is brought to. */
export interface ExportPort {
  /** Stable, for programs. */
  readonly destination: string;
  readonly name: Text;
  /** Without credentials; null where it is off. */
  readonly address: string | null;
  /** What it is brought. */
  readonly fedWith: readonly Text[];
  status(): Promise<ExportStatus>;
  /** Brings now what it lacks, and says how that went; null where it is off. */
  readonly run: (() => Promise<ExportOutcome>) | null;
  /** When the next run begins by itself; null where it does as soon as a value changes, and where none is planned. */
  readonly nextAt: Instant | null;
  /** How far the run is that is on its way; null while there is none, absent where nobody can tell. */
  readonly running?: RunningExport | null;
}

/** How a run that was asked for went. */
export interface ExportOutcome {
  readonly status: "success" | "partial" | "failed";
  /** What was brought; null where nobody counts. */
  readonly records: number | null;
  readonly problem: Text | null;
}

const off: ExportStatus = { state: "off", lastSuccessAt: null, problem: null };

/** What is known of a broker: `since` it is connected or not. */
export interface BrokerStatus {
  readonly connected: boolean;
  readonly since: Instant | null;
  readonly problem: Text | null;
}

/** The kinds of data over MQTT, by their name in the option. */
const kindTexts: Readonly<Record<string, Text>> = {
  consumption_daily: { fr: "consommation du jour", en: "daily consumption" },
  consumption_monthly: { fr: "consommation du mois et de l'année", en: "monthly and yearly consumption" },
  consumption_detail: { fr: "index et puissance maximale", en: "index and highest power" },
  production_daily: { fr: "production du jour", en: "daily production" },
  tempo: { fr: "couleurs Tempo", en: "Tempo colours" },
  ecowatt: { fr: "signaux EcoWatt", en: "EcoWatt signals" },
};

/** @param broker null where none is set. */
export const mqttExport = (
  broker: {
    readonly url: string;
    readonly kinds: readonly string[];
    readonly status: () => BrokerStatus;
    readonly republish: () => Promise<void>;
  } | null,
): ExportPort => ({
  destination: "mqtt",
  name: { fr: "MQTT (entités de Home Assistant)", en: "MQTT (entities of Home Assistant)" },
  address: broker?.url ?? null,
  fedWith: (broker?.kinds ?? []).map((kind) => kindTexts[kind] ?? { fr: kind, en: kind }),
  status: async () => (broker === null ? off : ofBroker(broker.status())),
  run:
    broker &&
    (async () => {
      await broker.republish();
      return outcomeOf(ofBroker(broker.status()));
    }),
  nextAt: null,
});

/** Where nothing is counted, the state afterwards tells how it went. */
const outcomeOf = ({ state, problem }: ExportStatus): ExportOutcome =>
  state === "up"
    ? { status: "success", records: null, problem: null }
    : { status: "failed", records: null, problem: problem?.text ?? notYet };

const notYet: Text = {
  fr: "La destination n'a pas encore répondu ; l'envoi part de lui-même dès qu'elle répond.",
  en: "The destination has not answered yet; all goes by itself as soon as it does.",
};

/** All that is retained is published again on each connection: since then the broker has it. */
function ofBroker({ connected, since, problem }: BrokerStatus): ExportStatus {
  if (connected) return { state: "up", lastSuccessAt: since, problem: null };
  if (problem === null) return { ...off, state: "waiting" };
  return { state: "down", lastSuccessAt: null, problem: { since, text: problem } };
}

/** @param statistics null where no Home Assistant is set. */
export const homeAssistantExport = (
  statistics: (Pick<StatisticsDeps, "homeAssistant"> & { readonly runNow: (() => Promise<void>) | null }) | null,
  store: Pick<Store, "loadTasks">,
): ExportPort => ({
  destination: "homeassistant",
  name: { fr: "Statistiques de Home Assistant", en: "Statistics of Home Assistant" },
  address: statistics?.homeAssistant.url ?? null,
  fedWith:
    statistics === null
      ? []
      : [
          { fr: "énergie par heure et par période", en: "energy by hour and period" },
          { fr: "coût par heure et par période", en: "cost by hour and period" },
        ],
  status: async () => (statistics === null ? off : ofStatistics(await store.loadTasks())),
  run: runOf(statistics?.runNow ?? null, store),
  nextAt: null,
});

const runOf = (runNow: (() => Promise<void>) | null, store: Pick<Store, "loadTasks">): ExportPort["run"] =>
  runNow &&
  (async () => {
    await runNow();
    return outcomeOf(ofStatistics(await store.loadTasks()));
  });

/** @param feeder null where the destination is not set. */
export const secondaryExport = (
  name: DestinationName,
  feeder: Pick<ExportFeeder, "destination" | "runNow" | "nextAt" | "running" | "succeededAt"> | null,
  { store, kinds }: { readonly store: Pick<Store, "loadTasks">; readonly kinds: readonly ExportKind[] },
): ExportPort => ({
  destination: name,
  name: destinationTitles[name],
  address: feeder?.destination.address ?? null,
  fedWith: feeder === null ? [] : kinds.map((kind) => exportKindTexts[kind]),
  status: async () =>
    feeder === null ? off : ofDestination(exportFate(await store.loadTasks(), name), feeder.succeededAt),
  run: feeder && (async () => (await feeder.runNow()) ?? busyElsewhere),
  get nextAt() {
    return feeder?.nextAt ?? null;
  },
  get running() {
    return feeder?.running ?? null;
  },
});

/** @param succeededAt of this process: the store is not told of each run that finds nothing to bring. */
function ofDestination(fate: ExportFate | null, succeededAt: Instant | null): ExportStatus {
  if (fate === null) return { ...off, state: "waiting" };
  const { trouble } = fate;
  const lastSuccessAt = latest(fate.succeededAt, succeededAt);
  if (trouble === null) return { state: "up", lastSuccessAt, problem: null };
  return { state: "down", lastSuccessAt, problem: { since: trouble.since, text: trouble.text } };
}

const busyElsewhere: ExportOutcome = {
  status: "failed",
  records: 0,
  problem: {
    fr: "Un autre processus exporte déjà vers cette destination ; attendez qu'il ait fini.",
    en: "Another process is exporting to this destination already; wait until it has ended.",
  },
};

function ofStatistics(tasks: Awaited<ReturnType<Store["loadTasks"]>>): ExportStatus {
  const task = tasks.get(statisticsTask);
  if (task === undefined) return { ...off, state: "waiting" };
  const { failures, succeededAt, askedAt } = task;
  if (failures === 0) return { state: "up", lastSuccessAt: succeededAt, problem: null };
  const problem = statisticsProblems(tasks, "fr").find(({ code }) => code.startsWith("home_assistant_"));
  const text = problem?.text ?? firstFailure;
  return { state: "down", lastSuccessAt: succeededAt, problem: { since: askedAt, text } };
}

/** A single failure is told once its repetition has failed too. */
const firstFailure: Text = {
  fr: "Le dernier essai a échoué ; il est refait dans un instant.",
  en: "The last attempt failed; it is repeated in a moment.",
};
