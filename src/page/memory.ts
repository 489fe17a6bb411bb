/** What this browser keeps for the reader: conveniences only, because a frame may be refused any storage. */
const prefix = "linky-bridge.";

export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
}

/** Null forgets. */
export function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(prefix + name);
    else localStorage.setItem(prefix + name, value);
  } catch {
    // It holds until the page is left.
  }
}
