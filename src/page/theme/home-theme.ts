import { isDark, parseRgb } from "./contrast.ts";
import type { Scheme } from "./theme.ts";

/**
 * Home Assistant's theme, where the page is shown inside it: its document is of the same origin then, and carries the
 * theme as properties of its root element. Only whether it is dark is taken: a user's own colours need not be readable
 * with ours.
 */
export function homeScheme(): Scheme | null {
  const root = homeRoot();
  if (root === null) return null;
  const background = getComputedStyle(root).getPropertyValue("--primary-background-color").trim();
  if (background === "") return null;
  const color = parseRgb(computed(background));
  if (color === null) return null;
  return isDark(color) ? "dark" : "light";
}

/** Told of the scheme whenever Home Assistant changes its theme. */
export function followHome(onChange: (scheme: Scheme | null) => void): void {
  const root = homeRoot();
  if (root === null) return;
  new MutationObserver(() => onChange(homeScheme())).observe(root, { attributes: true });
}

function homeRoot(): HTMLElement | null {
  try {
    return parent === window ? null : parent.document.documentElement;
  } catch {
    // Another origin frames the page; its document is none of ours.
    return null;
  }
}

/** The browser's own reading of a colour, which may be a name or any notation. */
function computed(color: string): string {
  const probe = document.createElement("span");
  probe.style.color = color;
  document.documentElement.append(probe);
  const text = getComputedStyle(probe).color;
  probe.remove();
  return text;
}
