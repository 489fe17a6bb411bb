import type { Instant, LocalDate } from "./units.ts";

/** 1 green, 2 orange, 3 red. */
export type EcowattLevel = 1 | 2 | 3;

export interface EcowattHour {
  /** Hour on a Paris clock, 0 to 23. */
  readonly hour: number;
  readonly level: EcowattLevel;
  /** RTE's level 0: green, and the power is decarbonised. */
  readonly decarbonised: boolean;
}

/** The signal of one Paris day. Hours that RTE did not give are absent. */
export interface EcowattDay {
  readonly date: LocalDate;
  readonly level: EcowattLevel;
  readonly message: string;
  readonly generatedAt: Instant;
  readonly hours: readonly EcowattHour[];
}
