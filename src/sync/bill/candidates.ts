import type { OfferCandidate } from "../../domain/bill/offers.ts";
import { dateAt } from "../../domain/calendar.ts";
import { type OffPeakSchedule, parseOffPeak } from "../../domain/tariff/off-peak.ts";
import { needsWindows, type PlanKind, planOn, type TariffPlan } from "../../domain/tariff/plan.ts";
import { planNames } from "../../domain/tariff/plan-names.ts";
import type { DatedPrices, PriceSourceKind } from "../../domain/tariff/price.ts";
import { bookOn, powerOn, sourcesOf } from "../../domain/tariff/price-book.ts";
import { regulatedPrices } from "../../domain/tariff/regulated.ts";
import type { LocalDate } from "../../domain/units.ts";
import type { Text } from "../../shared/language.ts";
import type { OfferVersion } from "../offers.ts";
import { datedPricesOf, nameOf, spansOfFamily } from "../prices/offer-history.ts";
import { planKindOfOffer } from "../prices/offer-prices.ts";
import type { BilledMeter } from "./meter.ts";
import { isRegulatedTariff, withoutTwins } from "./twins.ts";

export type CandidateOrigin = "own" | "regulated" | "offer" | "what_if";

/** A plan with its prices, and who it is in the comparison. */
export interface Entrant {
  readonly origin: CandidateOrigin;
  readonly name: Text;
  readonly candidate: OfferCandidate;
}

/** Why something that could have been compared is not. */
export type LeftOutReason =
  /** Nobody tells the off-peak hours that this meter would have. */
  | "no_windows"
  /** The bridge cannot divide the days of this kind of offer. */
  | "unknown_kind"
  /** The calendar of its peak days is not known. */
  | "no_peak_days"
  /** The subscribed power is not known, and no power may be guessed. */
  | "no_power"
  /** None of the days has a known colour, or is known to be a peak day or none. */
  | "no_calendar"
  /** Its prices, or its standing charge, are not known at this power on the day of the comparison. */
  | "no_price";

export interface Absent {
  readonly name: Text;
  readonly reason: LeftOutReason;
}

export interface Candidates {
  readonly entrants: readonly Entrant[];
  readonly absent: readonly Absent[];
}

const regulatedKinds = ["BASE", "HC_HP", "TEMPO"] as const;

export interface CandidateInput {
  readonly meter: BilledMeter;
  /** The day whose prices count. */
  readonly asOf: LocalDate;
  /** Every version of every offer seen. */
  readonly offers: readonly OfferVersion[];
  /** Other off-peak windows to try; null: none. */
  readonly whatIf: OffPeakSchedule | null;
}

/** The household's own plan first, the regulated ones at its power, the offers seen, its plan with other windows. */
export function candidatesOf(input: CandidateInput): Candidates {
  const own = ownPlan(input);
  const isOwnRegulated = hasRegulatedPlan(input);
  const found = [
    { each: own, isRegulated: isOwnRegulated },
    ...regulated(input, own).map((each) => ({ each, isRegulated: true })),
    ...seenOffers(input),
    ...movedWindows(input, own).map((each) => ({ each, isRegulated: isOwnRegulated || isByTable(each) })),
  ];
  const listed = found.flatMap(({ each, isRegulated }) =>
    "candidate" in each ? [{ entrant: each, isRegulated }] : [],
  );
  return {
    entrants: withoutTwins(listed, input.asOf),
    absent: found.flatMap(({ each }) => ("reason" in each ? [each] : [])),
  };
}

const isByTable = (each: Entrant | Absent): boolean => "candidate" in each && each.candidate.prices === regulatedPrices;

/** Whether the household has the regulated tariff: by the table's prices, or as the offer that it chose. */
function hasRegulatedPlan({ meter, asOf, offers }: CandidateInput): boolean {
  const { kind } = planOn(meter.plan.history, asOf);
  const selected = offers.findLast(({ id }) => id === meter.point.selectedOfferId);
  const isFollowed = sourceKinds(meter, asOf, kind).every((source) => source !== "user");
  return isRegulated(meter, asOf, kind) || (isFollowed && selected !== undefined && isRegulatedTariff(selected));
}

