import { describeOffPeak } from "../../domain/tariff/off-peak.ts";
import { tariffPeriods } from "../../domain/tariff/period.ts";
import type { PlanDoubt } from "../../domain/tariff/plan.ts";
import { type MicroEur, microEur, toEur } from "../../domain/tariff/price.ts";
import type { UsagePointId } from "../../domain/units.ts";
import { problemText } from "../problems.ts";
import { eurOrNull, perKwhOrNull } from "../view/iso.ts";
import { entryOf } from "./entry.ts";
import type { ListedOffer, OfferList } from "./offers.ts";
import type { OriginSpan, PlanOverview } from "./plans.ts";
import type { MonthCost, PlanEffect, PlanPreview } from "./preview.ts";

/** The answers about plans as the API tells them. Field names never change. */
export const plansView = ({ point, spans, buyback, offer, said, doubts }: PlanOverview) => ({
  usagePoint: point.id,
  name: point.name,
  spans: spans.map(spanView),
  buyback: buyback.map(({ from, to, price }) => ({
    start: from,
    end: to,
    eurPerKwh: perKwhOrNull(price?.energy ?? null),
    sale: price?.sale ?? null,
    source: price && { ...price.source },
  })),
  contract: {
    pricingOption: point.pricingOption,
    offpeakHours: point.offpeakHours,
    powerKva: point.subscribedPowerKva,
    activationDate: point.activationDate,
  },
  offer: offer && { ...offer, suspicious: [...offer.suspicious] },
  said: said.map(entryOf),
  doubts: doubts.map((doubt) => doubtView(doubt, point.id)),
});

const spanView = ({ from, to, origin, plan, dated, powerKva, prices, standing }: OriginSpan) => ({
  start: from,
  end: to,
  origin,
  plan,
  offpeakHours: dated?.plan.offPeak ? describeOffPeak(dated.plan.offPeak) : null,
  powerKva,
  prices: prices.map(({ period, quoted }) => ({
    period,
    eurPerKwh: perKwhOrNull(quoted?.price ?? null),
    source: quoted && { ...quoted.source },
  })),
  standing: standing && { eurPerMonth: toEur(standing.monthly), source: { ...standing.source } },
});

function doubtView(doubt: PlanDoubt, usagePoint: UsagePointId) {
  const text = "text" in doubt ? doubt.text : null;
  return { code: doubt.code, text, ...problemText(doubt.code, usagePoint, text) };
}

export const previewView = ({ faults, effects }: PlanPreview) => ({
  isValid: faults.length === 0,
  faults: faults.map((fault) => ({ ...fault })),
  effects: effects.map(effectView),
});

const effectView = ({ point, month, before, after, changedDays, doubts }: PlanEffect) => ({
  usagePoint: point.id,
  name: point.name,
  month,
  before: before && costView(before),
  after: after && costView(after),
  differenceEur: eurOrNull(differenceOf(before, after)),
  changedDays,
  doubts: doubts.map((doubt) => doubtView(doubt, point.id)),
});

const differenceOf = (before: MonthCost | null, after: MonthCost | null): MicroEur | null =>
  before === null || after === null || before.total === null || after.total === null
    ? null
    : microEur(after.total - before.total);

const costView = ({ energy, standing, total }: MonthCost) => ({
  energyEur: eurOrNull(energy),
  standingEur: eurOrNull(standing),
  totalEur: eurOrNull(total),
});

export const offersView = ({ usagePoint, on, powerKva, offers }: OfferList) => ({
  usagePoint,
  on,
  powerKva,
  offers: offers.map(offerView),
});

const offerView = ({ offer, kind, from, to, energy, standing, offpeakHours, suspicious, isSelected }: ListedOffer) => ({
  id: offer.id,
  providerId: offer.providerId,
  provider: offer.providerName,
  name: offer.name,
  plan: kind,
  offerType: offer.offerType,
  powerKva: offer.powerKva,
  start: from,
  end: to,
  prices: tariffPeriods.flatMap((period) => {
    const price = energy[period];
    return price === undefined ? [] : [{ period, eurPerKwh: price / 1_000_000 }];
  }),
  eurPerMonth: eurOrNull(standing),
  offpeakHours,
  suspicious: [...suspicious],
  url: offer.url,
  isSelected,
});
