import { isDeepStrictEqual } from "node:util";
import type { Language, Text } from "../../shared/language.ts";

/** One state of Home Assistant's state machine. */
export interface EntityState {
  /** The one that MQTT discovery wishes for: whoever changes over keeps automations and boards. */
  readonly entityId: string;
  readonly state: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** By this we know our own: no integration sets it, and an id alone may be anybody's. */
export const marker = { source: "linky_bridge" } as const;

export const isOurs = ({ attributes }: Pick<EntityState, "attributes">): boolean => attributes.source === marker.source;

export const isSame = (a: EntityState, b: EntityState): boolean =>
  a.state === b.state && isDeepStrictEqual({ ...a.attributes }, { ...b.attributes });

/** Null is not known, and never 0. */
export type Value = string | number | boolean | null;

export interface Described {
  readonly key: string;
  readonly name: Text;
  readonly value: Value;
  /** False: nobody keeps the value up to date. */
  readonly isAvailable?: boolean;
  readonly unit?: Text;
  readonly deviceClass?: string;
  readonly options?: readonly string[];
  /** Only of a value that grows: any other would be booked on the hour it arrives. */
  readonly stateClass?: "total";
  readonly icon?: string;
  /** What is null is left out. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** What the entities of one device share. */
export interface Scope {
  /** A usage point, `tempo` or `ecowatt`. */
  readonly id: string;
  /** Begins every shown name, because there is no device to stand under. */
  readonly name: string;
  readonly language: Language;
}

export const sensor = (scope: Scope, described: Described): EntityState => entity("sensor", scope, described);
/** `true` and `false` are `on` and `off`. */
export const binarySensor = (scope: Scope, described: Described): EntityState =>
  entity("binary_sensor", scope, described);

function entity(platform: "sensor" | "binary_sensor", scope: Scope, described: Described): EntityState {
  const { key, name, unit, deviceClass, options, stateClass, icon, more = {} } = described;
  const attributes = {
    ...marker,
    friendly_name: `${scope.name} ${name[scope.language]}`,
    unit_of_measurement: unit?.[scope.language],
    device_class: deviceClass,
    options,
    state_class: stateClass,
    icon,
    ...more,
  };
  return {
    entityId: `${platform}.med_${scope.id}_${key}`,
    state: stateText(described),
    attributes: Object.fromEntries(
      Object.entries(attributes).filter(([, value]) => value !== undefined && value !== null),
    ),
  };
}

/** A longer one is refused by Home Assistant. */
const longestState = 255;

function stateText({ key, value, isAvailable = true }: Described): string {
  if (!isAvailable) return "unavailable";
  if (value === null) return "unknown";
  const text = typeof value === "boolean" ? (value ? "on" : "off") : String(value);
  if (text.length > longestState) throw new RangeError(`A state of ${key} has ${text.length} characters`);
  return text;
}

export const symbol = (unit: string): Text => ({ fr: unit, en: unit });
