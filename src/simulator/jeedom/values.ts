import { formatValue } from "./format-value.ts";
import type { Command } from "./tables.ts";
import type { World } from "./world.ts";

/** What the cache remembers of a command: null before its first event. */
export interface CurrentValue {
  readonly value: number | string;
  /** The box's clock, or whatever text came as the date of the event. */
  readonly collectDate: string;
}

export interface ScenarioRun extends CurrentValue {
  readonly commandId: number;
}

/** Current values, and the scenarios that watch them. */
export class Values {
  readonly #current = new Map<number, CurrentValue>();
  readonly #watched = new Set<number>();
  readonly runs: ScenarioRun[] = [];

  current(commandId: number): CurrentValue | null {
    return this.#current.get(commandId) ?? null;
  }

  watch(commandId: number): void {
    this.#watched.add(commandId);
  }

  /** A repeated value changes the date alone, and starts nothing. */
  set(commandId: number, now: CurrentValue): void {
    const isRepeated = this.current(commandId)?.value === now.value;
    this.#current.set(commandId, now);
    if (this.#watched.has(commandId) && !isRepeated) this.runs.push({ commandId, ...now });
  }
}

/**
 * `cmd::event`. Says nothing when it does nothing: an action, a disabled equipment, a plugin that is off. The date has
 * no part in whether the value becomes the current one; history comes last, so that its error leaves the rest done.
 * @throws Refusal from the history.
 */
export function event(
  world: World,
  command: Command,
  { value, datetime }: { readonly value: unknown; readonly datetime: string | null },
): void {
  const equipment = world.tables.equipmentOf(command.equipmentId);
  if (command.type !== "info" || !equipment?.isEnable) return;
  if (equipment.typeName === "virtual" && !world.settings.hasVirtual) return;
  const now = world.time.textAt(world.clock.now());
  const previous = world.values.current(command.id)?.collectDate ?? now;
  const collectDate = datetime === null ? now : datetime === "" ? previous : datetime;
  const formatted = formatValue(value, command);
  world.values.set(command.id, { value: formatted, collectDate });
  if (command.isHistorized && formatted !== "")
    world.history.write(command.id, { datetime: collectDate, value: String(formatted) });
}
