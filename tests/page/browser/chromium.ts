import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const executable = process.env.CHROMIUM ?? "/usr/bin/chromium";

/**
 * For `{ skip: … }` of tests that need a browser: false when there is one, else the reason.
 * @throws in CI, where there must be one.
 */
export function skipWithoutChromium(): false | string {
  if (existsSync(executable)) return false;
  const reason = `needs Chromium: install it (apt-get install chromium), or name one in CHROMIUM (${executable} is absent)`;
  if (process.env.CI) throw new Error(`This test ${reason}`);
  return reason;
}

/** A browser without a window. Its sandbox is off because containers seldom allow one; it only ever meets loopback. */
export const startChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: executable,
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run"],
  });
