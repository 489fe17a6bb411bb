import { localDate } from "../../domain/calendar.ts";
import { instant, type UsagePointId, usagePointId } from "../../domain/units.ts";
import { type Flow, flows } from "../../domain/usage-point.ts";
import type { Language, Text } from "../../shared/language.ts";
import type { FlowSnapshot, Snapshot } from "../../sync/snapshot.ts";
import { type Device, devicesFor } from "./devices.ts";
import { entityId } from "./discovery.ts";
import type { MessageSettings } from "./settings.ts";
import { topicsUnder } from "./topics.ts";

export interface EntityRow {
  readonly device: string;
  /** With `{pdl}` where the 14 digits of the meter stand. */
  readonly entityId: string;
  readonly name: string;
  readonly topic: string;
  readonly unit: string | null;
  /** Null where it always has a value. */
  readonly unknownWhen: string | null;
  readonly isEnabled: boolean;
  readonly isDiagnostic: boolean;
}

/** A meter that has everything; its digits become `{pdl}`. */
const everyMeter: UsagePointId = usagePointId("00000000000000");

/** Every entity there can be, in the order it is announced, with the default topic prefix. */
export function describeEntities(language: Language): readonly EntityRow[] {
  const settings: MessageSettings = {
    language,
    topicPrefix: "myelectricaldata",
    discovery: { enabled: true, prefix: "homeassistant" },
    qos: 1,
    exportData: ["consumption_daily", "consumption_monthly", "production_daily", "tempo", "ecowatt"],
    stateClass: "auto",
    statisticsInUse: false,
    supportUrl: null,
    configurationUrl: null,
  };
  return devicesFor(snapshotOfEverything, topicsUnder(settings.topicPrefix), settings).flatMap((device) =>
    rowsOf(device, language),
  );
}

function rowsOf(device: Device, language: Language): readonly EntityRow[] {
  return device.entities.map((entity) => ({
    device: general(device.name[language]),
    entityId: general(entityId(entity, device.scope)),
    name: entity.name[language],
    topic: general(entity.topic),
    unit: entity.unit?.[language] ?? null,
    unknownWhen: entity.unknownWhen?.[language] ?? null,
    isEnabled: entity.keys.enabled_by_default !== false,
    isDiagnostic: entity.keys.entity_category === "diagnostic",
  }));
}

const general = (text: string): string => text.replaceAll(everyMeter, "{pdl}");

const headings: Readonly<Record<"entity" | "name" | "topic" | "unit" | "unknown" | "disabled" | "always", Text>> = {
  entity: { fr: "Entité", en: "Entity" },
  name: { fr: "Nom", en: "Name" },
  topic: { fr: "Sujet MQTT", en: "MQTT topic" },
  unit: { fr: "Unité", en: "Unit" },
  unknown: { fr: "Inconnu", en: "Unknown" },
  disabled: { fr: "désactivée au départ", en: "disabled at first" },
  always: { fr: "jamais", en: "never" },
};

/** The reference of all entities as markdown: one table per device. */
export function entityReference(language: Language): string {
  const rows = describeEntities(language);
  const devices = [...new Set(rows.map(({ device }) => device))];
  const columns = [headings.entity, headings.name, headings.topic, headings.unit, headings.unknown];
  const head = `| ${columns.map((text) => text[language]).join(" | ")} |\n|${" --- |".repeat(columns.length)}`;
  return devices
    .map((device) => {
      const lines = rows.filter((row) => row.device === device).map((row) => line(row, language));
      return `## ${device}\n\n${head}\n${lines.join("\n")}\n`;
    })
    .join("\n");
}

function line(row: EntityRow, language: Language): string {
  const name = row.isEnabled ? row.name : `${row.name} (${headings.disabled[language]})`;
  const unknown = row.unknownWhen ?? headings.always[language];
  return `| \`${row.entityId}\` | ${name} | \`${row.topic}\` | ${row.unit ?? ""} | ${unknown} |`;
}

const emptyFlow = (flow: Flow): FlowSnapshot => ({
  flow,
  latest: null,
  yesterday: null,
  yesterdayDate: localDate("2026-01-01"),
  month: null,
  year: null,
  index: null,
});

/** Which entities there are does not depend on values. */
const snapshotOfEverything: Snapshot = {
  usagePoints: [
    {
      id: everyMeter,
      name: null,
      available: true,
      subscribedPowerKva: null,
      flows: flows.map(emptyFlow),
      tariff: null,
      costs: { latest: null, month: null, year: null, projection: null },
      maxPower: null,
      dataThrough: null,
      late: null,
      history: { knownDays: 0, wantedDays: 0, remainingCalls: 0 },
      problem: null,
    },
  ],
  tempo: {
    available: true,
    today: { date: localDate("2026-01-01"), color: null, announcedAt: null },
    tomorrow: { date: localDate("2026-01-02"), color: null, announcedAt: null },
    now: { period: null, offPeak: false, nextDayAt: instant(0), redSeason: true },
    season: "2025-2026",
    remaining: null,
    unknownPastDays: 0,
    changedAt: null,
  },
  ecowatt: { available: true, current: null, nextHour: null, forecast: [], alert: null, changedAt: null },
  bridge: { version: "", lastSyncAt: null, nextCallAt: null, budget: null, problems: [] },
};
