import type { Option } from "./option.ts";
import { gatewayOptions } from "./options/gateway.ts";
import { generalOptions } from "./options/general.ts";
import { homeAssistantOptions } from "./options/home-assistant.ts";
import { jeedomOptions } from "./options/jeedom.ts";
import { mqttOptions } from "./options/mqtt.ts";
import { otherExportOptions } from "./options/other-exports.ts";
import { serverOptions } from "./options/server.ts";
import { tariffOptions } from "./options/tariff.ts";
import { victoriaMetricsOptions } from "./options/victoriametrics.ts";

/** Every option there is, under its key in the app's options file, in the order of the reference. */
export const options = {
  ...gatewayOptions,
  ...homeAssistantOptions,
  ...tariffOptions,
  ...mqttOptions,
  ...victoriaMetricsOptions,
  ...jeedomOptions,
  ...otherExportOptions,
  ...serverOptions,
  ...generalOptions,
} as const;

export type OptionKey = keyof typeof options;
export type OptionValues = {
  readonly [Key in OptionKey]: (typeof options)[Key] extends Option<infer T> ? T : never;
};

export const optionKeys = Object.keys(options) as readonly OptionKey[];
