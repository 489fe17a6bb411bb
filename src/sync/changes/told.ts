import type { Instant } from "../../domain/units.ts";
import type { MemoryStore } from "../store.ts";

/** What was last told of each fact, so that a restart repeats none and loses none. */
export interface ToldFacts {
  load(): Promise<ReadonlyMap<string, string>>;
  save(key: string, value: string, at: Instant): Promise<void>;
}

const prefix = "told:";

/** Among the tasks of the store: `askedAt` is when it was told, and nothing is ever retried. */
export const toldIn = (store: Pick<MemoryStore, "loadTasks" | "saveTask">): ToldFacts => ({
  async load() {
    const tasks = await store.loadTasks();
    return new Map(
      [...tasks.values()].flatMap(({ key, detail }) =>
        key.startsWith(prefix) ? [[key.slice(prefix.length), detail ?? ""] as const] : [],
      ),
    );
  },
  save: (key, value, at) =>
    store.saveTask({
      key: `${prefix}${key}`,
      askedAt: at,
      succeededAt: null,
      failures: 0,
      retryAt: null,
      detail: value,
    }),
});
