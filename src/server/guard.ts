import { isIP } from "node:net";
import type { FastifyRequest } from "fastify";
import { isLoopback, isSupervisor } from "./addresses.ts";
import { apiErrors } from "./errors.ts";

/** Where the API is called at, and who may. */
export interface Door {
  readonly host: string;
  /** As `ServerConfig` tells it. */
  readonly supervisor: "absent" | "trusted" | "only";
  /**
   * Whether visitors log in: the names by which a network knows this machine are then as good as any. A page of another
   * site that has its own name point here (DNS rebinding) is sent no cookie of ours.
   */
  readonly hasLogin?: boolean;
}

/**
 * Turns away who may not ask. The Supervisor has checked its user, and passes on names and origins of the browser.
 * @throws ApiError
 */
export function refuseUnknown({ headers, ip }: Pick<FastifyRequest, "headers" | "ip">, door: Door): void {
  if (isSupervisor(ip, door.supervisor)) return;
  if (door.supervisor === "only" && !isLoopback(ip)) throw apiErrors.foreignAddress();
  if (door.hasLogin === true) refuseOtherOrigins({ headers });
  else refuseStrangers({ headers }, door.host);
}

/**
 * Where nobody logs in, a web page of another site must not be able to speak through its reader's browser: not
 * under a name of its own that it makes point here (DNS rebinding), and not from its own origin.
 * @throws ApiError
 */
export function refuseStrangers({ headers }: Pick<FastifyRequest, "headers">, configuredHost: string): void {
  if (!isOwnHost(headers.host, configuredHost)) throw apiErrors.foreignHost();
  refuseOtherOrigins({ headers });
}

function refuseOtherOrigins({ headers }: Pick<FastifyRequest, "headers">): void {
  if (headers.origin !== undefined && URL.parse(headers.origin)?.host !== headers.host?.toLowerCase())
    throw apiErrors.foreignOrigin();
}

/** Whether the request names this machine as only this machine's own programs, or its user's settings, do. */
export function isOwnHost(header: string | undefined, configuredHost: string): boolean {
  const name = hostNameOf(header);
  if (name === null) return false;
  if (name === "localhost" || name.endsWith(".localhost") || isLoopback(name) || name === configuredHost) return true;
  // Whoever listens on every address is called by any of them; a name could be anybody's.
  return (configuredHost === "0.0.0.0" || configuredHost === "::") && isIP(name) !== 0;
}

/** The header without its port, and an IPv6 address without its brackets. */
function hostNameOf(header: string | undefined): string | null {
  const name = header === undefined ? undefined : URL.parse(`http://${header}`)?.hostname;
  // What else an address may hold (a user, a path) has no place in this header.
  if (!name || header === undefined || /[/@?#\\\s]/.test(header)) return null;
  return name.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
}
