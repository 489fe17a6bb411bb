import type { Palette } from "./option.ts";
import { type Tone, tones } from "./tones.ts";

/** The colours of the present scheme, as the style sheet has them. */
export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  const all = tones.map((tone): [Tone, string] => [tone, read(`--tone-${tone}`)]);
  return {
    tones: Object.fromEntries(all) as Record<Tone, string>,
    card: read("--card"),
    text: read("--text"),
    muted: read("--muted"),
    line: read("--line"),
    edge: read("--edge"),
    font: style.fontFamily,
  };
}
