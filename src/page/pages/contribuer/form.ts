import type { TariffPeriod } from "../../../domain/tariff/period.ts";
import type { PlanKind } from "../../../domain/tariff/plan.ts";
import { periodsOfPlan } from "../../../domain/tariff/plan-periods.ts";
import type { ContributionOffer } from "../../../server/api/contribution.ts";
import type { OffersAnswer } from "../../../server/api/plans.ts";
import type { texts } from "./texts.ts";

export type KnownOffer = OffersAnswer["offers"][number];

/** The prices of one subscribed power, as typed. */
export interface VariantForm {
  readonly power: string;
  readonly standing: string;
  /** By period of the plan; one that is not typed is absent. */
  readonly prices: Readonly<Partial<Record<TariffPeriod, string>>>;
}

/** An offer as its form holds it: text, as it was typed. */
export interface OfferForm {
  readonly kind: ContributionOffer["kind"];
  readonly providerId: string;
  readonly providerName: string;
  readonly providerWebsite: string;
  readonly offerId: string;
  readonly offerName: string;
  readonly plan: PlanKind;
  readonly description: string;
  readonly sheet: string;
  readonly validFrom: string;
  readonly variants: readonly VariantForm[];
}

export const emptyVariant = (power: number | null): VariantForm => ({
  power: power === null ? "" : String(power),
  standing: "",
  prices: {},
});

/** What a form begins with: the household's plan and power are the likeliest. */
export const emptyForm = ({ plan, power }: { readonly plan: PlanKind; readonly power: number | null }): OfferForm => ({
  kind: "NEW_OFFER",
  providerId: "",
  providerName: "",
  providerWebsite: "",
  offerId: "",
  offerName: "",
  plan,
  description: "",
  sheet: "",
  validFrom: "",
  variants: [emptyVariant(power)],
});

/** The offer that is to be put right, in the form: what is right already need not be typed. */
export function filledWith(form: OfferForm, offer: KnownOffer): OfferForm {
  const plan = offer.plan ?? form.plan;
  const prices = Object.fromEntries(offer.prices.map(({ period, eurPerKwh }) => [period, String(eurPerKwh)]));
  return {
    ...form,
    offerId: offer.id,
    offerName: offer.name,
    plan,
    sheet: offer.url ?? form.sheet,
    variants: [
      {
        power: offer.powerKva === null ? (form.variants[0]?.power ?? "") : String(offer.powerKva),
        standing: offer.eurPerMonth === null ? "" : String(offer.eurPerMonth),
        prices,
      },
    ],
  };
}

/** A decimal as typed, by comma or point; null where it is none. */
export function decimalOf(text: string): number | null {
  const trimmed = text.trim().replace(",", ".");
  return /^\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : null;
}

type Fault = keyof typeof texts;

/** A peak day has a price in some seasonal offers only. */
const isOptional = (period: TariffPeriod): boolean => period === "peak_day";

/** What is missing before the API can be asked, by field: `variants.0.power`, `variants.0.base`. */
export function faultsOf(form: OfferForm): Readonly<Record<string, Fault>> {
  const faults: Record<string, Fault> = {};
  const need = (isRight: boolean, field: string, fault: Fault): void => {
    if (!isRight) faults[field] = fault;
  };
  if (form.kind === "NEW_PROVIDER") {
    need(form.providerName.trim().length >= 2, "providerName", "needName");
    need(form.providerWebsite.trim() === "" || isAddress(form.providerWebsite), "providerWebsite", "needAddress");
  } else need(form.providerId !== "", "providerId", "needChoice");
  if (form.kind === "UPDATE_OFFER") need(form.offerId !== "", "offerId", "needChoice");
  need(form.offerName.trim().length >= 2, "offerName", "needName");
  need(isAddress(form.sheet), "sheet", "needAddress");
  form.variants.forEach((variant, position) => {
    const power = decimalOf(variant.power);
    const isPower = power !== null && Number.isInteger(power) && power >= 1 && power <= 36;
    need(isPower, `variants.${position}.power`, "needPower");
    need(decimalOf(variant.standing) !== null, `variants.${position}.standing`, "needNumber");
    for (const period of periodsOfPlan[form.plan]) {
      const typed = variant.prices[period] ?? "";
      const isLeft = isOptional(period) && typed.trim() === "";
      need(isLeft || decimalOf(typed) !== null, `variants.${position}.${period}`, "needNumber");
    }
  });
  return faults;
}

const isAddress = (text: string): boolean => /^https?:\/\/[^\s/]+\.[^\s]+$/.test(text.trim());

/** The form as the API takes it; only of one without faults. */
export function offerOf(form: OfferForm): ContributionOffer {
  const { kind, plan, providerId, offerId, validFrom } = form;
  const isNew = kind === "NEW_PROVIDER";
  return {
    kind,
    ...(isNew ? { providerName: form.providerName.trim() } : { providerId }),
    ...(isNew && form.providerWebsite.trim() !== "" ? { providerWebsite: form.providerWebsite.trim() } : {}),
    ...(kind === "UPDATE_OFFER" ? { offerId } : {}),
    offerName: form.offerName.trim(),
    plan,
    ...(form.description.trim() === "" ? {} : { description: form.description.trim() }),
    priceSheetUrl: form.sheet.trim(),
    ...(validFrom === "" ? {} : { validFrom }),
    variants: form.variants.map(({ power, standing, prices }) => ({
      powerKva: decimalOf(power) ?? 0,
      eurPerMonth: decimalOf(standing) ?? 0,
      prices: periodsOfPlan[plan].flatMap((period) => {
        const eurPerKwh = decimalOf(prices[period] ?? "");
        return eurPerKwh === null ? [] : [{ period, eurPerKwh }];
      }),
    })),
  };
}

/** The suppliers of the known offers, each once, by name. */
export function providersOf(offers: readonly KnownOffer[]): readonly { readonly id: string; readonly name: string }[] {
  const names = new Map(offers.map(({ providerId, provider }) => [providerId, provider ?? providerId]));
  return [...names].map(([id, name]) => ({ id, name })).toSorted((a, b) => a.name.localeCompare(b.name, "fr"));
}
