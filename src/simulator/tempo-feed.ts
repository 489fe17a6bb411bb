import { addDays, addYears, clockOn, dateOfDayNumber, dayNumber } from "../domain/calendar.ts";
import { type Instant, instant, type LocalDate, minuteMs } from "../domain/units.ts";
import { parisToday, utcWithOffset } from "./notation.ts";
import { random, type Seed, seedOf } from "./random.ts";
import {
  type ColorOf,
  dayInSeason,
  inventedTempo,
  seasonEnd,
  seasonStart,
  seasonYear,
  type TempoColor,
} from "./tempo-calendar.ts";
import { meanTemperatureC } from "./weather.ts";

export interface TempoOptions {
  /** Default: an invented calendar. */
  readonly colorOf?: ColorOf;
  /** Minutes past Paris midnight at which the gateway learns the next day's colour. Default 640, that is 10:40. */
  readonly publishedMinutes?: number;
  /** First day known. Default: ten years before the start. */
  readonly since?: LocalDate;
}

export interface TempoItem {
  readonly date: LocalDate;
  readonly color: TempoColor;
  readonly updated_at: string;
  readonly rte_updated_date: string;
}

interface PublishedDay {
  /** Null: never. */
  readonly at: Instant | null;
  /** Null: the calendar has no colour. */
  readonly item: TempoItem | null;
}

/** RTE dates its answer before the gateway's next poll finds it. */
const rteLeadMs = 20 * minuteMs;

/** The colours that the gateway knows, and since when. */
export class TempoFeed {
  readonly #colorOf: ColorOf;
  readonly #publishedMinutes: number;
  readonly #since: LocalDate;
  readonly #seed: Seed;
  readonly #told = new Map<LocalDate, Instant | null>();
  readonly #days = new Map<LocalDate, PublishedDay>();

  constructor(options: TempoOptions, seed: Seed, startedAt: Instant) {
    this.#colorOf = options.colorOf ?? inventedTempo(seed);
    this.#publishedMinutes = options.publishedMinutes ?? 640;
    this.#since = options.since ?? addYears(parisToday(startedAt), -10);
    this.#seed = seed;
  }

  /** Overrides when the colour of `date` becomes known: a late day, or null for never. */
  publish(date: LocalDate, at: Instant | null): void {
    this.#told.set(date, at);
    this.#days.delete(date);
  }

