import type { Snapshot, UsagePointSnapshot } from "../../sync/snapshot.ts";
import type { DeviceMessage } from "./component.ts";
import {
  devicesFor,
  isIndexPublished,
  isMaxPowerPublished,
  isTariffPublished,
  publishedCosts,
  publishedPeriods,
} from "./devices.ts";
import { deviceMessage } from "./discovery.ts";
import { type Watched, watchedIn } from "./events.ts";
import { bridgePayload } from "./payloads/bridge.ts";
import { ecowattCurrentPayload, ecowattForecastPayload } from "./payloads/ecowatt.ts";
import { indexPayload, maxPowerPayload, meterPayload, periodPayload } from "./payloads/meter.ts";
import { costPayload, schedulePayload, tariffPayload } from "./payloads/tariff.ts";
import { tempoDayPayload, tempoNowPayload, tempoRemainingPayload } from "./payloads/tempo.ts";
import type { MessageSettings } from "./settings.ts";
import { discoveryTopic, type MeterTopics, type Topics, topicsUnder } from "./topics.ts";

/** Everything that should stand on the broker, by topic. The bridge's own status is its connection's business. */
export interface Messages {
  readonly discovery: ReadonlyMap<string, DeviceMessage>;
  /** `online` or `offline` for each source. */
  readonly availability: ReadonlyMap<string, string>;
  readonly states: ReadonlyMap<string, string>;
  /** Whose changes are told once, and never retained. */
  readonly watched: readonly Watched[];
}

/** What the snapshot says, spelled for MQTT: equal snapshots give equal texts. */
export function messagesFor(snapshot: Snapshot, settings: MessageSettings): Messages {
  const topics = topicsUnder(settings.topicPrefix);
  return {
    discovery: settings.discovery.enabled ? discoveryMessages(snapshot, topics, settings) : new Map(),
    availability: new Map(availabilities(snapshot, topics, settings)),
    states: new Map(states(snapshot, topics, settings).map(([topic, payload]) => [topic, JSON.stringify(payload)])),
    watched: watchedIn(snapshot, settings),
  };
}

const discoveryMessages = (snapshot: Snapshot, topics: Topics, settings: MessageSettings): Messages["discovery"] =>
  new Map(
    devicesFor(snapshot, topics, settings).map((device) => [
      discoveryTopic({ prefix: settings.discovery.prefix, scope: device.scope }),
      deviceMessage(device, snapshot.bridge.version, settings),
    ]),
  );

function availabilities(snapshot: Snapshot, topics: Topics, { exportData }: MessageSettings): [string, string][] {
  const word = (available: boolean): string => (available ? "online" : "offline");
  return [
    ...snapshot.usagePoints.map(({ id, available }): [string, string] => [topics.meter(id).status, word(available)]),
    ...(exportData.includes("tempo")
      ? [[topics.tempo.status, word(snapshot.tempo.available)] as [string, string]]
      : []),
    ...(exportData.includes("ecowatt")
      ? [[topics.ecowatt.status, word(snapshot.ecowatt.available)] as [string, string]]
      : []),
  ];
}

type State = readonly [topic: string, payload: object];

function states({ usagePoints, tempo, ecowatt, bridge }: Snapshot, topics: Topics, settings: MessageSettings): State[] {
  const { exportData } = settings;
  return [
    [topics.bridge.state, bridgePayload(bridge)],
    ...usagePoints.flatMap((point) => meterStates(point, topics, settings)),
    ...(exportData.includes("tempo")
      ? ([
          [topics.tempo.today, tempoDayPayload(tempo.today)],
          [topics.tempo.tomorrow, tempoDayPayload(tempo.tomorrow)],
          [topics.tempo.remaining, tempoRemainingPayload(tempo)],
          [topics.tempo.now, tempoNowPayload(tempo)],
        ] satisfies State[])
      : []),
    ...(exportData.includes("ecowatt")
      ? ([
          [topics.ecowatt.current, ecowattCurrentPayload(ecowatt)],
          [topics.ecowatt.forecast, ecowattForecastPayload(ecowatt)],
        ] satisfies State[])
      : []),
  ];
}

function meterStates(point: UsagePointSnapshot, topics: Topics, settings: MessageSettings): State[] {
  const own = topics.meter(point.id);
  const ofFlows = point.flows.flatMap((flow): State[] => [
    ...publishedPeriods(flow.flow, settings).map(
      (period): State => [own.period(flow.flow, period), periodPayload(point.id, flow, period)],
    ),
    ...(isIndexPublished(flow.flow, settings) ? [[own.index(flow.flow), indexPayload(point.id, flow)] as State] : []),
  ]);
  return [
    ...ofFlows,
    ...(isMaxPowerPublished(point, settings) ? [[own.maxPower, maxPowerPayload(point)] as State] : []),
    [own.state, meterPayload(point)],
    ...priceStates(point, own, settings),
  ];
}

function priceStates(point: UsagePointSnapshot, topics: MeterTopics, settings: MessageSettings): State[] {
  return [
    ...(isTariffPublished(point, settings)
      ? ([
          [topics.tariff.current, tariffPayload(point)],
          [topics.tariff.schedule, schedulePayload(point.tariff ?? { schedule: [] })],
        ] satisfies State[])
      : []),
    ...publishedCosts(point, settings).map(
      (period): State => [topics.cost(period), costPayload(point.id, point.costs, period)],
    ),
  ];
}
