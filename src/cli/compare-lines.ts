import type { PowerOption } from "../domain/bill/powers.ts";
import { describeOffPeak } from "../domain/tariff/off-peak.ts";
import type { Language, Text } from "../shared/language.ts";
import type { Absent, LeftOutReason } from "../sync/bill/candidates.ts";
import type { ComparedOffer, Comparison } from "../sync/bill/compare.ts";
import type { Powers } from "../sync/bill/powers.ts";
import { daysInWords, dayText, doubtLines, eur, meterInWords, signedEur, spanInWords } from "./bill-words.ts";
import { colon, counted, kwh, number } from "./words.ts";

/** The comparison in sentences, one a line. */
export function comparisonLines(answer: Comparison, language: Language): string[] {
  return [
    titleOf(answer, language),
    ...estimateLines(answer, language),
    ...answer.ranking.map((offer, position) => offerLine(offer, position + 1, language)),
    ...(answer.ranking.length === 0 ? [nothing[language]] : []),
    ...whatIfLines(answer, language),
    ...longWindowsLines(answer, language),
    ...leftOutLines(answer, language),
    ...answer.absent.map((each) => absentLine(each, language)),
    ...powerLines(answer, language),
    ...doubtLines(answer.doubts, language),
  ];
}

const say = (language: Language, fr: string, en: string): string => (language === "fr" ? fr : en);
const daysText = (count: number, language: Language): string =>
  counted(count, language === "fr" ? ["jour", "jours"] : ["day", "days"], language);

const nothing: Text = {
  fr: "Aucune formule n'a de prix connus pour ces jours.",
  en: "No plan has known prices for these days.",
};

function titleOf(answer: Comparison, language: Language): string {
  const { days, span, asOf, daysWithoutEnergy, partialDays, estimatedDays } = answer;
  const missing =
    daysWithoutEnergy === 0
      ? ""
      : say(
          language,
          ` ; ${daysText(daysWithoutEnergy, language)} sans relevé`,
          `; ${daysText(daysWithoutEnergy, language)} without a reading`,
        );
  const partial =
    partialDays === 0
      ? ""
      : say(
          language,
          ` ; ${daysText(partialDays, language)} en partie`,
          `; ${daysText(partialDays, language)} in part`,
        );
  const source =
    estimatedDays === 0
      ? say(language, "vos demi-heures", "your half-hours")
      : say(language, "votre consommation", "your consumption");
  const compared = counted(
    days,
    language === "fr" ? ["jour comparé", "jours comparés"] : ["day compared", "days compared"],
    language,
  );
  const what = say(
    language,
    `${source} ${spanInWords(span, language)}, ${compared}${missing}${partial}, aux prix du ${dayText(asOf, language)}, abonnement et taxes compris.`,
    `${source} ${spanInWords(span, language)}, ${compared}${missing}${partial}, at the prices of ${dayText(asOf, language)}, standing charge and taxes included.`,
  );
  return `${meterInWords(answer)}${colon[language]} ${what}`;
}

/** Their energy is known by the day alone: which hour, hence which price, it falls under is a guess. */
function estimateLines({ estimatedDays, estimatedWh }: Comparison, language: Language): string[] {
  if (estimatedDays === 0) return [];
  const days = daysText(estimatedDays, language);
  const energy = kwh(estimatedWh, language);
  return [
    say(
      language,
      `Heures estimées d'après le total du jour : ${days}, ${energy}. Les formules à plusieurs prix y sont comparées d'après vos habitudes, non d'après des mesures.`,
      `Hours estimated from the day's total: ${days}, ${energy}. There, plans of several prices are compared by your habits, not by what was measured.`,
    ),
  ];
}

