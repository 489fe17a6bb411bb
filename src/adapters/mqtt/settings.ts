import type { Language } from "../../shared/language.ts";

/** What of the snapshot is published; names as users know them from MyElectricalData's own client. */
export type PublishedData =
  | "consumption_daily"
  | "consumption_monthly"
  | "consumption_detail"
  | "production_daily"
  | "tempo"
  | "ecowatt";

/** What decides topics, payloads and announcements; nothing here is about the connection. */
export interface MessageSettings {
  readonly language: Language;
  /** Without slashes at its ends. */
  readonly topicPrefix: string;
  readonly discovery: { readonly enabled: boolean; readonly prefix: string };
  readonly qos: 0 | 1 | 2;
  readonly exportData: readonly PublishedData[];
  /** Whether daily, monthly and yearly totals carry a state_class; `auto` while no statistics are written elsewhere. */
  readonly stateClass: "auto" | "always" | "never";
  /** Whether statistics over Home Assistant's websocket are in use. */
  readonly statisticsInUse: boolean;
  /** Where help is found and where the bridge's own page is; http, https or homeassistant addresses. */
  readonly supportUrl: string | null;
  readonly configurationUrl: string | null;
}

/** @returns whether period totals are announced with `state_class: total` and a last reset. */
export const hasStateClass = ({ stateClass, statisticsInUse }: MessageSettings): boolean =>
  stateClass === "always" || (stateClass === "auto" && !statisticsInUse);
