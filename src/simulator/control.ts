import type { Instant, LocalDate } from "../domain/units.ts";
import type { Account, Bucket } from "./account.ts";
import type { Fault } from "./fault.ts";
import type { Meter } from "./meter.ts";
import type { Contribution, OfferShelf } from "./offers.ts";
import type { GatewayState, ListedPoint } from "./state.ts";
import type { TempoFeed } from "./tempo-feed.ts";

/** One request as the gateway saw it. */
export interface Call {
  /** Counts from 1. */
  readonly number: number;
  readonly at: Instant;
  readonly method: string;
  /** Without prefix. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** As the OpenAPI document writes it; null when no route fits. */
  route: string | null;
  usagePoint: string | null;
  clientId: string | null;
  /** The counter a unit was taken from; null when the call was not counted. */
  bucket: Bucket | null;
  /** Calls to Enedis that this one needed. */
  enedisCalls: number;
  /** Null while unanswered, and for good when the connection was dropped. */
  status: number | null;
  /** `ok`, an error code of the envelope, `HTTP 401`, `dropped`, `broken_json`, `injected`, or `unanswered`. */
  outcome: string;
}

const callsKept = 50_000;

/** Looks into a simulated gateway, and sets how it behaves. Not part of what a client can reach. */
export class GatewayControl {
  readonly #state: GatewayState;
  readonly #calls: Call[] = [];
  #callCount = 0;

  constructor(state: GatewayState) {
    this.#state = state;
  }

  /** The latest calls, oldest first; 50,000 at most. */
  get calls(): readonly Call[] {
    return this.#calls;
  }

  forgetCalls(): void {
    this.#calls.length = 0;
  }

  /** Notes a request on its arrival. */
  begin(seen: { readonly method: string; readonly path: string; readonly query: URLSearchParams }): Call {
    this.#callCount++;
    const call: Call = {
      number: this.#callCount,
      at: this.#state.clock.now(),
      method: seen.method,
      path: seen.path,
      query: Object.fromEntries(seen.query),
      route: null,
      usagePoint: null,
      clientId: null,
      bucket: null,
      enedisCalls: 0,
      status: null,
      outcome: "unanswered",
    };
    if (this.#calls.length >= callsKept) this.#calls.shift();
    this.#calls.push(call);
    return call;
  }

  /** @throws when no account has this id. */
  account(clientId: string): Account {
    const account = this.#state.accounts.find((one) => one.clientId === clientId);
    if (!account) throw new Error(`The simulated gateway has no account ${clientId}`);
    return account;
  }

  /** Gives an account a new secret; what was cached for it is lost. */
  regenerateSecret(clientId: string, clientSecret: string): void {
    this.account(clientId).clientSecret = clientSecret;
    // The real cache is encrypted with the secret, and cannot be read with another.
    this.#state.caches.deleteWhere((key) => key.startsWith(`${clientId}:`));
  }

  /** Today's counters of an account (UTC day). */
  used(clientId: string): Readonly<Record<Bucket, number>> {
    return { ...this.account(clientId).used(this.#state.clock.now()) };
  }

  /** Sets today's counters, as if other tools of the user had called. */
  setUsed(clientId: string, used: Partial<Record<Bucket, number>>): void {
    this.account(clientId).setUsed(used, this.#state.clock.now());
  }

  /** A usage point as listed: may be made inactive. @throws when unknown. */
  point(usagePointId: string): ListedPoint {
    const point = this.#state.points.find((one) => one.usagePointId === usagePointId);
    if (!point) throw new Error(`The simulated gateway has no usage point ${usagePointId}`);
    return point;
  }

  /** The meter behind a usage point: its refusal, publication, holes and corrections may be changed. */
  meter(usagePointId: string): Meter {
    return this.point(usagePointId).meter;
  }

  /** Days hidden now from the curve routes, ascending. */
  blacklisted(usagePointId: string): readonly LocalDate[] {
    return this.#state.blacklist.daysOf(usagePointId, this.#state.clock.now());
  }

  /** Days that a client's way of asking ever hid, ascending. */
  everBlacklisted(usagePointId: string): readonly LocalDate[] {
    return this.#state.blacklist.everOf(usagePointId);
  }

  clearBlacklist(): void {
    this.#state.blacklist.clear();
  }

  clearCache(): void {
    this.#state.caches.clear();
  }

  /** Arms a fault; what is returned disarms it. */
  addFault(fault: Fault): () => void {
    return this.#state.faults.add(fault);
  }

  clearFaults(): void {
    this.#state.faults.clear();
  }

  get tempo(): TempoFeed {
    return this.#state.tempo;
  }

  get offers(): OfferShelf {
    return this.#state.offers;
  }

  get contributions(): readonly Contribution[] {
    return this.#state.offers.contributions;
  }
}
