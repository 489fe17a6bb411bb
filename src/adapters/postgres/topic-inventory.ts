import type postgres from "postgres";
import { jsonText } from "./arguments.ts";

/** What a discovery topic announces: component id to platform. */
export type Components = Readonly<Record<string, string>>;

/** Every retained topic published to one broker, so that what is no longer owned is cleared. */
export interface TopicInventory {
  /** By topic; null for topics that announce nothing. */
  load(): Promise<ReadonlyMap<string, Components | null>>;
  add(topic: string, components: Components | null): Promise<void>;
  remove(topic: string): Promise<void>;
}

/** `broker` tells brokers apart: the same one must always be given the same text. */
export function createTopicInventory(sql: postgres.Sql, broker: string): TopicInventory {
  return {
    async load() {
      const rows = await sql<{ topic: string; components: Components | null }[]>`
        select topic, components from mqtt_topic where broker = ${broker} order by topic`;
      return new Map(rows.map((row) => [row.topic, row.components]));
    },
    async add(topic, components) {
      const text = components === null ? null : jsonText(components);
      await sql`
        insert into mqtt_topic (broker, topic, components)
        select ${broker}, ${topic}, ${text}::text::jsonb
        where not exists (
          select from mqtt_topic
          where broker = ${broker} and topic = ${topic} and components is not distinct from ${text}::text::jsonb
        )
        on conflict (broker, topic) do update set components = excluded.components`;
    },
    async remove(topic) {
      await sql`delete from mqtt_topic where broker = ${broker} and topic = ${topic}`;
    },
  };
}
