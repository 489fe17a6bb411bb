import { existsSync } from "node:fs";
import { join } from "node:path";

const beside = join(import.meta.dirname, "..", "..", "..", "shared");

/** Absolute path of a contract or recording kept beside the checkout; undefined where it is absent. */
export function sharedFile(relativePath: string): string | undefined {
  const path = join(beside, relativePath);
  return existsSync(path) ? path : undefined;
}

/**
 * For `{ skip: … }` of tests that need files beside the checkout: false when all are there, else the reason.
 * @throws in CI, where they must be there.
 */
export function skipWithout(...relativePaths: string[]): false | string {
  const absent = relativePaths.filter((path) => sharedFile(path) === undefined);
  if (absent.length === 0) return false;
  const reason = `needs ${absent.join(", ")} beside the checkout`;
  if (process.env.CI) throw new Error(`This test ${reason}`);
  return reason;
}
