import type { Instant } from "../../domain/units.ts";
import type { Clock } from "../../shared/clock.ts";
import type { ExportDay } from "../../sync/exports/series.ts";
import { type Comparison, compare } from "./compare.ts";
import { failure } from "./failure.ts";
import { type Import, importBodies } from "./lines.ts";
import type { Server } from "./server.ts";
import { spanOf, type Wire } from "./wire.ts";

/** Measured: a series that is new, or new again after a deletion, shows 10 s later; another one within 1 s. */
const longestUntilShownMs = 30_000;
const firstPauseMs = 100;
const longestPauseMs = 1_000;

/** How each wire stands for the same days. */
export type Standing = ReadonlyMap<Wire, Comparison>;

export interface DeliveryDeps {
  readonly server: Server;
  readonly clock: Clock;
}

/** What the server shows of `days`. */
export async function standingOf(
  server: Server,
  wires: readonly Wire[],
  days: readonly ExportDay[],
  signal: AbortSignal,
): Promise<Standing> {
  const standing = new Map<Wire, Comparison>();
  const span = spanOf(days);
  for (const wire of wires) standing.set(wire, compare(wire, days, await server.read(wire.metric, span, signal)));
  return standing;
}

export const lacks = (standing: Standing): boolean =>
  [...standing.values()].some(({ missing }) => missing.timestamps.length > 0);

export const differs = (standing: Standing): boolean =>
  [...standing.values()].some(({ different }) => different.timestamps.length > 0);

/** Sends samples and waits until every instant of `days` shows, whatever its value. */
export async function deliver(
  { server, clock }: DeliveryDeps,
  { wires, days, imports }: { wires: readonly Wire[]; days: readonly ExportDay[]; imports: readonly Import[] },
  signal: AbortSignal,
): Promise<Standing> {
  for (const body of importBodies(imports)) await server.write(body, signal);
  const until = clock.now() + longestUntilShownMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    // Nothing shows at once.
    await clock.sleep(pauseMs, signal);
    const standing = await standingOf(server, wires, days, signal);
    if (!lacks(standing)) return standing;
    if (clock.now() >= until) throw await lossOf(server, standing, days, signal);
  }
}

const halfHourMs = 1_800_000;

/** Why what was accepted does not show. */
async function lossOf(
  server: Server,
  standing: Standing,
  days: readonly ExportDay[],
  signal: AbortSignal,
): Promise<Error> {
  const url = server.urlOf("write");
  const { from, to } = spanOf(days);
  const missing = [...standing.values()].flatMap((comparison) => comparison.missing.timestamps);
  const detail = dateTime(Math.min(...missing));
  const { dedupMs } = await server.flags(signal);
  if (dedupMs !== null && dedupMs >= halfHourMs) return failure("dedup_too_long", { url });
  const isOldestMissing = missing.includes(from) && !missing.includes(to);
  return failure(isOldestMissing ? "oldest_missing" : "not_stored", { url, detail });
}

const dateTime = (ms: number): string => new Date(ms).toISOString();

/** @throws ExportFailure for what the server would accept and drop: from before `oldest`, or more than two days ahead. */
export function requireKept(
  server: Server,
  days: readonly ExportDay[],
  { now, retentionMs, retention }: { now: Instant; retentionMs: number | null; retention: string | null },
): void {
  const { from, to } = spanOf(days);
  const url = server.urlOf("write");
  if (retentionMs !== null && from < now - retentionMs)
    throw failure("retention_too_short", { url, detail: `-retentionPeriod=${retention}, ${dateTime(from)}` });
  if (to > now + mostAheadMs) throw failure("too_far_ahead", { url, detail: dateTime(to) });
}

/** `-futureRetention` and what stands in its place before it: two days. */
const mostAheadMs = 2 * 86_400_000;
