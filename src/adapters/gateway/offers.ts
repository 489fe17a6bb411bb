import { z } from "zod";
import type { Offer } from "../../sync/offers.ts";
import type { Answer } from "../../sync/source.ts";
import { anything, readInstant, readKva, readText } from "./values.ts";

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
      // Hours of another shape are no reason to lose all prices.
      hc_schedules: z.record(z.string(), z.string()).nullish().catch(null),
      power_kva: anything,
      is_active: z.boolean().nullish(),
    }),
  )
  .nullish();

/** Newest validity first, as the gateway gives them: providers by their id alone. */
export function parseOffers(data: unknown): Answer<readonly Offer[]> {
  const parsed = (offers.parse(data) ?? []).map(
    (item): Offer => ({
      id: item.id,
      providerId: item.provider_id,
      providerName: null,
      name: item.name,
      offerType: item.offer_type,
      subscriptionPrice: readDecimal(item.subscription_price),
      prices: readPrices(item),
      offpeakSchedules: item.hc_schedules ?? null,
      powerKva: readKva(item.power_kva),
      validFrom: readInstant(item.valid_from),
      validTo: readInstant(item.valid_to),
      pricedAt: readInstant(item.price_updated_at),
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

/** The offers with the names of those providers that are told. */
export function withProviderNames(offers: readonly Offer[], providers: readonly Provider[]): readonly Offer[] {
  const names = new Map(providers.map(({ id, name }) => [id, name]));
  return offers.map((offer) => ({ ...offer, providerName: names.get(offer.providerId) ?? null }));
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
