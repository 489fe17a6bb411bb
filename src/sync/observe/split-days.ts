import { addDays, monthOf } from "../../domain/calendar.ts";
import type { KnownDay } from "../../domain/day.ts";
import { energySlotsOf } from "../../domain/reconcile.ts";
import { hoursOf } from "../../domain/statistics/hours.ts";
import type { TariffPeriod } from "../../domain/tariff/period.ts";
import type { PlanHistory } from "../../domain/tariff/plan.ts";
import { type ColorOn, stretchesOf } from "../../domain/tariff/stretches.ts";
import type { LocalDate, UsagePointId, WattMinutes } from "../../domain/units.ts";
import { Profiles } from "../statistics/profiles.ts";
import type { ReadingStore } from "../store.ts";

/** The energy of a day by tariff period; what is pending stands under null. */
export type SplitDay = ReadonlyMap<TariffPeriod | null, WattMinutes>;

export interface SplitInput {
  readonly usagePoint: UsagePointId;
  readonly today: LocalDate;
  readonly days: readonly KnownDay[];
  readonly history: PlanHistory;
  /** What the history was made of: equal texts split alike. */
  readonly said: string;
  readonly colorOn: ColorOn;
}

type SplitStore = Pick<ReadingStore, "loadDayInputs">;

interface Remembered {
  /** With another word, nothing that is remembered holds. */
  readonly said: string;
  readonly days: Map<LocalDate, { readonly of: string; readonly split: SplitDay | null }>;
}

/**
 * A pass looks at the same year again and again: a day is split once for its value, its colours and the plans of its
 * usage point.
 */
const remembered = new WeakMap<object, Map<UsagePointId, Remembered>>();

/** The consumption of each of the days, split as its statistics are. */
export async function splitDays(store: SplitStore, input: SplitInput): Promise<ReadonlyMap<LocalDate, SplitDay>> {
  const points = remembered.get(store) ?? new Map<UsagePointId, Remembered>();
  remembered.set(store, points);
  const former = points.get(input.usagePoint);
  const known: Remembered = former?.said === input.said ? former : { said: input.said, days: new Map() };
  points.set(input.usagePoint, known);
  await splitInto(known, store, input);
  return new Map(
    input.days.flatMap(({ date }) => {
      const split = known.days.get(date)?.split;
      return split ? [[date, split] as const] : [];
    }),
  );
}

/** Days that are still read again: their half-hours may change without their sum, so that each is split anew every day. */
const recentDays = 31;

/** A month at a time: bounded memory, whatever the year holds. */
async function splitInto(known: Remembered, store: SplitStore, input: SplitInput): Promise<void> {
  const { usagePoint, history, colorOn, today } = input;
  const recent = addDays(today, -recentDays);
  const factsOf = ({ date, changedAt }: KnownDay): string =>
    [changedAt, colorOn(addDays(date, -1)), colorOn(date), date >= recent ? today : ""].join(" ");
  const outdated = input.days.filter((day) => known.days.get(day.date)?.of !== factsOf(day));
  const profiles = new Profiles(store, usagePoint, "consumption");
  for (const days of Map.groupBy(outdated, ({ date }) => monthOf(date)).values()) {
    const [first, last] = [days[0], days.at(-1)];
    if (!first || !last) continue;
    const inputs = await store.loadDayInputs(usagePoint, "consumption", { from: first.date, to: last.date });
    const inputOn = new Map(inputs.map((readings) => [readings.date, readings]));
    for (const day of days) {
      const readings = inputOn.get(day.date);
      const profile = day.quality === "estimated" ? await profiles.for(day.date) : null;
      const hours = readings && hoursOf(energySlotsOf(readings, profile), stretchesOf(day.date, history, colorOn));
      known.days.set(day.date, { of: factsOf(day), split: hours ? byPeriod(hours) : null });
    }
  }
}

function byPeriod(hours: ReturnType<typeof hoursOf>): SplitDay {
  const split = new Map<TariffPeriod | null, WattMinutes>();
  for (const { period, energy } of hours) split.set(period, ((split.get(period) ?? 0) + energy) as WattMinutes);
  return split;
}
