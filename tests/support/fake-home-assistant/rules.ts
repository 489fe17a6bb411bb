import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { sharedFile } from "../shared-files.ts";
import { isKeys, type Keys } from "./abbreviations.ts";

export const schemaPath = "contracts/mqtt-discovery.schema.json";

export interface Verdict {
  /** Faults for which the whole message is dropped. */
  readonly ofMessage: readonly string[];
  /** Faults for which one entity is refused, by component id. */
  readonly ofComponents: ReadonlyMap<string, readonly string[]>;
}

/** The contract's schema, with what Home Assistant drops without a word counted as a fault too. */
export function createRules(): (message: Keys) => Verdict {
  const file = sharedFile(schemaPath);
  if (!file) throw new Error(`The fake needs ${schemaPath} beside the checkout`);
  const schema = JSON.parse(readFileSync(file, "utf8"));
  const ajv = new Ajv2020({ strictTypes: false, allErrors: true });
  ajv.addSchema(schema);
  const validate = ajv.getSchema(`${schema.$id}#/$defs/noIgnoredKeys`);
  if (!validate) throw new Error("The schema has no definition noIgnoredKeys");
  return (message) => judge(validate, message);
}

function judge(validate: ValidateFunction, message: Keys): Verdict {
  const components = isKeys(message.components) ? message.components : {};
  const ofMessage = faults(validate, { ...message, components: {} });
  const ofComponents = new Map<string, readonly string[]>();
  for (const [id, component] of Object.entries(components)) {
    const found = faults(validate, { ...message, components: { [id]: component } }).filter(
      (fault) => !ofMessage.includes(fault),
    );
    if (isBare(component)) ofMessage.push(`${id}: no platform or no unique_id`);
    else if (found.length > 0) ofComponents.set(id, found);
  }
  return { ofMessage, ofComponents };
}

/** Without platform, or with more than the platform and no unique id, a component loses the whole message (2.3). */
const isBare = (component: unknown): boolean =>
  !isKeys(component) ||
  !["sensor", "binary_sensor", "button", "event"].includes(String(component.platform)) ||
  (Object.keys(component).length > 1 && typeof component.unique_id !== "string");

const faults = (validate: ValidateFunction, message: unknown): string[] =>
  validate(message) ? [] : (validate.errors ?? []).map(({ instancePath, message: text }) => `${instancePath} ${text}`);

/** Passes the platform's schema and fails while the entity is added, which blocks the device from then on (9.1). */
export function wedges({ platform, entity_category, device_class, unit_of_measurement }: Keys): boolean {
  const reads = platform === "sensor" || platform === "binary_sensor";
  return (
    (reads && entity_category === "config") ||
    (platform === "sensor" &&
      ["timestamp", "date", "enum"].includes(String(device_class)) &&
      unit_of_measurement != null)
  );
}