function ownPlan({ meter: { plan, book }, asOf }: CandidateInput): Entrant {
  const current = planOn(plan.history, asOf);
  const kind = planNames[current.kind];
  return {
    origin: "own",
    name: { fr: `Votre formule (${kind.fr})`, en: `Your plan (${kind.en})` },
    candidate: {
      name: "own",
      plan: current,
      prices: bookOn(book, plan.history, asOf).prices,
      powerKva: powerOn(book, asOf),
    },
  };
}

/** The regulated plans, without the one that the household has already. */
function regulated({ meter, asOf, whatIf }: CandidateInput, own: Entrant): (Entrant | Absent)[] {
  const powerKva = powerOn(meter.book, asOf);
  const isOwn = (kind: PlanKind): boolean => kind === own.candidate.plan.kind && isRegulated(meter, asOf, kind);
  return regulatedKinds
    .filter((kind) => !isOwn(kind))
    .flatMap((kind): (Entrant | Absent)[] => {
      const name: Text = {
        fr: `Tarif Bleu EDF ${planNames[kind].fr}`,
        en: `EDF regulated tariff, ${planNames[kind].en}`,
      };
      if (powerKva === null) return [{ name, reason: "no_power" }];
      const plan = planOfKind(kind, windowsOf(meter, own));
      // With windows to try, the same plan stands in the ranking by those.
      if (plan === null) return whatIf === null ? [{ name, reason: "no_windows" }] : [];
      return [
        {
          origin: "regulated",
          name,
          candidate: { name: `regulated ${kind}`, plan, prices: regulatedPrices, powerKva },
        },
      ];
    });
}

function isRegulated(meter: BilledMeter, asOf: LocalDate, kind: PlanKind): boolean {
  const sources = sourceKinds(meter, asOf, kind);
  return sources.length > 0 && sources.every((source) => source === "regulated");
}

/** Whose word each price of the household's own plan is. */
function sourceKinds({ plan, book }: BilledMeter, asOf: LocalDate, kind: PlanKind): PriceSourceKind[] {
  const { energy, standing } = sourcesOf(bookOn(book, plan.history, asOf), asOf, kind);
  return [...Object.values(energy), ...(standing ? [standing] : [])].map((each) => each.kind);
}

/** Those that the plan of today is split by, else those that the contract names. */
const windowsOf = ({ point }: BilledMeter, own: Entrant): OffPeakSchedule | null =>
  own.candidate.plan.offPeak ?? parseOffPeak(point.offpeakHours).schedule;

function planOfKind(kind: PlanKind, offPeak: OffPeakSchedule | null): TariffPlan | null {
  if (!needsWindows(kind)) return { kind, offPeak: null };
  return offPeak === null ? null : { kind, offPeak };
}

/**
 * One candidate per offer that is sold on the day at this power. Where an offer came under several ids, the one that began
 * last counts; the household's own is its plan already.
 */
function seenOffers(input: CandidateInput): { readonly each: Entrant | Absent; readonly isRegulated: boolean }[] {
  const { meter, asOf, offers } = input;
  const powerKva = powerOn(meter.book, asOf);
  const fitting = offers.filter((offer) => offer.powerKva === null || offer.powerKva === powerKva);
  const families = Map.groupBy(fitting, (offer) =>
    JSON.stringify([offer.providerId, offer.name, offer.offerType, offer.powerKva]),
  );
  return [...families.values()].flatMap((family) => {
    if (family.some(({ id }) => id === meter.point.selectedOfferId)) return [];
    const lastWords = [...Map.groupBy(family, ({ id }) => id).values()].flatMap((versions) => versions.at(-1) ?? []);
    const latest = lastWords
      .filter((offer) => isSold(offer, asOf))
      .sort((a, b) => (a.validFrom ?? 0) - (b.validFrom ?? 0) || a.seenAt - b.seenAt)
      .at(-1);
    if (latest === undefined) return [];
    const [each, isRegulated] = [offerEntrant(family, latest, input), isRegulatedTariff(latest)];
    // What the table's plans lack is told of them.
    return isRegulated && "reason" in each && each.reason === "no_windows" ? [] : [{ each, isRegulated }];
  });
}

