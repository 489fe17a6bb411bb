import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import PQueue from "p-queue";

/**
 * Cost of one hash: 128 MiB and some tenths of a second. OWASP's Password Storage Cheat Sheet asks for N=2^17, r=8,
 * p=1.
 */
const cost = { N: 2 ** 17, r: 8, p: 1 } as const;
const saltBytes = 16;
const hashBytes = 32;

/** One at a time: each takes the memory of a small database. */
const turns = new PQueue({ concurrency: 1 });
/** Beyond these, callers are told to come back. */
const longestQueue = 16;

/** Whether so many hashes are being computed that another one has to wait too long. */
export const isHashingBusy = (): boolean => turns.size >= longestQueue;

/** `scrypt$N$r$p$salt$hash`, so that a later version may raise the cost. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const hash = await derive(password, salt, hashBytes, cost);
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64url"), hash.toString("base64url")].join("$");
}

/** Whether `password` made `stored`. @throws Error when `stored` is no hash of `hashPassword`. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [scheme, n, r, p, salt = "", hash = ""] = stored.split("$");
  const expected = Buffer.from(hash, "base64url");
  if (scheme !== "scrypt" || expected.length !== hashBytes) throw new Error("The stored password is no scrypt hash");
  const found = await derive(password, Buffer.from(salt, "base64url"), hashBytes, {
    N: Number(n),
    r: Number(r),
    p: Number(p),
  });
  return timingSafeEqual(found, expected);
}

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** One and the same password may be typed in two ways on two keyboards: é as one sign, or as e and an accent. */
const derive = (password: string, salt: Buffer, length: number, { N, r, p }: Cost): Promise<Buffer> =>
  turns.add(
    () =>
      new Promise((resolve, reject) => {
        // Node allows 32 MiB unless told; the algorithm takes 128 × N × r bytes.
        const options = { N, r, p, maxmem: 256 * N * r };
        scrypt(password.normalize("NFKC"), salt, length, options, (error, key) =>
          error ? reject(error) : resolve(key),
        );
      }),
  );
