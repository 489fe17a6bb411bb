import { addDays, addYears, boundsOf, clockOn, dayNumber, weekdayOf } from "../domain/calendar.ts";
import { type Instant, instant, type LocalDate } from "../domain/units.ts";
import { naiveUtc, naiveUtcSeconds, parisToday } from "./notation.ts";
import { random, type Seed, seedOf } from "./random.ts";
import { meanTemperatureC } from "./weather.ts";

/** By local hour: 0 green and decarbonised, 1 green, 2 orange, 3 red. */
export type EcowattValues = readonly number[];

export interface EcowattOptions {
  /** 24 values; undefined leaves the day to chance. */
  readonly valuesOf?: (date: LocalDate) => EcowattValues | undefined;
  /** When the publication of `day` (that day and the three after) comes; null for none. Default 17:00, Fridays 12:15. */
  readonly publishedAt?: (day: LocalDate) => Instant | null;
  /** First day known. Default: one year before the start. */
  readonly since?: LocalDate;
}

export interface EcowattItem {
  readonly periode: string;
  readonly dvalue: number;
  readonly message: string;
  readonly values: EcowattValues;
  readonly hdebut: number;
  readonly hfin: number;
  readonly id: number;
  readonly generation_datetime: string;
  readonly created_at: string;
  readonly updated_at: string;
}

const friday = 5;
const daysAhead = 3;
/** On a tense day RTE speaks again at 07:36, of the hours that are left: 7 to 23. */
const tenseUpdateMinutes = 7 * 60 + 36;
const tenseUpdateFirstHour = 7;

/** Stray blanks as in the recorded messages. */
const messages: Readonly<Record<number, string>> = {
  1: "Pas d’alerte.",
  2: "Le système électrique se trouve dans une situation tendue. Les éco-gestes citoyens sont les bienvenus. ",
  3: "Le système électrique se trouve dans une situation très tendue. Si nous ne baissons pas notre consommation d'électricité, des coupures ciblées sont inévitables.  Adoptons tous les éco-gestes. ",
};

/** The EcoWatt signals that the gateway holds, and how they read at a given instant. */
export class EcowattFeed {
  readonly #options: EcowattOptions;
  readonly #seed: Seed;
  readonly #since: LocalDate;

  constructor(options: EcowattOptions, seed: Seed, startedAt: Instant) {
    this.#options = options;
    this.#seed = seed;
    this.#since = options.since ?? addYears(parisToday(startedAt), -1);
  }

  /** The signal of a Paris day as known at `now`; null before its first publication. */
  dayAt(date: LocalDate, now: Instant): EcowattItem | null {
    if (date < this.#since) return null;
    const told = this.#publicationsOf(date).filter(({ at }) => at <= now);
    const first = told[0];
    const last = told.at(-1);
    if (!first || !last) return null;
    const truth = this.#options.valuesOf?.(date) ?? inventedValues(this.#seed, date);
    const tense = Math.max(...truth) > 1 ? clockOn(date, tenseUpdateMinutes) : null;
    const isTruncated = tense !== null && tense <= now && tense > last.at;
    // Three days ahead RTE fills in green first.
    const values = last.daysBefore === daysAhead ? new Array<number>(24).fill(1) : truth;
    const firstHour = isTruncated ? tenseUpdateFirstHour : 0;
    const dvalue = Math.max(1, ...values);
    const saidAt = isTruncated ? tense : last.at;
    return {
      periode: naiveUtcSeconds(boundsOf(date).start),
      dvalue,
      message: messages[dvalue] ?? "",
      values: values.map((value, hour) => (hour < firstHour ? 0 : value)),
      hdebut: firstHour,
      hfin: 23,
      id: dayNumber(date) - dayNumber("2022-09-01" as LocalDate),
      generation_datetime: naiveUtcSeconds(instant(saidAt - 288_000)),
      created_at: naiveUtc(instant(first.at + 3120), 1),
      updated_at: naiveUtc(instant(saidAt + 2990), 1),
    };
  }

  /** Signals of the Paris days after `after`, up to `through`, ascending. */
  daysAt({ after, through }: { after: LocalDate; through: LocalDate }, now: Instant): EcowattItem[] {
    const items: EcowattItem[] = [];
    for (let date = addDays(after, 1); date <= through; date = addDays(date, 1)) {
      const item = this.dayAt(date, now);
      if (item) items.push(item);
    }
    return items;
  }

  /** The publications that speak of a day: those of the three days before it and of the day itself. */
  #publicationsOf(date: LocalDate): { at: Instant; daysBefore: number }[] {
    const found: { at: Instant; daysBefore: number }[] = [];
    for (let daysBefore = daysAhead; daysBefore >= 0; daysBefore--) {
      const day = addDays(date, -daysBefore);
      const at = this.#options.publishedAt ? this.#options.publishedAt(day) : usualPublication(day);
      if (at !== null) found.push({ at, daysBefore });
    }
    return found;
  }
}

const usualPublication = (day: LocalDate): Instant => clockOn(day, weekdayOf(day) === friday ? 12 * 60 + 15 : 17 * 60);

/** Green nearly always; orange or red at the load's peaks on some cold working days; decarbonised on some nights. */
function inventedValues(seed: Seed, date: LocalDate): number[] {
  const dice = seedOf("ecowatt", seed);
  const day = dayNumber(date);
  const isTense = meanTemperatureC(seed, date) < 2 && weekdayOf(date) < 6 && random(dice, day, 1) < 0.4;
  const peak = random(dice, day, 2) < 0.25 ? 3 : 2;
  const hasCleanNight = !isTense && random(dice, day, 3) < 0.3;
  return Array.from({ length: 24 }, (_, hour) => {
    if (isTense && ((hour >= 8 && hour <= 12) || hour === 18 || hour === 19)) return peak;
    if (isTense && (hour === 7 || hour === 13 || hour === 20)) return 2;
    return hasCleanNight && hour >= 1 && hour <= 5 ? 0 : 1;
  });
}
