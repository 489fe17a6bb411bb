import { connectAsync, type MqttClient } from "mqtt";
import { expanded, isKeys, type Keys } from "./abbreviations.ts";
import { FakeEntity } from "./entity.ts";
import { createRules, type Verdict, wedges } from "./rules.ts";

/**
 * Home Assistant's MQTT side on a real broker, as strict as the contract's section 7 asks: what it would ignore, warn
 * about or be blocked by is in `warnings`, so that a test can demand none.
 *
 * A component goes: announced → added (entity id fixed for ever by platform and unique id) → updated in place →
 * reduced to its platform (removed) or its topic emptied (device removed). Left out of a message, it stays.
 */
interface Registered {
  readonly entityId: string;
}

interface DeviceState {
  /** By component id. */
  readonly entities: Map<string, FakeEntity>;
  /** Component that failed while it was added: later messages stop at it (9.1). */
  pending: string | null;
}

/** Subscriptions of new entities are bundled and delayed: what is published meanwhile, unretained, is lost. */
const subscribeAfterMs = 30;

export class FakeHomeAssistant {
  readonly warnings: string[] = [];
  readonly illegalTopics: string[] = [];
  /** Discovery messages taken, in order. */
  readonly discoveries: string[] = [];
  readonly #prefix: string;
  readonly #url: string;
  readonly #judge: (message: Keys) => Verdict = createRules();
  /** By platform and unique id; survives restarts. */
  readonly #registry = new Map<string, Registered>();
  readonly #devices = new Map<string, DeviceState>();
  #client: MqttClient | null = null;

  private constructor(url: string, prefix: string) {
    this.#url = url;
    this.#prefix = prefix;
  }

  static async start(url: string, { prefix = "homeassistant" } = {}): Promise<FakeHomeAssistant> {
    const fake = new FakeHomeAssistant(url, prefix);
    await fake.#connect();
    return fake;
  }

