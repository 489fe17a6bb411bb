import type { Clock } from "../shared/clock.ts";
import { type AccountOptions, defaultLimits, type Limits } from "./account.ts";
import { answer } from "./answer.ts";
import { GatewayControl } from "./control.ts";
import { EcowattFeed, type EcowattOptions } from "./ecowatt-feed.ts";
import { type Address, type Listening, listen } from "./listen.ts";
import { OfferShelf } from "./offers.ts";
import type { Seed } from "./random.ts";
import { GatewayState } from "./state.ts";
import { TempoFeed, type TempoOptions } from "./tempo-feed.ts";

export interface GatewayOptions {
  /** The gateway's time: publication, counters, caches, timestamps. */
  readonly clock: Clock;
  readonly accounts: readonly AccountOptions[];
  /** The same seed gives the same gateway. Default 1. */
  readonly seed?: Seed;
  readonly tempo?: TempoOptions;
  readonly ecowatt?: EcowattOptions;
  readonly offers?: OfferShelf;
  /** Calls per account and UTC day. Default 50 not cached, 1000 cached. */
  readonly limits?: Partial<Limits>;
  /** What each call to Enedis behind the gateway takes, on the clock. Default 0; the real one needs 200 ms at best. */
  readonly enedisCallMs?: number;
  /** Host names answered; others get 400, as self-hosted gateways do. Default: all. */
  readonly allowedHosts?: readonly string[];
}

export interface Gateway {
  /** Answers one request. Rejects as `fetch` does when the connection drops or the request is aborted. */
  handle(request: Request): Promise<Response>;
  /** To be given to a client in place of the global `fetch`. */
  readonly fetch: typeof globalThis.fetch;
  /** Serves over HTTP. @throws when the port is taken. */
  listen(address: Address): Promise<Listening>;
  readonly control: GatewayControl;
}

/**
 * The MyElectricalData gateway v2, defects included, over simulated meters. Routes answer at the root and under `/api`.
 * It follows what the gateway (release 1.22.0) was observed to do, never what a client expects of it.
 */
export function createGateway(options: GatewayOptions): Gateway {
  const seed = options.seed ?? 1;
  const now = options.clock.now();
  const state = new GatewayState({
    clock: options.clock,
    accounts: options.accounts,
    seed,
    limits: { ...defaultLimits, ...options.limits },
    enedisCallMs: options.enedisCallMs ?? 0,
    tempo: new TempoFeed(options.tempo ?? {}, seed, now),
    ecowatt: new EcowattFeed(options.ecowatt ?? {}, seed, now),
    offers: options.offers ?? new OfferShelf(),
  });
  const control = new GatewayControl(state);
  const handle = (request: Request): Promise<Response> =>
    answer({ state, control, allowedHosts: options.allowedHosts ?? null }, request);
  return {
    handle,
    fetch: (input, init) => handle(new Request(input, init)),
    listen: (address) => listen(handle, address, options.clock),
    control,
  };
}
