const microDigits = 6;

/**
 * Millionths in a decimal text, without any floating point; digits beyond the sixth are rounded, halves upwards. Null
 * where it is not a number of zero or more, or one too large to be exact.
 */
export function microsOf(text: string): number | null {
  const match = /^(\d+)(?:\.(\d*))?$/.exec(text.trim());
  if (!match) return null;
  const [, whole = "", fraction = ""] = match;
  const digits = fraction.padEnd(microDigits + 1, "0");
  const micros = Number(whole + digits.slice(0, microDigits)) + (digits.charAt(microDigits) >= "5" ? 1 : 0);
  return Number.isSafeInteger(micros) ? micros : null;
}
