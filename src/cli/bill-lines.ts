import type { Bill, BillLine } from "../domain/bill/bill.ts";
import type { Projection, Range } from "../domain/bill/project.ts";
import { periodNames } from "../domain/tariff/period.ts";
import { type MicroEur, microEur } from "../domain/tariff/price.ts";
import type { LocalDate } from "../domain/units.ts";
import type { Language, Text } from "../shared/language.ts";
import type { MeterBill } from "../sync/bill/bill.ts";
import type { InvoiceComparison, InvoiceReason } from "../sync/bill/invoice.ts";
import type { Revenue } from "../sync/bill/revenue.ts";
import { nameOfSpan } from "../sync/bill/span.ts";
import {
  centsOf,
  daysInWords,
  dayText,
  doubtLines,
  eur,
  meterInWords,
  quoteInWords,
  spanInWords,
} from "./bill-words.ts";
import { standingLines } from "./standing-lines.ts";
import { colon, kwh, number, percent, periodInWords } from "./words.ts";

/** The bill in sentences, one a line. */
export function billLines(answer: MeterBill, language: Language): string[] {
  return [
    titleOf(answer, language),
    ...cutLines(answer, language),
    ...amountLines(answer, language),
    ...gapLines(answer.bill, language),
    ...qualityLines(answer, language),
    ...(answer.revenue ? revenueLines(answer.revenue, language) : []),
    ...(answer.projection ? projectionLines(answer.projection, language) : []),
    ...contractYearLines(answer, language),
    ...(answer.invoice ? invoiceLines(answer.invoice, language) : []),
    ...doubtLines(answer.doubts, language),
  ];
}

const say = (language: Language, fr: string, en: string): string => (language === "fr" ? fr : en);

function titleOf(answer: MeterBill, language: Language): string {
  const name = nameOfSpan(answer.span);
  const days = spanInWords(answer.span, language);
  const what = name === null ? days : `${periodInWords(name, language)}, ${days}`;
  return `${meterInWords(answer)}${colon[language]} ${what}`;
}

/** Of a span that is still running. */
function cutLines({ span: { to, whole } }: MeterBill, language: Language): string[] {
  if (to >= whole) return [];
  return [
    say(
      language,
      `La période demandée va jusqu'au ${dayText(whole, language)} ; le dernier jour connu est le ${dayText(to, language)}.`,
      `The span asked for goes to ${dayText(whole, language)}; the last known day is ${dayText(to, language)}.`,
    ),
  ];
}

const amountLines = (answer: MeterBill, language: Language): string[] => [
  ...answer.bill.lines.flatMap((line) => periodLines(line, language)),
  ...standingLines(answer, language),
  totalLine(answer.bill, language),
  ...roundingLines(answer, language),
];

/** Where the amounts that are shown do not sum to the total that is shown. */
function roundingLines({ bill, standing }: MeterBill, language: Language): string[] {
  const isSum = (whole: MicroEur | null, parts: readonly (MicroEur | null)[]): boolean =>
    whole === null || centsOf(whole) === parts.reduce((sum, part) => sum + (part === null ? 0 : centsOf(part)), 0);
  const costs = bill.lines.map(({ cost }) => cost);
  const shown = [
    isSum(bill.total, [...costs, bill.standing]),
    bill.total !== null || isSum(bill.energyCost, costs),
    isSum(
      bill.standing,
      standing.map(({ amount }) => amount),
    ),
    ...bill.lines.map(({ cost, parts }) =>
      isSum(
        cost,
        parts.map((part) => part.cost),
      ),
    ),
  ];
  if (!shown.includes(false)) return [];
  return [
    say(
      language,
      "Les lignes sont arrondies une à une, le total une seule fois : d'où l'écart de centimes entre leur somme et lui.",
      "The lines are rounded one by one, the total once: hence the cents between their sum and the total.",
    ),
  ];
}

function periodLines({ period, energyWh, cost, parts, unpricedWh }: BillLine, language: Language): string[] {
  const name = period === null ? say(language, "Période inconnue", "Unknown period") : periodNames[period][language];
  const energy = `${name}${colon[language]} ${kwh(energyWh, language)}`;
  const [only, ...others] = parts;
  if (only === undefined || cost === null) return [`${energy}, ${say(language, "sans prix", "without a price")}`];
  if (others.length === 0 && unpricedWh === 0)
    return [`${energy}, ${quoteInWords(only, language)}, ${eur(cost, language)}`];
  const unpriced = say(language, "sans prix", "without a price");
  return [
    `${energy}, ${eur(cost, language)}`,
    ...parts.map((part) => {
      const days = spanInWords({ from: part.firstDay, to: part.lastDay }, language);
      const amount = eur(part.cost, language);
      return `  ${days}${colon[language]} ${kwh(part.energyWh, language)}, ${quoteInWords(part, language)}, ${amount}`;
    }),
    ...(unpricedWh > 0 ? [`  ${kwh(unpricedWh, language)} ${unpriced}`] : []),
  ];
}

