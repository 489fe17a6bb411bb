import { addDays } from "../../domain/calendar.ts";
import { deriveDay, energySlotsOf } from "../../domain/reconcile.ts";
import type { EnergySlot } from "../../domain/slot.ts";
import { type HourEnergy, hoursOf } from "../../domain/statistics/hours.ts";
import { costsOf, type HourCost, revenuesOf } from "../../domain/tariff/cost.ts";
import type { PlanHistory } from "../../domain/tariff/plan.ts";
import { stretchesOf } from "../../domain/tariff/stretches.ts";
import type { TempoColor } from "../../domain/tempo.ts";
import { type LocalDate, type UsagePointId, type WattMinutes, wattMinutes } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { DayInput, ReadingStore, SignalStore } from "../store.ts";
import type { DayPrices } from "./prices.ts";
import { Profiles } from "./profiles.ts";
import type { SeriesRole } from "./series.ts";
import type { DerivedHour, DerivedStatisticDay, StaleStatisticDay, StatisticStore } from "./store.ts";

type DeriveStore = Pick<StatisticStore, "loadInputsOf" | "replaceHours"> &
  Pick<ReadingStore, "loadDayInputs"> &
  Pick<SignalStore, "loadTempo">;

/** Bounds the memory of one step, and how long the store's lock is held. */
const daysPerStep = 62;

/** All stale days of one usage point and flow, and what their energy is split by. */
export interface DeriveGroup {
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  readonly days: readonly StaleStatisticDay[];
  readonly history: PlanHistory;
  readonly prices: DayPrices;
  /** Whether a series holds the total as well. */
  readonly withTotal: boolean;
  /** Days up to this one are another tool's, and stay so. */
  readonly keepThrough: LocalDate | null;
  /** Told before each step. */
  readonly onStep: () => Promise<void>;
  /** Makes sure that each of the keys has a series. */
  readonly ensureSeries: (keys: readonly DerivedHour["key"][]) => Promise<void>;
}

/**
 * Brings the hours in the store up to date with the readings, colours, plans and prices of one usage point and flow.
 * Returns how many rows changed. Interrupted anywhere, the rest stays stale and is done next time.
 */
export async function deriveGroup(store: DeriveStore, group: DeriveGroup): Promise<number> {
  const profiles = new Profiles(store, group.usagePoint, group.flow);
  let changed = 0;
  for (const days of stepsOf(group.days)) {
    await group.onStep();
    const derived = await deriveStep(store, group, days, profiles);
    await group.ensureSeries(derived.flatMap((day) => day.hours.map((hour) => hour.key)));
    changed += (await store.replaceHours(group.usagePoint, group.flow, derived)).changed;
  }
  return changed;
}

function* stepsOf(days: readonly StaleStatisticDay[]): Generator<readonly StaleStatisticDay[]> {
  for (let position = 0; position < days.length; position += daysPerStep)
    yield days.slice(position, position + daysPerStep);
}

async function deriveStep(
  store: DeriveStore,
  group: DeriveGroup,
  days: readonly StaleStatisticDay[],
  profiles: Profiles,
): Promise<DerivedStatisticDay[]> {
  const inputs = await store.loadInputsOf(
    group.usagePoint,
    group.flow,
    days.map((day) => day.date),
  );
  const inputOn = new Map(inputs.map((input) => [input.date, input]));
  const colorOn = group.flow === "consumption" ? await loadColors(store, days) : () => undefined;
  const derived: DerivedStatisticDay[] = [];
  for (const { date, revision } of days) {
    const input = inputOn.get(date);
    const isKept = group.keepThrough !== null && date <= group.keepThrough;
    if (input === undefined || isKept) {
      derived.push({ date, revision, hours: [], isWhole: false, pending: wattMinutes(0) });
      continue;
    }
    derived.push({ revision, ...(await deriveStatisticDay(input, group, colorOn, profiles)) });
  }
  return derived;
}

/** The colours that the days' hours may need: a civil day begins in the Tempo day of the date before. */
async function loadColors(
  store: DeriveStore,
  days: readonly StaleStatisticDay[],
): Promise<(date: LocalDate) => TempoColor | undefined> {
  const [first, last] = [days[0]?.date, days.at(-1)?.date];
  if (first === undefined || last === undefined) return () => undefined;
  const known = await store.loadTempo({ from: addDays(first, -1), to: last });
  const colors = new Map(known.map((day) => [day.date, day.color]));
  return (date) => colors.get(date);
}

async function deriveStatisticDay(
  input: DayInput,
  group: DeriveGroup,
  colorOn: (date: LocalDate) => TempoColor | undefined,
  profiles: Profiles,
): Promise<Omit<DerivedStatisticDay, "revision">> {
  const { date } = input;
  const quality = deriveDay(input)?.quality;
  const slots = energySlotsOf(input, quality === "estimated" ? await profiles.for(date) : null);
  if (group.flow === "production") {
    const hours = revenuesOf(inOnePiece(slots, date), group.prices.buybackOn);
    return { date, hours: hours.flatMap(totalHours), isWhole: quality !== "partial", pending: wattMinutes(0) };
  }
  const split = costsOf(hoursOf(slots, stretchesOf(date, group.history, colorOn)), group.prices.energyOn);
  const pending = split.reduce((sum, hour) => (hour.period === null ? sum + hour.energy : sum), 0) as WattMinutes;
  const hasPendingHours = split.some((hour) => hour.period === null);
  const totals = group.withTotal ? inOnePiece(slots, date).map((hour) => ({ ...hour, cost: null })) : [];
  return {
    date,
    hours: [...split.flatMap(periodHours), ...totals.flatMap(totalHours)],
    isWhole: quality !== "partial" && !hasPendingHours,
    pending,
  };
}

const periodHours = (hour: HourCost): DerivedHour[] => (hour.period === null ? [] : derivedHours(hour, hour.period));

/** Of a flow that no period parts; the total beside the periods has no cost of its own, which would be theirs twice. */
const totalHours = (hour: HourCost): DerivedHour[] => derivedHours(hour, "total");

/** The energy of an hour, and its money where a price is known. */
function derivedHours({ start, energy, cost, estimated }: HourCost, role: SeriesRole): DerivedHour[] {
  const origin = estimated ? "estimated" : "measured";
  const derived: DerivedHour = { key: { measure: "energy", role }, start, amount: energy, origin };
  return cost === null ? [derived] : [derived, { key: { measure: "cost", role }, start, amount: cost, origin }];
}

/** A day in one piece: what is produced has no tariff period, and the total of a flow asks for none. */
const inOnePiece = (slots: readonly EnergySlot[], date: LocalDate): readonly HourEnergy[] =>
  hoursOf(
    slots,
    stretchesOf(date, onePeriod, () => undefined),
  );

const onePeriod: PlanHistory = [{ from: null, plan: { kind: "BASE", offPeak: null }, origin: "contract" }];
