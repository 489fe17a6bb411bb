import type { Text } from "../../../shared/language.ts";
import type { ComponentKeys, Platform } from "../component.ts";

/** One entity before it is spelled for Home Assistant: everything but ids and the chosen language. */
export interface Entity {
  readonly platform: Platform;
  /** Never changes: unique id, component id and entity id are made of it. */
  readonly key: string;
  readonly name: Text;
  /** State topic; of a button, command topic. */
  readonly topic: string;
  /** When the entity reads `unknown`; null where it always has a value. */
  readonly unknownWhen: Text | null;
  readonly keys: Omit<
    ComponentKeys,
    "name" | "default_entity_id" | "state_topic" | "command_topic" | "unit_of_measurement"
  >;
  /** A unit that is a word is translated; symbols are the same in both languages. */
  readonly unit?: Text;
}

export const symbol = (unit: string): Text => ({ fr: unit, en: unit });

/** Of a JSON boolean the template makes `True` or `False`, and `None` of null, which Home Assistant shows as unknown. */
export const booleanPayloads = { payload_on: "True", payload_off: "False" } as const;