function totalLine({ total, energyCost, energyWh, standing, isWhole }: Bill, language: Language): string {
  const energy = kwh(energyWh, language);
  if (total !== null)
    return isWhole
      ? say(
          language,
          `Total : ${eur(total, language)} pour ${energy}, taxes comprises.`,
          `Total: ${eur(total, language)} for ${energy}, taxes included.`,
        )
      : say(
          language,
          `Total de ce qui est connu : ${eur(total, language)} pour ${energy}, taxes comprises.`,
          `Total of what is known: ${eur(total, language)} for ${energy}, taxes included.`,
        );
  if (energyCost !== null)
    return say(
      language,
      `Énergie seule, sans abonnement : ${eur(energyCost, language)}, taxes comprises.`,
      `Energy alone, without a standing charge: ${eur(energyCost, language)}, taxes included.`,
    );
  return standing === null
    ? say(
        language,
        `Aucun prix n'est connu pour ces jours : ${energy}, sans montant. Donnez vos prix dans l'option tariff_plans.`,
        `No price is known for these days: ${energy}, no amount. Give your prices in the option tariff_plans.`,
      )
    : say(
        language,
        "Aucun prix de l'énergie n'est connu pour ces jours : pas de total.",
        "No price of energy is known for these days: there is no total.",
      );
}

/** What is not in the total, and why. */
function gapLines(bill: Bill, language: Language): string[] {
  const gap = (dates: readonly LocalDate[], { fr, en }: Text): string[] =>
    dates.length === 0 ? [] : [`${say(language, fr, en)}${colon[language]} ${daysInWords(dates, language)}.`];
  return [
    ...gap(bill.daysWithoutEnergy, {
      fr: "Sans relevé, donc pas dans l'énergie comptée",
      en: "Without a reading, hence not in the energy counted",
    }),
    ...gap(bill.pendingDays, {
      fr: "En attente de leur couleur ou de leur période, donc en partie sans montant",
      en: "Waiting for their colour or period, hence in part without an amount",
    }),
    ...gap(bill.daysWithoutPrice, {
      fr: "Sans prix connu, donc sans montant",
      en: "Without a known price, hence without an amount",
    }),
    ...gap(bill.standing === null ? [] : bill.daysWithoutStanding, {
      fr: "Sans abonnement connu",
      en: "Without a known standing charge",
    }),
  ];
}

function qualityLines({ estimatedDays, partialDays, bill }: MeterBill, language: Language): string[] {
  const lines: string[] = [];
  if (estimatedDays.length > 0)
    lines.push(
      say(
        language,
        `Répartis par estimation entre les heures : ${daysInWords(estimatedDays, language)}, ${kwh(bill.estimatedWh, language)}.`,
        `Spread over their hours by estimate: ${daysInWords(estimatedDays, language)}, ${kwh(bill.estimatedWh, language)}.`,
      ),
    );
  if (partialDays.length > 0)
    lines.push(
      say(
        language,
        `Connus en partie, et comptés pour ce qui en est connu : ${daysInWords(partialDays, language)}.`,
        `Known in part, and counted as what is known of them: ${daysInWords(partialDays, language)}.`,
      ),
    );
  return lines;
}

function revenueLines({ energyWh, amount, daysWithoutPrice }: Revenue, language: Language): string[] {
  const energy = kwh(energyWh, language);
  if (energyWh === 0) return [];
  if (amount === null)
    return [
      say(
        language,
        `Injecté : ${energy}, sans prix de rachat connu.`,
        `Injected: ${energy}, without a known buy-back price.`,
      ),
    ];
  const rest =
    daysWithoutPrice.length === 0
      ? ""
      : say(
          language,
          `, dont ${daysInWords(daysWithoutPrice, language)} sans prix de rachat`,
          `, of which ${daysInWords(daysWithoutPrice, language)} without a buy-back price`,
        );
  return [
    say(
      language,
      `Injecté : ${energy}, qui rapportent ${eur(amount, language)}${rest}. Ce montant n'est pas déduit du total.`,
      `Injected: ${energy}, which earn ${eur(amount, language)}${rest}. This amount is not taken off the total.`,
    ),
  ];
}

function projectionLines({ energy, total, knownDays, estimatedDays }: Projection, language: Language): string[] {
  const toCome = Object.values(estimatedDays).reduce((sum, days) => sum + days, 0);
  if (toCome === 0) return [];
  const range = total ?? energy;
  const without = total === null ? say(language, " (sans abonnement)", " (without the standing charge)") : "";
  const { weekday_in_season: inSeason, weekday, any_day: anyDay } = estimatedDays;
  const basis =
    inSeason >= weekday + anyDay
      ? say(language, "les mêmes jours de la semaine à cette saison", "the same days of the week in this season")
      : weekday >= anyDay
        ? say(language, "les mêmes jours de la semaine", "the same days of the week")
        : say(language, "tous les jours connus", "all known days");
  return [
    say(
      language,
      `Le mois entier : environ ${rangeText(range, language)}${without}. Jours connus : ${number(knownDays, language)} ; estimés d'après vos habitudes (${basis}), aux prix d'aujourd'hui : ${number(toCome, language)}.`,
      `The whole month: about ${rangeText(range, language)}${without}. Known days: ${number(knownDays, language)}; estimated by your habits (${basis}), at today's prices: ${number(toCome, language)}.`,
    ),
  ];
}

