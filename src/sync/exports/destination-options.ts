import type { Text } from "../../shared/language.ts";
import { destinationNames } from "./destination.ts";

/** Every destination that has settings, the primary ones included, by the name its options begin with. */
export const exportTypes = ["mqtt", "homeassistant", ...destinationNames] as const;
export type ExportType = (typeof exportTypes)[number];

/** The options of a destination that its API knows by a name of their own; absent: it has none. */
const shared = ["enabled", "interval", "export_data"] as const;

/** Options of one destination begin alike, but for those that another one's longer name begins with. */
export const isOptionOf = (type: ExportType, key: string): boolean =>
  key.startsWith(`${type}_`) &&
  !exportTypes.some((other) => other.length > type.length && other.startsWith(type) && key.startsWith(`${other}_`));

/** What a client wants of a destination; absent: as it is. */
export interface ConfigChange {
  readonly enabled?: boolean | null | undefined;
  readonly intervalMinutes?: number | null | undefined;
  readonly exportData?: readonly string[] | null | undefined;
  /** By the option's key, with or without the destination's name before it. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
}

/** The same as changes of options; a key that no option has is left to whoever knows the options. */
export function optionChanges(type: ExportType, change: ConfigChange): Record<string, unknown> {
  const { enabled, intervalMinutes, exportData, settings = {} } = change;
  const changes: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(settings)) changes[isOptionOf(type, key) ? key : `${type}_${key}`] = value;
  if (enabled !== undefined) changes[`${type}_enabled`] = enabled;
  if (intervalMinutes !== undefined) changes[`${type}_interval`] = intervalMinutes;
  if (exportData !== undefined) changes[`${type}_export_data`] = exportData;
  return changes;
}

/** The part of an option's key behind the destination's name, where it stands under a name of its own. */
export const sharedPart = (type: ExportType, key: string): (typeof shared)[number] | null =>
  shared.find((part) => key === `${type}_${part}`) ?? null;

export const unknownType = (type: string): Text => {
  const all = exportTypes.join(", ");
  const shown = type.length > 40 ? `${type.slice(0, 40)}…` : type;
  return {
    fr: `La destination « ${shown} » n'existe pas ; choisissez parmi ${all}.`,
    en: `There is no destination "${shown}"; choose among ${all}.`,
  };
};
