import type { Flow } from "../../domain/usage-point.ts";
import type { Text } from "../../shared/language.ts";
import type { Snapshot, UsagePointSnapshot } from "../../sync/snapshot.ts";
import { bridgeEntities } from "./entities/bridge.ts";
import { ecowattEntities } from "./entities/ecowatt.ts";
import type { Entity } from "./entities/entity.ts";
import { indexEntity, maxPowerEntity, periodEntity } from "./entities/meter.ts";
import { meterDiagnostics } from "./entities/meter-diagnostics.ts";
import { meterEvents, priceEvent } from "./entities/meter-events.ts";
import { costEntity, tariffEntities } from "./entities/tariff.ts";
import { tempoEntities } from "./entities/tempo.ts";
import type { MessageSettings } from "./settings.ts";
import { type CostPeriod, type MeterTopics, type Period, periods, type Topics } from "./topics.ts";

/** One device of Home Assistant and what it holds. */
export interface Device {
  /** A usage point, `tempo`, `ecowatt` or `bridge`; part of every id, never changes. */
  readonly scope: string;
  readonly name: Text;
  readonly manufacturer: string;
  readonly model: Text;
  /** Topics that must all say `online` for its entities to be available. */
  readonly statusTopics: readonly string[];
  readonly entities: readonly Entity[];
}

/** Which periods of a flow the chosen data cover. */
export function publishedPeriods(flow: Flow, { exportData }: MessageSettings): readonly Period[] {
  if (flow === "production") return exportData.includes("production_daily") ? periods : [];
  return [
    ...(exportData.includes("consumption_daily") ? (["daily", "yesterday"] as const) : []),
    ...(exportData.includes("consumption_monthly") ? (["monthly", "yearly"] as const) : []),
  ];
}

const isConsumed = ({ flows }: UsagePointSnapshot): boolean => flows.some(({ flow }) => flow === "consumption");

/** The index and the maximum power go with the daily values they come from. */
export const isIndexPublished = (flow: Flow, { exportData }: MessageSettings): boolean =>
  exportData.includes(`${flow}_daily`);

export const isMaxPowerPublished = (point: UsagePointSnapshot, { exportData }: MessageSettings): boolean =>
  isConsumed(point) && exportData.includes("consumption_daily");

/** Prices go with any of the consumption they are the price of. */
export const isTariffPublished = (point: UsagePointSnapshot, { exportData }: MessageSettings): boolean =>
  isConsumed(point) && exportData.some((data) => data.startsWith("consumption_"));

/** Costs go with the energy they are the cost of. */
export function publishedCosts(point: UsagePointSnapshot, { exportData }: MessageSettings): readonly CostPeriod[] {
  if (!isConsumed(point)) return [];
  return [
    ...(exportData.includes("consumption_daily") ? (["daily"] as const) : []),
    ...(exportData.includes("consumption_monthly") ? (["monthly", "yearly", "projected"] as const) : []),
  ];
}

/** Every device the snapshot and the settings call for, the bridge first. */
export function devicesFor({ usagePoints }: Snapshot, topics: Topics, settings: MessageSettings): readonly Device[] {
  const { exportData } = settings;
  return [
    bridgeDevice(topics),
    ...usagePoints.map((point) => meterDevice(point, topics, settings)),
    ...(exportData.includes("tempo") ? [tempoDevice(topics)] : []),
    ...(exportData.includes("ecowatt") ? [ecowattDevice(topics)] : []),
  ];
}

const bridgeDevice = (topics: Topics): Device => ({
  scope: "bridge",
  name: { fr: "Linky Bridge", en: "Linky Bridge" },
  manufacturer: "Linky Bridge",
  model: { fr: "Pont MQTT", en: "MQTT bridge" },
  statusTopics: [topics.status],
  entities: bridgeEntities(topics),
});

const tempoDevice = (topics: Topics): Device => ({
  scope: "tempo",
  name: { fr: "Tempo", en: "Tempo" },
  manufacturer: "RTE",
  model: { fr: "Calendrier Tempo", en: "Tempo calendar" },
  statusTopics: [topics.status, topics.tempo.status],
  entities: tempoEntities(topics),
});

const ecowattDevice = (topics: Topics): Device => ({
  scope: "ecowatt",
  name: { fr: "EcoWatt", en: "EcoWatt" },
  manufacturer: "RTE",
  model: { fr: "Signal EcoWatt", en: "EcoWatt signal" },
  statusTopics: [topics.status, topics.ecowatt.status],
  entities: ecowattEntities(topics),
});

function meterDevice(point: UsagePointSnapshot, topics: Topics, settings: MessageSettings): Device {
  const own = topics.meter(point.id);
  const name = `Linky ${point.name ?? point.id}`;
  return {
    scope: point.id,
    name: { fr: name, en: name },
    manufacturer: "Enedis",
    model: { fr: "Compteur Linky", en: "Linky meter" },
    statusTopics: [topics.status, own.status],
    entities: [
      ...meterEntities(point, own, settings),
      ...meterDiagnostics(own, topics),
      ...priceEntities(point, own, settings),
      ...meterEvents(own, topics),
    ],
  };
}

function meterEntities(point: UsagePointSnapshot, topics: MeterTopics, settings: MessageSettings): readonly Entity[] {
  const ofFlows = point.flows.flatMap(({ flow }) => [
    ...publishedPeriods(flow, settings).map((period) => periodEntity({ flow, period }, topics, settings)),
    ...(isIndexPublished(flow, settings) ? [indexEntity(flow, topics)] : []),
  ]);
  return [...ofFlows, ...(isMaxPowerPublished(point, settings) ? [maxPowerEntity(topics)] : [])];
}

function priceEntities(point: UsagePointSnapshot, topics: MeterTopics, settings: MessageSettings): readonly Entity[] {
  const isPublished = isTariffPublished(point, settings);
  return [
    ...(isPublished ? tariffEntities(topics) : []),
    ...publishedCosts(point, settings).map((period) => costEntity(period, topics, settings)),
    ...(isPublished ? [priceEvent(topics)] : []),
  ];
}
