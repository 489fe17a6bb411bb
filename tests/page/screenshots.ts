import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { startChromium } from "./browser/chromium.ts";
import { startDemonstration } from "./browser/demonstration.ts";
import { pageNames } from "./browser/page-names.ts";
import { open } from "./browser/visit.ts";

/** Writes docs/screenshots/<page>-<light|dark>-<390|1280>.png of the demonstration; pages may be named as arguments. */
const directory = join(import.meta.dirname, "..", "..", "docs", "screenshots");
const asked = process.argv.slice(2);
const names = pageNames.filter((name) => asked.length === 0 || asked.includes(name));

await mkdir(directory, { recursive: true });
const site = await startDemonstration();
const browser = await startChromium();
try {
  for (const theme of ["light", "dark"] as const)
    for (const width of [390, 1280]) {
      const visit = await open(browser, { url: site.url, theme, width, height: width === 390 ? 844 : 900 });
      for (const name of names) {
        await visit.goTo(`#/${name}`);
        await visit.screenshot(join(directory, `${name}-${theme}-${width}.png`));
      }
      await visit.close();
    }
} finally {
  await browser.close();
  await site.close();
}
