import { existsSync } from "node:fs";
import { join } from "node:path";

const directory = join(import.meta.dirname, "..", "..", "..", "dist-page");

/** Where the built page is; null where it is not built. */
export const builtPage = (): string | null => (existsSync(join(directory, "index.html")) ? directory : null);

/**
 * For `{ skip: … }` of tests of the built page: false when it is there, else how to build it.
 * @throws in CI, where it must be there.
 */
export function skipWithoutPage(): false | string {
  if (builtPage() !== null) return false;
  const reason = "needs the built page: npm run build:page";
  if (process.env.CI) throw new Error(`This test ${reason}`);
  return reason;
}
