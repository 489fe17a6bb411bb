/** Short forms that Home Assistant expands before it validates (contract 2.2); ours are written in full. */
const ofMessage: Readonly<Record<string, string>> = {
  dev: "device",
  o: "origin",
  cmps: "components",
  p: "platform",
  uniq_id: "unique_id",
  stat_t: "state_topic",
  cmd_t: "command_topic",
  unit_of_meas: "unit_of_measurement",
  dev_cla: "device_class",
  stat_cla: "state_class",
  val_tpl: "value_template",
  avty: "availability",
  ent_cat: "entity_category",
  json_attr_t: "json_attributes_topic",
  exp_aft: "expire_after",
};
const ofDevice: Readonly<Record<string, string>> = {
  ids: "identifiers",
  cns: "connections",
  mf: "manufacturer",
  mdl: "model",
  hw: "hw_version",
  sw: "sw_version",
  sn: "serial_number",
  sa: "suggested_area",
  cu: "configuration_url",
};
const ofOrigin: Readonly<Record<string, string>> = { sw: "sw_version", url: "support_url" };

export type Keys = Readonly<Record<string, unknown>>;

export const isKeys = (value: unknown): value is Keys =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const renamed = (part: Keys, names: Readonly<Record<string, string>>): Keys =>
  Object.fromEntries(Object.entries(part).map(([key, value]) => [names[key] ?? key, value]));

/** The message with full key names. */
export function expanded(message: Keys): Keys {
  const { device, origin, components, ...rest } = renamed(message, ofMessage);
  return {
    ...rest,
    ...(device === undefined ? {} : { device: isKeys(device) ? renamed(device, ofDevice) : device }),
    ...(origin === undefined ? {} : { origin: isKeys(origin) ? renamed(origin, ofOrigin) : origin }),
    ...(components === undefined ? {} : { components: isKeys(components) ? everyOne(components) : components }),
  };
}

const everyOne = (components: Keys): Keys =>
  Object.fromEntries(Object.entries(components).map(([id, one]) => [id, isKeys(one) ? renamed(one, ofMessage) : one]));
