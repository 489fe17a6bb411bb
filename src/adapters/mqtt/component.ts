/** Availability topics carry `online` and `offline`, Home Assistant's own words. */
export interface AvailabilityItem {
  readonly topic: string;
}

/** The keys we use of those Home Assistant's MQTT integration reads, in its spelling. */
export interface ComponentKeys {
  readonly name: string;
  readonly default_entity_id: string;
  readonly enabled_by_default?: false;
  readonly entity_category?: "diagnostic";
  readonly icon?: string;
  readonly availability?: readonly AvailabilityItem[];
  readonly state_topic?: string;
  readonly value_template?: string;
  readonly json_attributes_topic?: string;
  readonly json_attributes_template?: string;
  readonly device_class?: string;
  readonly state_class?: "total";
  readonly last_reset_value_template?: string;
  readonly unit_of_measurement?: string;
  readonly suggested_display_precision?: number;
  readonly options?: readonly string[];
  readonly payload_on?: string;
  readonly payload_off?: string;
  readonly command_topic?: string;
  readonly event_types?: readonly string[];
}

export type Platform = "sensor" | "binary_sensor" | "button" | "event";

export interface Component extends ComponentKeys {
  readonly platform: Platform;
  readonly unique_id: string;
}

/** A component reduced to its platform asks Home Assistant to forget it. */
export interface RemovedComponent {
  readonly platform: string;
}

export interface DeviceMessage {
  readonly device: {
    readonly identifiers: readonly string[];
    readonly name: string;
    readonly manufacturer: string;
    readonly model: string;
    readonly sw_version: string;
    readonly configuration_url?: string;
  };
  readonly origin: { readonly name: string; readonly sw_version: string; readonly support_url?: string };
  readonly qos: 0 | 1 | 2;
  readonly availability: readonly AvailabilityItem[];
  readonly availability_mode: "all";
  readonly components: Readonly<Record<string, Component | RemovedComponent>>;
}
