import { addDays, daysBetween, firstOfMonth, localDate, monthOf } from "../../domain/calendar.ts";
import { type UsualProfile, usualProfile } from "../../domain/reconcile.ts";
import { otherProfileMonths, profileMonths } from "../../domain/statistics/profile.ts";
import type { LocalDate, UsagePointId } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { Period } from "../source.ts";
import type { ReadingStore } from "../store.ts";

/** The usual profiles of one usage point and flow, a month at a time, each read once. */
export class Profiles {
  readonly #store: Pick<ReadingStore, "loadDayInputs">;
  readonly #usagePoint: UsagePointId;
  readonly #flow: Flow;
  /** Each month's own, and what was found for a month. */
  readonly #ofMonth = new Map<string, Promise<UsualProfile | null>>();
  readonly #nearest = new Map<string, Promise<UsualProfile | null>>();

  constructor(store: Pick<ReadingStore, "loadDayInputs">, usagePoint: UsagePointId, flow: Flow) {
    this.#store = store;
    this.#usagePoint = usagePoint;
    this.#flow = flow;
  }

  /** With which a day without half-hours is spread over its hours; null where no month in years tells any habits. */
  async for(date: LocalDate): Promise<UsualProfile | null> {
    const month = monthOf(date);
    this.#nearest.set(month, this.#nearest.get(month) ?? this.#find(month));
    return (await this.#nearest.get(month)) ?? null;
  }

  async #find(wanted: string): Promise<UsualProfile | null> {
    for (const month of [...profileMonths(wanted), ...otherProfileMonths(wanted)]) {
      const profile = await this.#load(month);
      if (profile !== null) return profile;
    }
    return null;
  }

  #load(month: string): Promise<UsualProfile | null> {
    const known = this.#ofMonth.get(month);
    if (known) return known;
    const loading = this.#store.loadDayInputs(this.#usagePoint, this.#flow, periodOf(month)).then(usualProfile);
    this.#ofMonth.set(month, loading);
    return loading;
  }
}

function periodOf(month: string): Period {
  const from = localDate(`${month}-01`);
  const next = firstOfMonth(addDays(from, 31));
  return { from, to: addDays(from, daysBetween(from, next) - 1) };
}
