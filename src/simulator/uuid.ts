import { random, type Seed } from "./random.ts";

/** A version 4 UUID that depends on the seed alone. */
export function uuidOf(seed: Seed): string {
  const digit = (position: number): string => Math.floor(random(seed, position) * 16).toString(16);
  const digits = Array.from({ length: 32 }, (_, position) => digit(position)).join("");
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`;
}
