import type { Instant, LocalDate } from "../domain/units.ts";
import type { Clock } from "../shared/clock.ts";
import { Account, type AccountOptions, type Limits, type ListedAs, type UsagePointOptions } from "./account.ts";
import type { EcowattFeed } from "./ecowatt-feed.ts";
import type { CurveItem, DailyItem } from "./enedis.ts";
import { ExpiringMap } from "./expiring-map.ts";
import { Faults } from "./fault.ts";
import { Meter } from "./meter.ts";
import { utcWithOffset } from "./notation.ts";
import type { OfferShelf } from "./offers.ts";
import { type Seed, seedOf } from "./random.ts";
import type { TempoFeed } from "./tempo-feed.ts";
import { uuidOf } from "./uuid.ts";

/** A usage point as an account lists it. */
export interface ListedPoint {
  readonly id: string;
  readonly clientId: string;
  readonly usagePointId: string;
  readonly name: string | null;
  readonly displayOrder: number;
  readonly createdAt: string;
  readonly listed: ListedAs;
  readonly meter: Meter;
  isActive: boolean;
  /** The last start that Enedis refused as before activation, on consumption/detail. */
  oldestAvailableDataDate: string | null;
}

/** The 24 h caches. One per way of caching; keys begin with the client id, since the real ones are encrypted with the secret. */
export class Caches {
  /** consumption/daily: one day each. */
  readonly daily = new ExpiringMap<DailyItem>();
  /** consumption/detail: the readings of a day by half-hour label. */
  readonly detail = new ExpiringMap<ReadonlyMap<string, CurveItem>>();
  /** Batches: the readings of a day, as they came. */
  readonly batch = new ExpiringMap<readonly CurveItem[]>();
  /** Production, power, contract, address: whole bodies by their exact parameters. */
  readonly bodies = new ExpiringMap<object>();

  clear(): void {
    this.deleteWhere(() => true);
  }

  deleteWhere(isMeant: (key: string) => boolean): number {
    const maps = [this.daily, this.detail, this.batch, this.bodies];
    return maps.reduce((deleted, map) => deleted + map.deleteWhere(isMeant), 0);
  }
}

/** Days that are not asked again for 24 h, whatever the direction and whatever `use_cache` says. */
export class Blacklist {
  readonly #days = new ExpiringMap<true>();
  readonly #failures = new ExpiringMap<number>();
  readonly #ever = new Map<string, Set<LocalDate>>();

  has(usagePoint: string, date: LocalDate, now: Instant): boolean {
    return this.#days.get(`${usagePoint}:${date}`, now) === true;
  }

  add(usagePoint: string, dates: readonly LocalDate[], now: Instant): void {
    const ever = this.#ever.get(usagePoint) ?? new Set();
    this.#ever.set(usagePoint, ever);
    for (const date of dates) {
      this.#days.set(`${usagePoint}:${date}`, true, now);
      ever.add(date);
    }
  }

  /** Counts a failure that is not "no data"; the sixth of a day blacklists it. */
  countFailure(usagePoint: string, date: LocalDate, now: Instant): void {
    const key = `${usagePoint}:${date}`;
    const failures = (this.#failures.get(key, now) ?? 0) + 1;
    this.#failures.set(key, failures, now);
    if (failures > 5) this.add(usagePoint, [date], now);
  }

  /** Days hidden at `now`, ascending. */
  daysOf(usagePoint: string, now: Instant): LocalDate[] {
    return [...(this.#ever.get(usagePoint) ?? [])].filter((date) => this.has(usagePoint, date, now)).sort();
  }

  /** Days that were hidden at any time since the start, ascending. */
  everOf(usagePoint: string): LocalDate[] {
    return [...(this.#ever.get(usagePoint) ?? [])].sort();
  }

  /** Forgets what hides days; what was ever hidden stays known. */
  clear(): void {
    this.#days.deleteWhere(() => true);
    this.#failures.deleteWhere(() => true);
  }
}

export interface StateOptions {
  readonly clock: Clock;
  readonly accounts: readonly AccountOptions[];
  readonly seed: Seed;
  readonly limits: Limits;
  readonly enedisCallMs: number;
  readonly tempo: TempoFeed;
  readonly ecowatt: EcowattFeed;
  readonly offers: OfferShelf;
}

/** All that a gateway remembers. */
export class GatewayState {
  readonly clock: Clock;
  readonly seed: Seed;
  readonly enedisCallMs: number;
  readonly signingKey: string;
  readonly accounts: readonly Account[];
  readonly points: readonly ListedPoint[];
  readonly caches = new Caches();
  readonly blacklist = new Blacklist();
  readonly faults = new Faults();
  readonly tempo: TempoFeed;
  readonly ecowatt: EcowattFeed;
  readonly offers: OfferShelf;
  readonly startedAt: Instant;

  constructor(options: StateOptions) {
    this.clock = options.clock;
    this.seed = options.seed;
    this.enedisCallMs = options.enedisCallMs;
    this.signingKey = `simulated-gateway-${options.seed}`;
    this.tempo = options.tempo;
    this.ecowatt = options.ecowatt;
    this.offers = options.offers;
    this.startedAt = options.clock.now();
    this.accounts = options.accounts.map((account) => new Account(account, options.limits));
    this.points = options.accounts.flatMap((account) =>
      account.usagePoints.map((point, position) => listedPoint(account.clientId, point, position, this)),
    );
  }
}

function listedPoint(
  clientId: string,
  options: UsagePointOptions,
  position: number,
  { seed, startedAt }: { seed: Seed; startedAt: Instant },
): ListedPoint {
  const { usagePointId } = options;
  if (!/^\d{14}$/.test(usagePointId)) throw new RangeError(`A usage point has 14 digits, got "${usagePointId}"`);
  return {
    id: uuidOf(seedOf(`${clientId}/${usagePointId}`, seed)),
    clientId,
    usagePointId,
    name: options.name ?? null,
    displayOrder: position,
    createdAt: utcWithOffset(startedAt, 30).replace("+00:00", "Z"),
    listed: options.listed ?? {},
    meter: new Meter(usagePointId, options.meter, seed),
    isActive: options.isActive ?? true,
    oldestAvailableDataDate: options.listed?.oldestAvailableDataDate ?? null,
  };
}
