import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { startChromium } from "./browser/chromium.ts";
import { startDemonstration } from "./browser/demonstration.ts";
import { pageNames } from "./browser/page-names.ts";
import { open } from "./browser/visit.ts";
import { picturesOfStates } from "./state-screenshots.ts";

/**
 * Writes docs/screenshots/<page>-<light|dark>-<390|1280>.png of the demonstration, in French, some of them in English
 * (`<page>-en-…`), and the states that a home may be in (`states-…`). Pages may be named as arguments; `states` names the
 * states.
 */
const directory = join(import.meta.dirname, "..", "..", "docs", "screenshots");
const asked = process.argv.slice(2);
const isAsked = (name: string): boolean => asked.length === 0 || asked.includes(name);

/** What most readers of English look at first. */
const inEnglish = ["accueil", "consommation", "couts", "tempo"];
/** CSS pixels: the first screens of a page, and no picture that nobody scrolls through. */
const highest = 1500;
/** What most states are about stands at the top. */
const highestOfStates = 1250;

interface Look {
  readonly theme: "light" | "dark";
  readonly width: number;
  readonly language: "fr" | "en";
}

const looks: readonly Look[] = [
  { theme: "light", width: 390, language: "fr" },
  { theme: "light", width: 1280, language: "fr" },
  { theme: "dark", width: 390, language: "fr" },
  { theme: "dark", width: 1280, language: "fr" },
  { theme: "light", width: 390, language: "en" },
];

async function picture(browser: Browser, url: string, look: Look): Promise<void> {
  const { theme, width, language } = look;
  const height = width === 390 ? 844 : 900;
  const visit = await open(browser, { url, theme, width, height, language, reducedMotion: true });
  for (const name of pageNames.filter((one) => isAsked(one) && (language === "fr" || inEnglish.includes(one)))) {
    await visit.goTo(`#/${name}`);
    const file = [name, ...(language === "fr" ? [] : [language]), theme, width].join("-");
    await visit.screenshot(join(directory, `${file}.png`), highest);
  }
  await visit.close();
}

async function picturesOfPages(browser: Browser): Promise<void> {
  const site = await startDemonstration();
  try {
    for (const look of looks) await picture(browser, site.url, look);
  } finally {
    await site.close();
  }
}

await mkdir(directory, { recursive: true });
const browser = await startChromium();
try {
  if (pageNames.some(isAsked)) await picturesOfPages(browser);
  if (isAsked("states")) await picturesOfStates(browser, { directory, highest: highestOfStates });
} finally {
  await browser.close();
}
