import type { Visit } from "./visit.ts";

/** What the page opens with: sentence, figures and what is said under them. */
export const answerOf = async ({ view }: Visit): Promise<string> =>
  (await view.locator(".answer").first().innerText()).replace(/\s*\n\s*/g, " | ");

/** The cells of each line of the table of that caption, its body only. */
export const rowsOf = async ({ view }: Visit, caption: string): Promise<string[][]> => {
  const rows = await view.locator(`table:has(caption:text-is(${JSON.stringify(caption)})) tbody tr`).all();
  return Promise.all(rows.map((row) => row.locator("th, td").allInnerTexts()));
};

/** How wide the page is, in CSS pixels: as its screen, where nothing sticks out. */
export const widthOf = ({ view }: Visit): Promise<unknown> => view.evaluate("document.documentElement.scrollWidth");