const rangeText = ({ expected, low, high }: Range, language: Language): string =>
  say(
    language,
    `${eur(expected, language)}, entre ${eur(low, language)} et ${eur(high, language)}`,
    `${eur(expected, language)}, between ${eur(low, language)} and ${eur(high, language)}`,
  );

function contractYearLines({ contractYear }: MeterBill, language: Language): string[] {
  if (contractYear === null) return [];
  const { year, bill } = contractYear;
  const amount = bill.total ?? bill.energyCost;
  if (amount === null) return [];
  const basis =
    year.basis === "anniversary"
      ? say(
          language,
          `Année de contrat depuis le ${dayText(year.from, language)}`,
          `Contract year since ${dayText(year.from, language)}`,
        )
      : say(
          language,
          `Année civile depuis le ${dayText(year.from, language)} (la date de votre contrat n'est pas connue)`,
          `Civil year since ${dayText(year.from, language)} (the date of your contract is not known)`,
        );
  const without = bill.total === null ? say(language, ", sans abonnement", ", without the standing charge") : "";
  const gaps = new Set([...bill.daysWithoutEnergy, ...bill.pendingDays, ...bill.daysWithoutPrice]).size;
  const incomplete =
    gaps === 0
      ? ""
      : say(
          language,
          ` ; jours qui n'y sont pas, ou pas entièrement : ${number(gaps, language)}`,
          `; days that are not in it, or not wholly: ${number(gaps, language)}`,
        );
  return [
    `${basis}${colon[language]} ${kwh(bill.energyWh, language)}, ${eur(amount, language)}${without}${incomplete}.`,
  ];
}

function invoiceLines({ invoiced, difference, perMille, reasons }: InvoiceComparison, language: Language): string[] {
  const share =
    perMille === null
      ? ""
      : ` (${percent(Math.abs(perMille) / 10, language).replace(".", language === "fr" ? "," : ".")})`;
  const amount = eur(invoiced, language);
  const gap = eur(microEur(Math.abs(difference)), language);
  const head = isSame(difference)
    ? say(
        language,
        `Votre facture de ${amount} est la même, au centime.`,
        `Your invoice of ${amount} is the same, to the cent.`,
      )
    : say(
        language,
        `Votre facture de ${amount} est ${difference < 0 ? "inférieure" : "supérieure"} de ${gap}${share} au total ci-dessus.`,
        `Your invoice of ${amount} is ${gap}${share} ${difference < 0 ? "lower" : "higher"} than the total above.`,
      );
  return [head, ...reasons.map((reason) => `  ${reasonText[reason][language]}`)];
}

/** Half a cent is not on any invoice. */
const isSame = (difference: number): boolean => Math.abs(difference) <= 5_000;

const reasonText: Readonly<Record<InvoiceReason, Text>> = {
  rounding: {
    fr: "Ce sont des arrondis : un fournisseur arrondit chaque ligne.",
    en: "This is rounding: a supplier rounds each line.",
  },
  standing_left_out: {
    fr: "C'est le montant de l'énergie seule : l'abonnement n'est pas dans ce que vous avez tapé.",
    en: "This is the amount of the energy alone: the standing charge is not in what you typed.",
  },
  before_tax: {
    fr: "C'est le montant hors TVA : le total ci-dessus comprend la TVA.",
    en: "This is the amount before VAT: the total above contains the VAT.",
  },
  days_without_readings: {
    fr: "Des jours sans relevé ne sont pas comptés ci-dessus, et le sont sur la facture.",
    en: "Days without a reading are not counted above, and are on the invoice.",
  },
  days_without_price: {
    fr: "De l'énergie est sans prix ci-dessus, et en a un sur la facture.",
    en: "Some energy is without a price above, and has one on the invoice.",
  },
  standing_unknown: {
    fr: "L'abonnement n'est pas connu pour tous ces jours.",
    en: "The standing charge is not known for all these days.",
  },
  other_prices: {
    fr: "Le total ci-dessus est au tarif réglementé : si votre offre en a d'autres, donnez-les dans l'option tariff_plans.",
    en: "The total above is by the regulated tariff: if your offer has other prices, give them in the option tariff_plans.",
  },
  estimated_days: {
    fr: "Des jours sont répartis par estimation entre les périodes.",
    en: "Some days are spread over the periods by estimate.",
  },
  other_days: {
    fr: "La facture porte peut-être sur d'autres jours : comparez ses dates à celles ci-dessus.",
    en: "The invoice may be about other days: compare its dates with those above.",
  },
};
