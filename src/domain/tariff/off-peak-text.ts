/** As it is written: minutes since midnight, 0 to 1440; an end at or before its start lies on the next day. */
export interface ClockRange {
  readonly from: number;
  readonly to: number;
}

/**
 * `22H00-6H00`, `23h-7h30`, `22:00:00-06:00:00`, `0H54 - 6`. The minutes of the end are read only where no `h` follows
 * them, because in `22H-6H 12H30-14H30` they are the hour of the next range.
 */
const range =
  /(?<![\d:hH])(\d{1,2})\s*[hH:]\s*(\d{0,2})(?::\d{2})?\s*[-–]\s*(\d{1,2})(?:\s*[hH:]\s*(\d{1,2})(?::\d{2})?(?!\d|\s*[hH:])|\s*[hH](?!\d))?/g;

/** Ranges said to be the dear ones must not be taken for the cheap ones. */
const peakPart = /\bHP\s*\([^)]*\)?/gi;

const noise = /\bHC\b|\bheures?\s+creuses?\b|\b(?:none|null)\b|[()[\]{};,+|"\s]+/gi;

/** The ranges in a text, and the rest of it that means something the parser does not know; empty when nothing is left. */
export function readRanges(text: string): { readonly ranges: readonly ClockRange[]; readonly leftOver: string } {
  const ranges: ClockRange[] = [];
  const peak = text.match(peakPart) ?? [];
  const rest = text.replace(peakPart, " ").replace(range, (whole, fromHour, fromMinute, toHour, toMinute) => {
    const from = minutesOf(fromHour, fromMinute);
    const to = minutesOf(toHour, toMinute);
    if (from === null || to === null) return whole;
    ranges.push({ from, to });
    return " ";
  });
  return { ranges, leftOver: [rest.replace(noise, " ").trim(), ...peak].filter((part) => part !== "").join(" ") };
}

/** Null where no clock shows it. 24:00 is midnight. */
function minutesOf(hour: string, minute: string | undefined): number | null {
  const minutes = Number(hour) * 60 + Number(minute ?? "");
  return Number(minute ?? "") < 60 && minutes <= 1440 ? minutes : null;
}
