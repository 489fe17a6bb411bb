import { effect, signal } from "@preact/signals";
import { remember, remembered } from "../memory.ts";
import { followHome, homeScheme } from "./home-theme.ts";

export const themes = ["auto", "light", "dark"] as const;
export type Theme = (typeof themes)[number];
export type Scheme = "light" | "dark";

const chosen = remembered("theme");
const system = matchMedia("(prefers-color-scheme: dark)");
/** Paper is light, whatever the screen is. */
const paper = matchMedia("print");

/** The reader's choice; `auto` is Home Assistant's theme where the page stands in it, else the system's. */
export const theme = signal<Theme>(themes.find((name) => name === chosen) ?? "auto");

/** What is shown. Charts draw again when it changes. */
export const scheme = signal<Scheme>("light");

export function chooseTheme(next: Theme): void {
  remember("theme", next === "auto" ? null : next);
  theme.value = next;
}

/** Shows the right scheme from now on. */
export function startTheme(): void {
  const home = signal<Scheme | null>(homeScheme());
  const dark = signal(system.matches);
  system.addEventListener("change", ({ matches }) => {
    dark.value = matches;
  });
  const isPrinted = signal(paper.matches);
  paper.addEventListener("change", ({ matches }) => {
    isPrinted.value = matches;
  });
  followHome((next) => {
    home.value = next;
  });
  effect(() => {
    const automatic = home.value ?? (dark.value ? "dark" : "light");
    const wanted = theme.value === "auto" ? automatic : theme.value;
    const next = isPrinted.value ? "light" : wanted;
    document.documentElement.dataset.scheme = next;
    scheme.value = next;
  });
}
