import type { BillAnswer } from "../../../server/api/bill.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { counted, energy, money } from "../../format.ts";
import { say } from "./say.ts";
import { daysInWords, daysSpan, sourceName } from "./source-words.ts";

/** A bill in sentences. Every figure is the API's. */

type Amounts = Pick<
  BillAnswer,
  | "energyWh"
  | "energyEur"
  | "standingEur"
  | "totalEur"
  | "isWhole"
  | "pendingDays"
  | "daysWithoutPrice"
  | "daysWithoutEnergy"
  | "daysWithoutStanding"
>;

/** Whose word the prices of the bill are: `le tarif réglementé du 1er févr. 2026`; none where nothing has a price. */
export function sourcesOf({ lines, standingParts }: Pick<BillAnswer, "lines" | "standingParts">, language: Language) {
  const sources = [...lines.flatMap(({ parts }) => parts), ...standingParts].map(({ source }) => source);
  return [...new Set(sources.map((source) => sourceName(source, language)))];
}

/** The amount that opens the page, and what it is made of. */
export function amountOf(bill: Amounts, language: Language): { eur: number | null; sentence: string } {
  const { totalEur, energyEur, standingEur } = bill;
  const amount = energy(bill.energyWh, language);
  if (totalEur !== null) {
    const [cost, charge] = [money(energyEur, language), money(standingEur, language)];
    const made = say(
      language,
      `${amount} pour ${cost}, plus ${charge} d'abonnement, taxes comprises.`,
      `${amount} for ${cost}, plus ${charge} of standing charge, taxes included.`,
    );
    return { eur: totalEur, sentence: made };
  }
  if (energyEur !== null)
    return {
      eur: energyEur,
      sentence: say(
        language,
        `${amount}, taxes comprises, sans l'abonnement, dont le prix n'est pas connu.`,
        `${amount}, taxes included, without the standing charge, which is not known.`,
      ),
    };
  return {
    eur: null,
    sentence: say(language, `${amount}, dont le prix n'est pas connu.`, `${amount}, whose price is not known.`),
  };
}

/** What the amount lacks: a sentence, and where it is dealt with. */
export interface BillNote {
  readonly text: string;
  readonly to: "contrat" | "qualite" | "tempo" | null;
}

export function gapNotes(bill: Amounts, language: Language): BillNote[] {
  const note = (dates: readonly string[], to: BillNote["to"], { fr, en }: Text): BillNote[] =>
    dates.length === 0 ? [] : [{ to, text: say(language, fr, en).replace("{days}", daysInWords(dates, language)) }];
  // Both are given in one place: where they lack on the same days, that is one thing to be done.
  const isBoth = bill.daysWithoutPrice.join() === bill.daysWithoutStanding.join();
  const lacksPrice: Text = isBoth
    ? {
        fr: "Ni prix ni abonnement connus : {days}. Donnez-les pour compléter ce montant.",
        en: "Neither a price nor a standing charge is known: {days}. Give them to complete this amount.",
      }
    : {
        fr: "Sans prix connu : {days}. Donnez vos prix pour compléter ce montant.",
        en: "Without a known price: {days}. Give your prices to complete this amount.",
      };
  return [
    ...note(bill.daysWithoutEnergy, "qualite", {
      fr: "Sans relevé : {days}. Leur énergie n'est pas dans ce montant.",
      en: "Without a reading: {days}. Their energy is not in this amount.",
    }),
    ...note(bill.pendingDays, "tempo", {
      fr: "Couleur ou période pas encore connue : {days}. Une partie n'a pas de montant.",
      en: "Colour or period not known yet: {days}. Part of it has no amount.",
    }),
    ...note(bill.daysWithoutPrice, "contrat", lacksPrice),
    ...note(isBoth ? [] : bill.daysWithoutStanding, "contrat", {
      fr: "Sans abonnement connu : {days}. Donnez-le pour compléter ce montant.",
      en: "Without a known standing charge: {days}. Give it to complete this amount.",
    }),
  ];
}

