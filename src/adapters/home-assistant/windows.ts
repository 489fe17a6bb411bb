import { hourMs, type Instant, instant } from "../../domain/units.ts";
import type { Span } from "../../sync/statistics/recorder.ts";

/** Home Assistant's own words for `[from, before)`; without an end, up to whatever is newest. */
export interface Window {
  readonly from: Instant;
  readonly before: Instant | null;
}

/** About 15 MB of JSON: 8 series of one year, or 4 of two. */
const mostRowsPerRead = 70_080;
const longestHours = 2 * 365 * 24;
const epoch = instant(0);
/** No Linky meter was read before: this far back one read suffices. */
const firstLinky = instant(Date.UTC(2010, 0, 1));

/**
 * A span in pieces, ascending, touching and each short enough for one reply of `ids` series; the last of an open span is
 * open, because rows may lie in the future. Home Assistant wants a beginning: an open one is 1970.
 */
export function windowsOf(
  span: Span,
  { ids, now }: { readonly ids: number; readonly now: Instant },
): readonly Window[] {
  const hours = Math.max(1, Math.min(longestHours, Math.floor(mostRowsPerRead / ids)));
  const windows: Window[] = [];
  let from: Instant = span.from ?? epoch;
  const bounded = span.before ?? now;
  if (from < firstLinky && firstLinky < bounded) {
    windows.push({ from, before: firstLinky });
    from = firstLinky;
  }
  while (bounded - from > hours * hourMs) {
    const before = instant(from + hours * hourMs);
    windows.push({ from, before });
    from = before;
  }
  if (span.before === undefined || from < span.before) windows.push({ from, before: span.before ?? null });
  return windows;
}
