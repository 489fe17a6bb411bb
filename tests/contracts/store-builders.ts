import { boundsOf, localDate } from "../../src/domain/calendar.ts";
import { deriveDay } from "../../src/domain/reconcile.ts";
import type { Slot } from "../../src/domain/slot.ts";
import {
  type Instant,
  instant,
  type LocalDate,
  minuteMs,
  type UsagePointId,
  usagePointId,
  watts,
  wh,
} from "../../src/domain/units.ts";
import type { Flow, UsagePoint } from "../../src/domain/usage-point.ts";
import type { Contract } from "../../src/sync/source.ts";
import type { DayAnswer, IngestCurve, IngestDaily, Store } from "../../src/sync/store.ts";

export const home = usagePointId("12345678901234");
export const other = usagePointId("09876543210987");
/** Milliseconds that no rounding to seconds would keep. */
export const monday = instant(Date.UTC(2026, 2, 30, 7, 12, 34, 567));
export const tuesday = instant(monday + 24 * 60 * minuteMs);
export const day = (text: string): LocalDate => localDate(text);
export const at = (iso: string): Instant => instant(Date.parse(iso));

export const usagePoint = (id: UsagePointId, told: Partial<UsagePoint> = {}): UsagePoint => ({
  id,
  name: null,
  isActive: true,
  hasConsumption: true,
  hasProduction: false,
  activationDate: null,
  subscribedPowerKva: null,
  offpeakHours: null,
  pricingOption: null,
  selectedOfferId: null,
  ...told,
});

export const contract = (told: Partial<Contract> = {}): Contract => ({
  activationDate: null,
  subscribedPowerKva: null,
  offpeakHours: null,
  segment: null,
  distributionTariff: null,
  status: null,
  raw: {},
  ...told,
});

/** A store with both usage points in it. */
export async function withUsagePoints(store: Store): Promise<Store> {
  await store.saveUsagePoints("account", [usagePoint(home), usagePoint(other)], monday);
  return store;
}

/** Slots of `minutes` from midnight to midnight in Paris. */
export function slotsOn(date: string, powerW: number, minutes = 30): Slot[] {
  const { start, end } = boundsOf(day(date));
  const slots: Slot[] = [];
  for (let from: number = start; from < end; from += minutes * minuteMs)
    slots.push({ start: instant(from), minutes, powerW: watts(powerW) });
  return slots;
}

export const curve = (slots: readonly Slot[], input: Partial<IngestCurve> = {}): IngestCurve => ({
  usagePoint: home,
  flow: "consumption",
  slots,
  answers: [],
  at: monday,
  ...input,
});

export const daily = (values: Readonly<Record<string, number>>, input: Partial<IngestDaily> = {}): IngestDaily => ({
  usagePoint: home,
  flow: "consumption",
  readings: Object.entries(values).map(([date, value]) => ({ date: day(date), energyWh: wh(value) })),
  answers: [],
  at: monday,
  ...input,
});

export const answered = (answer: DayAnswer, ...dates: string[]) =>
  dates.map((date) => ({ date: localDate(date), answer }));

/** Loads, derives and saves every day of the period, as sync does. */
export async function derive(
  store: Store,
  period: { from: string; to: string },
  at: Instant,
  flow: Flow = "consumption",
) {
  const inputs = await store.loadDayInputs(home, flow, { from: day(period.from), to: day(period.to) });
  const days = inputs.flatMap((input) => deriveDay(input) ?? []);
  await store.saveDays(home, flow, days, at);
  return days;
}
