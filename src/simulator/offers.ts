import { clockOn, localDate } from "../domain/calendar.ts";
import { dayMs, type Instant, instant } from "../domain/units.ts";
import { utcWithOffset } from "./notation.ts";
import { seedOf } from "./random.ts";
import { type RegulatedPrice, regulatedPrices, type SoldPowerKva, soldPowersKva } from "./regulated-prices.ts";
import { uuidOf } from "./uuid.ts";

const priceFields = [
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
type PriceField = (typeof priceFields)[number];
type Prices = Partial<Record<PriceField, number>>;

/** What an offer is made of; the shelf adds what the gateway adds. */
export interface OfferRow {
  readonly provider: string;
  readonly name: string;
  readonly type: string;
  /** Euro per month. */
  readonly subscription: number;
  readonly prices: Prices;
  /** Null: any power. */
  readonly powerKva: number | null;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly schedules?: Readonly<Record<string, string>>;
}

const edf = "EDF";
/** An invented supplier, for the types that the regulated tariff does not have. */
const other = "Énergie du Bocage";

const week = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const otherRows: readonly OfferRow[] = [
  {
    provider: other,
    name: "Bocage Week-end",
    type: "BASE_WEEKEND",
    subscription: 15.9,
    prices: { base_price: 0.2031, base_price_weekend: 0.1612 },
    powerKva: null,
    validFrom: "2025-03-01",
    validTo: null,
  },
  {
    provider: other,
    name: "Bocage Nuit",
    type: "HC_HP",
    subscription: 16.1,
    prices: { hp_price: 0.2149, hc_price: 0.1588 },
    powerKva: 9,
    validFrom: "2025-03-01",
    validTo: null,
    schedules: Object.fromEntries(week.map((day) => [day, "22:30-06:30"])),
  },
  {
    provider: other,
    name: "Bocage Saisons",
    type: "SEASONAL",
    subscription: 16.4,
    prices: { hp_price_winter: 0.2391, hc_price_winter: 0.1811, hp_price_summer: 0.1702, hc_price_summer: 0.1297 },
    powerKva: null,
    validFrom: "2025-09-01",
    validTo: null,
  },
];

const tempoFields = [
  "tempo_blue_hc",
  "tempo_blue_hp",
  "tempo_white_hc",
  "tempo_white_hp",
  "tempo_red_hc",
  "tempo_red_hp",
] as const;

function typeAndPrices(price: RegulatedPrice, kva: SoldPowerKva): { type: string; prices: Prices } {
  if (price.base) return { type: "BASE", prices: { base_price: price.base[kva] } };
  if (price.tempo) {
    const prices: Prices = {};
    for (const [position, value] of price.tempo.entries()) {
      const field = tempoFields[position];
      if (field) prices[field] = value;
    }
    return { type: "TEMPO", prices };
  }
  return { type: "HC_HP", prices: { hp_price: price.hp ?? 0, hc_price: price.hc ?? 0 } };
}

function regulatedRows(): OfferRow[] {
  return soldPowersKva.flatMap((powerKva) => {
    const rows = regulatedPrices.map((price) => ({
      provider: edf,
      name: `Tarif Bleu - ${powerKva} kVA`,
      subscription: price.subscription[powerKva],
      powerKva,
      validFrom: price.from,
      ...typeAndPrices(price, powerKva),
    }));
    return rows.map((row) => ({
      ...row,
      validTo: rows.find((next) => next.type === row.type && next.validFrom > row.validFrom)?.validFrom ?? null,
    }));
  });
}

export interface Contribution {
  readonly id: string;
  readonly at: Instant;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The suppliers' offers as the gateway lists them. */
export class OfferShelf {
  readonly contributions: Contribution[] = [];
  readonly #rows: OfferRow[];
  readonly #withdrawn = new Set<string>();
  readonly #repriced = new Map<string, { readonly prices: Prices; readonly at: Instant }>();
  #isLost = false;

  constructor(rows: readonly OfferRow[] = [...regulatedRows(), ...otherRows]) {
    this.#rows = [...rows];
  }

  add(row: OfferRow): void {
    this.#rows.push(row);
  }

  /** The offer vanishes, from the history as well. */
  withdraw(id: string): void {
    this.#withdrawn.add(id);
  }

  /** As the gateway names the offer of this name and type that began on that day. @throws when there is none. */
  idOf(wanted: Pick<OfferRow, "name" | "type" | "validFrom">): string {
    const row = this.#rows.find(
      ({ name, type, validFrom }) => name === wanted.name && type === wanted.type && validFrom === wanted.validFrom,
    );
    if (!row) throw new Error(`The shelf has no ${wanted.type} ${wanted.name} from ${wanted.validFrom}`);
    return offerId(row);
  }

  /** Prices are changed in place, as an administrator of the gateway can. */
  reprice(id: string, prices: Prices, at: Instant): void {
    this.#repriced.set(id, { prices: { ...this.#repriced.get(id)?.prices, ...prices }, at });
  }

  /** While lost, there are neither offers nor providers: the mirror of a local gateway can be empty. */
  setLost(isLost: boolean): void {
    this.#isLost = isLost;
  }

  providers(): object[] {
    if (this.#isLost) return [];
    return [...new Set(this.#rows.map((row) => row.provider))].map((name) => ({
      id: providerId(name),
      name,
      logo_url: null,
      website: name === edf ? "https://particulier.edf.fr" : null,
      scraper_urls: null,
    }));
  }

  /** Newest first. Without history: those in force now. */
  offers({ providerId: wanted, history }: { providerId: string | null; history: boolean }, now: Instant): object[] {
    if (this.#isLost) return [];
    return this.#rows
      .filter((row) => midnight(row.validFrom) <= now && !this.#withdrawn.has(offerId(row)))
      .filter((row) => history || !isClosed(row, now))
      .filter((row) => wanted === null || providerId(row.provider) === wanted)
      .sort((a, b) => (a.validFrom > b.validFrom ? -1 : a.validFrom < b.validFrom ? 1 : 0))
      .map((row) => {
        const changed = this.#repriced.get(offerId(row));
        const body = bodyOf(changed ? { ...row, prices: { ...row.prices, ...changed.prices } } : row, now);
        return changed ? { ...body, price_updated_at: utcWithOffset(changed.at) } : body;
      });
  }
}

const midnight = (date: string): Instant => clockOn(localDate(date), 0);
const isClosed = (row: OfferRow, now: Instant): boolean => row.validTo !== null && midnight(row.validTo) <= now;
const providerId = (name: string): string => uuidOf(seedOf(name));
const offerId = (row: OfferRow): string => uuidOf(seedOf(`${row.provider}/${row.name}/${row.type}/${row.validFrom}`));

/** Every price is a decimal string with five digits. */
function bodyOf(row: OfferRow, now: Instant): object {
  const prices = Object.fromEntries(priceFields.map((field) => [field, row.prices[field]?.toFixed(5) ?? null]));
  const entered = instant(Date.parse(`${row.validFrom}T10:00:00Z`) + 2 * dayMs);
  // A price is not known to be about to end: the old row closes when the new one comes.
  const isOver = isClosed(row, now);
  return {
    id: offerId(row),
    provider_id: providerId(row.provider),
    name: row.name,
    offer_type: row.type,
    description: null,
    subscription_price: row.subscription.toFixed(5),
    ...prices,
    hc_schedules: row.schedules ?? null,
    power_kva: row.powerKva,
    price_updated_at: utcWithOffset(entered),
    valid_from: `${row.validFrom}T00:00:00+00:00`,
    valid_to: isOver ? `${row.validTo}T00:00:00+00:00` : null,
    offer_url: null,
    is_active: !isOver,
    created_at: utcWithOffset(entered, 456),
  };
}

const typeOf = (
  display_order: number,
  code: string,
  name: string,
  required_price_fields: readonly string[],
  optional_price_fields: readonly string[] = [],
): object => ({
  code,
  name,
  description: name,
  icon: "zap",
  color: "#3B82F6",
  required_price_fields,
  optional_price_fields,
  display_order,
});

/** The seven types that the gateway's calculators know; its offers have ten. WEEKEND asks for fields that no offer has. */
export const offerTypes: readonly object[] = [
  typeOf(1, "BASE", "Base", ["base_price"], ["base_price_weekend"]),
  typeOf(
    2,
    "HC_HP",
    "Heures creuses / Heures pleines",
    ["hc_price", "hp_price"],
    ["hc_price_weekend", "hp_price_weekend"],
  ),
  typeOf(3, "TEMPO", "Tempo", tempoFields),
  typeOf(4, "EJP", "EJP", ["ejp_normal", "ejp_peak"]),
  typeOf(
    5,
    "SEASONAL",
    "Saisonnier",
    ["hc_price_winter", "hp_price_winter", "hc_price_summer", "hp_price_summer"],
    ["peak_day_price"],
  ),
  typeOf(6, "HC_NUIT_WEEKEND", "Heures creuses nuit et week-end", ["hc_price", "hp_price"]),
  typeOf(7, "WEEKEND", "Week-end", ["hc_price_weekday", "hp_price_weekday", "hc_price_weekend", "hp_price_weekend"]),
];