function offerLine(offer: ComparedOffer, place: number, language: Language): string {
  const { name, total, energyCost, standing, difference, origin, powerKva, pricesFrom } = offer;
  const versus =
    origin === "own" || difference === null
      ? ""
      : say(
          language,
          `, ${signedEur(difference, language)} par rapport à votre formule`,
          `, ${signedEur(difference, language)} against your plan`,
        );
  const power =
    powerKva === null || name[language].includes(`- ${powerKva} kVA`) ? "" : `, ${number(powerKva, language)} kVA`;
  const windows = offer.plan.offPeak
    ? say(
        language,
        `, heures creuses ${describeOffPeak(offer.plan.offPeak)}`,
        `, off-peak ${describeOffPeak(offer.plan.offPeak)}`,
      )
    : "";
  const dated =
    pricesFrom === null
      ? ""
      : say(language, `, prix du ${dayText(pricesFrom, language)}`, `, prices of ${dayText(pricesFrom, language)}`);
  const parts = say(
    language,
    `énergie ${eur(energyCost, language)} + abonnement ${eur(standing, language)}`,
    `energy ${eur(energyCost, language)} + standing charge ${eur(standing, language)}`,
  );
  return `${place}. ${name[language]}${power}${windows}${dated}${colon[language]} ${eur(total, language)} (${parts})${versus}.`;
}

function whatIfLines({ whatIf, ranking }: Comparison, language: Language): string[] {
  if (whatIf === null) return [];
  const moved = ranking.find(({ origin }) => origin === "what_if");
  if (moved === undefined || moved.difference === null) return [];
  const hours = describeOffPeak(whatIf);
  const amount = eur(moved.difference, language).replace("-", "");
  if (moved.difference === 0)
    return [
      say(
        language,
        `Avec les heures creuses ${hours}, vous auriez payé autant.`,
        `With off-peak hours ${hours} you would have paid as much.`,
      ),
    ];
  return [
    moved.difference < 0
      ? say(
          language,
          `Avec les heures creuses ${hours}, sans rien changer à vos habitudes, vous auriez payé ${amount} de moins.`,
          `With off-peak hours ${hours} and the same habits you would have paid ${amount} less.`,
        )
      : say(
          language,
          `Avec les heures creuses ${hours}, sans rien changer à vos habitudes, vous auriez payé ${amount} de plus.`,
          `With off-peak hours ${hours} and the same habits you would have paid ${amount} more.`,
        ),
  ];
}

/** Hours that a household has by its contract. */
const usualHours = 8;

function longWindowsLines({ whatIfHours }: Comparison, language: Language): string[] {
  if (whatIfHours === null || whatIfHours <= usualHours) return [];
  const hours = number(whatIfHours, language);
  return [
    say(
      language,
      `Attention : ces heures creuses font ${hours} heures par jour ; les fournisseurs en donnent ${usualHours}.`,
      `Careful: these off-peak hours are ${hours} hours a day; suppliers give ${usualHours}.`,
    ),
  ];
}

/** By whom the days are left out, most days first. */
function leftOutLines({ leftOut }: Comparison, language: Language): string[] {
  const byNames = Map.groupBy(leftOut, ({ by }) => by.map((name) => name[language]).join(", "));
  return [...byNames].map(([names, days]) => {
    const dates = daysInWords(
      days.map(({ date }) => date),
      language,
    );
    return say(
      language,
      `Laissés de côté pour toutes les formules : ${dates}, sans prix, couleur ou jour de pointe connu pour ${names}.`,
      `Left out for all plans: ${dates}, without a known price, colour or peak day for ${names}.`,
    );
  });
}

