import type { Instant } from "../../domain/units.ts";
import type { Text } from "../../shared/language.ts";
import { isProblemCode, problemText } from "../problems.ts";
import { statisticsTask } from "../statistics/outcome.ts";
import type { TaskMemory } from "../store.ts";
import { isoOrNull } from "./iso.ts";

/** The broker as its connection tells it. */
export interface BrokerState {
  /** As the user may type it, without credentials. */
  readonly url: string;
  readonly connected: boolean;
  /** Null before the first attempt has ended. */
  readonly since: Instant | null;
  readonly code: string | null;
  readonly problem: Text | null;
}

export interface SinksInput {
  /** Null where none is set. */
  readonly broker: BrokerState | null;
  /** Null where none is set. */
  readonly homeAssistantUrl: string | null;
  readonly tasks: ReadonlyMap<string, TaskMemory>;
}

/**
 * | state | the sink |
 * |---|---|
 * | off | is not set |
 * | waiting | has not been spoken to yet |
 * | up | is there, or took the last statistics, since `since` |
 * | down | has been in the way since `since`, for `reason` |
 */
export const sinkViews = ({ broker, homeAssistantUrl, tasks }: SinksInput) => [
  brokerView(broker),
  homeAssistantView(homeAssistantUrl, tasks.get(statisticsTask)),
];

const nothing = { url: null, since: null, lastSuccessAt: null, reason: null } as const;

function brokerView(broker: BrokerState | null) {
  const name = "mqtt" as const;
  if (broker === null) return { name, state: "off" as const, ...nothing };
  const { url, connected, code, problem } = broker;
  const since = isoOrNull(broker.since);
  if (connected) return { name, state: "up" as const, ...nothing, url, since };
  if (since === null) return { name, state: "waiting" as const, ...nothing, url };
  const reason = code !== null && problem !== null ? { code, ...problem } : null;
  return { name, state: "down" as const, ...nothing, url, since, reason };
}

function homeAssistantView(url: string | null, task: TaskMemory | undefined) {
  const name = "home_assistant" as const;
  if (url === null) return { name, state: "off" as const, ...nothing };
  if (task === undefined) return { name, state: "waiting" as const, ...nothing, url };
  const lastSuccessAt = isoOrNull(task.succeededAt);
  if (task.failures === 0) return { name, state: "up" as const, ...nothing, url, since: lastSuccessAt, lastSuccessAt };
  const code = `home_assistant_${task.detail?.split(":")[0] ?? ""}`;
  const reason = isProblemCode(code) ? { code, ...problemText(code, null) } : null;
  return { name, state: "down" as const, url, since: isoOrNull(task.askedAt), lastSuccessAt, reason };
}
