import { instant } from "../../domain/units.ts";
import type { Clock } from "../../shared/clock.ts";
import { type Line, listCommands, listEquipment, loadCurrent, loadHistory, sendEvent } from "./calls.ts";
import { requirePlugin } from "./door.ts";
import { failure, type JeedomFailure } from "./failure.ts";
import { type LocalClock, type LocalPoint, localPoints, type Point } from "./local-time.ts";
import type { CurrentValue, HistoryRow } from "./messages.ts";
import { type CommandRef, type HistoryCommand, isHeld, wireValue } from "./quantity.ts";

/** Between the box's clock and ours; a wrong zone is half an hour off or more. */
const clockToleranceMs = 10 * 60_000;

/** A line with the clocks of both ends. */
export interface TimedLine extends Line {
  /** The box's. */
  readonly local: LocalClock;
  readonly clock: Pick<Clock, "now">;
}

/**
 * Writes the points that the box does not hold yet, oldest first, and reads them back. Points of the past leave their
 * trace in the current value, also of an attempt that was interrupted: the newest point that the box holds is then sent
 * again, so that it is current.
 * @throws JeedomFailure; RangeError for points out of order or to come, or values that the box would change.
 */
export async function writePoints(line: TimedLine, command: HistoryCommand, points: readonly Point[]): Promise<void> {
  requirePast(points, line.clock);
  const wanted = localPoints(points, line.local, command.merge);
  const [first, last] = [wanted[0], wanted.at(-1)];
  if (!first || !last) return;
  const values = new Map(wanted.map(({ datetime, value }) => [datetime, wireValue(command, value)]));
  const span = { id: command.id, from: first.datetime, to: last.datetime };
  const missing = wanted.filter(lacking(await loadHistory(line, span), "every"));
  const before = await loadCurrent(line, command.id);
  if (missing.length === 0) {
    if (values.has(before.collectDate)) await restoreNewest(line, command, { before, current: before.collectDate });
    return;
  }
  for (const { datetime } of missing)
    await sendEvent(line, { id: command.id, datetime, value: values.get(datetime) ?? "" });
  const lost = missing.find(lacking(await loadHistory(line, span), "some"));
  if (lost) throw await notStored(line, command, `${lost.datetime} = ${lost.value}`);
  await restoreNewest(line, command, { before, current: (missing.at(-1) ?? last).datetime });
}

/** Whether the box holds every one of the points, beside whatever an archived twin says. */
export async function arePointsHeld(
  line: TimedLine,
  command: HistoryCommand,
  points: readonly Point[],
): Promise<boolean> {
  const wanted = localPoints(points, line.local, command.merge);
  const [first, last] = [wanted[0], wanted.at(-1)];
  if (!first || !last) return true;
  const rows = await loadHistory(line, { id: command.id, from: first.datetime, to: last.datetime });
  return !wanted.some(lacking(rows, "some"));
}

/**
 * Which points the rows do not hold. Beside a corrected row its archived twin may stand, until the next night lets the
 * correction win: a point is only taken for written before when "every" row of its time has its value.
 */
function lacking(rows: readonly HistoryRow[], which: "every" | "some"): (point: LocalPoint) => boolean {
  const byTime = Map.groupBy(rows, ({ datetime }) => datetime);
  return ({ datetime, value }) => {
    const same = byTime.get(datetime) ?? [];
    const holds = (row: HistoryRow): boolean => isHeld(row.value, value);
    return same.length === 0 || !(which === "every" ? same.every(holds) : same.some(holds));
  };
}

/** @param current the date of the point that is current now. */
async function restoreNewest(
  line: TimedLine,
  { id }: HistoryCommand,
  { before, current }: { readonly before: CurrentValue; readonly current: string },
): Promise<void> {
  const to = line.local.textAt(instant(line.clock.now() + clockToleranceMs));
  const newest = (await loadHistory(line, { id, from: current, to })).at(-1);
  if (!newest || newest.datetime <= current) return;
  // An archived twin may stand beside the row that corrects it; what was current is the latter.
  const { datetime } = newest;
  const value = before.collectDate === datetime && before.value !== null ? String(before.value) : newest.value;
  await sendEvent(line, { id, datetime, value });
}

/** Sets the current value as of now, and reads it back. @throws JeedomFailure; RangeError as `wireValue`. */
export async function writeValue(line: TimedLine, command: CommandRef, value: number | string): Promise<void> {
  await sendEvent(line, { id: command.id, value: wireValue(command, value) });
  const held = await loadCurrent(line, command.id);
  if (isHeld(held.value, value) && isNow(line, held)) return;
  const lost = await notStored(line, command, `${command.logicalId} = ${value}, ${held.value}`);
  throw isHeld(held.value, value) && lost.reason === "not_stored" ? clockDiffers(line, held) : lost;
}

/** @throws JeedomFailure unless the box dates what it has never held with our "now". */
export async function requireSameClock(line: TimedLine, untouched: CommandRef): Promise<void> {
  const held = await loadCurrent(line, untouched.id);
  if (held.value === null || held.value === "") if (!isNow(line, held)) throw clockDiffers(line, held);
}

/** An unreadable date is no proof of another clock. */
function isNow({ local, clock }: TimedLine, { collectDate }: CurrentValue): boolean {
  const wall = Date.parse(`${collectDate.replace(" ", "T")}Z`);
  const expected = Date.parse(`${local.textAt(clock.now()).replace(" ", "T")}Z`);
  return Number.isNaN(wall) || Math.abs(wall - expected) <= clockToleranceMs;
}

const clockDiffers = ({ box, local, clock }: TimedLine, { collectDate }: CurrentValue): JeedomFailure =>
  failure("clock_differs", box.facts(`${collectDate} ≠ ${local.textAt(clock.now())} ${local.zone}`));

/** Why "ok" was said and nothing was stored. */
async function notStored(line: Line, command: CommandRef, what: string): Promise<JeedomFailure> {
  const { box, door, signal } = line;
  await requirePlugin(box, door, signal);
  const equipment = (await listEquipment(line)).find(({ id }) => id === command.equipmentId);
  if (!equipment) return failure("gone", box.facts(command.logicalId));
  if (!equipment.isEnabled) return failure("equipment_disabled", box.facts(equipment.name));
  const row = (await listCommands(line, command.equipmentId)).find(({ id }) => id === command.id);
  if (!row) return failure("gone", box.facts(command.logicalId));
  if ("merge" in command && !row.isHistorised) return failure("not_historised", box.facts(row.name));
  return failure("not_stored", box.facts(what));
}

/** The box takes dates to come, and makes them current at once. */
function requirePast(points: readonly Point[], clock: Pick<Clock, "now">): void {
  const now = clock.now();
  for (const [position, { at }] of points.entries()) {
    if (at > now) throw new RangeError(`A point for Jeedom lies in the future: ${new Date(at).toISOString()}`);
    const previous = points[position - 1];
    if (previous && previous.at >= at) throw new RangeError("The points for Jeedom are not ascending");
  }
}
