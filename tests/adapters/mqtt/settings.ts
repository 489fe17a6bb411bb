import type { MessageSettings } from "../../../src/adapters/mqtt/settings.ts";

export const settings = (changes: Partial<MessageSettings> = {}): MessageSettings => ({
  language: "fr",
  topicPrefix: "myelectricaldata",
  discovery: { enabled: true, prefix: "homeassistant" },
  qos: 1,
  exportData: [
    "consumption_daily",
    "consumption_monthly",
    "consumption_detail",
    "production_daily",
    "tempo",
    "ecowatt",
  ],
  stateClass: "auto",
  statisticsInUse: false,
  supportUrl: "https://example.org/linky-bridge",
  configurationUrl: null,
  ...changes,
});
