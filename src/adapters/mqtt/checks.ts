import type { DeviceMessage } from "./component.ts";

/**
 * Home Assistant refuses a whole device for one unknown key, and a component that fails while it is added blocks its
 * device until a restart. So nothing is announced that this would find at fault.
 */
const rootKeys = ["device", "origin", "components", "qos", "availability", "availability_mode"];
const deviceKeys = ["identifiers", "name", "manufacturer", "model", "sw_version", "configuration_url"];
const originKeys = ["name", "sw_version", "support_url"];

const entityKeys = [
  "platform",
  "unique_id",
  "default_entity_id",
  "name",
  "enabled_by_default",
  "entity_category",
  "icon",
  "availability",
  "device_class",
  "json_attributes_topic",
  "json_attributes_template",
];
const platformKeys: Readonly<Record<string, { readonly required: string; readonly others: readonly string[] }>> = {
  sensor: {
    required: "state_topic",
    others: [
      "value_template",
      "state_class",
      "last_reset_value_template",
      "unit_of_measurement",
      "suggested_display_precision",
      "options",
    ],
  },
  binary_sensor: { required: "state_topic", others: ["value_template", "payload_on", "payload_off"] },
  button: { required: "command_topic", others: [] },
  event: { required: "state_topic", others: ["event_types"] },
};

interface ClassRule {
  /** Empty: no unit at all; a unit there makes every state fail. */
  readonly units: readonly string[];
  readonly stateClasses: readonly (string | undefined)[];
}
/** The device classes of sensors in use, with what Home Assistant allows beside them. */
const sensorClasses: Readonly<Record<string, ClassRule>> = {
  energy: { units: ["Wh", "kWh", "MWh"], stateClasses: [undefined, "total"] },
  monetary: { units: ["EUR"], stateClasses: [undefined, "total"] },
  apparent_power: { units: ["VA", "kVA"], stateClasses: [undefined] },
  timestamp: { units: [], stateClasses: [undefined] },
  enum: { units: [], stateClasses: [undefined] },
};

type Keys = Readonly<Record<string, unknown>>;

/** @returns what Home Assistant would refuse in the message; empty when nothing. */
export function faultsOf(message: DeviceMessage): readonly string[] {
  return [
    ...unknownKeys({ ...message }, rootKeys, "message"),
    ...unknownKeys({ ...message.device }, deviceKeys, "device"),
    ...unknownKeys({ ...message.origin }, originKeys, "origin"),
    ...urlFaults(message),
    ...(message.device.identifiers.length === 0 ? ["device: no identifier"] : []),
    ...Object.entries(message.components).flatMap(([id, component]) => componentFaults(id, { ...component })),
  ];
}

const unknownKeys = (part: Keys, known: readonly string[], where: string): string[] =>
  Object.keys(part)
    .filter((key) => !known.includes(key))
    .map((key) => `${where}: unknown key ${key}`);

const urlFaults = ({ device, origin }: DeviceMessage): string[] =>
  [device.configuration_url, origin.support_url]
    .filter((url) => url !== undefined && !/^(https?|homeassistant):\/\/[^/]/.test(url))
    .map((url) => `not an address: ${url}`);

function componentFaults(id: string, component: Keys): string[] {
  const platform = String(component.platform);
  const rule = platformKeys[platform];
  if (!rule) return [`${id}: unknown platform ${platform}`];
  if (Object.keys(component).length === 1) return [];
  return [
    ...(/^[a-zA-Z0-9_-]+$/.test(id) ? [] : [`${id}: not a component id`]),
    ...unknownKeys(component, [...entityKeys, rule.required, ...rule.others], id),
    ...["unique_id", rule.required].filter((key) => !component[key]).map((key) => `${id}: no ${key}`),
    ...topicFaults(id, component),
    ...commonFaults(id, platform, component),
    ...(platform === "sensor" ? sensorFaults(id, component) : []),
    ...(platform === "event" ? eventFaults(id, component) : []),
  ];
}

const topicFaults = (id: string, component: Keys): string[] =>
  ["state_topic", "command_topic", "json_attributes_topic"]
    .map((key) => component[key])
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what MQTT forbids in a topic
    .filter((topic) => topic !== undefined && !/^[^+#\u0000-\u001f\u007f-\u009f]+$/.test(String(topic)))
    .map((topic) => `${id}: not a topic: ${topic}`);

function commonFaults(id: string, platform: string, component: Keys): string[] {
  const { entity_category: category, icon, default_entity_id: wished } = component;
  return [
    ...(category === undefined || category === "diagnostic" ? [] : [`${id}: category ${category} is never added`]),
    ...(icon === undefined || String(icon).includes(":") ? [] : [`${id}: icon without a colon`]),
    ...(/^[a-z_]+\.[a-z0-9_]+$/.test(String(wished)) && String(wished).startsWith(`${platform}.`)
      ? []
      : [`${id}: not an entity id of ${platform}: ${wished}`]),
  ];
}

/** Without types the whole entity is refused; its class may not be given as null. */
const eventFaults = (id: string, { event_types: types }: Keys): string[] =>
  Array.isArray(types) && types.length > 0 ? [] : [`${id}: no event type`];

function sensorFaults(id: string, component: Keys): string[] {
  const { device_class: name, unit_of_measurement: unit, state_class: stateClass, options } = component;
  const faults: string[] = [];
  if (name !== undefined) {
    const rule = sensorClasses[String(name)];
    if (!rule) return [`${id}: unknown device class ${name}`];
    const isUnitAllowed = rule.units.length === 0 ? unit === undefined : rule.units.includes(String(unit));
    if (!isUnitAllowed) faults.push(`${id}: unit ${unit} with class ${name}`);
    if (!rule.stateClasses.some((allowed) => allowed === stateClass))
      faults.push(`${id}: state class ${stateClass} with class ${name}`);
  }
  if ((options !== undefined) !== (name === "enum")) faults.push(`${id}: options and class enum go together`);
  if (component.last_reset_value_template !== undefined && stateClass !== "total")
    faults.push(`${id}: a last reset without state class total`);
  return faults;
}
