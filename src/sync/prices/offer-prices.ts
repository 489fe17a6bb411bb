import type { TariffPeriod } from "../../domain/tariff/period.ts";
import { type PlanKind, parsePlanKind } from "../../domain/tariff/plan.ts";
import { type EnergyPrice, energyPrice, type MicroEur, microEur } from "../../domain/tariff/price.ts";
import type { Offer } from "../offers.ts";
import { microsOf } from "./decimal.ts";

/** What an offer costs by one of the plans that the bridge splits by. */
export interface OfferPrices {
  readonly kind: PlanKind;
  readonly energy: Readonly<Partial<Record<TariffPeriod, EnergyPrice>>>;
  /** For a month. */
  readonly standing: MicroEur | null;
  /** Prices that cannot be meant as EUR per kWh, by the source's field name, as it spells them. */
  readonly suspicious: readonly SuspiciousPrice[];
}

export interface SuspiciousPrice {
  readonly field: string;
  readonly text: string;
}

/** A period with the fields that give its price, the first one that is there. */
type Fields = Readonly<Partial<Record<TariffPeriod, readonly string[]>>>;

const hcHp: Fields = { hc: ["hc_price"], hp: ["hp_price"] };

/**
 * | type | price |
 * |---|---|
 * | BASE, BASE_WEEKEND | `base_price`, on Saturday and Sunday `base_price_weekend` |
 * | HC_HP, HC_NUIT_WEEKEND, HC_WEEKEND, WEEKEND | `hc_price`, `hp_price` |
 * | HC_HP_WEEKEND | the same, on Saturday and Sunday the `…_weekend` ones that are given |
 * | TEMPO, EJP | the field of the period's own name |
 * | SEASONAL | `h?_price_winter`, `h?_price_summer`, `peak_day_price` |
 * | ZEN_FLEX | `h?_price_winter` on normal days, `h?_price_summer` on sobriety days |
 *
 * For ZEN_FLEX the gateway's scrapers and page agree on that; a prompt in its page says the reverse.
 */
const fieldsOf: Readonly<Record<PlanKind, Fields>> = {
  BASE: { base: ["base_price"] },
  BASE_WEEKEND: { base: ["base_price"], base_weekend: ["base_price_weekend"] },
  HC_HP: hcHp,
  HC_WEEKEND: hcHp,
  HC_NUIT_WEEKEND: hcHp,
  HC_HP_WEEKEND: {
    ...hcHp,
    hc_weekend: ["hc_price_weekend", "hc_price"],
    hp_weekend: ["hp_price_weekend", "hp_price"],
  },
  TEMPO: {
    blue_hc: ["tempo_blue_hc"],
    blue_hp: ["tempo_blue_hp"],
    white_hc: ["tempo_white_hc"],
    white_hp: ["tempo_white_hp"],
    red_hc: ["tempo_red_hc"],
    red_hp: ["tempo_red_hp"],
  },
  EJP: { ejp_normal: ["ejp_normal"], ejp_peak: ["ejp_peak"] },
  SEASONAL: {
    winter_hc: ["hc_price_winter"],
    winter_hp: ["hp_price_winter"],
    summer_hc: ["hc_price_summer"],
    summer_hp: ["hp_price_summer"],
    peak_day: ["peak_day_price"],
  },
  ZEN_FLEX: {
    flex_hc: ["hc_price_winter"],
    flex_hp: ["hp_price_winter"],
    sobriety_hc: ["hc_price_summer"],
    sobriety_hp: ["hp_price_summer"],
  },
};

/** The field that a source tells the price of a period in; undefined where the plan has no such period. */
export const priceFieldOf = (kind: PlanKind, period: TariffPeriod): string | undefined => fieldsOf[kind][period]?.[0];

/**
 * The plan of an offer: its type, or where it has prices for weekends that its type knows nothing of, the plan that has
 * them. HC_WEEKEND with weekend prices of its own (EDF Zen Week-End has four) is split by the windows on all days. Null
 * where the type is none that the bridge can split by.
 */
export function planKindOfOffer({ offerType, prices }: Pick<Offer, "offerType" | "prices">): PlanKind | null {
  const kind = parsePlanKind(offerType);
  if (kind === "BASE" && "base_price_weekend" in prices) return "BASE_WEEKEND";
  const hasWeekend = "hc_price_weekend" in prices || "hp_price_weekend" in prices;
  return hasWeekend && (kind === "HC_HP" || kind === "HC_WEEKEND") ? "HC_HP_WEEKEND" : kind;
}

/** Null where the offer's plan is not known. A period whose price is suspicious has none. */
export function pricesOfOffer(offer: Pick<Offer, "offerType" | "prices" | "subscriptionPrice">): OfferPrices | null {
  const kind = planKindOfOffer(offer);
  if (kind === null) return null;
  const energy: Partial<Record<TariffPeriod, EnergyPrice>> = {};
  const suspicious = new Map<string, SuspiciousPrice>();
  for (const [period, fields] of entriesOf(fieldsOf[kind])) {
    const field = fields.find((name) => name in offer.prices);
    if (field === undefined) continue;
    const text = offer.prices[field] ?? "";
    const price = plausiblePrice(text);
    if (price === null) suspicious.set(field, { field, text });
    else energy[period] = price;
  }
  const standing = offer.subscriptionPrice === null ? null : microsOf(offer.subscriptionPrice);
  return {
    kind,
    energy,
    standing: standing === null ? null : microEur(standing),
    suspicious: [...suspicious.values()],
  };
}

const entriesOf = (fields: Fields): [TariffPeriod, readonly string[]][] =>
  // The keys of a record of periods are periods.
  Object.entries(fields) as [TariffPeriod, readonly string[]][];

/** 0.02 to 1.50 EUR per kWh: contributors also send cents, which the gateway takes as they are. */
const lowestMicros = 20_000;
const highestMicros = 1_500_000;

export const isPlausiblePrice = (micros: number): boolean => micros >= lowestMicros && micros <= highestMicros;

function plausiblePrice(text: string): EnergyPrice | null {
  const micros = microsOf(text);
  return micros === null || !isPlausiblePrice(micros) ? null : energyPrice(micros);
}
