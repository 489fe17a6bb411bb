import { createHmac, timingSafeEqual } from "node:crypto";
import type { Instant } from "../domain/units.ts";
import type { Account } from "./account.ts";
import { bare, detail, Refused, type Reply } from "./reply.ts";

/** A token lives 43200 minutes. */
const tokenLifeSeconds = 43_200 * 60;

const base64url = (text: string): string => Buffer.from(text).toString("base64url");

/** A JWT with the claims `sub` and `exp`, and no others. */
export function jwtFor(clientId: string, key: string, now: Instant): string {
  const head = base64url(JSON.stringify({ alg: "HS256", typ: "JWT" }));
  const claims = base64url(JSON.stringify({ sub: clientId, exp: Math.floor(now / 1000) + tokenLifeSeconds }));
  return `${head}.${claims}.${signature(`${head}.${claims}`, key)}`;
}

const signature = (text: string, key: string): string => createHmac("sha256", key).update(text).digest("base64url");

/** The client id in a token that this gateway signed and that has not expired; null otherwise. */
function subjectOf(token: string, key: string, now: Instant): string | null {
  const [head, claims, sign, ...rest] = token.split(".");
  if (!head || !claims || !sign || rest.length > 0) return null;
  if (!isSameText(sign, signature(`${head}.${claims}`, key))) return null;
  const { sub, exp }: { sub?: unknown; exp?: unknown } = JSON.parse(Buffer.from(claims, "base64url").toString());
  return typeof sub === "string" && typeof exp === "number" && exp * 1000 > now ? sub : null;
}

function isSameText(one: string, other: string): boolean {
  const left = Buffer.from(one);
  const right = Buffer.from(other);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The cookie `access_token` wins over the header, even when it is worth nothing. */
function presentedToken(headers: Headers): string | null {
  const cookie = /(?:^|;\s*)access_token=([^;]*)/.exec(headers.get("cookie") ?? "")?.[1];
  if (cookie !== undefined) return cookie.replace(/^"|"$/g, "").replace(/^Bearer /i, "");
  return /^Bearer\s+(.+)$/i.exec(headers.get("authorization") ?? "")?.[1] ?? null;
}

/**
 * The account that calls: by a token of this gateway, or by its secret itself.
 * @throws Refused with 401 or 403.
 */
export function accountOf(headers: Headers, accounts: readonly Account[], key: string, now: Instant): Account {
  const token = presentedToken(headers);
  if (token === null) throw new Refused(detail(401, "Not authenticated"));
  const subject = subjectOf(token, key, now);
  const account = accounts.find((one) => one.clientId === subject || isSameText(one.clientSecret, token));
  if (!account) throw new Refused(detail(401, "Invalid authentication credentials"));
  if (!account.active) throw new Refused(detail(403, "User account is inactive"));
  return account;
}

/** @throws Refused with 403 when the account never confirmed its address. */
export function requireVerifiedEmail(account: Account): void {
  if (!account.emailVerified)
    throw new Refused(detail(403, "Email not verified. Please check your email for verification link."));
}

interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** From the form, else from Basic; a JSON body is not read. */
async function credentialsOf(request: Request): Promise<Credentials | null> {
  const type = request.headers.get("content-type") ?? "";
  if (type.startsWith("application/x-www-form-urlencoded")) {
    const form = new URLSearchParams(await request.text());
    const clientId = form.get("client_id");
    const clientSecret = form.get("client_secret");
    if (clientId && clientSecret) return { clientId, clientSecret };
  }
  const basic = /^Basic\s+(.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (basic === undefined) return null;
  const text = Buffer.from(basic, "base64").toString();
  const colon = text.indexOf(":");
  return colon < 0 ? null : { clientId: text.slice(0, colon), clientSecret: text.slice(colon + 1) };
}

/** POST /accounts/token. `grant_type` is ignored, and nothing tells when the token expires. */
export async function issueToken(
  request: Request,
  accounts: readonly Account[],
  key: string,
  now: Instant,
): Promise<Reply> {
  const given = await credentialsOf(request);
  if (!given)
    return detail(422, "client_id and client_secret are required (provide in form data or Basic Auth header)");
  const account = accounts.find((one) => one.clientId === given.clientId);
  if (!account || !isSameText(account.clientSecret, given.clientSecret))
    return detail(401, "Invalid client credentials");
  if (!account.active) return detail(403, "User account is inactive");
  return bare({ access_token: jwtFor(account.clientId, key, now), token_type: "bearer" });
}
