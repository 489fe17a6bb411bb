import { z } from "zod";
import type { HomeAssistantSession } from "../sync/statistics/recorder.ts";
import type { StatisticsDeps } from "../sync/statistics/run.ts";
import { apiErrors } from "./errors.ts";
import type { ServerParts } from "./parts.ts";

/** What every request that changes something has to say. */
export const confirmed = { confirm: z.boolean().default(false) };

/** The request's content as the schema has it. @throws ApiError naming the fields at fault. */
export function parse<T>(schema: z.ZodType<T>, content: unknown): T {
  const result = schema.safeParse(content ?? {});
  if (result.success) return result.data;
  const where = result.error.issues.map(({ path, code }) =>
    code === "unrecognized_keys" ? "unknown field" : path.join(".") || "JSON",
  );
  throw apiErrors.invalid([...new Set(where)].join(", "));
}

/** @throws ApiError unless the caller confirmed. */
export function requireConfirmation({ confirm }: { readonly confirm: boolean }): void {
  if (!confirm) throw apiErrors.notConfirmed();
}

/** Runs `use` on one open session of Home Assistant. @throws ApiError where none is set, HomeAssistantFailure */
export async function withHome<T>(
  { statistics }: Pick<ServerParts, "statistics">,
  signal: AbortSignal,
  use: (session: HomeAssistantSession, statistics: StatisticsDeps) => Promise<T>,
): Promise<T> {
  if (statistics === null) throw apiErrors.homeAssistantOff();
  const session = await statistics.homeAssistant.open(signal);
  try {
    return await use(session, statistics);
  } finally {
    await session.close();
  }
}
