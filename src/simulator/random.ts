/**
 * Randomness without state: the same seed and keys give the same number, in whatever order they are asked for. That
 * lets a household be computed day by day, lazily, and still be the same household.
 */
export type Seed = number;

/** A seed from words, so that two parts of one simulation do not share their dice. */
export function seedOf(text: string, seed: Seed = 0): Seed {
  let hash = (seed ^ 0x811c9dc5) | 0;
  for (let position = 0; position < text.length; position++)
    hash = Math.imul(hash ^ text.charCodeAt(position), 0x01000193);
  return mixed(hash);
}

/** A number in `[0, 1)` that depends on the seed and on the keys (whole numbers) alone. */
export function random(seed: Seed, ...keys: readonly number[]): number {
  let hash = seed | 0;
  for (const key of keys) hash = mixed(Math.imul(hash ^ mixed(key | 0), 0x9e3779b1) + 0x7f4a7c15);
  return mixed(hash) / 0x1_0000_0000;
}

/** A whole number in `[low, high]`. */
export const randomWhole = (
  { low, high }: { low: number; high: number },
  seed: Seed,
  ...keys: readonly number[]
): number => low + Math.floor(random(seed, ...keys) * (high - low + 1));

/** The finalizer of MurmurHash3 (public domain): every input bit reaches every output bit. */
function mixed(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