  publishedAt(date: LocalDate): Instant | null {
    const told = this.#told.get(date);
    return told === undefined ? clockOn(addDays(date, -1), this.#publishedMinutes) : told;
  }

  /** The day as known at `now`; null when its colour is unknown. */
  dayAt(date: LocalDate, now: Instant): TempoItem | null {
    if (date < this.#since) return null;
    let day = this.#days.get(date);
    if (!day) {
      day = this.#published(date);
      this.#days.set(date, day);
    }
    return day.at !== null && day.at <= now ? day.item : null;
  }

  #published(date: LocalDate): PublishedDay {
    const at = this.publishedAt(date);
    const color = this.#colorOf(date);
    if (at === null || color === null) return { at, item: null };
    const updated_at = utcWithOffset(instant(at + 1000), 123);
    return { at, item: { date, color, updated_at, rte_updated_date: utcWithOffset(instant(at - rteLeadMs)) } };
  }

  /** Known days after `after`, up to `through`, ascending; unknown ones absent. Without bounds, all. */
  daysAt({ after, through }: { after: LocalDate | null; through: LocalDate | null }, now: Instant): TempoItem[] {
    // Nothing is published further ahead than the day after the next.
    const horizon = addDays(parisToday(now), 2);
    const last = dayNumber(through === null || through > horizon ? horizon : through);
    const first = after === null || after < this.#since ? dayNumber(this.#since) : dayNumber(after) + 1;
    const items: TempoItem[] = [];
    for (let day = first; day <= last; day++) {
      const item = this.dayAt(dateOfDayNumber(day), now);
      if (item) items.push(item);
    }
    return items;
  }

  /** What the gateway guesses for the `days` after `today` (its UTC date), with its count of the season. */
  forecastAt(today: LocalDate, days: number, now: Instant): object {
    const first = seasonStart(today);
    // The filter loses the season's first day, and so one blue day too many seems left.
    const used = this.daysAt({ after: first, through: today }, now);
    const count = (color: TempoColor): number => used.filter((item) => item.color === color).length;
    const left = { blue: 300 - count("BLUE"), white: 43 - count("WHITE"), red: 22 - count("RED") };
    return {
      season: `${seasonYear(today)}/${seasonYear(today) + 1}`,
      season_stats: {
        blue_used: count("BLUE"),
        blue_remaining: left.blue,
        white_used: count("WHITE"),
        white_remaining: left.white,
        red_used: count("RED"),
        red_remaining: left.red,
      },
      forecasts: Array.from({ length: days }, (_, position) =>
        this.#guess(addDays(today, position + 1), left, position),
      ),
      algorithm_info: {
        description: "Algorithme basé sur les seuils RTE officiels",
        params_blanc_rouge: { A: 4.0, B: 0.015, C: 0.026 },
        params_rouge: { A: 3.15, B: 0.01, C: 0.031 },
        formula_blanc_rouge: "Seuil = A - B x JourTempo - C x StockRestant(Blanc+Rouge)",
        formula_rouge: "Seuil = A' - B' x JourTempo - C' x StockRestant(Rouge)",
      },
      cached_at: utcWithOffset(now, 1),
      cache_ttl_hours: 4,
    };
  }

  #guess(date: LocalDate, left: { blue: number; white: number; red: number }, position: number): object {
    const day = dayInSeason(date);
    const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
    const isWinter = ["11", "12", "01", "02", "03"].includes(date.slice(5, 7));
    const isWeekend = weekday === 0 || weekday === 6;
    const whiteFrom = 4 - 0.015 * day - 0.026 * (left.white + left.red);
    const redFrom = 3.15 - 0.01 * day - 0.031 * left.red;
    // A national load in units of its spread, higher when it is cold and lower at weekends.
    const load =
      (12 - meanTemperatureC(this.#seed, date)) / 6 -
      (isWeekend ? 0.5 : 0) +
      0.2 * random(seedOf("load", this.#seed), dayNumber(date));
    const mayBeRed = isWinter && !isWeekend && left.red > 0;
    const red = mayBeRed ? chanceAbove(load, redFrom) : 0;
    const white = weekday === 0 || left.white === 0 ? 0 : Math.max(0, chanceAbove(load, whiteFrom) - red);
    const blue = Math.round((100 - white - red) * 10) / 10;
    return {
      date,
      day_in_season: day,
      probability_blue: blue,
      probability_white: Math.round(white * 10) / 10,
      probability_red: Math.round(red * 10) / 10,
      most_likely: blue >= white && blue >= red ? "BLUE" : red > white ? "RED" : "WHITE",
      confidence: position === 0 ? "high" : position < 3 ? "medium" : "low",
      threshold_white_red: Math.round(whiteFrom * 1000) / 1000,
      threshold_red: Math.round(redFrom * 1000) / 1000,
      normalized_consumption: Math.round(load * 1000) / 1000,
      forecast_type: position === 0 ? "D-1" : position === 1 ? "D-2" : "ESTIMATED",
      factors: {
        is_winter: isWinter,
        is_weekend: isWeekend,
        days_remaining_in_season: dayNumber(seasonEnd(date)) - dayNumber(date) + 1,
        blue_remaining: left.blue,
        white_remaining: left.white,
        red_remaining: left.red,
        has_rte_data: position < 2,
      },
    };
  }
}

/** Percent, rising steeply around the threshold. */
const chanceAbove = (load: number, threshold: number): number =>
  Math.round(1000 / (1 + Math.exp(-4 * (load - threshold)))) / 10;
