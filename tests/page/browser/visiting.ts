import type { Browser } from "playwright-core";
import { open, type Visit, type VisitOptions } from "./visit.ts";

/** A visit that ends however its use does, and that has to have been quiet: nothing in the console, nothing foreign. */
export async function visiting(
  browser: Browser,
  options: VisitOptions,
  use: (visit: Visit) => Promise<void>,
): Promise<void> {
  const visit = await open(browser, options);
  try {
    await use(visit);
    visit.assertClean();
  } finally {
    await visit.close();
  }
}

/** What the page opens with: sentence, figures and what is said under them. */
export const answerOf = async ({ view }: Visit): Promise<string> =>
  (await view.locator(".answer").first().innerText()).replace(/\s*\n\s*/g, " | ");

/** The cells of each line of the table of that caption, its body only. */
export const rowsOf = async ({ view }: Visit, caption: string): Promise<string[][]> => {
  const rows = await view.locator(`table:has(caption:text-is(${JSON.stringify(caption)})) tbody tr`).all();
  return Promise.all(rows.map((row) => row.locator("th, td").allInnerTexts()));
};
