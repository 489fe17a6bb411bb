import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { KeyFailure, type Vault } from "../../sync/settings/store.ts";
import { keyIdBytes, type SecretKey } from "./key.ts";
import type { Keyring } from "./keyring.ts";

/**
 * What is sealed, byte by byte: version 1, the key's id, the nonce, the tag, then the text. AES-256-GCM with a random
 * nonce of 96 bits (NIST SP 800-38D, 8.2.2) bears some four thousand million secrets under one key.
 */
const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + keyIdBytes;

/** Bound to the text: version and setting cannot be exchanged. */
const context = (name: string): Buffer => Buffer.from(`linky-bridge setting ${version} ${name}`);

/** @param tell told when the keys cannot be had; what they sealed then stays closed, and nothing else does. */
export const createVault = (
  keyring: Pick<Keyring, "load" | "current">,
  tell: (failure: KeyFailure) => void = () => undefined,
): Vault => ({
  async seal(name, text) {
    const { id, bytes } = await keyring.current();
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv("aes-256-gcm", bytes, nonce, { authTagLength: tagBytes }).setAAD(context(name));
    const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return Buffer.concat([Buffer.of(version), id, nonce, cipher.getAuthTag(), body]);
  },
  async open(name, sealed) {
    const bytes = Buffer.from(sealed);
    if (bytes[0] !== version || bytes.length < headBytes + nonceBytes + tagBytes) return null;
    const id = bytes.subarray(1, headBytes);
    const key = (await keysOf(keyring, tell)).find((known) => known.id.equals(id));
    return key === undefined ? null : opened(bytes.subarray(headBytes), key, name);
  },
});

async function keysOf(
  keyring: Pick<Keyring, "load">,
  tell: (failure: KeyFailure) => void,
): Promise<readonly SecretKey[]> {
  try {
    return await keyring.load();
  } catch (error) {
    if (!(error instanceof KeyFailure)) throw error;
    tell(error);
    return [];
  }
}

function opened(sealed: Buffer, { bytes }: SecretKey, name: string): string | null {
  const nonce = sealed.subarray(0, nonceBytes);
  const tag = sealed.subarray(nonceBytes, nonceBytes + tagBytes);
  const decipher = createDecipheriv("aes-256-gcm", bytes, nonce, { authTagLength: tagBytes })
    .setAAD(context(name))
    .setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]).toString("utf8");
  } catch {
    // Bytes that were tampered with are as good as bytes of another key.
    return null;
  }
}
