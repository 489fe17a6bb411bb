import type { Language } from "../../shared/language.ts";
import type { Component, DeviceMessage } from "./component.ts";
import type { Device } from "./devices.ts";
import type { Entity } from "./entities/entity.ts";
import type { MessageSettings } from "./settings.ts";

/** The discovery message of a device: full key names, each component with ids that stay the same for ever. */
export function deviceMessage(device: Device, version: string, settings: MessageSettings): DeviceMessage {
  const { language, supportUrl, configurationUrl } = settings;
  return {
    device: {
      identifiers: [`linky_bridge_${device.scope}`],
      name: device.name[language],
      manufacturer: device.manufacturer,
      model: device.model[language],
      sw_version: version,
      ...(configurationUrl === null ? {} : { configuration_url: configurationUrl }),
    },
    origin: {
      name: "linky-bridge",
      sw_version: version,
      ...(supportUrl === null ? {} : { support_url: supportUrl }),
    },
    qos: settings.qos,
    availability: device.statusTopics.map((topic) => ({ topic })),
    availability_mode: "all",
    components: Object.fromEntries(
      device.entities.map((entity) => [entity.key, component(entity, device.scope, language)]),
    ),
  };
}

/** The entity id asked for; Home Assistant and its user may choose another. */
export const entityId = ({ platform, key }: Entity, scope: string): string => `${platform}.med_${scope}_${key}`;

function component(entity: Entity, scope: string, language: Language): Component {
  return {
    platform: entity.platform,
    unique_id: `linky_bridge_${scope}_${entity.key}`,
    default_entity_id: entityId(entity, scope),
    name: entity.name[language],
    ...(entity.platform === "button" ? { command_topic: entity.topic } : { state_topic: entity.topic }),
    ...(entity.unit ? { unit_of_measurement: entity.unit[language] } : {}),
    ...entity.keys,
  };
}
