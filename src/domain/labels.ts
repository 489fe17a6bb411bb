import { dateAt, dateOfDayNumber, instantsAt, parisOffsetMs } from "./calendar.ts";
import type { Slot } from "./slot.ts";
import { endOf } from "./slot.ts";
import { dayMs, type Instant, type LocalDate, minuteMs, type W } from "./units.ts";

/**
 * From local labels without offset to slots. Sources disagree on the side of the interval a label marks, and none says
 * which of the two autumn hours it means. The rule valid for all of them:
 *
 * 1. the END of the interval on a bare clock: the label itself, or label + interval where the label marks the start
 *    (bare, because a label such as 02:30 on the spring day does not exist on a Paris clock);
 * 2. END becomes an instant; where a clock reads it twice (02:00 ≤ END < 03:00 on the autumn day) the first
 *    occurrence in order of appearance is summer time, the second winter time;
 * 3. the slot starts at END − interval, counted on instants.
 */
export interface LabelledPoint {
  /** The label read as if it were UTC, in milliseconds. */
  readonly labelWall: number;
  readonly minutes: number;
  readonly powerW: W;
}

export interface ResolvedCurve {
  /** Ascending by start, without repeats or overlap. */
  readonly slots: readonly Slot[];
  /** Days with a label that could stand for two instants, or for none, and nothing to decide by. */
  readonly ambiguousDays: readonly LocalDate[];
  /** Points left out because an earlier one already tells their interval. */
  readonly repeats: number;
  /** Points left out because their label is not on a whole minute, hence no interval of the curve. */
  readonly offGrid: number;
}

interface RepeatedHourPoint {
  readonly position: number;
  readonly endWall: number;
}

export function resolveCurve(points: readonly LabelledPoint[], side: "start" | "end"): ResolvedCurve {
  const ends = new Array<Instant | undefined>(points.length);
  const repeatedHour = new Map<number, RepeatedHourPoint[]>();
  const ambiguous = new Set<LocalDate>();
  let offGrid = 0;

  points.forEach((point, position) => {
    const endWall = side === "start" ? point.labelWall + point.minutes * minuteMs : point.labelWall;
    if (endWall % minuteMs !== 0) {
      offGrid++;
      return;
    }
    const before = parisOffsetMs(endWall - dayMs);
    if (before === parisOffsetMs(endWall + dayMs)) {
      ends[position] = (endWall - before) as Instant;
      return;
    }
    const candidates = instantsAt(endWall);
    if (candidates.length === 2) {
      const day = Math.floor(endWall / dayMs);
      const found = repeatedHour.get(day) ?? [];
      found.push({ position, endWall });
      repeatedHour.set(day, found);
    } else if (candidates[0] !== undefined) {
      ends[position] = candidates[0];
    } else {
      // In the spring gap. 02:00 is the instant of the change itself; beyond it no meter interval ends.
      const end = (endWall - before) as Instant;
      ends[position] = end;
      if (parisOffsetMs(end - 1) === parisOffsetMs(end)) ambiguous.add(dateAt(end));
    }
  });

  for (const [day, found] of repeatedHour) {
    const copies = copiesOn(points, ends, day);
    const { decided, certain } = decideRepeatedHour(found, copies);
    for (const [position, occurrence] of decided) {
      const { endWall } = found.find((point) => point.position === position) as RepeatedHourPoint;
      ends[position] = instantsAt(endWall)[occurrence] as Instant;
    }
    if (!certain) ambiguous.add(dateOfDayNumber(day));
  }

  const slots = toSlots(points, ends);
  const placed = ends.reduce((count, end) => count + (end === undefined ? 0 : 1), 0);
  const undecided = points.length - offGrid - placed;
  return {
    slots,
    ambiguousDays: [...ambiguous].sort(),
    repeats: placed - slots.length + undecided,
    offGrid,
  };
}

/** How many copies of the curve the answer holds on that day, told by the labels that are read only once. */
function copiesOn(points: readonly LabelledPoint[], ends: readonly (Instant | undefined)[], day: number): number {
  const counts = new Map<number, number>();
  let most = 1;
  points.forEach((point, position) => {
    const end = ends[position];
    if (end === undefined || Math.floor(point.labelWall / dayMs) !== day) return;
    const count = (counts.get(end) ?? 0) + 1;
    counts.set(end, count);
    most = Math.max(most, count);
  });
  return most;
}

/**
 * Which occurrence (0 summer, 1 winter) each point of the repeated hour is. Either the answer is in the order of time,
 * then the labels fall back once and everything from there is winter; or it is sorted by label, then equal labels keep
 * their order and come in pairs. A single label in a sorted answer could be either.
 */
function decideRepeatedHour(
  found: readonly RepeatedHourPoint[],
  copies: number,
): { readonly decided: ReadonlyMap<number, 0 | 1>; readonly certain: boolean } {
  const decided = new Map<number, 0 | 1>();
  const fallsBack = found.findIndex((point, i) => i > 0 && point.endWall < (found[i - 1] as RepeatedHourPoint).endWall);
  if (copies === 1 && fallsBack > 0) {
    let certain = true;
    const seen = new Set<string>();
    found.forEach((point, i) => {
      const occurrence = i < fallsBack ? 0 : 1;
      const key = `${point.endWall}/${occurrence}`;
      if (seen.has(key)) certain = false;
      else decided.set(point.position, occurrence);
      seen.add(key);
    });
    return { decided, certain };
  }
  let certain = true;
  for (const [, same] of Map.groupBy(found, (point) => point.endWall)) {
    const own = same.slice(0, Math.ceil(same.length / copies));
    if (own.length !== 2) certain = false;
    own.slice(0, 2).forEach((point, i) => {
      decided.set(point.position, i === 0 ? 0 : 1);
    });
  }
  return { decided, certain };
}

function toSlots(points: readonly LabelledPoint[], ends: readonly (Instant | undefined)[]): Slot[] {
  const all: Slot[] = [];
  let ascending = true;
  points.forEach((point, position) => {
    const end = ends[position];
    if (end === undefined) return;
    const start = (end - point.minutes * minuteMs) as Instant;
    const last = all.at(-1);
    if (last && endOf(last) > start) ascending = false;
    all.push({ start, minutes: point.minutes, powerW: point.powerW });
  });
  if (ascending) return all;
  // Stable, so that of two points for one interval the first to appear stays.
  all.sort((a, b) => a.start - b.start);
  const kept: Slot[] = [];
  for (const slot of all) {
    const last = kept.at(-1);
    if (!last || endOf(last) <= slot.start) kept.push(slot);
  }
  return kept;
}
