import { isKeys, type Keys } from "./abbreviations.ts";
import { render } from "./template.ts";

/** Home Assistant keeps these to itself, whatever the attributes say (contract 2.7). */
const blockedAttributes = [
  "device_class",
  "unit_of_measurement",
  "state_class",
  "last_reset",
  "icon",
  "friendly_name",
  "entity_picture",
  "assumed_state",
  "supported_features",
];
const numericClasses = ["energy", "power", "apparent_power", "monetary", "duration"];

/** One discovered entity: what a payload does to its state, by section 2.7 of the contract. */
export class FakeEntity {
  readonly entityId: string;
  config: Keys;
  attributes: Keys = {};
  lastReset: string | null = null;
  /** What an event entity was told, in order. */
  readonly events: Keys[] = [];
  /** What was booked by growth at arrival, for sensors with a state class (3.2). */
  booked: number[] = [];
  #state: string | null = null;
  readonly #availability = new Map<string, boolean>();
  readonly #warn: (text: string) => void;

  constructor(entityId: string, config: Keys, warn: (text: string) => void) {
    this.entityId = entityId;
    this.config = config;
    this.#warn = (text) => warn(`${entityId}: ${text}`);
  }

  get topics(): readonly string[] {
    return [
      ...this.availabilityTopics,
      ...[this.config.state_topic, this.config.json_attributes_topic].filter((topic) => typeof topic === "string"),
    ];
  }
  get availabilityTopics(): readonly string[] {
    const { availability, availability_topic } = this.config;
    const items = Array.isArray(availability) ? availability : availability ? [availability] : [];
    return [
      ...items.filter(isKeys).map(({ topic }) => String(topic)),
      ...(typeof availability_topic === "string" ? [availability_topic] : []),
    ];
  }
  get isAvailable(): boolean {
    const said = this.availabilityTopics.map((topic) => this.#availability.get(topic) ?? false);
    return this.config.availability_mode === "any" ? said.some(Boolean) || said.length === 0 : said.every(Boolean);
  }
  /** `unavailable`, `unknown` or the value, as its user reads it. */
  get state(): string {
    return this.isAvailable ? (this.#state ?? "unknown") : "unavailable";
  }
  get isNumeric(): boolean {
    const { unit_of_measurement, state_class, suggested_display_precision, device_class } = this.config;
    return (
      [unit_of_measurement, state_class, suggested_display_precision].some((key) => key != null) ||
      numericClasses.includes(String(device_class))
    );
  }

  forget(): void {
    this.#state = null;
    this.attributes = {};
    this.#availability.clear();
  }

  receive(topic: string, payload: string): void {
    if (this.availabilityTopics.includes(topic)) this.#availability.set(topic, payload === "online");
    if (topic === this.config.json_attributes_topic) this.#takeAttributes(payload);
    if (topic !== this.config.state_topic) return;
    if (this.config.platform === "event") {
      this.#takeEvent(payload);
      return;
    }
    this.#takeLastReset(payload);
    const text = this.#rendered(this.config.value_template, payload);
    if (text === null) return;
    if (this.config.platform === "binary_sensor") this.#takeBinary(text);
    else this.#takeSensor(text);
  }

  #rendered(template: unknown, payload: string): string | null {
    try {
      const { text, missing } = render(typeof template === "string" ? template : undefined, payload);
      if (missing.length > 0) this.#warn(`template reads what is not there: ${missing.join(", ")}`);
      return text;
    } catch (error) {
      this.#warn(String(error));
      return null;
    }
  }

  #takeEvent(payload: string): void {
    const { event_types: types } = this.config;
    const parsed: unknown = JSON.parse(payload);
    if (!isKeys(parsed) || !Array.isArray(types) || !types.includes(parsed.event_type))
      this.#warn(`no event of its types: ${payload}`);
    else this.events.push(parsed);
  }

  #takeBinary(text: string): void {
    const { payload_on = "ON", payload_off = "OFF" } = this.config;
    if (text === payload_on) this.#state = "on";
    else if (text === payload_off) this.#state = "off";
    else if (text === "None") this.#state = null;
    else if (text !== "") this.#warn(`payload ${text} is neither on nor off`);
  }

  #takeSensor(text: string): void {
    const { device_class, options } = this.config;
    if (text === "None") this.#state = null;
    else if (device_class === "enum") {
      if (Array.isArray(options) && !options.includes(text)) this.#warn(`"${text}" is not an option`);
      else this.#state = text;
    } else if (device_class === "timestamp") this.#takeTimestamp(text);
    else if (this.isNumeric) this.#takeNumber(text);
    else if (text.length > 255) {
      this.#warn("state longer than 255 characters");
      this.#state = null;
    } else this.#state = text;
  }

  #takeTimestamp(text: string): void {
    if (!/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text)) this.#warn(`timestamp without offset: ${text}`);
    else if (Number.isNaN(Date.parse(text))) {
      this.#warn(`not a timestamp: ${text}`);
      this.#state = null;
    } else this.#state = text;
  }

  #takeNumber(text: string): void {
    if (text === "") return;
    if (Number.isNaN(Number(text))) {
      this.#warn(`not a number: ${text}`);
      return;
    }
    if (this.config.state_class && this.#state !== null) this.booked.push(Number(text) - Number(this.#state));
    this.#state = text;
  }

  #takeLastReset(payload: string): void {
    if (this.config.last_reset_value_template === undefined) return;
    const text = this.#rendered(this.config.last_reset_value_template, payload);
    if (!text) return;
    if (Number.isNaN(Date.parse(text))) this.#warn(`invalid last_reset ${text}`);
    else this.lastReset = text;
  }

  #takeAttributes(payload: string): void {
    const text = this.#rendered(this.config.json_attributes_template, payload);
    if (text === null) return;
    const parsed: unknown = JSON.parse(text);
    if (!isKeys(parsed)) {
      this.#warn("attributes are not an object");
      return;
    }
    const blocked = Object.keys(parsed).filter((key) => blockedAttributes.includes(key));
    if (blocked.length > 0) this.#warn(`blocked attributes: ${blocked.join(", ")}`);
    if (Buffer.byteLength(text) > 16_384) this.#warn("attributes too large to record");
    this.attributes = Object.fromEntries(Object.entries(parsed).filter(([key]) => !blocked.includes(key)));
  }
}