/** What is inferred in the amount; null where all is measured. */
export function qualityNote(
  { estimatedDays, estimatedWh, partialDays }: Pick<BillAnswer, "estimatedDays" | "estimatedWh" | "partialDays">,
  language: Language,
): string | null {
  const lines: string[] = [];
  if (estimatedDays.length > 0)
    lines.push(
      say(
        language,
        `Heures estimées d'après le total du jour : ${daysInWords(estimatedDays, language)}, ${energy(estimatedWh, language)}.`,
        `Hours estimated from the day's total: ${daysInWords(estimatedDays, language)}, ${energy(estimatedWh, language)}.`,
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
  return lines.length === 0 ? null : lines.join(" ");
}

type Doubt = BillAnswer["planDoubts"][number];

/** Why the plan may not be what the household pays by. */
export function doubtText(doubt: Doubt, language: Language): string {
  switch (doubt.code) {
    case "unknown_plan":
      return doubt.text === null
        ? say(
            language,
            "Votre formule n'est pas connue : tout est compté en Base. Dites laquelle vous avez.",
            "Your plan is not known: all is counted as Base. Tell which one you have.",
          )
        : say(
            language,
            `La formule « ${doubt.text} » n'est pas comprise : tout est compté en Base. Dites laquelle vous avez.`,
            `The plan “${doubt.text}” is not understood: all is counted as Base. Tell which one you have.`,
          );
    case "unknown_windows":
      return say(
        language,
        "Vos heures creuses ne sont pas connues : tout est compté en Base. Dites lesquelles vous avez.",
        "Your off-peak hours are not known: all is counted as Base. Tell which ones you have.",
      );
    case "leftover":
      return say(
        language,
        `« ${doubt.text} » n'est pas compris dans les heures creuses du contrat ; le reste est appliqué.`,
        `“${doubt.text}” is not understood in the contract's off-peak hours; the rest is applied.`,
      );
    case "unused_prices":
      return say(
        language,
        `Vos prix ${doubt.text} ne servent pas : la formule entre parenthèses n'a pas ces périodes.`,
        `Your prices ${doubt.text} are not used: the plan in parentheses does not have these periods.`,
      );
  }
}

type Projection = NonNullable<BillAnswer["projection"]>;

/** `Entre 191,18 € et 235,24 €` with what it rests on; null once all days are known. */
export function projectionWords(
  projection: Projection,
  language: Language,
): { readonly expected: string; readonly range: string; readonly basis: string } | null {
  const { weekday_in_season: inSeason = 0, weekday = 0, any_day: anyDay = 0 } = projection.estimatedDays;
  const toCome = inSeason + weekday + anyDay;
  if (toCome === 0) return null;
  const { expected, low, high } = projection.totalEur ?? projection.energyEur;
  const habits =
    inSeason >= weekday + anyDay
      ? say(language, "les mêmes jours de la semaine à cette saison", "the same days of the week in this season")
      : weekday >= anyDay
        ? say(language, "les mêmes jours de la semaine", "the same days of the week")
        : say(language, "tous vos jours connus", "all your known days");
  const charge =
    projection.totalEur === null
      ? say(language, "sans l'abonnement", "without the standing charge")
      : say(language, "abonnement compris", "standing charge included");
  const known = counted(
    projection.knownDays,
    language === "fr" ? ["jour connu", "jours connus"] : ["known day", "known days"],
    language,
  );
  const coming = counted(
    toCome,
    language === "fr" ? ["jour estimé", "jours estimés"] : ["day estimated", "days estimated"],
    language,
  );
  return {
    expected: money(expected, language),
    range: say(
      language,
      `Entre ${money(low, language)} et ${money(high, language)}, ${charge}.`,
      `Between ${money(low, language)} and ${money(high, language)}, ${charge}.`,
    ),
    basis: say(
      language,
      `${known}, ${coming} d'après ${habits}, aux prix d'aujourd'hui.`,
      `${known}, ${coming} by ${habits}, at today's prices.`,
    ),
  };
}

type ContractYear = NonNullable<BillAnswer["contractYear"]>;

/** What the contract year is and how far it is known. */
export function contractYearWords(year: ContractYear, language: Language): { amount: string; basis: string } {
  const amount = money(year.totalEur ?? year.energyEur, language);
  const days = daysSpan(year.from, year.through, language);
  const without =
    year.totalEur === null && year.energyEur !== null
      ? say(language, ", sans l'abonnement", ", without the standing charge")
      : "";
  const gaps = new Set([...year.daysWithoutEnergy, ...year.pendingDays, ...year.daysWithoutPrice]).size;
  const lacking = counted(gaps, language === "fr" ? ["jour", "jours"] : ["day", "days"], language);
  const incomplete =
    gaps === 0
      ? ""
      : say(
          language,
          ` ; ${lacking} n'y ${gaps === 1 ? "est" : "sont"} pas, ou pas entièrement`,
          `; ${lacking} ${gaps === 1 ? "is" : "are"} not in it, or not wholly`,
        );
  const kind =
    year.basis === "anniversary"
      ? ""
      : say(
          language,
          "Année civile, faute de date de contrat. ",
          "Calendar year, as the contract's date is not known. ",
        );
  const text = `${days}, ${energy(year.energyWh, language)}${without}${incomplete}.`;
  return { amount, basis: `${kind}${text.slice(0, 1).toUpperCase()}${text.slice(1)}` };
}

/** `35,3 kWh injectés, qui rapportent 1,41 €`; null where nothing was injected. */
export function revenueWords(bill: Pick<BillAnswer, "revenue">, language: Language): string | null {
  const { revenue } = bill;
  if (revenue === null || revenue.energyWh === 0) return null;
  const amount = energy(revenue.energyWh, language);
  if (revenue.eur === null)
    return say(
      language,
      `Vous avez injecté ${amount} ; le prix de revente n'est pas connu.`,
      `You injected ${amount}; the buy-back price is not known.`,
    );
  const rest =
    revenue.daysWithoutPrice.length === 0
      ? ""
      : say(
          language,
          `, ${daysInWords(revenue.daysWithoutPrice, language)} restant sans prix`,
          `, ${daysInWords(revenue.daysWithoutPrice, language)} being without a price`,
        );
  return say(
    language,
    `Vous avez injecté ${amount}, qui rapportent ${money(revenue.eur, language)}${rest}. Ce montant n'est pas déduit de la facture.`,
    `You injected ${amount}, which earn ${money(revenue.eur, language)}${rest}. This amount is not taken off the bill.`,
  );
}
