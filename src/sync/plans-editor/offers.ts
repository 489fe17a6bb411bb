import { addDays, dateAt } from "../../domain/calendar.ts";
import { describeOffPeak, parseOffPeak } from "../../domain/tariff/off-peak.ts";
import type { PlanKind } from "../../domain/tariff/plan.ts";
import type { MicroEur } from "../../domain/tariff/price.ts";
import type { EnergyPrices } from "../../domain/tariff/price-book.ts";
import { powerOn } from "../../domain/tariff/price-book.ts";
import type { LocalDate, UsagePointId } from "../../domain/units.ts";
import type { Clock } from "../../shared/clock.ts";
import { openPoint } from "../manual/day.ts";
import type { OfferVersion } from "../offers.ts";
import { loadPriceBook } from "../prices/book.ts";
import { planKindOfOffer, pricesOfOffer } from "../prices/offer-prices.ts";
import type { PlansDeps } from "./plans.ts";

export interface OffersRequest {
  readonly meter: string;
  /** Default: today. */
  readonly on?: LocalDate | undefined;
  /** Default: the meter's. */
  readonly powerKva?: number | undefined;
}

/** An offer as it was last told, with its prices by period. */
export interface ListedOffer {
  readonly offer: OfferVersion;
  readonly kind: PlanKind | null;
  readonly from: LocalDate | null;
  /** Last day, included. */
  readonly to: LocalDate | null;
  readonly energy: EnergyPrices;
  readonly standing: MicroEur | null;
  readonly offpeakHours: string | null;
  readonly suspicious: readonly string[];
  readonly isSelected: boolean;
}

export interface OfferList {
  readonly usagePoint: UsagePointId;
  readonly on: LocalDate;
  readonly powerKva: number | null;
  /** By provider and name. */
  readonly offers: readonly ListedOffer[];
}

/** The offers that are sold on a day at a power: what a plan or a comparison can be made of. @throws BillRefusal */
export async function listOffers(
  deps: PlansDeps & { readonly clock: Pick<Clock, "now"> },
  { meter, on, powerKva }: OffersRequest,
): Promise<OfferList> {
  const { store, plans, clock } = deps;
  const point = await openPoint(deps, meter);
  const day = on ?? dateAt(clock.now());
  const power = powerKva ?? powerOn(await loadPriceBook(store, point, plans), day);
  const lastTold = [...Map.groupBy(await store.loadOffers(), ({ id }) => id).values()].flatMap(
    (versions) => versions.at(-1) ?? [],
  );
  const offers = lastTold
    .filter((offer) => isSoldOn(offer, day))
    .filter((offer) => offer.powerKva === null || power === null || offer.powerKva === power)
    .map((offer) => listed(offer, point.selectedOfferId))
    .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  return { usagePoint: point.id, on: day, powerKva: power, offers };
}

const isSoldOn = ({ isActive, validFrom, validTo }: OfferVersion, day: LocalDate): boolean =>
  isActive && (validFrom === null || dateAt(validFrom) <= day) && (validTo === null || dateAt(validTo) > day);

const sortKey = ({ offer }: ListedOffer): string =>
  [offer.providerName ?? "", offer.name, offer.offerType, String(offer.powerKva ?? 0).padStart(3, "0"), offer.id].join(
    "\u0000",
  );

function listed(offer: OfferVersion, selectedId: string | null): ListedOffer {
  const prices = pricesOfOffer(offer);
  const windows = parseOffPeak(offer.offpeakSchedules).schedule;
  return {
    offer,
    kind: planKindOfOffer(offer),
    from: offer.validFrom === null ? null : dateAt(offer.validFrom),
    to: offer.validTo === null ? null : addDays(dateAt(offer.validTo), -1),
    energy: prices?.energy ?? {},
    standing: prices?.standing ?? null,
    offpeakHours: windows && describeOffPeak(windows),
    suspicious: (prices?.suspicious ?? []).map(({ field, text }) => `${field} ${text}`),
    isSelected: offer.id === selectedId,
  };
}
