import type { FastifyRequest } from "fastify";
import { isLoopback, isSupervisor } from "../addresses.ts";
import type { Door } from "../guard.ts";

/** Who asks, once it is known. */
export type Visitor =
  /** The Supervisor has checked its user; the name is Home Assistant's. */
  | { readonly kind: "homeAssistant"; readonly name: string | null }
  | { readonly kind: "password" }
  | { readonly kind: "token"; readonly name: string }
  /** From this machine, while no password is set. */
  | { readonly kind: "thisMachine" };

export const sessionCookie = "linky_session";

type Asked = Pick<FastifyRequest, "headers" | "ip">;

/** Home Assistant's user, as its ingress tells it; null from anybody else, whatever the headers say. */
export function homeAssistantUser({ headers, ip }: Asked, supervisor: "absent" | "trusted" | "only"): Visitor | null {
  if (!isSupervisor(ip, supervisor)) return null;
  const name = oneOf(headers["x-remote-user-display-name"]) ?? oneOf(headers["x-remote-user-name"]);
  return { kind: "homeAssistant", name };
}

/** Long and odd names are somebody's joke on the log. */
function oneOf(header: string | string[] | undefined): string | null {
  const text = (Array.isArray(header) ? header[0] : header) ?? "";
  const name = text
    .replaceAll(/\p{Cc}/gu, "")
    .trim()
    .slice(0, 80);
  return name === "" ? null : name;
}

/** What a proxy adds: who asks through one is somewhere else. */
const proxyHeaders = ["x-forwarded-for", "x-forwarded-host", "forwarded", "x-real-ip", "via"];

/** The login of a proxy before the service, which browsers repeat with every request; it says nothing to the service. */
const isLoginOfProxy = (authorization: string | undefined): boolean => /^basic /i.test(authorization ?? "");

/** Whether the request was made on this machine, as far as it can be told. */
export const isFromThisMachine = ({ headers, ip }: Asked): boolean =>
  isLoopback(ip) && !proxyHeaders.some((name) => headers[name] !== undefined) && !isLoginOfProxy(headers.authorization);

/** The token of `Authorization: Bearer …`; null without such a header, "" where it holds something else. */
export function bearerOf({ headers: { authorization } }: Pick<FastifyRequest, "headers">): string | null {
  if (authorization === undefined || isLoginOfProxy(authorization)) return null;
  return /^bearer +([\w.~+/=-]+) *$/i.exec(authorization)?.[1] ?? "";
}

/** The value of our cookie; null without one. */
export function cookieOf({ headers: { cookie = "" } }: Pick<FastifyRequest, "headers">): string | null {
  for (const part of cookie.split(";")) {
    const [name = "", ...value] = part.split("=");
    if (name.trim() === sessionCookie) return value.join("=").trim();
  }
  return null;
}

/** `maxAgeSeconds` 0 removes it. Another site's page never sends it, no script reads it. */
export function setCookie(
  token: string,
  { maxAgeSeconds, isSecure }: { readonly maxAgeSeconds: number; readonly isSecure: boolean },
): string {
  const parts = [`${sessionCookie}=${token}`, "Path=/", `Max-Age=${maxAgeSeconds}`, "HttpOnly", "SameSite=Strict"];
  return [...parts, ...(isSecure ? ["Secure"] : [])].join("; ");
}

/**
 * Over TLS, ours or that of a proxy before us. Only the Supervisor and proxies on this machine are believed: anybody else
 * could have a cookie made that their browser then keeps from plain HTTP.
 */
export const isSecure = (
  { headers, ip, protocol }: Pick<FastifyRequest, "headers" | "ip" | "protocol">,
  supervisor: Door["supervisor"],
): boolean =>
  protocol === "https" ||
  ((isSupervisor(ip, supervisor) || isLoopback(ip)) && /^https(,|$)/i.test(String(headers["x-forwarded-proto"] ?? "")));
