import { dayMs, type Instant } from "../domain/units.ts";

interface Entry<Value> {
  readonly value: Value;
  readonly expiresAt: number;
}

/** A sweep of what has expired, each time that many writes have passed. */
const writesBetweenSweeps = 2000;

/** The gateway's cache and blacklist: what is written stays for 24 h, to the millisecond. */
export class ExpiringMap<Value> {
  readonly #entries = new Map<string, Entry<Value>>();
  readonly #lifeMs: number;
  #writes = 0;

  constructor(lifeMs: number = dayMs) {
    this.#lifeMs = lifeMs;
  }

  get(key: string, now: Instant): Value | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.expiresAt > now ? entry.value : undefined;
  }

  set(key: string, value: Value, now: Instant): void {
    this.#entries.set(key, { value, expiresAt: now + this.#lifeMs });
    this.#writes++;
    if (this.#writes % writesBetweenSweeps === 0) this.#sweep(now);
  }

  /** Keys still alive. */
  keys(now: Instant): string[] {
    return [...this.#entries].filter(([, entry]) => entry.expiresAt > now).map(([key]) => key);
  }

  deleteWhere(isMeant: (key: string) => boolean): number {
    let deleted = 0;
    for (const key of [...this.#entries.keys()]) if (isMeant(key) && this.#entries.delete(key)) deleted++;
    return deleted;
  }

  #sweep(now: Instant): void {
    for (const [key, entry] of this.#entries) if (entry.expiresAt <= now) this.#entries.delete(key);
  }
}