  async #connect(): Promise<void> {
    const will = { topic: `${this.#prefix}/status`, payload: Buffer.from("offline"), qos: 0, retain: false } as const;
    const client = await connectAsync(this.#url, { protocolVersion: 4, reconnectPeriod: 50, resubscribe: true, will });
    this.#client = client;
    client.on("error", () => undefined);
    client.on("message", (topic, payload) => this.#receive(topic, payload.toString()));
    await client.subscribeAsync([`${this.#prefix}/+/+/config`, `${this.#prefix}/+/+/+/config`], { qos: 0 });
    await client.publishAsync(`${this.#prefix}/status`, "online", { qos: 0, retain: false });
  }

  /** States are forgotten, the registry is not; entities come back with their next discovery message. */
  async restart(): Promise<void> {
    await this.stop();
    this.#devices.clear();
    await this.#connect();
  }

  async stop(): Promise<void> {
    await this.#client?.publishAsync(`${this.#prefix}/status`, "offline", { qos: 0, retain: false });
    await this.#client?.endAsync();
  }

  get entities(): readonly FakeEntity[] {
    return [...this.#devices.values()].flatMap((device) => [...device.entities.values()]);
  }
  entity(entityId: string): FakeEntity | undefined {
    return this.entities.find((entity) => entity.entityId === entityId);
  }
  /** `undefined` when there is no such entity. */
  state(entityId: string): string | undefined {
    return this.entity(entityId)?.state;
  }
  /** What a button of that id does; nothing but the command topic is known of it. */
  async press(entityId: string): Promise<void> {
    const { command_topic: topic, payload_press = "PRESS" } = this.entity(entityId)?.config ?? {};
    if (typeof topic !== "string") throw new Error(`No button ${entityId}`);
    await this.#client?.publishAsync(topic, String(payload_press), { qos: 1, retain: false });
  }

  #receive(topic: string, payload: string): void {
    if (topic.startsWith(`${this.#prefix}/`) && topic.endsWith("/config")) this.#discover(topic, payload);
    else for (const entity of this.entities) if (entity.topics.includes(topic)) entity.receive(topic, payload);
  }

  #discover(topic: string, payload: string): void {
    const [, kind, , objectId] =
      /^(\w+)\/(?:([a-zA-Z0-9_-]+)\/)?([a-zA-Z0-9_-]+)\/config$/.exec(topic.slice(this.#prefix.length + 1)) ?? [];
    if (!objectId) this.illegalTopics.push(topic);
    // Single components are other programs': only device messages are played here.
    if (kind !== "device" || !objectId) return;
    this.discoveries.push(topic);
    if (payload === "") this.#removeDevice(topic);
    else this.#takeMessage(topic, payload);
  }

  #removeDevice(topic: string): void {
    for (const { config } of this.#devices.get(topic)?.entities.values() ?? [])
      this.#registry.delete(registryKey(config));
    this.#devices.delete(topic);
  }

  #takeMessage(topic: string, payload: string): void {
    const message = parsed(payload);
    if (!message) {
      this.#warn(`${topic}: unable to parse JSON`);
      return;
    }
    if (message.migrate_discovery === true && Object.keys(message).length === 1) {
      this.#devices.delete(topic);
      return;
    }
    const full = expanded(message);
    const { ofMessage, ofComponents } = this.#judge(full);
    if (ofMessage.length > 0) {
      this.#warn(`${topic}: invalid MQTT device discovery payload: ${ofMessage.join("; ")}`);
      return;
    }
    this.#takeComponents(topic, full, ofComponents);
  }

  #takeComponents(topic: string, message: Keys, refused: Verdict["ofComponents"]): void {
    const state = this.#devices.get(topic) ?? { entities: new Map(), pending: null };
    this.#devices.set(topic, state);
    const { device, origin, components, ...shared } = message;
    for (const [id, own] of Object.entries(isKeys(components) ? components : {})) {
      if (id === state.pending) {
        this.#warn(`${topic}: blocked at ${id}`);
        break;
      }
      if (isKeys(own)) this.#takeComponent(state, id, { own, shared, faults: refused.get(id) ?? [] });
      if (id === state.pending) break;
    }
    setTimeout(() => this.#subscribe(state), subscribeAfterMs);
  }

  #takeComponent(
    state: DeviceState,
    id: string,
    { own, shared, faults }: { readonly own: Keys; readonly shared: Keys; readonly faults: readonly string[] },
  ): void {
    const existing = state.entities.get(id);
    if (Object.keys(own).length === 1) {
      if (existing) this.#registry.delete(registryKey(existing.config));
      state.entities.delete(id);
      return;
    }
    const config = { ...shared, ...own };
    if (!existing && wedges(config)) {
      this.#warn(`${id}: error adding entity`);
      state.pending = id;
    } else if (faults.length > 0) this.#warn(`${id}: error when processing discovery message: ${faults.join("; ")}`);
    else if (existing) existing.config = config;
    else if (this.entities.some((other) => registryKey(other.config) === registryKey(config)))
      this.#warn(`${id}: unique id ${own.unique_id} is taken`);
    else state.entities.set(id, new FakeEntity(this.#entityIdOf(config), config, (text) => this.#warn(text)));
  }

  /** Fixed when the entity is first added; taken ids get a number. */
  #entityIdOf(config: Keys): string {
    const known = this.#registry.get(registryKey(config));
    if (known) return known.entityId;
    const taken = new Set([...this.#registry.values()].map(({ entityId }) => entityId));
    const wished = String(config.default_entity_id ?? `${config.platform}.unnamed_device`);
    let entityId = wished;
    for (let number = 2; taken.has(entityId); number++) entityId = `${wished}_${number}`;
    this.#registry.set(registryKey(config), { entityId });
    return entityId;
  }

  /** Subscribing again brings the retained message again, to those that were added since too. */
  #subscribe({ entities }: DeviceState): void {
    const topics = [...new Set([...entities.values()].flatMap((entity) => entity.topics))];
    if (topics.length > 0 && this.#client?.connected)
      void this.#client.subscribeAsync(topics, { qos: 0 }).catch(() => undefined);
  }

  #warn(text: string): void {
    this.warnings.push(text);
  }
}

const registryKey = ({ platform, unique_id }: Keys): string => `${platform} ${unique_id}`;

function parsed(payload: string): Keys | null {
  try {
    const value: unknown = JSON.parse(payload);
    return isKeys(value) ? value : null;
  } catch {
    return null;
  }
}
