/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** `rgb(1, 2, 3)` as browsers compute a colour; null for what is not opaque or not understood. */
export function parseRgb(text: string): Rgb | null {
  const match = /^rgba?\((\d+)[ ,]+(\d+)[ ,]+(\d+)(?:[ ,/]+([\d.]+))?\)$/.exec(text.trim());
  if (!match || (match[4] !== undefined && Number(match[4]) < 1)) return null;
  return [Number(match[1]), Number(match[2]), Number(match[3])];
}

/** Relative luminance, 0 black to 1 white (WCAG 2.2). */
export function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

const linear = (value: number): number => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

/** 1 (the same) to 21 (black on white), as WCAG 2.2 defines it. */
export function contrast(one: Rgb, other: Rgb): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** Whether white text reads better on it than black. */
export const isDark = (color: Rgb): boolean => contrast(color, [255, 255, 255]) > contrast(color, [0, 0, 0]);