const isSold = ({ isActive, validFrom, validTo }: OfferVersion, asOf: LocalDate): boolean =>
  isActive && (validFrom === null || dateAt(validFrom) <= asOf) && (validTo === null || dateAt(validTo) > asOf);

/** `EDF Tarif Bleu - 6 kVA (Tempo)`: suppliers sell several plans under one name. A kind that is not known is told as it came. */
function nameWithKind(offer: OfferVersion, kind: PlanKind | null): Text {
  const name = nameOf(offer);
  const withWord = (word: string): string =>
    name.toLowerCase().includes(word.toLowerCase()) ? name : `${name} (${word})`;
  if (kind === null) return { fr: withWord(offer.offerType), en: withWord(offer.offerType) };
  const { fr, en } = kind === "HC_HP" ? { fr: "HC/HP", en: "HC/HP" } : planNames[kind];
  return { fr: withWord(fr), en: withWord(en) };
}

function offerEntrant(family: readonly OfferVersion[], latest: OfferVersion, input: CandidateInput): Entrant | Absent {
  const { meter, asOf, whatIf } = input;
  const kind = planKindOfOffer(latest);
  const name = nameWithKind(latest, kind);
  if (kind === null) return { name, reason: "unknown_kind" };
  const own = planOn(meter.plan.history, asOf);
  // An offer without hours of its own has the meter's, which are what is tried.
  const windows =
    latest.offpeakSchedules === null
      ? (whatIf ?? windowsOf(meter, ownPlan(input)))
      : (parseOffPeak(latest.offpeakSchedules).schedule ?? whatIf);
  const plan = planOfKind(kind, windows);
  if (plan === null) return { name, reason: "no_windows" };
  const needsPeakDays = kind === "EJP" || kind === "ZEN_FLEX";
  if (needsPeakDays && own.peakDays === undefined) return { name, reason: "no_peak_days" };
  const prices: readonly DatedPrices[] = datedPricesOf(
    spansOfFamily(family, latest.id),
    meter.point.selectedOfferId ?? "",
  );
  const powerKva = latest.powerKva ?? powerOn(meter.book, asOf);
  return {
    origin: "offer",
    name,
    candidate: {
      name: `offer ${latest.id}`,
      plan: needsPeakDays && own.peakDays ? { ...plan, peakDays: own.peakDays } : plan,
      prices,
      powerKva,
    },
  };
}

/** The household's plan with other windows; where its plan has none, the regulated one that has. */
function movedWindows({ whatIf, meter, asOf }: CandidateInput, own: Entrant): (Entrant | Absent)[] {
  if (whatIf === null) return [];
  if (needsWindows(own.candidate.plan.kind))
    return [
      {
        origin: "what_if",
        name: { fr: "Votre formule avec ces heures creuses", en: "Your plan with these off-peak hours" },
        candidate: { ...own.candidate, name: "what if", plan: { ...own.candidate.plan, offPeak: whatIf } },
      },
    ];
  const name: Text = {
    fr: "Tarif Bleu EDF Heures Creuses avec ces heures",
    en: "EDF regulated tariff with these off-peak hours",
  };
  const powerKva = powerOn(meter.book, asOf);
  if (powerKva === null) return [{ name, reason: "no_power" }];
  return [
    {
      origin: "what_if",
      name,
      candidate: { name: "what if", plan: { kind: "HC_HP", offPeak: whatIf }, prices: regulatedPrices, powerKva },
    },
  ];
}
