import type { Instant } from "../domain/units.ts";
import type { EnedisRefusal } from "./enedis.ts";

/** How the gateway misbehaves. */
export type FaultEffect =
  /** Enedis refuses one call behind the gateway; a batch makes several. */
  | { readonly kind: "enedis"; readonly refusal: EnedisRefusal }
  /** The gateway gets no token from Enedis: ENEDIS_UNAVAILABLE. */
  | { readonly kind: "enedis_unavailable" }
  /** The proxy answers with a page: 502, 503 or 504. */
  | { readonly kind: "html"; readonly status: number }
  /** The answer comes `ms` later, on the simulation's clock or on the real one. */
  | { readonly kind: "slow"; readonly ms: number; readonly clock: "simulated" | "real" }
  /** The connection ends without an answer, before the gateway has worked or after it has (and has counted). */
  | { readonly kind: "drop"; readonly when: "before" | "after" }
  /** The answer is cut in its middle. */
  | { readonly kind: "broken_json" }
  /** HTTP 500, enveloped. */
  | { readonly kind: "server_error" }
  /** HTTP 401, whatever the credentials. */
  | { readonly kind: "unauthorized" }
  /** Any answer at all. */
  | { readonly kind: "answer"; readonly status: number; readonly contentType: string; readonly body: string };

export interface Fault {
  /** A part of the path without prefix, such as `/enedis/`, or a pattern for it. */
  readonly route: string | RegExp;
  /** How many times; without it, as long as the window lasts. */
  readonly times?: number;
  /** The window `[from, until)`. Without bounds, always. */
  readonly from?: Instant;
  readonly until?: Instant;
  readonly effect: FaultEffect;
}

/** Texts of Enedis to build faults from. */
export const enedisFaults = {
  quotaPerSecond: { code: "Quota Q3 reached", text: "Call threshold allowed on 09:31:03" },
  quotaPerHour: { code: "Quota Q4 reached", text: "Call threshold allowed on 10:00:00" },
  internal: { code: "ADAM-DC-0500", text: "Un problème a été rencontré lors du traitement." },
  technical: { code: "STM-ERR-0000001", text: "Technical error" },
  unavailable: { code: "Service Unavailable", text: "The service is temporarily unavailable" },
} as const satisfies Readonly<Record<string, EnedisRefusal>>;

interface Armed {
  readonly fault: Fault;
  left: number;
}

export class Faults {
  #armed: Armed[] = [];

  /** Arms a fault; what is returned disarms it. */
  add(fault: Fault): () => void {
    const armed: Armed = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
    this.#armed.push(armed);
    return () => {
      this.#armed = this.#armed.filter((other) => other !== armed);
    };
  }

  clear(): void {
    this.#armed = [];
  }

  /** The first armed fault of one of these kinds that meets this path now; it is used up by one. */
  take<Kind extends FaultEffect["kind"]>(
    kinds: readonly Kind[],
    path: string,
    now: Instant,
  ): Extract<FaultEffect, { kind: Kind }> | undefined {
    for (const armed of this.#armed) {
      const { effect } = armed.fault;
      if (!isOneOf(kinds, effect) || armed.left <= 0 || !meets(armed.fault, path, now)) continue;
      armed.left--;
      return effect;
    }
    return undefined;
  }
}

function isOneOf<Kind extends FaultEffect["kind"]>(
  kinds: readonly Kind[],
  effect: FaultEffect,
): effect is Extract<FaultEffect, { kind: Kind }> {
  return kinds.some((kind) => kind === effect.kind);
}

function meets({ route, from, until }: Fault, path: string, now: Instant): boolean {
  if (from !== undefined && now < from) return false;
  if (until !== undefined && now >= until) return false;
  return typeof route === "string" ? path.includes(route) : route.test(path);
}
