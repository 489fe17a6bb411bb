import { z } from "zod";
import type { Text } from "../shared/language.ts";
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
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const faults = result.error.issues.map((issue) => faultOf(issue, known));
  throw apiErrors.invalid({ fr: joined(faults.map(({ fr }) => fr)), en: joined(faults.map(({ en }) => en)) });
}

const joined = (faults: readonly string[]): string => [...new Set(faults)].join(", ");

function faultOf(issue: z.core.$ZodIssue, known: readonly string[]): Text {
  const where = issue.path.join(".");
  if (issue.code !== "unrecognized_keys") return { fr: where || "JSON", en: where || "JSON" };
  const names = issue.keys.join(", ");
  const inside = where === "" ? "" : ` (${where})`;
  const list = where === "" ? known.join(", ") : "";
  return {
    fr: `champ inconnu ${names}${inside}${list && ` (champs connus : ${list})`}`,
    en: `unknown field ${names}${inside}${list && ` (known fields: ${list})`}`,
  };
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
