import { createHash, hkdfSync, randomBytes } from "node:crypto";

/** What secrets are sealed under. */
export interface SecretKey {
  /** Names the key in what it sealed, without telling it: eight bytes. */
  readonly id: Buffer;
  /** 256 bits. */
  readonly bytes: Buffer;
}

export const keyBytes = 32;
export const keyIdBytes = 8;

const named = (bytes: Buffer): SecretKey => ({
  bytes,
  id: createHash("sha256").update("linky-bridge key id").update(bytes).digest().subarray(0, keyIdBytes),
});

export const newKey = (): SecretKey => named(randomBytes(keyBytes));

/** A key as `key.ts` wrote it; null for anything else. */
export function parseKey(text: string): SecretKey | null {
  const bytes = Buffer.from(text, "base64url");
  return /^[\w-]{43}$/.test(text) && bytes.length === keyBytes ? named(bytes) : null;
}

export const writeKey = ({ bytes }: SecretKey): string => bytes.toString("base64url");

/** The key that a user's text stands for: long and random already, so that nothing slow is needed (RFC 5869). */
export const keyOf = (text: string): SecretKey =>
  named(Buffer.from(hkdfSync("sha256", text, "", "linky-bridge secret key", keyBytes)));
