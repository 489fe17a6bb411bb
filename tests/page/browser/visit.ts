import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContext, Frame, Page, Request } from "playwright-core";

export interface VisitOptions {
  /** Without a slash at its end. */
  readonly url: string;
  /** `#/consommation?vue=jour`; the first page unless told. */
  readonly hash?: string;
  /** CSS pixels; 390 is a phone, 1280 a desk. */
  readonly width?: number;
  readonly height?: number;
  readonly theme?: "light" | "dark";
  readonly language?: "fr" | "en";
  readonly reducedMotion?: boolean;
  /** Sent with every request, as a proxy before the service adds them. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How long something may take to appear, in ms; default: 20 s, by which a page has failed on a slow machine too. */
  readonly timeoutMs?: number;
  /** The page stands in this frame of the document at `url`: inside Home Assistant. */
  readonly frame?: string;
}

export interface Visit {
  readonly page: Page;
  /** The page itself: the frame where there is one. */
  readonly view: Page | Frame;
  /** What went wrong so far: console errors, uncaught exceptions, failed and foreign requests. */
  readonly faults: readonly string[];
  /** Waits until nothing is being asked and every chart is drawn. */
  settle(): Promise<void>;
  /** Goes to another hash of the page, as its links do. */
  goTo(hash: string): Promise<void>;
  /** @throws AssertionError naming each fault */
  assertClean(): void;
  /** @throws AssertionError naming what axe-core finds, with where */
  assertAccessible(): Promise<void>;
  /** The whole page as a PNG, down to that many CSS pixels. */
  screenshot(path: string, highest: number): Promise<void>;
  close(): Promise<void>;
}

/** Opens the page as a reader has it, and watches everything that it says and asks. */
export async function open(browser: Browser, options: VisitOptions): Promise<Visit> {
  const { url, hash = "", width = 390, height = 844, theme = "light", language = "fr", timeoutMs = 20_000 } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: language === "fr" ? "fr-FR" : "en-GB",
    timezoneId: "America/New_York",
    reducedMotion: options.reducedMotion === true ? "reduce" : "no-preference",
    hasTouch: width < 900,
    extraHTTPHeaders: { ...options.headers },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(timeoutMs);
  const faults: string[] = [];
  watch(page, new URL(url).origin, faults);
  const asked = requestsOf(page);
  try {
    await page.goto(`${url}/${options.frame === undefined ? hash : ""}`);
    const view = await viewOf(page, options);
    const visit = visitOf({ context, page, view, faults, asked });
    await visit.settle();
    return visit;
  } catch (cause) {
    await context.close();
    throw new Error(`The page did not come to rest: ${faults.join("; ") || "it reported no fault"}`, { cause });
  }
}

function watch(page: Page, origin: string, faults: string[]): void {
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`exception: ${error.stack ?? error.message}`));
  page.on("request", (request) => {
    const address = request.url();
    const isOwn = address.startsWith(`${origin}/`) || address.startsWith(`blob:${origin}`);
    if (!isOwn && !address.startsWith("about:")) faults.push(`foreign request: ${address}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} of ${response.url()}`);
  });
}

/** What is being asked at any moment, but for the events that the page listens to without an end. */
function requestsOf(page: Page): ReadonlySet<Request> {
  const asked = new Set<Request>();
  page.on("request", (request) => {
    if (request.resourceType() !== "eventsource") asked.add(request);
  });
  page.on("requestfinished", (request) => asked.delete(request));
  page.on("requestfailed", (request) => asked.delete(request));
  return asked;
}

async function viewOf(page: Page, { frame, hash = "" }: VisitOptions): Promise<Page | Frame> {
  if (frame === undefined) return page;
  const found = await (await page.waitForSelector(frame)).contentFrame();
  assert.ok(found, `no frame at ${frame}`);
  await found.waitForSelector("h1");
  if (hash !== "") await found.evaluate(`location.hash = ${JSON.stringify(hash)}`);
  return found;
}

interface Opened {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly view: Page | Frame;
  readonly faults: readonly string[];
  readonly asked: ReadonlySet<Request>;
}

/** An empty date field's words are the browser's, which may speak another language than the page. */
const silentDateFields = `(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("::-webkit-datetime-edit { opacity: 0 }");
  document.adoptedStyleSheets = [sheet];
})()`;

/** Resolves once the page has nothing left to do, or never stops: what it asks for is asked by then. */
const idle = `new Promise((done) => {
  const soon = (then) => requestIdleCallback(then, { timeout: 500 });
  soon(() => setTimeout(() => soon(done), 40));
})`;
/** An answer of which the browser never told the end is not waited for any longer; what is drawn of it still is. */
const mostRounds = 60;

function visitOf({ context, page, view, faults, asked }: Opened): Visit {
  const settle = async (): Promise<void> => {
    await view.waitForSelector("h1");
    for (let [quiet, round] = [0, 0]; quiet < 2 && round < mostRounds; round++) {
      await view.evaluate(idle);
      quiet = asked.size === 0 ? quiet + 1 : 0;
    }
    await view.waitForSelector(".skeleton:not(.gallery .skeleton)", { state: "detached" });
    await view.waitForSelector(".chart-drawing:not(:has(canvas))", { state: "detached" });
  };
  return {
    page,
    view,
    faults,
    settle,
    goTo: async (hash) => {
      await view.evaluate(`location.hash = ${JSON.stringify(hash)}`);
      await settle();
    },
    assertClean: () => assert.deepEqual(faults, []),
    assertAccessible: async () => {
      // A colour on its way to another is neither of them.
      await page.emulateMedia({ reducedMotion: "reduce" });
      assert.deepEqual(await axeFindings(view), []);
    },
    screenshot: async (path, highest) => {
      const { width = 0 } = page.viewportSize() ?? {};
      const before = page.viewportSize();
      const whole = Number(await page.evaluate("document.documentElement.scrollHeight"));
      // A screen that high, so that what stands at its edges stands at the picture's.
      await page.setViewportSize({ width, height: Math.min(whole, highest) });
      await settle();
      await page.evaluate(silentDateFields);
      await page.evaluate("scrollTo(0, 0)");
      await page.screenshot({ path });
      if (before) await page.setViewportSize(before);
    },
    close: () => context.close(),
  };
}

/** Evaluated rather than added as a script, which the page's own policy would rightly refuse. */
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The rules of WCAG 2.2 AA and of good practice, of every weight. */
async function axeFindings(view: Page | Frame): Promise<string[]> {
  await view.evaluate(axe);
  const found: unknown =
    await view.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.map(({ id, impact, help, nodes }) =>
      id + ' (' + impact + '): ' + help + ' — ' + nodes.slice(0, 5).map(({ html }) => html.slice(0, 160)).join(' | ')))`);
  assert.ok(Array.isArray(found));
  return found.map(String);
}
