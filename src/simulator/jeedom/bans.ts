import type { Instant } from "../../domain/units.ts";
import type { BoxSettings } from "./settings.ts";
import { matchesIp } from "./settings.ts";

/** Defaults of the core (`default.config.ini`). */
const mostFailures = 6;
const failureMemoryMs = 300_000;
const banMs = 600_000;

/** Failed logins and the addresses they ban. A failure is forgotten 300 s after the last one. */
export class Bans {
  readonly #failures = new Map<string, { readonly count: number; readonly lastAt: Instant }>();
  readonly #bannedAt = new Map<string, Instant>();

  failed(ip: string, now: Instant): void {
    const count = this.failures(ip, now) + 1;
    this.#failures.set(ip, { count, lastAt: now });
    if (count > mostFailures) this.#bannedAt.set(ip, now);
  }

  failures(ip: string, now: Instant): number {
    const known = this.#failures.get(ip);
    return known && now < known.lastAt + failureMemoryMs ? known.count : 0;
  }

  isBanned(ip: string, now: Instant, { whiteIps }: BoxSettings): boolean {
    if (whiteIps.some((pattern) => matchesIp(pattern, ip))) return false;
    const since = this.#bannedAt.get(ip);
    return since !== undefined && now < since + banMs;
  }
}
