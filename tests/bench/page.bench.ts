import type { Browser } from "playwright-core";
import { startChromium } from "../page/browser/chromium.ts";
import { startDemonstration } from "../page/browser/demonstration.ts";
import { type BenchResult, median, rounded, rounds } from "./result.ts";

/** When the first figure of home stands on the screen, in ms after the address was asked for, as the browser's own clock has it. */
const noteFirstFigure = `window.firstFigureMs = new Promise((tell) => {
  new MutationObserver((_changes, observer) => {
    if (document.querySelector(".answer-figure") === null) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => tell(performance.now())));
  }).observe(document, { childList: true, subtree: true });
});`;

/** A phone that has never been there: nothing of the page is kept from the round before. */
async function firstVisit(browser: Browser, url: string): Promise<{ paintMs: number; readableMs: number }> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "fr-FR" });
  try {
    const page = await context.newPage();
    await page.addInitScript(noteFirstFigure);
    await page.goto(url);
    const readableMs = Number(await page.evaluate("window.firstFigureMs"));
    const paint = await page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime");
    return { paintMs: Number(paint), readableMs };
  } finally {
    await context.close();
  }
}

/** The first visit of the home page over the demonstration, on loopback, in a browser without a window. */
export async function run(): Promise<BenchResult[]> {
  const site = await startDemonstration();
  const browser = await startChromium();
  try {
    await firstVisit(browser, site.url);
    const visits = [];
    for (let round = 0; round < rounds; round++) visits.push(await firstVisit(browser, site.url));
    return [
      { name: "page: first paint", value: rounded(median(visits.map(({ paintMs }) => paintMs))), unit: "ms" },
      {
        name: "page: yesterday's figure readable on the first visit",
        value: rounded(median(visits.map(({ readableMs }) => readableMs))),
        unit: "ms",
        limit: 1000,
      },
    ];
  } finally {
    await browser.close();
    await site.close();
  }
}
