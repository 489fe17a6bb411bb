import { localDate } from "../../../src/domain/calendar.ts";
import { type EnergyPrice, energyPrice, microEur } from "../../../src/domain/tariff/price.ts";
import { type Instant, instant, usagePointId } from "../../../src/domain/units.ts";
import type { OfferVersion } from "../../../src/sync/offers.ts";
import { nothingSaid, type PlanSetting } from "../../../src/sync/statistics/plans.ts";
import type { StoredUsagePoint } from "../../../src/sync/store.ts";

export const at = (text: string): Instant => instant(Date.parse(text));
/** EUR per kWh, in ten-thousandths of a euro. */
export const price = (tenThousandths: number): EnergyPrice => energyPrice(tenThousandths * 100);
/** EUR a month, in cents. */
export const monthly = (cents: number) => microEur(cents * 10_000);
export const day = localDate;

export const meter = usagePointId("12345678901234");
export const point = (told: Partial<StoredUsagePoint> = {}): StoredUsagePoint => ({
  id: meter,
  account: "cli_test",
  listed: true,
  contractKnown: true,
  problem: null,
  name: "Maison",
  isActive: true,
  hasConsumption: true,
  hasProduction: false,
  activationDate: null,
  subscribedPowerKva: 9,
  offpeakHours: "HC (22H00-6H00)",
  pricingOption: "HC_HP",
  selectedOfferId: null,
  ...told,
});

export const setting = (said: Partial<PlanSetting>): PlanSetting => ({ ...nothingSaid, ...said });

export const version = (told: Partial<OfferVersion> = {}): OfferVersion => ({
  id: "night",
  providerId: "bocage",
  providerName: "Énergie du Bocage",
  name: "Bocage Nuit",
  offerType: "HC_HP",
  subscriptionPrice: "16.10000",
  prices: { hc_price: "0.15880", hp_price: "0.21490" },
  offpeakSchedules: null,
  powerKva: 9,
  validFrom: at("2025-03-01T00:00:00Z"),
  validTo: null,
  pricedAt: at("2025-03-03T10:00:00Z"),
  url: null,
  isActive: true,
  seenAt: at("2026-01-10T08:00:00Z"),
  ...told,
});
