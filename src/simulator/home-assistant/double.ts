import type { WebSocket } from "ws";
import { instant } from "../../domain/units.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Address, Listening } from "../listen.ts";
import { type DropPoint, Faults } from "./faults.ts";
import { Life, type Start } from "./life.ts";
import { type Bounds, boundsAt } from "./period.ts";
import type { EnergyPreferences } from "./preferences.ts";
import { statisticsDuring } from "./reading.ts";
import { type CommitOptions, type LogEntry, Recorder } from "./recorder.ts";
import type { PartialRow, Row, SeriesMetadata } from "./series.ts";
import { serve } from "./server.ts";
import { Traffic } from "./traffic.ts";
import { rulesOf } from "./version.ts";
import { defaultLimits, type Limits, type User, type World } from "./world.ts";
import { zoneOf } from "./zone.ts";

export interface HomeAssistantOptions {
  /** Dates and "now". Delays and limits are in real milliseconds, since they are about a network. */
  readonly clock: Clock;
  /** What is accepted and shown follows it (`version.ts`). Default 2026.11.1. */
  readonly version?: string;
  /** `Europe/Paris`, which is the default, or `UTC`. */
  readonly timeZone?: string;
  /** Default EUR. */
  readonly currency?: string;
  readonly tokens: readonly User[];
  /** Lets the Supervisor's proxy be served under `/core`; default: there is none. */
  readonly supervisorToken?: string | undefined;
  readonly commit?: CommitOptions;
  /** Starts while its parts are still coming up; default: running. */
  readonly starting?: Start;
  readonly limits?: Partial<Limits>;
}

/** What the Energy Dashboard draws for one period: in kWh for energy, in its own unit for anything else. */
export interface Bar extends Bounds {
  readonly change: number;
}

/** A Home Assistant as its websocket shows it. Follows the real core, never what a client expects of it. */
export function createHomeAssistant(options: HomeAssistantOptions): HomeAssistantDouble {
  const { clock } = options;
  const life = new Life();
  if (options.starting) life.begin(options.starting);
  return new HomeAssistantDouble({
    clock,
    rules: rulesOf(options.version ?? "2026.11.1"),
    zone: zoneOf(options.timeZone ?? "Europe/Paris"),
    currency: options.currency ?? "EUR",
    users: options.tokens,
    supervisorToken: options.supervisorToken ?? null,
    limits: { ...defaultLimits, ...options.limits },
    recorder: new Recorder(() => clock.now(), options.commit ?? {}),
    life,
    faults: new Faults(),
    traffic: new Traffic(),
    states: [],
    pushedStates: new Set(),
    preferences: null,
    reordersReplies: false,
  });
}

/** Besides `listen`, what only a test or a demonstration can do: look inside, and make it misbehave. */
export class HomeAssistantDouble {
  readonly #world: World;
  readonly #sockets = new Set<WebSocket>();

  constructor(world: World) {
    this.#world = world;
  }

  /** @throws when the port is taken. */
  listen(address: Address): Promise<Listening> {
    return serve(this.#world, this.#sockets, address);
  }

  /** Committed rows of a series, ascending; empty when there are none. */
  rows(statisticId: string): readonly Row[] {
    return [...(this.#world.recorder.series.get(statisticId)?.rows ?? [])];
  }

  metadata(statisticId: string): SeriesMetadata | undefined {
    return this.#world.recorder.series.get(statisticId)?.metadata;
  }

  ids(): readonly string[] {
    return [...this.#world.recorder.series.keys()];
  }

  /** Puts rows in at once, as another tool left them: nothing about them is checked. */
  seed(metadata: SeriesMetadata, rows: readonly PartialRow[]): void {
    this.#world.recorder.put(metadata, rows);
  }

  /** Null before the dashboard was set up. */
  get preferences(): EnergyPreferences | null {
    return this.#world.preferences;
  }
  /** As somebody else left them: nothing about them is checked. */
  set preferences(preferences: EnergyPreferences | null) {
    this.#world.preferences = preferences;
  }

  get states(): World["states"] {
    return this.#world.states;
  }

  /** What `get_states` answers, as integrations have set it. */
  setStates(states: World["states"]): void {
    this.#world.states = states;
  }

  /** What the Energy Dashboard shows for a series, period by period in Home Assistant's time zone. */
  dashboard(statisticId: string, period: "hour" | "day" | "month"): readonly Bar[] {
    const { recorder, zone } = this.#world;
    const series = recorder.series.get(statisticId);
    if (!series) return [];
    const reading = { period: "hour", types: ["change"], units: { energy: "kWh" }, before: null } as const;
    const from = series.rows[0]?.start ?? instant(0);
    const hours = statisticsDuring([series], { ...reading, from }, zone)[statisticId] ?? [];
    const bars: Bar[] = [];
    for (const { start, change } of hours) {
      const last = bars.at(-1);
      if (last && start < last.end) bars[bars.length - 1] = { ...last, change: last.change + (change ?? 0) };
      else bars.push({ ...boundsAt(period, instant(start), zone), change: change ?? 0 });
    }
    return bars;
  }

  get traffic(): Traffic {
    return this.#world.traffic;
  }

  /** Rows of imports that reached the hourly table. */
  get rowsCommitted(): number {
    return this.#world.recorder.rowsCommitted;
  }

  /** What Home Assistant's log says about the recorder. */
  get log(): readonly LogEntry[] {
    return this.#world.recorder.log;
  }

  /** Messages of the log's warnings: deprecated imports. */
  get warnings(): readonly string[] {
    return this.log.filter(({ level }) => level === "warning").map(({ message }) => message);
  }

  /** Changes what is given; jobs under way keep their pace. */
  setCommit(commit: CommitOptions): void {
    this.#world.recorder.setCommit(commit);
  }

  /** Resolves when the recorder's queue is empty. */
  settled(): Promise<void> {
    return this.#world.recorder.queue.settled();
  }

  set reordersReplies(reorders: boolean) {
    this.#world.reordersReplies = reorders;
  }

  /** Breaks every open connection. */
  dropConnections(): void {
    for (const socket of this.#sockets) socket.terminate();
  }

  /** Breaks one connection at a point still to come; `type` names the command that is meant, default any. */
  dropNext(point: DropPoint, { type = null }: { readonly type?: string | null } = {}): void {
    this.#world.faults.arm(point, type);
  }

  /** Closes all connections, keeps what is committed, loses what is queued and states from REST, and comes up part by part. */
  restart(start: Start): void {
    const world = this.#world;
    world.life.begin(start);
    world.states = world.states.filter(({ entity_id }) => !world.pushedStates.has(String(entity_id)));
    world.pushedStates.clear();
    this.#world.recorder.queue.lose();
    for (const socket of this.#sockets) socket.close(1000);
  }

  /**
   * The core stops answering: connections break and new ones are dropped. The proxy answers HTTP 502, or, with
   * `proxyLetsIn`, takes the token and closes right after `auth_ok`.
   */
  down({ proxyLetsIn = false }: { readonly proxyLetsIn?: boolean } = {}): void {
    this.#world.life.isUp = false;
    this.#world.life.proxyLetsIn = proxyLetsIn;
    this.dropConnections();
  }

  up(): void {
    this.#world.life.isUp = true;
  }
}
