import type { Text } from "../../../shared/language.ts";
import { texts } from "./texts.ts";

/** As the settings name them. */
export const accountKeys = ["client_id", "client_secret"] as const;
export const mqttKeys = ["mqtt_broker", "mqtt_username", "mqtt_password"] as const;
export const homeAssistantKeys = ["homeassistant_url", "homeassistant_token"] as const;

export type Key = (typeof accountKeys)[number] | (typeof mqttKeys)[number] | (typeof homeAssistantKeys)[number];
export type Draft = Partial<Readonly<Record<Key, string>>>;
export type Hop = "gateway" | "mqtt" | "homeassistant";

/** What was filled in, as the settings take it. */
export const changesOf = (draft: Draft): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(draft).flatMap(([key, value]) => (value.trim() === "" ? [] : [[key, value.trim()]])),
  );

/** The connections that a draft is about, each tried before anything is kept. */
export function hopsOf(draft: Draft): readonly Hop[] {
  const filled = changesOf(draft);
  const has = (keys: readonly Key[]): boolean => keys.some((key) => key in filled);
  return [
    "gateway",
    ...(has(mqttKeys) ? (["mqtt"] as const) : []),
    ...(has(homeAssistantKeys) ? (["homeassistant"] as const) : []),
  ];
}

const missingTexts: Readonly<Record<(typeof accountKeys)[number], Text>> = {
  client_id: texts.clientIdMissing,
  client_secret: texts.clientSecretMissing,
};

/** What cannot be done without and is still missing, with the sentence for its field. `given`: set already. */
export const missingOf = (draft: Draft, given: readonly string[]): Partial<Readonly<Record<Key, Text>>> =>
  Object.fromEntries(
    accountKeys
      .filter((key) => !given.includes(key) && !(key in changesOf(draft)))
      .map((key) => [key, missingTexts[key]]),
  );
