import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Clock } from "../shared/clock.ts";
import { createGateway, type Gateway } from "./gateway.ts";
import { baseHome, solarHome, tempoHome } from "./homes.ts";
import type { Seed } from "./random.ts";
import { type DailyValues, loadDailyValues, loadRecording, sourceOfRecording, spanOf } from "./recording.ts";
import { type ColorOf, inventedTempo, loadTempoCalendar } from "./tempo-calendar.ts";

/** The credentials of the demo's account. They open nothing but the simulated gateway. */
export const demoClientId = "cli_demonstration";
export const demoClientSecret = "demonstration-secret";

/** Invented usage points. */
export const demoHouse = "12345678901234";
export const demoFlat = "12345678905678";

export interface DemoOptions {
  readonly clock: Clock;
  readonly seed: Seed;
  /** A recorded curve to play in the house instead of the invented one; see `loadRecording`. */
  readonly play?: string;
  /** Registers per day of the recorded home; see `loadDailyValues`. */
  readonly playDaily?: string;
  /**
   * A recorded Tempo calendar; see `loadTempoCalendar`. Default: `tempo_calendar.csv` beside the recording; without one no
   * colour is known, because an invented one would give real days a wrong price. Invented where nothing is played.
   */
  readonly tempoCalendar?: string;
}

/**
 * A gateway ready for a demonstration: one account with a house on Tempo that also injects, and a flat on one price. The
 * meters are older than anything the gateway serves: three years of days, two years of curves. A recording is published
 * on the dates it was recorded, and nothing after its end.
 */
export function demoHome({ clock, seed, play, playDaily, tempoCalendar }: DemoOptions): Gateway {
  const calendar = tempoCalendar ?? (play === undefined ? null : calendarBeside(play));
  const colorOf = calendar ? loadTempoCalendar(calendar) : play === undefined ? inventedTempo(seed) : unknownColors;
  const house = play
    ? playedHouse({ seed, colorOf, play, daily: playDaily ? loadDailyValues(playDaily) : new Map() })
    : solarHome({ usagePointId: demoHouse, seed, name: "Maison", tempo: colorOf });
  const flat = baseHome({ usagePointId: demoFlat, seed: seed + 1, name: "Appartement" });
  return createGateway({
    clock,
    seed,
    accounts: [{ clientId: demoClientId, clientSecret: demoClientSecret, usagePoints: [house, flat] }],
    tempo: { colorOf },
  });
}

const unknownColors: ColorOf = () => null;

function calendarBeside(recording: string): string | null {
  const path = join(dirname(recording), "tempo_calendar.csv");
  return existsSync(path) ? path : null;
}

function playedHouse(options: {
  readonly seed: Seed;
  readonly colorOf: ColorOf;
  readonly play: string;
  readonly daily: DailyValues;
}) {
  const recording = loadRecording(options.play);
  const source = sourceOfRecording(recording, options.daily);
  const home = tempoHome({
    usagePointId: demoHouse,
    seed: options.seed,
    name: "Maison",
    tempo: options.colorOf,
    activationDate: spanOf(recording).first,
  });
  const { consumption: _invented, ...meter } = home.meter;
  return { ...home, meter: { ...meter, [recording.flow]: source } };
}
