import type { TopicInventory } from "../../src/adapters/mqtt/inventory.ts";

/** The inventory without a database; `topics` is what it holds, for tests to look at or to begin with. */
export function memoryInventory(
  topics: Map<string, Readonly<Record<string, string>> | null> = new Map(),
): TopicInventory & { readonly topics: typeof topics } {
  return {
    topics,
    load: async () => new Map(topics),
    async add(topic, components) {
      topics.set(topic, components);
    },
    async remove(topic) {
      topics.delete(topic);
    },
  };
}
