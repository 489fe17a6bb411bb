import { addDays, dateAt } from "../../domain/calendar.ts";
import type { DatedPrices, PriceSourceKind } from "../../domain/tariff/price.ts";
import type { Instant, LocalDate } from "../../domain/units.ts";
import type { OfferVersion } from "../offers.ts";
import { pricesOfOffer, type SuspiciousPrice } from "./offer-prices.ts";

/** What the prices of an offer were over one span of days. */
export interface OfferSpan {
  /** Null: since ever. */
  readonly from: LocalDate | null;
  /** Last day, included; null: until further notice. */
  readonly to: LocalDate | null;
  readonly offer: OfferVersion;
}

/**
 * The spans of a family of offers in which one follows the other, ascending. An offer holds until it ends or the next
 * one begins, whichever comes first: that a source lists it no longer ends nothing. Of two that begin on the same day the
 * selected one counts, otherwise the one that was told last.
 */
export function spansOfFamily(family: readonly OfferVersion[], selectedId: string): readonly OfferSpan[] {
  const byStart = new Map<string, OfferSpan>();
  const spans = [...Map.groupBy(family, ({ id }) => id).values()]
    .sort((a, b) => rankOf(a, selectedId) - rankOf(b, selectedId))
    .flatMap(spansOfOffer);
  for (const span of spans) byStart.set(span.from ?? "", span);
  const ascending = [...byStart].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, span]) => span);
  return ascending
    .map((span, position) => endedBefore(span, ascending[position + 1]?.from ?? null))
    .filter(({ from, to }) => from === null || to === null || from <= to);
}

/** The later in this order has the last word. */
const rankOf = (versions: readonly OfferVersion[], selectedId: string): number =>
  versions[0]?.id === selectedId ? Number.POSITIVE_INFINITY : (versions.at(-1)?.seenAt ?? 0);

function endedBefore(span: OfferSpan, next: LocalDate | null): OfferSpan {
  const eve = next === null ? null : addDays(next, -1);
  return eve !== null && (span.to === null || span.to > eve) ? { ...span, to: eve } : span;
}

/**
 * One offer as it was told time after time. A price that is changed in place holds from the day of the change on, and the
 * former one until then. Only where the former one was not plausible was it put right: the new one holds in its place.
 * Words that are no prices change no span but its end.
 */
function spansOfOffer(versions: readonly OfferVersion[]): OfferSpan[] {
  const spans: OfferSpan[] = [];
  for (const offer of versions) {
    const told = { from: dateOf(offer.validFrom), to: lastDayOf(offer.validTo), offer };
    const former = spans.at(-1);
    if (former === undefined) {
      spans.push(told);
      continue;
    }
    const isSame = pricesText(former.offer) === pricesText(offer) || suspiciousOf(former.offer).length > 0;
    const from = isSame ? former.from : changeDay(told, former);
    if (isSame || orderOf(from) <= orderOf(former.from)) spans.pop();
    spans.push({ ...told, from: spans.length === 0 && orderOf(told.from) < orderOf(from) ? told.from : from });
  }
  return spans;
}

/** The start that is told, where it moved on; otherwise when the source says it changed the price, or when it was seen. */
function changeDay({ from, offer }: OfferSpan, former: OfferSpan): LocalDate {
  if (from !== null && orderOf(from) > orderOf(former.from)) return from;
  const { pricedAt, seenAt } = offer;
  return dateAt(pricedAt !== null && pricedAt > (former.offer.pricedAt ?? 0) ? pricedAt : seenAt);
}

const pricesText = ({ offerType, prices, subscriptionPrice }: OfferVersion): string =>
  JSON.stringify([offerType, subscriptionPrice, Object.entries(prices).sort()]);

const suspiciousOf = (offer: OfferVersion): readonly SuspiciousPrice[] => pricesOfOffer(offer)?.suspicious ?? [];

/** Null, since ever, sorts before every day. */
const orderOf = (from: LocalDate | null): string => from ?? "";

const dateOf = (at: Instant | null): LocalDate | null => (at === null ? null : dateAt(at));

/** The source writes days as midnight in UTC: an end on one means that the day before was the last. */
const lastDayOf = (validTo: Instant | null): LocalDate | null =>
  validTo === null ? null : addDays(dateAt(validTo), -1);

/** The prices of the spans, under the selected offer's own name or as prices seen of its kind. */
export const datedPricesOf = (spans: readonly OfferSpan[], selectedId: string): DatedPrices[] =>
  spans.flatMap(({ from, to, offer }): DatedPrices[] => {
    const prices = pricesOfOffer(offer);
    if (prices === null) return [];
    const kind: PriceSourceKind = offer.id === selectedId ? "selected_offer" : "seen_offer";
    const { energy, standing } = prices;
    return [
      {
        from,
        to,
        kind: prices.kind,
        powerKva: offer.powerKva,
        energy,
        standing,
        source: { kind, name: nameOf(offer) },
      },
    ];
  });

/** `EDF Tarif Bleu - 9 kVA`; some offers bear their provider's name themselves. */
export const nameOf = ({ providerName, name }: Pick<OfferVersion, "providerName" | "name">): string =>
  providerName === null || name.toLowerCase().startsWith(`${providerName.toLowerCase()} `)
    ? name
    : `${providerName} ${name}`;

/** Prices that are refused in any span, each once, as `hp_price 21.49000`. */
export const suspiciousIn = (spans: readonly OfferSpan[]): readonly string[] => [
  ...new Set(spans.flatMap(({ offer }) => suspiciousOf(offer).map(({ field, text }) => `${field} ${text}`))),
];
