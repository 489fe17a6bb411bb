import { boundsOf, clockMinutesAt, clockOn, dayNumber, localDate } from "../domain/calendar.ts";
import type { Slot } from "../domain/slot.ts";
import { type Instant, type LocalDate, minuteMs } from "../domain/units.ts";
import type { Flow } from "../domain/usage-point.ts";
import { type EnergySource, energyWhOf, isWholeDay, meterWatts } from "./energy-source.ts";
import { type Measure, type PublicationOptions, publishedAt } from "./publication.ts";
import { random, randomWhole, type Seed, seedOf } from "./random.ts";

/** Why Enedis refuses to speak of a meter. */
export type Refusal = "consent" | "moved_out" | "holder";

/** Slots of a day that are not published, or not before `filledAt`. Without `fromMinutes` and `toMinutes`, the whole day. */
export interface Hole {
  readonly flow: Flow;
  readonly date: LocalDate;
  /** Minutes past midnight on a Paris clock, `[fromMinutes, toMinutes)`, compared with the start of the slot. */
  readonly fromMinutes?: number;
  readonly toMinutes?: number;
  /** Whether the daily value and the maximum power are missing as well. Default false. */
  readonly dailyToo?: boolean;
  readonly filledAt?: Instant;
}

/** From `visibleFrom` on, the day reads otherwise. */
export interface Correction {
  readonly flow: Flow;
  readonly date: LocalDate;
  readonly visibleFrom: Instant;
  readonly slots: (before: readonly Slot[]) => readonly Slot[];
  /** Default: the sum of the corrected slots when they cover the day, else what it was. */
  readonly dailyWh?: number;
}

export interface ContractOptions {
  readonly segment?: string;
  readonly subscribedPowerKva: number;
  /** As Enedis writes it, `HC (22H00-6H00)`; null for a BASE contract. */
  readonly offpeakHours: string | null;
  readonly distributionTariff?: string;
  readonly status?: string;
}

export interface MeterOptions {
  /** First day that may be asked for. */
  readonly activationDate: string;
  readonly consumption?: EnergySource;
  readonly production?: EnergySource;
  /** First day of the load curve; null when the customer never switched its collection on. Default: activation. */
  readonly curveCollectedFrom?: string | null;
  /** Null for a point that only produces: Enedis gives no contract for it. */
  readonly contract: ContractOptions | null;
  readonly city?: { readonly name: string; readonly postalCode: string; readonly inseeCode: string };
  readonly publication?: PublicationOptions;
  readonly holes?: readonly Hole[];
  readonly corrections?: readonly Correction[];
  /** Part of the slots lost at random, 0 to 1. Default 0. */
  readonly lostSlots?: number;
  readonly refusal?: Refusal | null;
  /** First day that the customer's consent covers; an earlier start is refused whole. Default: no bound. */
  readonly consentFrom?: string;
}

export interface Peak {
  readonly at: Instant;
  readonly powerVa: number;
}

/** A meter behind Enedis: what it measured, and how much of that can be read at a given instant. */
export class Meter {
  readonly usagePoint: string;
  readonly activationDate: LocalDate;
  readonly curveCollectedFrom: LocalDate | null;
  readonly contract: ContractOptions | null;
  readonly city: { readonly name: string; readonly postalCode: string; readonly inseeCode: string };
  readonly holes: Hole[];
  readonly corrections: Correction[];
  publication: PublicationOptions;
  refusal: Refusal | null;
  readonly consentFrom: LocalDate | null;
  readonly #sources: Readonly<Record<Flow, EnergySource | undefined>>;
  readonly #lostSlots: number;
  readonly #seed: Seed;

  constructor(usagePoint: string, options: MeterOptions, seed: Seed) {
    this.usagePoint = usagePoint;
    this.activationDate = localDate(options.activationDate);
    const collectedFrom = options.curveCollectedFrom;
    this.curveCollectedFrom = collectedFrom === null ? null : localDate(collectedFrom ?? options.activationDate);
    this.contract = options.contract;
    this.city = options.city ?? { name: "Saint-Martin-des-Prés", postalCode: "22320", inseeCode: "22313" };
    this.holes = [...(options.holes ?? [])];
    this.corrections = [...(options.corrections ?? [])];
    this.publication = options.publication ?? {};
    this.refusal = options.refusal ?? null;
    this.consentFrom = options.consentFrom === undefined ? null : localDate(options.consentFrom);
    this.#sources = { consumption: options.consumption, production: options.production };
    this.#lostSlots = options.lostSlots ?? 0;
    this.#seed = seedOf(usagePoint, seed);
  }

  measures(flow: Flow): boolean {
    return this.#sources[flow] !== undefined;
  }

