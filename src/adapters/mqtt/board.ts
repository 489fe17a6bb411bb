import type { TopicInventory } from "./inventory.ts";
import type { Link } from "./link.ts";

type Components = Readonly<Record<string, string>>;

interface BoardState {
  /** What the broker holds by topic, as learnt or as published since. */
  readonly known: Map<string, string>;
  /** The inventory, as it is in the store. */
  readonly owned: Map<string, Components | null>;
}

/**
 * What one connection knows of its broker, and the only way anything is published over it. A topic is in the inventory
 * before its first message leaves and goes out of it after it is cleared, so that a crash in between loses none.
 */
export class Board {
  readonly link: Link;
  readonly #inventory: TopicInventory;
  readonly #known: Map<string, string>;
  readonly #owned: Map<string, Components | null>;
  readonly #qos: 0 | 1 | 2;

  constructor(
    link: Link,
    inventory: TopicInventory,
    { known, owned }: BoardState,
    { qos }: { readonly qos: 0 | 1 | 2 },
  ) {
    this.link = link;
    this.#inventory = inventory;
    this.#known = known;
    this.#owned = owned;
    this.#qos = qos;
  }

  get owned(): ReadonlyMap<string, Components | null> {
    return this.#owned;
  }

  /** Somebody else's word on a topic of ours: it is corrected with the next pass. */
  correct(topic: string, payload: string): void {
    this.#known.set(topic, payload);
  }

  /** Publishes unless the broker has exactly this already; with `again`, in any case. */
  async put(
    topic: string,
    payload: string,
    { retain, again }: { readonly retain: boolean; readonly again: boolean },
  ): Promise<void> {
    if (!again && this.#known.get(topic) === payload) return;
    if (!this.#owned.has(topic)) await this.own(topic, null);
    await this.link.publish(topic, payload, { qos: this.#qos, retain });
    this.#known.set(topic, payload);
  }

  async own(topic: string, components: Components | null): Promise<void> {
    await this.#inventory.add(topic, components);
    this.#owned.set(topic, components);
  }

  /** Takes a topic of the inventory off the broker. */
  async clear(topic: string): Promise<void> {
    if (!this.#owned.has(topic)) return;
    await this.link.publish(topic, "", { qos: this.#qos, retain: true });
    this.#known.delete(topic);
    await this.#inventory.remove(topic);
    this.#owned.delete(topic);
  }
}
