import assert from "node:assert/strict";
import { after, before, describe, type TestContext } from "node:test";
import type { Browser } from "playwright-core";
import { skipWithoutPage } from "./built.ts";
import { skipWithoutChromium, startChromium } from "./chromium.ts";
import { open, type Visit, type VisitOptions } from "./visit.ts";

interface Site {
  /** Of the page, without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

export interface BrowsingOptions {
  /** What all tests of the suite look at; without it each test tells its `url`. */
  readonly site?: () => Promise<Site>;
  /** Where visits begin, unless told otherwise. */
  readonly hash?: string;
  /** Faults that are what the suite is about: refusals, a service that is away for a moment. None unless told. */
  readonly isExpected?: (fault: string) => boolean;
  /** Of each visit; see `VisitOptions`. */
  readonly timeoutMs?: number;
  /** A reason to skip, beside a browser or a page that are not there. */
  readonly skip?: false | string;
  /** Whether the page is the built one; only the kit's own page is not. */
  readonly isBuilt?: boolean;
}

export interface Browsing {
  /** Of the suite's site. */
  readonly url: () => string;
  /** A visit that ends however its use does, and that has to have been quiet: nothing in the console, nothing foreign. */
  visit(options: Partial<VisitOptions>, use: (visit: Visit) => Promise<void>): Promise<void>;
  /** A visit that ends with the test, and that has to have been quiet by then. */
  visiting(t: Pick<TestContext, "after">, options: Partial<VisitOptions>): Promise<Visit>;
}

/** Tests that look at a page: one browser and one site for all of them, which end with the suite. */
export function describePage(name: string, options: BrowsingOptions, define: (browsing: Browsing) => void): void {
  const { isExpected = () => false, isBuilt = true, timeoutMs } = options;
  const more = { hash: options.hash ?? "", ...(timeoutMs === undefined ? {} : { timeoutMs }) };
  const skip = skipWithoutChromium() || (isBuilt && skipWithoutPage()) || (options.skip ?? false);
  describe(name, { skip, timeout: 400_000 }, () => {
    let site: Site | undefined;
    let browser: Browser | undefined;
    before(async () => {
      // One after the other: what has started is ended, whichever fails.
      site = await options.site?.();
      browser = await startChromium();
    });
    after(async () => {
      await browser?.close();
      await site?.close();
    });
    const url = (): string => site?.url ?? assert.fail("The suite has no site");
    const begin = (wanted: Partial<VisitOptions>): Promise<Visit> =>
      open(browser ?? assert.fail("The browser is not there"), { ...more, ...wanted, url: wanted.url ?? url() });
    const end = async (visit: Visit): Promise<void> => {
      const faults = visit.faults.filter((fault) => !isExpected(fault));
      await visit.close();
      assert.deepEqual(faults, []);
    };
    define({
      url,
      visit: async (wanted, use) => {
        const visit = await begin(wanted);
        try {
          await use(visit);
        } catch (error) {
          await visit.close();
          throw error;
        }
        await end(visit);
      },
      visiting: async (t, wanted) => {
        const visit = await begin(wanted);
        t.after(() => end(visit));
        return visit;
      },
    });
  });
}
