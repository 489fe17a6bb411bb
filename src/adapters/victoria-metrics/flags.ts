import { dayMs, hourMs } from "../../domain/units.ts";

/** What a server tells of how it was started; null where it does not. */
export interface ServerFlags {
  readonly retentionMs: number | null;
  /** As given: `1`, `31d`, `100y`. */
  readonly retention: string | null;
  /** 0: samples of one instant are all kept. */
  readonly dedupMs: number | null;
}

export const unknownFlags: ServerFlags = { retentionMs: null, retention: null, dedupMs: null };

/** The flags in a `/metrics` page. */
export function parseFlags(page: string): ServerFlags {
  const retention = flagIn(page, "retentionPeriod");
  const dedup = flagIn(page, "dedup.minScrapeInterval");
  return {
    retention,
    retentionMs: retention === null ? null : retentionMsOf(retention),
    dedupMs: dedup === null ? null : durationMsOf(dedup),
  };
}

function flagIn(page: string, name: string): string | null {
  const line = page.split("\n").find((candidate) => candidate.startsWith(`flag{name="${name}"`));
  return /value="([^"]*)"/.exec(line ?? "")?.[1] ?? null;
}

/** Suffixes of `-retentionPeriod`; without one it counts months of 31 days. */
const retentionUnits: Readonly<Record<string, number>> = {
  "": 31 * dayMs,
  M: 31 * dayMs,
  h: hourMs,
  d: dayMs,
  w: 7 * dayMs,
  y: 365 * dayMs,
};

function retentionMsOf(text: string): number | null {
  const [, count, unit] = /^(\d+(?:\.\d+)?)([a-zA-Z]?)$/.exec(text) ?? [];
  const unitMs = retentionUnits[unit ?? ""];
  return count === undefined || unitMs === undefined ? null : Number(count) * unitMs;
}

const durationUnits: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: hourMs, d: dayMs };

/** A duration as Go prints it: `1ms`, `1m30s`, `0s`. */
function durationMsOf(text: string): number | null {
  if (text === "0") return 0;
  if (!/^(\d+(\.\d+)?(ms|[smhd]))+$/.test(text)) return null;
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g))
    total += Number(count) * (durationUnits[unit ?? ""] ?? 0);
  return total;
}
