import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { dateAt, localDate } from "../domain/calendar.ts";
import { endOf, type Slot } from "../domain/slot.ts";
import { hourMs, type Instant, instant, type LocalDate, minuteMs, watts } from "../domain/units.ts";
import type { Flow } from "../domain/usage-point.ts";
import { type EnergySource, energyWhOf, isWholeDay } from "./energy-source.ts";

/** A load curve that somebody recorded, with its holes as they are. */
export interface Recording {
  readonly flow: Flow;
  /** Ascending, without repeats; points without a value are absent. */
  readonly slots: readonly Slot[];
}

interface Point {
  readonly start: Instant;
  readonly minutes: number;
  /** Null: the point is there without a value. */
  readonly powerW: number | null;
}

/**
 * Reads a recorded curve, compressed or not: either `utc_start,minutes,avg_w`, or the customer portal's "Consommation
 * horaire" (END labels with offset, `;`, the step not given).
 * @throws when the file is neither, or a line of it cannot be read.
 */
export function loadRecording(path: string): Recording {
  const text = readText(path);
  if (text.startsWith("utc_start,minutes,avg_w")) return { flow: "consumption", slots: slotsOf(readSeries(text)) };
  if (text.startsWith("Identifiant PRM;")) return { flow: flowOfPortal(text), slots: slotsOf(readPortal(text)) };
  throw new Error(`${path} is no recorded curve: it begins with "${text.slice(0, 40)}"`);
}

/** Without byte order mark. */
function readText(path: string): string {
  const bytes = readFileSync(path);
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  return plain.toString("utf8").replace(/^\uFEFF/, "");
}

const linesOf = (text: string): string[] => text.split(/\r?\n/).filter((line) => line !== "");

function instantOf(text: string): Instant {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new Error(`Not an instant: "${text}"`);
  return instant(ms);
}

const powerOf = (text: string): number | null => (text === "" ? null : Number(text));

function readSeries(text: string): Point[] {
  return linesOf(text)
    .slice(1)
    .map((line) => {
      const [start = "", minutes = "", power = ""] = line.split(",");
      return { start: instantOf(start), minutes: Number(minutes), powerW: powerOf(power) };
    });
}

/** The second line of the file describes what the file's first names. */
function flowOfPortal(text: string): Flow {
  const described = linesOf(text)[1] ?? "";
  if (!described.includes(";Courbe de charge;")) throw new Error("The portal's file holds no load curve");
  return described.includes(";Production;") ? "production" : "consumption";
}

/**
 * The stamp is the END. The length is the distance to the point before when that is 30 or 60 minutes, else (first
 * point, after a gap) the distance to the next; a distance that is neither tells nothing, and then it is 30.
 */
function readPortal(text: string): Point[] {
  const lines = linesOf(text);
  const head = lines.indexOf("Horodate;Valeur");
  if (head < 0) throw new Error('The portal\'s file has no line "Horodate;Valeur"');
  const stamped = new Map<Instant, number | null>();
  for (const line of lines.slice(head + 1)) {
    const [stamp = "", value = ""] = line.split(";");
    const end = instantOf(stamp);
    // Exact repeats are common in these files; the first one tells.
    if (!stamped.has(end)) stamped.set(end, powerOf(value));
  }
  const points = [...stamped].sort(([one], [other]) => one - other);
  return points.map(([end, powerW], position) => {
    const before = points[position - 1]?.[0];
    const after = points[position + 1]?.[0];
    const minutes =
      stepOf(before === undefined ? null : end - before) ?? stepOf(after === undefined ? null : after - end) ?? 30;
    return { start: instant(end - minutes * minuteMs), minutes, powerW };
  });
}

const stepOf = (distanceMs: number | null): number | null =>
  distanceMs === hourMs / 2 ? 30 : distanceMs === hourMs ? 60 : null;

function slotsOf(points: readonly Point[]): Slot[] {
  const slots: Slot[] = [];
  let reached = Number.NEGATIVE_INFINITY;
  for (const { start, minutes, powerW } of [...points].sort((a, b) => a.start - b.start)) {
    if (powerW === null || start < reached) continue;
    const slot = { start, minutes, powerW: watts(powerW) };
    slots.push(slot);
    reached = endOf(slot);
  }
  return slots;
}

/** Official daily values in Wh, of days for which a meter's registers are known. */
export type DailyValues = ReadonlyMap<LocalDate, number>;

/** Reads `date_paris,…,total`: registers per day, Wh. @throws when the file has no such columns. */
export function loadDailyValues(path: string): DailyValues {
  const [head = "", ...lines] = linesOf(readText(path));
  const names = head.split(",");
  const total = names.indexOf("total");
  if (names[0] !== "date_paris" || total < 0) throw new Error(`${path} has no columns date_paris and total`);
  return new Map(
    lines.map((line) => {
      const cells = line.split(",");
      return [localDate(cells[0] ?? ""), Number(cells[total])];
    }),
  );
}

/**
 * A recording as a meter's truth. The daily value of a day is the official one where it is given, else the sum of the
 * curve when the day is whole, else none; beyond the recording there is nothing.
 */
export function sourceOfRecording(recording: Recording, official: DailyValues = new Map()): EnergySource {
  const days = new Map<LocalDate, Slot[]>();
  for (const slot of recording.slots) {
    const date = dateAt(slot.start);
    const day = days.get(date);
    if (day) day.push(slot);
    else days.set(date, [slot]);
  }
  const slotsOfDay = (date: LocalDate): readonly Slot[] => days.get(date) ?? [];
  return {
    slotsOf: slotsOfDay,
    dailyWhOf(date) {
      const given = official.get(date);
      if (given !== undefined) return given;
      const slots = slotsOfDay(date);
      return isWholeDay(date, slots) ? energyWhOf(slots) : null;
    },
  };
}

/** The first and last Paris day that the recording touches. @throws when it is empty. */
export function spanOf(recording: Recording): { readonly first: LocalDate; readonly last: LocalDate } {
  const first = recording.slots[0];
  const last = recording.slots.at(-1);
  if (!first || !last) throw new Error("The recording holds no value");
  return { first: dateAt(first.start), last: dateAt(last.start) };
}
