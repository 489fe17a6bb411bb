import { addDays, firstOfMonth, localDate, monthOf } from "../../domain/calendar.ts";
import { type UsualProfile, usualProfile } from "../../domain/reconcile.ts";
import { otherProfileMonths, profileMonths } from "../../domain/statistics/profile.ts";
import type { LocalDate, UsagePointId } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { ReadingStore } from "../store.ts";

export type ProfileStore = Pick<ReadingStore, "loadDayInputs" | "loadMonthMarks">;

/** By which habits a day without half-hours is spread; equal marks mean equal habits. */
export interface MarkedProfile {
  readonly profile: UsualProfile | null;
  readonly mark: string;
}

const unknown: MarkedProfile = { profile: null, mark: "none" };

/** The profiles of one usage point and flow, kept from one look to the next and read again once their month has changed. */
export class MonthProfiles {
  readonly #usagePoint: UsagePointId;
  readonly #flow: Flow;
  readonly #ofMonth = new Map<string, MarkedProfile>();

  constructor(usagePoint: UsagePointId, flow: Flow) {
    this.#usagePoint = usagePoint;
    this.#flow = flow;
  }

  /** Answers for any day of the history as the store has it now, each month looked up once. */
  async open(store: ProfileStore): Promise<(date: LocalDate) => Promise<MarkedProfile>> {
    const marks = await store.loadMonthMarks(this.#usagePoint, this.#flow);
    const nearest = new Map<string, Promise<MarkedProfile>>();
    return (date) => {
      const month = monthOf(date);
      const found = nearest.get(month) ?? this.#find(month, marks, store);
      nearest.set(month, found);
      return found;
    };
  }

  /** The first month, in the order of the statistics, that tells habits. */
  async #find(wanted: string, marks: ReadonlyMap<string, string>, store: ProfileStore): Promise<MarkedProfile> {
    for (const month of [...profileMonths(wanted), ...otherProfileMonths(wanted)]) {
      const mark = marks.get(month);
      if (mark === undefined) continue;
      const marked = await this.#load(month, `${month} ${mark}`, store);
      if (marked.profile !== null) return marked;
    }
    return unknown;
  }

  async #load(month: string, mark: string, store: ProfileStore): Promise<MarkedProfile> {
    const known = this.#ofMonth.get(month);
    if (known?.mark === mark) return known;
    const from = localDate(`${month}-01`);
    const to = addDays(firstOfMonth(addDays(from, 31)), -1);
    const inputs = await store.loadDayInputs(this.#usagePoint, this.#flow, { from, to });
    const marked = { profile: usualProfile(inputs), mark };
    this.#ofMonth.set(month, marked);
    return marked;
  }
}
