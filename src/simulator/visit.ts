import type { Instant } from "../domain/units.ts";
import type { Account } from "./account.ts";
import type { Call } from "./control.ts";
import type { EnedisAnswer } from "./enedis.ts";
import { Params } from "./params.ts";
import { failure, Refused, type Reply } from "./reply.ts";
import type { GatewayState, ListedPoint } from "./state.ts";

/** One request on its way through a route. */
export class Visit {
  readonly state: GatewayState;
  readonly request: Request;
  /** Without prefix. */
  readonly path: string;
  /** What the route's `{…}` matched. */
  readonly parameter: string;
  readonly query: URLSearchParams;
  readonly now: Instant;
  readonly #account: Account | null;
  readonly #call: Call;

  constructor(
    state: GatewayState,
    request: Request,
    match: { readonly path: string; readonly parameter: string; readonly query: URLSearchParams },
    account: Account | null,
    call: Call,
  ) {
    this.state = state;
    this.request = request;
    this.path = match.path;
    this.parameter = match.parameter;
    this.query = match.query;
    this.now = state.clock.now();
    this.#account = account;
    this.#call = call;
  }

  get account(): Account {
    if (!this.#account) throw new Error(`Route ${this.path} is public and has no account`);
    return this.#account;
  }

  params(): Params {
    return new Params(this.query);
  }

  /** @throws Refused with ACCESS_DENIED unless the path names an active usage point of the account. */
  ownedPoint(): ListedPoint {
    const point = this.state.points.find(
      (one) => one.clientId === this.account.clientId && one.usagePointId === this.parameter && one.isActive,
    );
    if (!point) throw new Refused(accessDenied());
    return point;
  }

  /** Takes a unit of the counter that `use_cache` names; false when none is left. */
  takeQuota(useCache: boolean): boolean {
    const bucket = useCache ? "cached" : "no_cache";
    if (!this.account.take(bucket, this.now)) return false;
    this.#call.bucket = bucket;
    return true;
  }

  /** @throws Refused with RATE_LIMIT_EXCEEDED when no unit is left. */
  requireQuota(useCache: boolean): void {
    if (!this.takeQuota(useCache)) throw new Refused(rateLimited(this.account, useCache));
  }

  /** @throws Refused with ENEDIS_UNAVAILABLE while a fault says that Enedis gives no token. */
  requireEnedisToken(): void {
    if (this.state.faults.take(["enedis_unavailable"], this.path, this.now)) throw new Refused(enedisUnavailable());
  }

  /** One call to Enedis, with the pace and the faults that the simulation sets. */
  async askEnedis<Body>(ask: (now: Instant) => EnedisAnswer<Body>): Promise<EnedisAnswer<Body>> {
    this.#call.enedisCalls++;
    const { clock, enedisCallMs, faults } = this.state;
    if (enedisCallMs > 0) await clock.sleep(enedisCallMs, this.request.signal);
    const fault = faults.take(["enedis"], this.path, clock.now());
    return fault ? { refusal: fault.refusal } : ask(clock.now());
  }
}

const accessDenied = (): Reply =>
  failure(
    "ACCESS_DENIED",
    "Accès refusé : PDL introuvable ou non associé à votre compte. Vérifiez que le PDL existe et que le consentement Enedis est valide.",
  );

const enedisUnavailable = (): Reply =>
  failure(
    "ENEDIS_UNAVAILABLE",
    "L'API Enedis est temporairement indisponible. Veuillez réessayer dans quelques minutes.",
  );

export function rateLimited(account: Account, useCache: boolean): Reply {
  const limit = useCache ? account.limits.cached : account.limits.no_cache;
  const advice = useCache ? "Try again tomorrow." : "Use cache to increase limit.";
  return failure("RATE_LIMIT_EXCEEDED", `Daily rate limit exceeded (${limit}/${limit}). ${advice}`);
}

export type Access = "public" | "account" | "verified";

export interface Route {
  readonly method: "GET" | "POST" | "DELETE";
  /** As the OpenAPI document writes it, with at most one `{…}`. */
  readonly pattern: string;
  readonly access: Access;
  readonly answer: (visit: Visit) => Reply | Promise<Reply>;
}
