import type { Instant } from "../../domain/units.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Logger } from "../../shared/log.ts";
import { Box } from "./box.ts";
import { listEquipment, loadCurrent, loadHistory } from "./calls.ts";
import { openDoor, type Session } from "./door.ts";
import type { Point } from "./local-time.ts";
import type { CurrentValue, EquipmentRow } from "./messages.ts";
import { isOwn, type MeterRequest, type PreparedMeter, prepareMeter } from "./prepare.ts";
import type { CommandRef, HistoryCommand } from "./quantity.ts";
import { arePointsHeld, requireSameClock, type TimedLine, writePoints, writeValue } from "./values.ts";

export interface JeedomSettings {
  /** The browser's address of the box. */
  readonly url: string;
  /** Best the key of the plugin Virtuel, unrestricted. */
  readonly apiKey: string;
  /** The box's zone, for a key that may not read it. Default Europe/Paris. */
  readonly timeZone?: string;
  /** For one call, its answer included. Default 15 000. */
  readonly timeoutMs?: number;
  readonly clock: Pick<Clock, "now">;
  readonly log: Logger;
}

export interface JeedomFacts {
  readonly version: string;
  readonly timeZone: string;
  /** False where the key may not read the zone: it is the expected one then, checked when commands are made. */
  readonly timeZoneIsTold: boolean;
}

/** `[from, to]`, both ends included. */
export interface HistorySpan {
  readonly from: Instant;
  readonly to: Instant;
}

export interface HistoryPoint extends Point {
  /** The box's own name of the point: `at` is the earlier of its instants in the repeated hour. */
  readonly datetime: string;
}

/**
 * A Jeedom box. Calls go out one by one; each method throws a `JeedomFailure` for what the box, its network or its
 * settings are the cause of, and the signal's reason when aborted. One object per box: two would not wait for each other.
 */
export interface Jeedom {
  /** As it may be shown: no key, no password. */
  readonly url: string;
  /** Looks at address, key, rights, plugin and zone anew; nothing is written. */
  test(signal: AbortSignal): Promise<JeedomFacts>;
  /** The equipment that was made for us, disabled ones included; nothing is written. */
  equipment(signal: AbortSignal): Promise<readonly EquipmentRow[]>;
  /** Makes what is missing of the meter's equipment and commands, without touching what is there. */
  prepare(request: MeterRequest, signal: AbortSignal): Promise<PreparedMeter>;
  /**
   * Points of the past, ascending, into a command with history; those the box holds already are not sent again. Both
   * runs of a repeated hour belong into one call. May be repeated, and goes on where it was interrupted.
   */
  writeHistory(command: HistoryCommand, points: readonly Point[], signal: AbortSignal): Promise<void>;
  /** Whether the box holds all of these points. */
  holdsHistory(command: HistoryCommand, points: readonly Point[], signal: AbortSignal): Promise<boolean>;
  /** The value as of now. */
  writeCurrent(command: CommandRef, value: number | string, signal: AbortSignal): Promise<void>;
  /** What the box holds, ascending; a corrected point may stand beside its former value until the next night. */
  readHistory(command: CommandRef, span: HistorySpan, signal: AbortSignal): Promise<readonly HistoryPoint[]>;
  readCurrent(command: CommandRef, signal: AbortSignal): Promise<CurrentValue>;
}

const defaultTimeoutMs = 15_000;

/** @throws JeedomFailure for an address that is none. */
export function createJeedom(settings: JeedomSettings): Jeedom {
  const { clock, timeZone = "Europe/Paris", timeoutMs = defaultTimeoutMs } = settings;
  const box = new Box({ ...settings, timeoutMs });
  let session: Session | null = null;

  const open = async (signal: AbortSignal): Promise<Session> => {
    session = await openDoor(box, timeZone, signal);
    return session;
  };
  const lineWith = async (signal: AbortSignal): Promise<TimedLine> => {
    const { door, clock: local } = session ?? (await open(signal));
    return { box, door, signal, local, clock };
  };

  return {
    url: box.url,
    async test(signal) {
      const { version, clock: local, zoneIsTold } = await open(signal);
      return { version, timeZone: local.zone, timeZoneIsTold: zoneIsTold };
    },
    async equipment(signal) {
      return (await listEquipment(await lineWith(signal))).filter(isOwn);
    },
    async prepare(request, signal) {
      // The settings of the box may have changed since the last time.
      await open(signal);
      const line = await lineWith(signal);
      const prepared = await prepareMeter(line, request);
      const untouched = prepared.created[0];
      if (untouched) await requireSameClock(line, untouched);
      return prepared;
    },
    async writeHistory(command, points, signal) {
      await writePoints(await lineWith(signal), command, points);
    },
    async holdsHistory(command, points, signal) {
      return arePointsHeld(await lineWith(signal), command, points);
    },
    async writeCurrent(command, value, signal) {
      await writeValue(await lineWith(signal), command, value);
    },
    async readHistory(command, { from, to }, signal) {
      const line = await lineWith(signal);
      const span = { id: command.id, from: line.local.textAt(from), to: line.local.textAt(to) };
      return (await loadHistory(line, span)).flatMap(({ datetime, value }) => {
        const at = line.local.instantOf(datetime);
        return at === null ? [] : [{ at, datetime, value: command.subType === "numeric" ? Number(value) : value }];
      });
    },
    async readCurrent(command, signal) {
      return loadCurrent(await lineWith(signal), command.id);
    },
  };
}
