import { type ClockRange, readRanges } from "./off-peak-text.ts";

/** `[from, to)` in minutes since midnight on a Paris clock, 0 ≤ from < to ≤ 1440. */
export interface OffPeakWindow {
  readonly from: number;
  readonly to: number;
}

/**
 * When the cheaper price holds, per day of the week. A window that crosses midnight stands on its day as both its parts
 * within that civil day: "Monday 22:30-06:30" is Monday before 06:30 and Monday from 22:30, which is how the gateway
 * reads its weekdays.
 */
export interface OffPeakSchedule {
  /** Seven lists, Monday first; each ascending, its windows neither overlapping nor touching. */
  readonly days: readonly (readonly OffPeakWindow[])[];
}

export interface ParsedOffPeak {
  /** Null when no window was found. */
  readonly schedule: OffPeakSchedule | null;
  /** What was written besides and is not understood, worth a warning: seasonal hours are to come, and no one knows their spelling. */
  readonly leftOver: string | null;
}

const minutesInDay = 1440;
const weekdays: readonly string[] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** Of one weekday, 1 Monday to 7 Sunday. */
export const windowsOn = (schedule: OffPeakSchedule, weekday: number): readonly OffPeakWindow[] =>
  schedule.days[weekday - 1] ?? [];

/**
 * The windows in any spelling that is met: text, list, `{ranges}`, `{default}`, `{HC}`, `{start, end}`, per English weekday,
 * `offpeak_hours_0` (Monday) to `_6` of gateway v1, or any of them as JSON text. A day that is named has its own windows
 * alone; the others have those said of no day. 24H00 is 0H00, equal start and end are no window, 0H00-24H00 is the whole
 * day. Nothing is supplied where nothing is said.
 */
export function parseOffPeak(raw: unknown): ParsedOffPeak {
  const findings: Findings = { everyDay: [], byDay: new Map(), leftOver: [] };
  collect(raw, { weekday: null, depth: 0 }, findings);
  const everyDay = merged(findings.everyDay);
  const days = weekdays.map((_, position) => {
    const own = findings.byDay.get(position + 1);
    return own ? merged(own) : everyDay;
  });
  return {
    schedule: days.some((windows) => windows.length > 0) ? { days } : null,
    leftOver: findings.leftOver.length > 0 ? findings.leftOver.join(" ") : null,
  };
}

interface Findings {
  readonly everyDay: ClockRange[];
  readonly byDay: Map<number, ClockRange[]>;
  readonly leftOver: string[];
}
interface Place {
  /** 1 to 7; null while no day is named. */
  readonly weekday: number | null;
  readonly depth: number;
}

/** Deeper than any spelling; bounds what a hostile text can make the parser do. */
const deepest = 8;

function collect(value: unknown, place: Place, findings: Findings): void {
  if (value === null || value === undefined) return;
  if (place.depth > deepest) findings.leftOver.push("…");
  else if (typeof value === "string") collectText(value, place, findings);
  else if (typeof value === "object") collectMembers(value, place, findings);
  else findings.leftOver.push(String(value));
}

function collectText(text: string, place: Place, findings: Findings): void {
  const written = fromJson(text);
  if (written !== undefined) {
    collect(written, { ...place, depth: place.depth + 1 }, findings);
    return;
  }
  const { ranges, leftOver } = readRanges(text);
  rangesAt(place.weekday, findings).push(...ranges);
  if (leftOver !== "") findings.leftOver.push(leftOver);
}

/** Undefined unless the text is a JSON list, object or text. */
function fromJson(text: string): unknown {
  if (!/^\s*[[{"]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // A text that only begins like JSON is read as text.
    return undefined;
  }
}

function collectMembers(value: object, place: Place, findings: Findings): void {
  const inner = { ...place, depth: place.depth + 1 };
  if (Array.isArray(value)) {
    for (const member of value) collect(member, inner, findings);
    return;
  }
  const members = new Map<string, unknown>(Object.entries(value));
  const [start, end] = [members.get("start"), members.get("end")];
  if (typeof start === "string" && typeof end === "string") {
    collect(`${start}-${end}`, inner, findings);
    members.delete("start");
    members.delete("end");
  }
  for (const [key, member] of members) {
    if (member === null) continue;
    const weekday = weekdayNamed(key);
    const meaning = weekday === null ? meaningOf(key) : "off_peak";
    if (meaning !== "off_peak") findings.leftOver.push(key);
    if (meaning !== "peak") collect(member, { ...inner, weekday: weekday ?? place.weekday }, findings);
  }
}

function weekdayNamed(key: string): number | null {
  const named = weekdays.indexOf(key.toLowerCase());
  if (named >= 0) return named + 1;
  const numbered = /^offpeak_hours_([0-6])$/i.exec(key);
  return numbered ? Number(numbered[1]) + 1 : null;
}

/** Ranges under a name that says nothing are taken, since every name of the gateway means off-peak, and the name is left over. */
function meaningOf(key: string): "off_peak" | "peak" | "unknown" {
  if (/^(ranges|default|hc|offpeak_hours|hc_schedules)$/i.test(key)) return "off_peak";
  return /^(hp|peak)/i.test(key) ? "peak" : "unknown";
}

function rangesAt(weekday: number | null, { everyDay, byDay }: Findings): ClockRange[] {
  if (weekday === null) return everyDay;
  const known = byDay.get(weekday) ?? [];
  byDay.set(weekday, known);
  return known;
}

/** Cut at midnight, ascending, overlapping and touching ones joined. */
function merged(ranges: readonly ClockRange[]): readonly OffPeakWindow[] {
  const windows: { from: number; to: number }[] = [];
  for (const { from, to } of ranges.flatMap(cutAtMidnight).sort((a, b) => a.from - b.from)) {
    const last = windows.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else windows.push({ from, to });
  }
  return windows;
}

/** A part without minutes, as from 24H00 to midnight, is none. */
function cutAtMidnight({ from, to }: ClockRange): ClockRange[] {
  const parts =
    from <= to
      ? [{ from, to }]
      : [
          { from: 0, to },
          { from, to: minutesInDay },
        ];
  return parts.filter((part) => part.from < part.to);
}

/**
 * The canonical text, `01:34-07:34;12:56-14:56`, ascending by start; where the days of the week differ, the gateway's JSON
 * per weekday, those without windows left out. `parseOffPeak` gives the same schedule back.
 */
export function describeOffPeak(schedule: OffPeakSchedule): string {
  const texts = weekdays.map((_, position) => textOf(windowsOn(schedule, position + 1)));
  if (texts.every((text) => text === texts[0])) return texts[0] ?? "";
  const named = weekdays.map((weekday, position) => [weekday, texts[position] ?? ""] as const);
  return JSON.stringify(Object.fromEntries(named.filter(([, text]) => text !== "")));
}

/** The parts before and after midnight read as the one window that they are. */
function textOf(windows: readonly OffPeakWindow[]): string {
  const [first, last] = [windows[0], windows.at(-1)];
  const crosses = first && last && first !== last && first.from === 0 && last.to === minutesInDay;
  const shown = crosses ? [...windows.slice(1, -1), { from: last.from, to: first.to }] : windows;
  return shown.map(({ from, to }) => `${clockText(from)}-${clockText(to)}`).join(";");
}

const clockText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
