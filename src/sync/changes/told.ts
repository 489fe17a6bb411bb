import type { Instant } from "../../domain/units.ts";
import type { MemoryStore, TaskClaimStore, TaskMemory } from "../store.ts";

/** A fact that is not as it was told. */
export interface Telling {
  readonly key: string;
  readonly value: string;
  /** As it was told; undefined where it is looked at for the first time, which is nothing to tell. */
  readonly former: string | undefined;
  readonly at: Instant;
}

/** What was last told of each fact, so that a restart repeats none and loses none. */
export interface ToldFacts {
  load(): Promise<ReadonlyMap<string, string>>;
  /**
   * Tells, and keeps it as told: a crash in between tells it twice, where the other order would lose it. False, and nothing
   * told, where another instance has told the fact meanwhile, or is telling it.
   */
  tell(telling: Telling, publish: () => Promise<void>): Promise<boolean>;
}

const prefix = "told:";

/** Among the tasks of the store: `askedAt` is when it was told, and nothing is ever retried. */
export const toldIn = (store: Pick<MemoryStore, "loadTasks" | "saveTask"> & TaskClaimStore): ToldFacts => ({
  async load() {
    const tasks = await store.loadTasks();
    return new Map(
      [...tasks.values()].flatMap(({ key, detail }) =>
        key.startsWith(prefix) ? [[key.slice(prefix.length), detail ?? ""] as const] : [],
      ),
    );
  },
  async tell(telling, publish) {
    if (telling.former !== undefined) return store.changeTask(taskOf(telling), telling.former, publish);
    await store.saveTask(taskOf(telling));
    return true;
  },
});

const taskOf = ({ key, value, at }: Telling): TaskMemory => ({
  key: `${prefix}${key}`,
  askedAt: at,
  succeededAt: null,
  failures: 0,
  retryAt: null,
  detail: value,
});
