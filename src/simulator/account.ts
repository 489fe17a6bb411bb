import { utcDayAt } from "../domain/calendar.ts";
import type { Instant } from "../domain/units.ts";
import type { MeterOptions } from "./meter.ts";

/** The two daily counters of an account; the parameter `use_cache` chooses, not whether the cache answered. */
export type Bucket = "cached" | "no_cache";

export type Limits = Readonly<Record<Bucket, number>>;

export const defaultLimits: Limits = { cached: 1000, no_cache: 50 };

/** Every shape in which `/pdl` has been seen to give off-peak hours. */
export type ListedOffpeakHours =
  | null
  | readonly string[]
  | readonly { readonly start: string; readonly end: string }[]
  | Readonly<Record<string, string | readonly string[]>>;

/** What `/pdl` says of a usage point; by default it agrees with the meter's contract. */
export interface ListedAs {
  readonly subscribedPowerKva?: number | null;
  readonly offpeakHours?: ListedOffpeakHours;
  readonly pricingOption?: string | null;
  readonly hasConsumption?: boolean;
  readonly hasProduction?: boolean;
  readonly activationDate?: string | null;
  readonly oldestAvailableDataDate?: string | null;
  /** As `OfferShelf.idOf` gives it; null by default. */
  readonly selectedOfferId?: string | null;
  /** 14 digits of another point of the account. */
  readonly linkedProductionPoint?: string | null;
}

export interface UsagePointOptions {
  /** 14 digits. */
  readonly usagePointId: string;
  readonly name?: string | null;
  readonly isActive?: boolean;
  readonly listed?: ListedAs;
  readonly meter: MeterOptions;
}

export interface AccountOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Default true. */
  readonly active?: boolean;
  /** Default true. */
  readonly emailVerified?: boolean;
  readonly usagePoints: readonly UsagePointOptions[];
}

export class Account {
  readonly clientId: string;
  readonly limits: Limits;
  clientSecret: string;
  active: boolean;
  emailVerified: boolean;
  #used: Record<Bucket, number> = { cached: 0, no_cache: 0 };
  #utcDay = "";

  constructor(options: AccountOptions, limits: Limits) {
    this.clientId = options.clientId;
    this.clientSecret = options.clientSecret;
    this.active = options.active ?? true;
    this.emailVerified = options.emailVerified ?? true;
    this.limits = limits;
  }

  /** Today's counters; they start again at 00:00 UTC. */
  used(now: Instant): Readonly<Record<Bucket, number>> {
    const today = utcDayAt(now);
    if (today !== this.#utcDay) {
      this.#utcDay = today;
      this.#used = { cached: 0, no_cache: 0 };
    }
    return this.#used;
  }

  /** Takes one unit; false, and nothing taken, when none is left. */
  take(bucket: Bucket, now: Instant): boolean {
    if (this.used(now)[bucket] >= this.limits[bucket]) return false;
    this.#used[bucket]++;
    return true;
  }

  /** Sets today's counters, as if other tools of the user had called. */
  setUsed(used: Partial<Record<Bucket, number>>, now: Instant): void {
    this.#used = { ...this.used(now), ...used };
  }
}
