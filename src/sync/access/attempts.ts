import { isIPv6 } from "node:net";
import { hourMs, type Instant, minuteMs } from "../../domain/units.ts";

interface Limit {
  /** Attempts that cost no waiting. */
  readonly free: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

/** Of one network: a person who forgot which password it was, but no dictionary. */
const ofOne: Limit = { free: 5, firstPauseMs: 1_000, longestPauseMs: 15 * minuteMs };
/** Of all together: short, so that nobody can keep the owner out for long. */
const ofAll: Limit = { free: 50, firstPauseMs: 1_000, longestPauseMs: 30_000 };
/** After this long without an attempt, all is forgiven. */
const forgottenAfterMs = hourMs;
/** Networks remembered at most; the one that is quiet for longest goes first. */
const mostNetworks = 1_000;

interface Record {
  readonly count: number;
  readonly at: Instant;
  readonly freeAt: number;
}

const everybody = "everybody";

/**
 * How often a password or a code may be tried. Each attempt counts when it begins, so that a thousand at once are a
 * thousand; what succeeds is taken back.
 */
export class Attempts {
  readonly #records = new Map<string, Record>();

  /** 0 when `address` may try now, which is then counted; else the milliseconds to wait, and nothing is counted. */
  begin(address: string, now: Instant): number {
    const network = networkOf(address);
    const waitMs = Math.max(this.#waitMs(network, now), this.#waitMs(everybody, now));
    if (waitMs > 0) return waitMs;
    this.#count(network, ofOne, now);
    this.#count(everybody, ofAll, now);
    return 0;
  }

  /** The attempt was right. */
  succeed(address: string): void {
    this.#records.delete(networkOf(address));
    const all = this.#records.get(everybody);
    if (all) this.#records.set(everybody, { ...all, count: Math.max(0, all.count - 1), freeAt: 0 });
  }

  #waitMs(key: string, now: Instant): number {
    return Math.max(0, (this.#records.get(key)?.freeAt ?? 0) - now);
  }

  #count(key: string, { free, firstPauseMs, longestPauseMs }: Limit, now: Instant): void {
    const former = this.#records.get(key);
    const count = former && now - former.at < forgottenAfterMs ? former.count + 1 : 1;
    const pauseMs = count < free ? 0 : Math.min(longestPauseMs, firstPauseMs * 2 ** (count - free));
    this.#records.delete(key);
    this.#records.set(key, { count, at: now, freeAt: now + pauseMs });
    if (this.#records.size <= mostNetworks) return;
    for (const oldest of this.#records.keys()) {
      if (oldest === everybody) continue;
      this.#records.delete(oldest);
      return;
    }
  }
}

/** One subscriber has a whole /64 of IPv6 addresses to try from (RFC 6177). */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  if (!isIPv6(plain)) return plain;
  const [head = "", tail] = plain.split("%")[0]?.split("::") ?? [];
  const left = head.split(":").filter((group) => group !== "");
  const right = (tail ?? "").split(":").filter((group) => group !== "");
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  const groups = [...left, ...zeros, ...right].slice(0, 4);
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(":");
}
