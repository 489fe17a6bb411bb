import { periodNames } from "../domain/tariff/period.ts";
import type { BuybackPrice } from "../domain/tariff/price.ts";
import type { LocalDate } from "../domain/units.ts";
import type { Language, Text } from "../shared/language.ts";
import type { BuybackSpan, PriceSpan } from "../sync/prices/calendar.ts";
import type { PriceOverview } from "../sync/prices/overview.ts";
import { dayText, eur, meterInWords, perKwh, quoteInWords, sourceInWords } from "./bill-words.ts";
import { planWarnings } from "./plan-warnings.ts";
import { colon } from "./words.ts";

export function priceLines(overviews: readonly PriceOverview[], language: Language): string[] {
  if (overviews.length === 0) return [noMeter[language]];
  return overviews.flatMap((overview) => [
    `${meterInWords(overview)}${colon[language]}`,
    ...offerLines(overview, language).map((line) => `  ${line}`),
    ...planWarnings(overview.doubts, overview.usagePoint, language).map((line) => `  ${line}`),
    ...overview.prices.flatMap((span) => spanLines(span, language)).map((line) => `  ${line}`),
    ...overview.buyback.map((span) => `  ${buybackLine(span, language)}`),
  ]);
}

const noMeter: Text = {
  fr: "Aucun compteur n'est encore connu ; lancez d'abord « linky-bridge sync ».",
  en: 'No meter is known yet; run "linky-bridge sync" first.',
};

function offerLines({ offer }: PriceOverview, language: Language): string[] {
  if (offer === null) return [];
  if (offer.name === null)
    return [
      language === "fr"
        ? "Une offre est choisie dans votre compte, mais la passerelle ne l'a pas encore donnée."
        : "An offer is chosen in your account, but the gateway has not told it yet.",
    ];
  const chosen =
    language === "fr"
      ? `Offre choisie dans votre compte${colon.fr} ${offer.name}`
      : `Offer chosen in your account: ${offer.name}`;
  if (offer.suspicious.length === 0) return [chosen];
  const refused = offer.suspicious.join(", ");
  return [
    chosen,
    language === "fr"
      ? `Prix invraisemblables, non utilisés${colon.fr} ${refused}`
      : `Prices that cannot be right, not used: ${refused}`,
  ];
}

function spanLines(span: PriceSpan, language: Language): string[] {
  const { plan, powerKva, prices, standing } = span;
  const power = powerKva === null ? { fr: "puissance inconnue", en: "power not known" }[language] : `${powerKva} kVA`;
  const unknown = prices.filter(({ quoted }) => quoted === null).map(({ period }) => periodNames[period][language]);
  return [
    `${boundsInWords(span, language)}${colon[language]} ${plan}, ${power}`,
    ...prices.flatMap(({ period, quoted }) =>
      quoted ? [`  ${periodNames[period][language]}${colon[language]} ${quoteInWords(quoted, language)}`] : [],
    ),
    ...(unknown.length > 0 ? [`  ${unknownPrices[language]}${colon[language]} ${unknown.join(", ")}`] : []),
    `  ${standingInWords(standing, language)}`,
  ];
}

const unknownPrices: Text = { fr: "Prix inconnu, donc aucun coût", en: "Price not known, hence no cost" };

function standingInWords(standing: PriceSpan["standing"], language: Language): string {
  if (standing === null) return { fr: "Abonnement inconnu", en: "Standing charge not known" }[language];
  const [amount, source] = [eur(standing.monthly, language), sourceInWords(standing.source, language)];
  return language === "fr"
    ? `Abonnement${colon.fr} ${amount} par mois d'après ${source}`
    : `Standing charge: ${amount} a month by ${source}`;
}

const saleWords: Readonly<Record<BuybackPrice["sale"], Text>> = {
  surplus: { fr: "vente du surplus", en: "sale of the surplus" },
  total: { fr: "vente totale", en: "sale of all" },
};

function buybackLine(span: BuybackSpan, language: Language): string {
  const title = { fr: "Rachat", en: "Buy-back" }[language];
  const bounds = boundsInWords(span, language);
  const { price } = span;
  if (price === null)
    return `${title}, ${bounds}${colon[language]} ${{ fr: "prix inconnu ; indiquez-le dans l'option tariff_plans", en: "price not known; give it in the option tariff_plans" }[language]}`;
  const by = { fr: "d'après", en: "by" }[language];
  return `${title}, ${bounds}${colon[language]} ${perKwh(price.energy, language)} (${saleWords[price.sale][language]}) ${by} ${sourceInWords(price.source, language)}`;
}

/** `du 01/02/2026 au 31/07/2026`, `à partir du 01/02/2026`, `jusqu'au 31/07/2026`, `depuis toujours`. */
function boundsInWords(
  { from, to }: { readonly from: LocalDate | null; readonly to: LocalDate | null },
  language: Language,
): string {
  const [start, end] = [from && dayText(from, language), to && dayText(to, language)];
  if (start && end) return language === "fr" ? `du ${start} au ${end}` : `from ${start} to ${end}`;
  if (start) return language === "fr" ? `à partir du ${start}` : `from ${start} on`;
  if (end) return language === "fr" ? `jusqu'au ${end}` : `until ${end}`;
  return language === "fr" ? "depuis toujours" : "since ever";
}
