import type { Clock } from "../../shared/clock.ts";
import { type Address, type Listening, listen } from "../listen.ts";
import { archive } from "./archiving.ts";
import { Bans } from "./bans.ts";
import { boxTime } from "./box-time.ts";
import { type Fault, Faults } from "./faults.ts";
import { History, type HistoryRow } from "./history.ts";
import { createHandler } from "./server.ts";
import { type BoxSettings, defaultSettings } from "./settings.ts";
import { type Command, type Equipment, Tables } from "./tables.ts";
import { Traffic } from "./traffic.ts";
import { type CurrentValue, type ScenarioRun, Values } from "./values.ts";
import type { World } from "./world.ts";

export interface JeedomOptions {
  /** Dates, bans, delays and the daily archiving follow it. */
  readonly clock: Clock;
  /** Default Europe/Brussels, which is the core's own. */
  readonly timeZone?: string;
  /** Default 4.5.3. */
  readonly version?: string;
  /** What a lone call takes; default 0. About 8 on the box that was measured. */
  readonly callMs?: number;
  readonly settings?: Partial<BoxSettings>;
}

/** A Jeedom box as its API shows it. Follows the real core, never what a client expects of it. */
export function createJeedomBox(options: JeedomOptions): JeedomDouble {
  const { clock, timeZone = "Europe/Brussels", version = "4.5.3", callMs = 0, settings = {} } = options;
  return new JeedomDouble({
    clock,
    zone: timeZone,
    time: boxTime(timeZone),
    version,
    callMs,
    tables: new Tables(),
    history: new History(),
    values: new Values(),
    rooms: [],
    bans: new Bans(),
    traffic: new Traffic(),
    faults: new Faults(),
    settings: { ...defaultSettings, ...settings },
    lookedAt: clock.now(),
    redirect: null,
  });
}

/** Besides `listen`, what only a test or a demonstration can do: look inside, be its user, and make it misbehave. */
export class JeedomDouble {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** @throws when the port is taken. */
  listen(address: Address): Promise<Listening> {
    return listen(createHandler(this.#world), address);
  }

  get equipment(): readonly Equipment[] {
    return this.#world.tables.equipment;
  }

  commandsOf(equipmentId: number): readonly Command[] {
    return this.#world.tables.commandsOf(equipmentId);
  }

  /** Every row of a command, archived ones included, ascending. */
  history(commandId: number): readonly HistoryRow[] {
    return this.#world.history.between(commandId, { from: null, to: null });
  }

  /** Null before the first event. */
  current(commandId: number): CurrentValue | null {
    return this.#world.values.current(commandId);
  }

  /** A scenario that starts with the command. */
  watch(commandId: number): void {
    this.#world.values.watch(commandId);
  }

  get scenarioRuns(): readonly ScenarioRun[] {
    return this.#world.values.runs;
  }

  get traffic(): Traffic {
    return this.#world.traffic;
  }

  get settings(): BoxSettings {
    return this.#world.settings;
  }

  /** Settings as the user of the box changes them. */
  set(settings: Partial<BoxSettings>): void {
    this.#world.settings = { ...this.#world.settings, ...settings };
  }

  set redirect(status: 301 | 302 | 308 | null) {
    this.#world.redirect = status;
  }

  addRoom(name: string): void {
    this.#world.rooms.push(name);
  }

  /** Changes a row as the user does in the box's own pages. @throws Refusal */
  editEquipment(id: number, changes: Partial<Omit<Equipment, "id">>): void {
    const row = this.#world.tables.equipmentOf(id);
    if (row) this.#world.tables.saveEquipment({ ...row, ...changes });
  }

  /** @throws Refusal */
  editCommand(id: number, changes: Partial<Omit<Command, "id">>): void {
    const row = this.#world.tables.command(id);
    if (row) this.#world.tables.saveCommand({ ...row, ...changes });
  }

  removeCommand(id: number): void {
    this.#world.tables.removeCommand(id);
    this.#world.history.forget(id);
  }

  removeEquipment(id: number): void {
    for (const command of this.commandsOf(id)) this.removeCommand(command.id);
    this.#world.tables.removeEquipment(id);
  }

  /** The daily archiving, now. It also runs by itself whenever 05:00 has passed on the clock. */
  archive(): void {
    archive(this.#world, this.#world.clock.now());
  }

  /** Strikes one call still to come; `method` names the one that is meant, default any, after `skip` such calls. */
  failNext(fault: Fault, { method = null, skip = 0 }: { method?: string | null; skip?: number } = {}): void {
    this.#world.faults.arm(fault, { method, skip });
  }
}