  isPublished(
    day: { readonly date: LocalDate; readonly flow: Flow; readonly measure: Measure },
    now: Instant,
  ): boolean {
    const at = publishedAt(this.publication, this.#seed, day);
    // Enedis never shows a day that is not over, whatever a table says.
    return at !== null && at <= now && boundsOf(day.date).end <= now;
  }

  /** The slots of a day that can be read now, ascending; empty before publication and where collection is off. */
  curveAt(flow: Flow, date: LocalDate, now: Instant): readonly Slot[] {
    if (this.curveCollectedFrom === null || date < this.curveCollectedFrom) return [];
    if (!this.isPublished({ date, flow, measure: "curve" }, now)) return [];
    const holes = this.#holesOf(flow, date, now);
    const slots = this.#correctedSlots(flow, date, now);
    if (holes.length === 0 && this.#lostSlots === 0) return slots;
    return slots.filter((slot) => !holes.some((hole) => isInHole(slot, hole)) && !this.#isLost(slot));
  }

  /** The official energy of the day in Wh; null before publication and where there is none. */
  dailyAt(flow: Flow, date: LocalDate, now: Instant): number | null {
    if (!this.isPublished({ date, flow, measure: "daily" }, now)) return null;
    if (this.#holesOf(flow, date, now).some((hole) => hole.dailyToo)) return null;
    const correction = this.#correctionOf(flow, date, now);
    if (correction?.dailyWh !== undefined) return correction.dailyWh;
    if (correction) {
      const slots = this.#correctedSlots(flow, date, now);
      if (isWholeDay(date, slots)) return energyWhOf(slots);
    }
    return this.#sources[flow]?.dailyWhOf(date) ?? null;
  }

  /**
   * The highest apparent power of the day with its second. It lies above the mean of the strongest slot, as far as the
   * subscribed power lets it.
   */
  peakAt(date: LocalDate, now: Instant): Peak | null {
    if (!this.isPublished({ date, flow: "consumption", measure: "max_power" }, now)) return null;
    if (this.#holesOf("consumption", date, now).some((hole) => hole.dailyToo)) return null;
    const slots = this.#correctedSlots("consumption", date, now);
    const highest = slots.reduce<Slot | undefined>(
      (max, slot) => (max && max.powerW >= slot.powerW ? max : slot),
      undefined,
    );
    if (!highest) return null;
    const day = dayNumber(date);
    const limitVa = (this.contract?.subscribedPowerKva ?? 36) * 1000;
    const drawnVa = Math.round(highest.powerW * (1.08 + 0.5 * random(this.#seed + 3, day)));
    const second = randomWhole({ low: 0, high: highest.minutes * 60 - 1 }, this.#seed + 4, day);
    return {
      at: (highest.start + second * 1000) as Instant,
      powerVa: Math.max(highest.powerW, Math.min(drawnVa, limitVa)),
    };
  }

  #correctedSlots(flow: Flow, date: LocalDate, now: Instant): readonly Slot[] {
    const slots = this.#sources[flow]?.slotsOf(date) ?? [];
    const correction = this.#correctionOf(flow, date, now);
    return correction ? correction.slots(slots) : slots;
  }

  #correctionOf(flow: Flow, date: LocalDate, now: Instant): Correction | undefined {
    let latest: Correction | undefined;
    for (const correction of this.corrections)
      if (correction.flow === flow && correction.date === date && correction.visibleFrom <= now)
        if (!latest || correction.visibleFrom >= latest.visibleFrom) latest = correction;
    return latest;
  }

  #holesOf(flow: Flow, date: LocalDate, now: Instant): readonly Hole[] {
    if (this.holes.length === 0) return [];
    return this.holes.filter(
      (hole) => hole.flow === flow && hole.date === date && (hole.filledAt === undefined || hole.filledAt > now),
    );
  }

  #isLost(slot: Slot): boolean {
    return random(this.#seed + 5, Math.floor(slot.start / minuteMs)) < this.#lostSlots;
  }
}

function isInHole(slot: Slot, hole: Hole): boolean {
  const minutes = clockMinutesAt(slot.start);
  return minutes >= (hole.fromMinutes ?? 0) && minutes < (hole.toMinutes ?? 24 * 60);
}

/** A correction that multiplies every slot, each again a power that a meter can show. */
export function scaled(
  day: { readonly flow: Flow; readonly date: LocalDate; readonly visibleFrom: Instant },
  factor: number,
): Correction {
  return {
    ...day,
    slots: (before) => before.map((slot) => ({ ...slot, powerW: meterWatts(slot.powerW * factor, slot.minutes) })),
  };
}

/** A meter's clock reading as an instant: `minutes` past midnight in Paris on `date`. */
export const at = (date: string, minutes: number): Instant => clockOn(localDate(date), minutes);
