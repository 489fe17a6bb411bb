import { dayMs, type Instant } from "../../domain/units.ts";

/** A server that asks for more patience than this is asked again all the same. */
const longestMs = dayMs;

/**
 * How long a `Retry-After` header asks to wait, in ms; null when there is none or it cannot be read. It holds seconds
 * or an HTTP date (RFC 9110, 10.2.3).
 */
export function retryAfterMs(header: string | null, now: Instant): number | null {
  if (header === null) return null;
  const text = header.trim();
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(ms) ? null : Math.min(Math.max(0, ms), longestMs);
}
