/** PHP's idea of values, as far as Jeedom's answers and numbers depend on it. */

/** `empty()`: what the JSON-RPC answers as the string "ok". */
export function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === "object" && value !== null) return Object.keys(value).length === 0;
  return value === undefined || value === null || value === false || value === 0 || value === "" || value === "0";
}

/** A scalar as a string; a list or an object has none. */
export function textOf(value: unknown): string {
  if (value === true) return "1";
  if (typeof value === "number" || typeof value === "string") return String(value);
  return "";
}

/** `floatval()`: the number that the text begins with, else 0. */
export function floatOf(text: string): number {
  const start = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/i.exec(text);
  return start ? Number(start[0]) : 0;
}

/** JSON of PHP: an array that holds nothing is a list, whatever it was meant to hold. */
export const mapOrList = (map: Readonly<Record<string, unknown>>): object => (isEmpty(map) ? [] : map);
