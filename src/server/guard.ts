import { isIP } from "node:net";
import type { FastifyRequest } from "fastify";
import { apiErrors } from "./errors.ts";

/** Who the Supervisor is on the network of the apps: ingress and the watchdog both come from here. */
const supervisorAddress = "172.30.32.2";

/** Where the API is called at, and who may. */
export interface Door {
  readonly host: string;
  /** As `ServerConfig` tells it. */
  readonly supervisor: "absent" | "trusted" | "only";
}

/**
 * Turns away who may not ask. The Supervisor has checked its user, and passes on names and origins of the browser.
 * @throws ApiError
 */
export function refuseUnknown({ headers, ip }: Pick<FastifyRequest, "headers" | "ip">, door: Door): void {
  const peer = ip.replace(/^::ffff:/, "");
  if (door.supervisor !== "absent" && peer === supervisorAddress) return;
  if (door.supervisor === "only" && !isLoopback(peer)) throw apiErrors.foreignAddress();
  refuseStrangers({ headers }, door.host);
}

/**
 * Nobody logs in yet, so that a web page of another site must not be able to speak through its reader's browser: not
 * under a name of its own that it makes point here (DNS rebinding), and not from its own origin.
 * @throws ApiError
 */
export function refuseStrangers({ headers }: Pick<FastifyRequest, "headers">, configuredHost: string): void {
  if (!isOwnHost(headers.host, configuredHost)) throw apiErrors.foreignHost();
  if (headers.origin !== undefined && URL.parse(headers.origin)?.host !== headers.host?.toLowerCase())
    throw apiErrors.foreignOrigin();
}

function isOwnHost(header: string | undefined, configuredHost: string): boolean {
  const name = hostNameOf(header);
  if (name === null) return false;
  if (name === "localhost" || name.endsWith(".localhost") || isLoopback(name) || name === configuredHost) return true;
  // Whoever listens on every address is called by any of them; a name could be anybody's.
  return (configuredHost === "0.0.0.0" || configuredHost === "::") && isIP(name) !== 0;
}

const isLoopback = (name: string): boolean => name === "::1" || (isIP(name) === 4 && name.startsWith("127."));

/** The header without its port, and an IPv6 address without its brackets. */
function hostNameOf(header: string | undefined): string | null {
  const name = header === undefined ? undefined : URL.parse(`http://${header}`)?.hostname;
  // What else an address may hold (a user, a path) has no place in this header.
  if (!name || header === undefined || /[/@?#\\\s]/.test(header)) return null;
  return name.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
}
