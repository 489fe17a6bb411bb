import { tariffPeriods } from "../../domain/tariff/period.ts";
import { type PlanKind, parsePlanKind, planKinds } from "../../domain/tariff/plan.ts";
import { periodsOfPlan } from "../../domain/tariff/plan-periods.ts";
import type { Text } from "../../shared/language.ts";
import { isPlausiblePrice } from "../prices/offer-prices.ts";
import type { Contribution } from "./proposal.ts";

/** An offer as its form holds it. */
export interface OfferForm {
  readonly kind: Contribution["kind"];
  readonly providerId?: string | undefined;
  readonly providerName?: string | undefined;
  readonly providerWebsite?: string | undefined;
  readonly offerId?: string | undefined;
  readonly offerName: string;
  readonly plan: string;
  readonly description?: string | undefined;
  readonly priceSheetUrl: string;
  readonly validFrom?: string | undefined;
  readonly variants: readonly VariantForm[];
}

export interface VariantForm {
  readonly powerKva: number;
  readonly eurPerMonth: number;
  readonly prices: readonly { readonly period: string; readonly eurPerKwh: number }[];
}

/** Why the form cannot be sent, a sentence each; none when it can. */
export function faultsIn(form: OfferForm): Text[] {
  const kind = parsePlanKind(form.plan);
  return [
    ...providerFaults(form),
    ...(kind === null ? [unknownPlan(form.plan)] : form.variants.flatMap((variant) => priceFaults(kind, variant))),
    ...twiceIn(form.variants),
    ...personalFaults(form),
  ];
}

function providerFaults({ kind, providerId, providerName, offerId }: OfferForm): Text[] {
  if (kind === "NEW_PROVIDER") {
    return providerName === undefined ? [{ fr: "Donnez le nom du fournisseur.", en: "Give the provider's name." }] : [];
  }
  const faults: Text[] = [];
  if (providerId === undefined)
    faults.push({ fr: "Choisissez le fournisseur dans la liste.", en: "Choose the provider from the list." });
  if (kind === "UPDATE_OFFER" && offerId === undefined)
    faults.push({ fr: "Choisissez l'offre à corriger.", en: "Choose the offer that is to be put right." });
  return faults;
}

const unknownPlan = (plan: string): Text => ({
  fr: `La formule « ${plan} » est inconnue ; choisissez parmi ${planKinds.join(", ")}.`,
  en: `The plan "${plan}" is unknown; choose among ${planKinds.join(", ")}.`,
});

/** A peak day has a price in some seasonal offers only. */
const isOptional = (period: string): boolean => period === "peak_day";

function priceFaults(kind: PlanKind, { powerKva, eurPerMonth, prices }: VariantForm): Text[] {
  const at: Text = { fr: `${powerKva} kVA`, en: `${powerKva} kVA` };
  const wanted = periodsOfPlan[kind];
  const given = prices.map(({ period }) => period);
  const missing = wanted.filter((period) => !isOptional(period) && !given.includes(period));
  const strangers = given.filter((period) => !wanted.some((known) => known === period));
  const repeated = given.filter((period, position) => given.indexOf(period) !== position);
  const wrong = prices.filter(({ eurPerKwh }) => !isPlausiblePrice(Math.round(eurPerKwh * 1_000_000)));
  return [
    ...(missing.length > 0
      ? [
          {
            fr: `${at.fr} : il manque le prix de ${missing.join(", ")}.`,
            en: `${at.en}: the price of ${missing.join(", ")} is missing.`,
          },
        ]
      : []),
    ...(strangers.length > 0
      ? [
          {
            fr: `${at.fr} : la formule ${kind} n'a pas de période ${strangers.join(", ")}.`,
            en: `${at.en}: the plan ${kind} has no period ${strangers.join(", ")}.`,
          },
        ]
      : []),
    ...(repeated.length > 0
      ? [
          {
            fr: `${at.fr} : ${repeated.join(", ")} a deux prix ; gardez-en un.`,
            en: `${at.en}: ${repeated.join(", ")} has two prices; keep one.`,
          },
        ]
      : []),
    ...wrong.map(({ period, eurPerKwh }) => ({
      fr: `${at.fr} : ${eurPerKwh} n'est pas un prix plausible en euros par kWh pour ${period} ; serait-ce en centimes ?`,
      en: `${at.en}: ${eurPerKwh} is no plausible price in euros per kWh for ${period}; could it be in cents?`,
    })),
    ...(eurPerMonth > highestStanding
      ? [
          {
            fr: `${at.fr} : ${eurPerMonth} € par mois n'est pas un abonnement plausible ; serait-ce pour un an ?`,
            en: `${at.en}: €${eurPerMonth} a month is no plausible standing charge; could it be for a year?`,
          },
        ]
      : []),
  ];
}

/** EUR a month: the regulated ones lie below 55, and a year's begins above 100. */
const highestStanding = 100;

function twiceIn(variants: readonly VariantForm[]): Text[] {
  const powers = variants.map(({ powerKva }) => powerKva);
  const repeated = [...new Set(powers.filter((power, position) => powers.indexOf(power) !== position))];
  if (repeated.length === 0) return [];
  const list = repeated.join(", ");
  return [{ fr: `${list} kVA est donné deux fois ; gardez-en un.`, en: `${list} kVA is given twice; keep one.` }];
}

/** What others can read must not name the household: meters, addresses of mail, passwords in web addresses. */
function personalFaults(form: OfferForm): Text[] {
  const texts = [form.offerName, form.providerName, form.description, form.providerWebsite, form.priceSheetUrl].flatMap(
    (text) => text ?? [],
  );
  return texts.flatMap((text) => {
    if (/\d{14}/.test(text.replaceAll(/[\s.-]/g, ""))) return [meterNamed];
    return /[^\s@/]+@[^\s@]+\.[a-z]{2,}/i.test(text) || /:\/\/[^/]*@/.test(text) ? [personNamed(text)] : [];
  });
}

const meterNamed: Text = {
  fr: "Un texte contient le numéro d'un compteur, que tous pourraient lire ; retirez-le.",
  en: "A text holds the number of a meter, which everybody could read; remove it.",
};
const personNamed = (text: string): Text => ({
  fr: `« ${text} » contient une adresse ou un identifiant personnel, que tous pourraient lire ; retirez-le.`,
  en: `"${text}" holds a personal address or login, which everybody could read; remove it.`,
});

export const isPeriod = (text: string): text is (typeof tariffPeriods)[number] =>
  tariffPeriods.some((period) => period === text);