const reasonText: Readonly<Record<LeftOutReason, Text>> = {
  no_windows: {
    fr: "personne ne dit quelles heures creuses aurait votre compteur ; essayez-en avec --what-if",
    en: "nobody tells which off-peak hours your meter would have; try some with --what-if",
  },
  unknown_kind: {
    fr: "ce type d'offre n'est pas connu",
    en: "this kind of offer is not known",
  },
  no_peak_days: {
    fr: "ses jours de pointe ne sont pas connus ; donnez-les dans l'option tariff_plans",
    en: "its peak days are not known; give them in the option tariff_plans",
  },
  no_calendar: {
    fr: "aucune couleur, aucun jour de pointe n'est connu pour ces jours",
    en: "no colour and no peak day is known for these days",
  },
  no_power: {
    fr: "votre puissance souscrite n'est pas connue ; donnez-la dans l'option tariff_plans",
    en: "your subscribed power is not known; give it in the option tariff_plans",
  },
  no_price: {
    fr: "son prix ou son abonnement n'est pas connu à ce jour pour votre puissance",
    en: "its price or its standing charge is not known today for your power",
  },
};

const absentLine = ({ name, reason }: Absent, language: Language): string =>
  say(
    language,
    `Pas comparé : ${name.fr}, ${reasonText[reason].fr}.`,
    `Not compared: ${name.en}, ${reasonText[reason].en}.`,
  );

function powerLines({ powers }: Comparison, language: Language): string[] {
  if (powers === null)
    return [
      say(
        language,
        "Puissance : aucune puissance maximale n'est connue pour ces jours.",
        "Power: no highest power is known for these days.",
      ),
    ];
  return [highestLine(powers, language), ...currentLines(powers, language), ...cheapestLines(powers, language)];
}

const kvaOf = (va: number, language: Language): string =>
  `${(va / 1000).toLocaleString(language === "fr" ? "fr-FR" : "en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 })} kVA`;

function highestLine({ highest, days, from, to }: Powers, language: Language): string {
  const peak = kvaOf(highest.maximum, language);
  const day = dayText(highest.date, language);
  const span = spanInWords({ from, to }, language);
  const known = counted(
    days,
    language === "fr" ? ["jour connu", "jours connus"] : ["day known", "days known"],
    language,
  );
  return say(
    language,
    `Puissance : au plus ${peak}, le ${day} (${known}, ${span}).`,
    `Power: at most ${peak}, on ${day} (${known}, ${span}).`,
  );
}

function currentLines({ current }: Powers, language: Language): string[] {
  if (current === null) return [];
  const { kva, headroomVa, overruns } = current;
  if (overruns.length > 0)
    return [
      say(
        language,
        `Vos ${number(kva, language)} kVA sont dépassés : ${daysInWords(overruns, language)}.`,
        `Your ${number(kva, language)} kVA were exceeded: ${daysInWords(overruns, language)}.`,
      ),
    ];
  return [
    say(
      language,
      `Vos ${number(kva, language)} kVA laissent ${kvaOf(headroomVa, language)} de marge.`,
      `Your ${number(kva, language)} kVA leave ${kvaOf(headroomVa, language)} of headroom.`,
    ),
  ];
}

function cheapestLines({ cheapest, current, isLongEnough }: Powers, language: Language): string[] {
  if (!isLongEnough)
    return [
      say(
        language,
        "C'est trop court pour conseiller une puissance : il faut au moins 300 jours, hiver compris.",
        "This is too short to advise a power: it takes at least 300 days, the winter among them.",
      ),
    ];
  if (cheapest === null) return [];
  if (cheapest.kva === current?.kva)
    return [say(language, "Aucune puissance moins chère n'aurait suffi.", "No cheaper power would have been enough.")];
  return [
    say(
      language,
      `La moins chère qui aurait suffi : ${number(cheapest.kva, language)} kVA${savingOf(cheapest, language)}.`,
      `The cheapest that would have been enough: ${number(cheapest.kva, language)} kVA${savingOf(cheapest, language)}.`,
    ),
  ];
}

/** Twelve standing charges and the energy compared. */
function savingOf({ yearlyDifference }: PowerOption, language: Language): string {
  if (yearlyDifference === null || yearlyDifference === 0) return "";
  const amount = signedEur(yearlyDifference, language);
  return say(
    language,
    `, ${amount} sur douze abonnements et l'énergie de ces jours`,
    `, ${amount} over twelve standing charges and the energy of these days`,
  );
}
