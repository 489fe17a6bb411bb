import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Instant } from "../../domain/units.ts";
import { statisticsTask } from "../../sync/statistics/outcome.ts";
import type { TaskMemory } from "../../sync/store.ts";
import { errorAnswer } from "../api/errors.ts";
import { type HealthAnswer, healthAnswer, waitingAnswer } from "../api/health.ts";
import type { RouteContext, ServerParts } from "../parts.ts";

/** A database that does not answer within this is not reachable for whoever asks. */
const databaseTimeoutMs = 5_000;

/** What works and since when; 503 where a restart may help: the database does not answer, and nothing tells why. */
export const healthRoutes =
  ({ parts }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      "/health",
      {
        schema: {
          tags: ["state"],
          summary: "What works and since when",
          response: { 200: z.union([healthAnswer, waitingAnswer]), 503: healthAnswer, "4xx": errorAnswer },
        },
      },
      async (_request, reply) => {
        const tasks = await loadTasks(parts);
        // Waiting for its settings it is well: a watchdog would restart it for nothing.
        const { missing = [] } = parts;
        const trouble = parts.trouble?.() ?? null;
        // Nor does a restart help against a full disk, or a database elsewhere that does not answer.
        reply.code(tasks === null && trouble === null ? 503 : 200);
        return {
          status: trouble ? ("degraded" as const) : tasks === null ? ("down" as const) : ("up" as const),
          version: parts.version,
          ...(trouble ? { problem: { code: trouble.code, since: isoOf(trouble.since) ?? "", ...trouble.text } } : {}),
          ...(missing.length === 0 ? {} : { missing: missing.map(({ option, text }) => ({ option, ...text })) }),
          database: { isReachable: tasks !== null },
          lastPass: lastPassOf(parts),
          homeAssistant: tasks && homeAssistantOf(parts, tasks.get(statisticsTask)),
        };
      },
    );
  };

async function loadTasks({ store }: ServerParts): Promise<ReadonlyMap<string, TaskMemory> | null> {
  const timeout = AbortSignal.timeout(databaseTimeoutMs);
  const late = new Promise<null>((resolve) => timeout.addEventListener("abort", () => resolve(null), { once: true }));
  return Promise.race([store.loadTasks().catch(() => null), late]);
}

function lastPassOf({ lastPass }: ServerParts) {
  const last = lastPass();
  if (last === null) return null;
  const { calls, written, nextAt, snapshot } = last;
  return {
    calls,
    written,
    nextCallAt: isoOf(nextAt),
    lastAnswerAt: isoOf(snapshot.bridge.lastSyncAt),
    problems: snapshot.bridge.problems.map(({ code, since, usagePoint }) => ({
      code,
      since: isoOf(since),
      usagePoint,
    })),
  };
}

/**
 * | state | Home Assistant |
 * |---|---|
 * | off | is not set |
 * | waiting | has not been spoken to yet |
 * | up | took the last statistics at `since` |
 * | down | has been in the way since `since`, for `reason` |
 */
function homeAssistantOf({ statistics }: ServerParts, task: TaskMemory | undefined): HealthAnswer["homeAssistant"] {
  if (statistics === null) return { state: "off" };
  const { url } = statistics.homeAssistant;
  if (task === undefined) return { state: "waiting", url };
  if (task.failures === 0) return { state: "up", url, since: isoOf(task.succeededAt) };
  return {
    state: "down",
    url,
    since: isoOf(task.askedAt),
    reason: `home_assistant_${task.detail?.split(":")[0] ?? ""}`,
    lastSuccessAt: isoOf(task.succeededAt),
  };
}

const isoOf = (at: Instant | null): string | null => (at === null ? null : new Date(at).toISOString());
