import type { PlanDoubt } from "../domain/tariff/plan.ts";
import type { EnergyPrice, MicroEur, PriceSource } from "../domain/tariff/price.ts";
import type { QuotedPrice } from "../domain/tariff/price-book.ts";
import type { LocalDate } from "../domain/units.ts";
import type { Language, Text } from "../shared/language.ts";
import { counted } from "./words.ts";

const locales: Readonly<Record<Language, string>> = { fr: "fr-FR", en: "en-GB" };

/** Whole cents, halves away from nothing, as a supplier rounds. */
export const centsOf = (amount: MicroEur): number => Math.sign(amount) * Math.floor(Math.abs(amount) / 10_000 + 0.5);

/** `1 234,56 €`, `€1,234.56`: to the cent. */
export const eur = (amount: MicroEur, language: Language): string =>
  (centsOf(amount) / 100).toLocaleString(locales[language], { style: "currency", currency: "EUR" });

/** `+1,20 €`, `-1,20 €`: what comes on top, or off. */
export const signedEur = (amount: MicroEur, language: Language): string =>
  `${amount > 0 ? "+" : ""}${eur(amount, language)}`;

/** `0,1940 €/kWh`, `€0.1940/kWh`: at least four decimals, as price sheets have them, and all that there are. */
export const perKwh = (price: EnergyPrice, language: Language): string => {
  const amount = (price / 1_000_000).toLocaleString(locales[language], {
    style: "currency",
    currency: "EUR",
    minimumFractionDigits: 4,
    maximumFractionDigits: 6,
  });
  return `${amount}/kWh`;
};

/** `du 01/11/2026 au 19/11/2026`, `from 1 Nov 2026 to 19 Nov 2026`; a single day is `le …`, `on …`. */
export const spanInWords = (
  { from, to }: { readonly from: LocalDate; readonly to: LocalDate },
  language: Language,
): string =>
  from === to
    ? language === "fr"
      ? `le ${dayText(from, language)}`
      : `on ${dayText(from, language)}`
    : language === "fr"
      ? `du ${dayText(from, language)} au ${dayText(to, language)}`
      : `from ${dayText(from, language)} to ${dayText(to, language)}`;

/** `20/11/2026`, `20 Nov 2026`. */
export const dayText = (date: LocalDate, language: Language): string =>
  new Intl.DateTimeFormat(locales[language], {
    timeZone: "UTC",
    ...(language === "fr"
      ? { day: "2-digit", month: "2-digit", year: "numeric" }
      : { day: "numeric", month: "short", year: "numeric" }),
  }).format(Date.parse(`${date}T00:00:00Z`));

const sourceWord: Readonly<Record<PriceSource["kind"], Text>> = {
  user: { fr: "votre réglage", en: "your setting" },
  selected_offer: { fr: "votre offre", en: "your offer" },
  seen_offer: { fr: "une offre du même nom", en: "an offer of the same name" },
  regulated: { fr: "le tarif réglementé", en: "the regulated tariff" },
};

/** `le tarif réglementé (EDF Tarif Bleu 2026-02-01)`; the user's own word needs no name. */
export const sourceInWords = ({ kind, name }: PriceSource, language: Language): string =>
  kind === "user" ? sourceWord.user[language] : `${sourceWord[kind][language]} (${name})`;

/** `0,1940 €/kWh d'après le tarif réglementé (EDF Tarif Bleu 2026-02-01)`. */
export const quoteInWords = ({ price, source }: QuotedPrice, language: Language): string =>
  language === "fr"
    ? `${perKwh(price, language)} d'après ${sourceInWords(source, language)}`
    : `${perKwh(price, language)} by ${sourceInWords(source, language)}`;

/** Few days by name, many as a number with the first and the last. */
export function daysInWords(dates: readonly LocalDate[], language: Language): string {
  const [first, last] = [dates[0], dates.at(-1)];
  const count = counted(dates.length, language === "fr" ? ["jour", "jours"] : ["day", "days"], language);
  if (first === undefined || last === undefined) return count;
  if (dates.length <= namedDays) return `${count} (${dates.map((date) => dayText(date, language)).join(", ")})`;
  return `${count} (${spanInWords({ from: first, to: last }, language)})`;
}
const namedDays = 3;

/** What makes every figure of a meter doubtful, one sentence each. */
export const doubtLines = (doubts: readonly PlanDoubt[], language: Language): string[] =>
  doubts.map((doubt) => doubtText(doubt)[language]);

function doubtText(doubt: PlanDoubt): Text {
  switch (doubt.code) {
    case "unknown_plan":
      return doubt.text === null
        ? {
            fr: "Attention : votre formule tarifaire n'est pas connue, tout est compté en Base ; dites-la dans l'option tariff_plans.",
            en: "Careful: your tariff plan is not known, all is counted as Base; tell it in the option tariff_plans.",
          }
        : {
            fr: `Attention : la formule « ${doubt.text} » n'est pas comprise, tout est compté en Base ; dites-la dans l'option tariff_plans.`,
            en: `Careful: the plan "${doubt.text}" is not understood, all is counted as Base; tell it in the option tariff_plans.`,
          };
    case "unknown_windows":
      return {
        fr: "Attention : vos heures creuses ne sont pas connues, tout est compté en Base ; dites-les dans l'option tariff_plans.",
        en: "Careful: your off-peak hours are not known, all is counted as Base; tell them in the option tariff_plans.",
      };
    case "leftover":
      return {
        fr: `Attention : « ${doubt.text} » n'est pas compris dans les heures creuses du contrat.`,
        en: `Careful: "${doubt.text}" is not understood in the contract's off-peak hours.`,
      };
    case "unused_prices":
      return {
        fr: `Attention : vos prix ${doubt.text} ne servent pas, la formule entre parenthèses n'a pas ces périodes ; nommez la vôtre (plan) dans le même élément de l'option tariff_plans.`,
        en: `Careful: your prices ${doubt.text} are not used, the plan in parentheses does not have these periods; name yours in the same entry of the option tariff_plans.`,
      };
  }
}

/** `PDL 12345678901234 (Maison)`. */
export const meterInWords = ({ usagePoint, name }: { readonly usagePoint: string; readonly name: string | null }) =>
  name === null ? `PDL ${usagePoint}` : `PDL ${usagePoint} (${name})`;
