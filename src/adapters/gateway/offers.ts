import { z } from "zod";
import type { Instant } from "../../domain/units.ts";
import type { Answer } from "../../sync/source.ts";
import { anything, readInstant, readText } from "./values.ts";

export interface Provider {
  readonly id: string;
  readonly name: string;
  readonly website: string | null;
}

export interface OfferType {
  readonly code: string;
  readonly name: string;
  readonly requiredPriceFields: readonly string[];
  readonly optionalPriceFields: readonly string[];
}

/** A price offer for one subscribed power. */
export interface Offer {
  readonly id: string;
  readonly providerId: string;
  readonly name: string;
  /** `BASE`, `HC_HP`, `TEMPO`, … an open list. */
  readonly offerType: string;
  /** EUR per month with tax, as a decimal text. */
  readonly subscriptionPrice: string | null;
  /** EUR per kWh with tax, as decimal texts by the gateway's field names (`tempo_blue_hc`); absent where not given. */
  readonly prices: Readonly<Record<string, string>>;
  /** Weekday (`monday`) to `HH:MM-HH:MM`, where the offer has hours of its own. */
  readonly offpeakSchedules: Readonly<Record<string, string>> | null;
  /** Null: any. */
  readonly powerKva: number | null;
  readonly validFrom: Instant | null;
  readonly validTo: Instant | null;
  readonly url: string | null;
  readonly isActive: boolean;
}

export const priceFields = [
  "base_price",
  "hc_price",
  "hp_price",
  "base_price_weekend",
  "hc_price_weekend",
  "hp_price_weekend",
  "tempo_blue_hc",
  "tempo_blue_hp",
  "tempo_white_hc",
  "tempo_white_hp",
  "tempo_red_hc",
  "tempo_red_hp",
  "ejp_normal",
  "ejp_peak",
  "hc_price_winter",
  "hp_price_winter",
  "hc_price_summer",
  "hp_price_summer",
  "peak_day_price",
] as const;

const offers = z
  .array(
    z.looseObject({
      id: z.string(),
      provider_id: z.string(),
      name: z.string(),
      offer_type: z.string(),
      hc_schedules: z.record(z.string(), z.string()).nullish(),
      power_kva: z.number().nullish(),
      is_active: z.boolean().nullish(),
    }),
  )
  .nullish();

/** Newest validity first, as the gateway gives them. */
export function parseOffers(data: unknown): Answer<readonly Offer[]> {
  const parsed = (offers.parse(data) ?? []).map(
    (item): Offer => ({
      id: item.id,
      providerId: item.provider_id,
      name: item.name,
      offerType: item.offer_type,
      subscriptionPrice: readDecimal(item.subscription_price),
      prices: readPrices(item),
      offpeakSchedules: item.hc_schedules ?? null,
      powerKva: item.power_kva ?? null,
      validFrom: readInstant(item.valid_from),
      validTo: readInstant(item.valid_to),
      url: readText(item.offer_url),
      isActive: item.is_active ?? true,
    }),
  );
  return { outcome: "data", data: parsed };
}

function readPrices(item: Readonly<Record<string, unknown>>): Record<string, string> {
  const prices: Record<string, string> = {};
  for (const field of priceFields) {
    const price = readDecimal(item[field]);
    if (price !== null) prices[field] = price;
  }
  return prices;
}

/** A price as decimal text; null when it is none. */
function readDecimal(value: unknown): string | null {
  const text = readText(value);
  return text !== null && /^-?\d+(?:\.\d+)?$/.test(text) ? text : null;
}

const providers = z.array(z.object({ id: z.string(), name: z.string(), website: anything })).nullish();

export function parseProviders(data: unknown): Answer<readonly Provider[]> {
  const items = providers.parse(data) ?? [];
  return { outcome: "data", data: items.map(({ id, name, website }) => ({ id, name, website: readText(website) })) };
}

const fields = z
  .array(z.string())
  .nullish()
  .transform((names) => names ?? []);
const offerTypes = z
  .array(z.object({ code: z.string(), name: z.string(), required_price_fields: fields, optional_price_fields: fields }))
  .nullish();

export function parseOfferTypes(data: unknown): Answer<readonly OfferType[]> {
  const items = (offerTypes.parse(data) ?? []).map((item) => ({
    code: item.code,
    name: item.name,
    requiredPriceFields: item.required_price_fields,
    optionalPriceFields: item.optional_price_fields,
  }));
  return { outcome: "data", data: items };
}
