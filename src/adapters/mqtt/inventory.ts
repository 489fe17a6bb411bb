/**
 * Every retained topic this installation published to its broker, so that what is no longer owned is cleared and
 * nothing else ever is. On discovery topics, the components announced: id to platform; null on all others.
 */
export interface TopicInventory {
  load(): Promise<ReadonlyMap<string, Readonly<Record<string, string>> | null>>;
  add(topic: string, components: Readonly<Record<string, string>> | null): Promise<void>;
  remove(topic: string): Promise<void>;
}
