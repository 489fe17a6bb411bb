/**
 * Forms that were begun and are not sent yet, by name: whoever goes to another page, or back, finds what was typed. Some
 * are kept by the browser's tab too, because Home Assistant throws the page away when its reader looks at another panel;
 * what may hold a secret is kept in memory alone.
 */
export type DraftPlace = "memory" | "tab";

const drafts = new Map<string, object>();
const keyOf = (name: string): string => `linky-bridge.draft.${name}`;

/** What was begun; null where nothing was, or where it is no form such as `first`. */
export function keptDraft<T extends object>(name: string, first: T, place: DraftPlace): T | null {
  const known = drafts.get(name) ?? (place === "tab" ? storedIn(name) : null);
  // A form of its own version of this page has the same fields.
  return known !== null && isLike(first, known) ? (known as T) : null;
}

/** Null forgets. */
export function keepDraft(name: string, draft: object | null, place: DraftPlace): void {
  if (draft === null) drafts.delete(name);
  else drafts.set(name, draft);
  if (place === "memory") return;
  try {
    if (draft === null) sessionStorage.removeItem(keyOf(name));
    else sessionStorage.setItem(keyOf(name), JSON.stringify(draft));
  } catch {
    // A frame may be refused any storage: it holds until the page is left.
  }
}

function storedIn(name: string): object | null {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(keyOf(name)) ?? "null");
    return typeof stored === "object" ? stored : null;
  } catch {
    return null;
  }
}

const isLike = (first: object, other: object): boolean => {
  const types = new Map(Object.entries(other).map(([key, value]) => [key, typeOf(value)]));
  return Object.entries(first).every(([key, value]) => types.get(key) === typeOf(value));
};

const typeOf = (value: unknown): string => (Array.isArray(value) ? "array" : typeof value);
