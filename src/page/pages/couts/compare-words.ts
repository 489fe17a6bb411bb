import { parseOffPeak } from "../../../domain/tariff/off-peak.ts";
import type { LocalDate } from "../../../domain/units.ts";
import type { ComparisonAnswer } from "../../../server/api/compare.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { apparentPower, counted, dayShort, energy, money, whole } from "../../format.ts";
import { windowsText } from "./plan-names.ts";
import { say } from "./say.ts";
import { daysInWords, daysSpan } from "./source-words.ts";

/** A comparison of offers in sentences. Every figure is the API's. */

type Offer = ComparisonAnswer["ranking"][number];

/** `+94,14 €`, `−12,00 €` */
export function signedMoney(eur: number, language: Language): string {
  const amount = money(Math.abs(eur), language);
  return eur > 0 ? `+${amount}` : eur < 0 ? `−${amount}` : amount;
}

/** Offers that cost the same to the cent are no better. */
const cent = 0.01;

/** The answer: what the cheapest would have saved, or that nothing would. */
export function verdict(
  { ranking }: Pick<ComparisonAnswer, "ranking">,
  language: Language,
): { readonly sentence: string; readonly figure: string | null } {
  const own = ranking.find(({ origin }) => origin === "own");
  const best = ranking.find(({ origin }) => origin !== "own" && origin !== "what_if");
  if (ranking.length === 0)
    return {
      sentence: say(
        language,
        "Aucune formule n'a de prix connus pour ces jours.",
        "No plan has known prices for these days.",
      ),
      figure: null,
    };
  if (own === undefined)
    return {
      sentence: say(
        language,
        `La moins chère aurait été ${best?.name.fr ?? ""} ; la vôtre n'a pas de prix connu.`,
        `The cheapest would have been ${best?.name.en ?? ""}; yours has no known price.`,
      ),
      figure: best === undefined ? null : money(best.totalEur, language),
    };
  if (best === undefined)
    return {
      sentence: say(language, "Votre formule est la seule à comparer.", "Your plan is the only one to compare."),
      figure: money(own.totalEur, language),
    };
  if (best.differenceEur === null || best.differenceEur > -cent)
    return {
      sentence: say(
        language,
        "Aucune autre formule n'aurait été moins chère que la vôtre.",
        "No other plan would have been cheaper than yours.",
      ),
      figure: money(own.totalEur, language),
    };
  return {
    sentence: say(language, `Avec ${best.name.fr}, vous auriez payé`, `With ${best.name.en} you would have paid`),
    figure: say(
      language,
      `${money(-best.differenceEur, language)} de moins`,
      `${money(-best.differenceEur, language)} less`,
    ),
  };
}

/** On what the comparison rests: days, prices, and what of them is not measured. */
export function basisLines(answer: ComparisonAnswer, language: Language): string[] {
  const { days, daysWithoutEnergy, partialDays, estimatedDays, estimatedWh, pricesOf } = answer;
  const count = (number: number): string =>
    counted(number, language === "fr" ? ["jour", "jours"] : ["day", "days"], language);
  const asOf = dayShort(pricesOf as LocalDate, language);
  const head = say(
    language,
    `${count(days)} de votre propre consommation, ${daysSpan(answer.from, answer.to, "fr")}, aux prix du ${asOf}, abonnement et taxes compris.`,
    `${count(days)} of your own consumption, ${daysSpan(answer.from, answer.to, "en")}, at the prices of ${asOf}, standing charge and taxes included.`,
  );
  const missing = [
    ...(daysWithoutEnergy > 0
      ? [say(language, `${count(daysWithoutEnergy)} sans relevé`, `${count(daysWithoutEnergy)} without a reading`)]
      : []),
    ...(partialDays > 0
      ? [say(language, `${count(partialDays)} connus en partie`, `${count(partialDays)} known in part`)]
      : []),
  ].join(", ");
  return [
    head,
    ...(missing === "" ? [] : [say(language, `Manquent : ${missing}.`, `Missing: ${missing}.`)]),
    ...(estimatedDays === 0
      ? []
      : [
          say(
            language,
            `Heures estimées sur ${count(estimatedDays)} (${energy(estimatedWh, language)}) : là, les formules à plusieurs prix sont comparées d'après vos habitudes, non d'après des mesures.`,
            `Hours estimated on ${count(estimatedDays)} (${energy(estimatedWh, language)}): there, plans of several prices are compared by your habits, not by what was measured.`,
          ),
        ]),
    ...leftOutLines(answer, language),
  ];
}

function leftOutLines({ leftOut }: Pick<ComparisonAnswer, "leftOut">, language: Language): string[] {
  const byNames = Map.groupBy(leftOut, ({ by }) => by.map((name) => name[language]).join(", "));
  return [...byNames].map(([names, days]) => {
    const dates = daysInWords(
      days.map(({ date }) => date),
      language,
    );
    return say(
      language,
      `Laissés de côté pour toutes les formules : ${dates}, sans prix ni couleur connus pour ${names}.`,
      `Left out for all plans: ${dates}, without a known price or colour for ${names}.`,
    );
  });
}

/** Whose prices an offer is counted by. */
const priceOwners: Readonly<Record<NonNullable<Offer["source"]>["kind"], Text>> = {
  user: { fr: "vos prix", en: "your prices" },
  selected_offer: { fr: "prix de votre offre", en: "prices of your offer" },
  seen_offer: { fr: "prix donnés par la passerelle", en: "prices given by the gateway" },
  regulated: { fr: "prix du tarif réglementé", en: "prices of the regulated tariff" },
};

/** `prix du tarif réglementé, du 1er févr. 2026`: whose, and of when. */
function datedPrices({ source, pricesFrom }: Offer, language: Language): string[] {
  if (pricesFrom === null) return [];
  const day = dayShort(pricesFrom as LocalDate, language);
  if (source === null) return [say(language, `prix du ${day}`, `prices of ${day}`)];
  const owner = priceOwners[source.kind][language];
  return [say(language, `${owner}, du ${day}`, `${owner} from ${day}`)];
}

/** `énergie 1 907,16 €, abonnement 276,84 € ; heures creuses 22 h–6 h ; prix du tarif réglementé, du 1er févr. 2026` */
export function offerDetail(offer: Offer, language: Language): string {
  const parts = say(
    language,
    `énergie ${money(offer.energyEur, language)}, abonnement ${money(offer.standingEur, language)}`,
    `energy ${money(offer.energyEur, language)}, standing charge ${money(offer.standingEur, language)}`,
  );
  const windows =
    offer.offpeakHours === null
      ? []
      : [say(language, "heures creuses ", "off-peak ").concat(windowsText(offer.offpeakHours, language))];
  return [parts, ...windows, ...datedPrices(offer, language)].join(say(language, " ; ", "; "));
}

/** What the windows to try would have changed; null where none are tried. */
export function whatIfSentence(
  answer: Pick<ComparisonAnswer, "whatIf" | "ranking">,
  language: Language,
): string | null {
  if (answer.whatIf === null) return null;
  const hours = windowsText(answer.whatIf, language);
  const moved = answer.ranking.find(({ origin }) => origin === "what_if");
  if (moved === undefined)
    return say(
      language,
      `Votre formule n'a pas d'heures creuses à déplacer : les formules qui en ont sont comptées ci-dessous avec ${hours}.`,
      `Your plan has no off-peak hours to move: the plans that have some are counted below with ${hours}.`,
    );
  const { differenceEur } = moved;
  if (differenceEur === null)
    return say(
      language,
      `Avec les heures creuses ${hours}, vous auriez payé ${money(moved.totalEur, language)}.`,
      `With off-peak hours ${hours} you would have paid ${money(moved.totalEur, language)}.`,
    );
  if (Math.abs(differenceEur) < cent)
    return say(
      language,
      `Avec les heures creuses ${hours}, vous auriez payé autant.`,
      `With off-peak hours ${hours} you would have paid as much.`,
    );
  const amount = money(Math.abs(differenceEur), language);
  const today = todaysHours(answer, language);
  return say(
    language,
    `Avec les heures creuses ${hours}, sans rien changer à vos habitudes, vous auriez payé ${amount} de ${differenceEur < 0 ? "moins" : "plus"} qu'avec ${today}.`,
    `With off-peak hours ${hours} and the same habits you would have paid ${amount} ${differenceEur < 0 ? "less" : "more"} than with ${today}.`,
  );
}

/** What the windows to try are held against: `celles d'aujourd'hui, 22 h–6 h (2 184,00 €)`. */
function todaysHours({ ranking }: Pick<ComparisonAnswer, "ranking">, language: Language): string {
  const own = ranking.find(({ origin }) => origin === "own");
  const hours = own?.offpeakHours ? `, ${windowsText(own.offpeakHours, language)}` : "";
  const total = own === undefined ? "" : ` (${money(own.totalEur, language)})`;
  return say(language, `celles d'aujourd'hui${hours}${total}`, `today's${hours}${total}`);
}

/** Hours that a household has by its contract. */
const usualHours = 8;

/** A warning where the windows are longer than any supplier gives; null where they are not. */
export function longWindowsNote(
  { whatIfHoursPerDay }: Pick<ComparisonAnswer, "whatIfHoursPerDay">,
  language: Language,
) {
  if (whatIfHoursPerDay === null || whatIfHoursPerDay <= usualHours) return null;
  const hours = whatIfHoursPerDay.toLocaleString(language === "fr" ? "fr-FR" : "en-GB", { maximumFractionDigits: 1 });
  return say(
    language,
    `Ces heures creuses durent ${hours} heures par jour ; les fournisseurs en donnent ${usualHours}.`,
    `These off-peak hours last ${hours} hours a day; suppliers give ${usualHours}.`,
  );
}

/** What is wrong with windows as typed; null where they can be tried. */
export function windowsFault(text: string): Text | null {
  const { schedule, leftOver } = parseOffPeak(text);
  if (schedule !== null && leftOver === null) return null;
  return {
    fr: "Ces heures ne sont pas comprises : écrivez par exemple 12:00-17:00;02:00-05:00.",
    en: "These hours are not understood: write for example 12:00-17:00;02:00-05:00.",
  };
}

export const absentReasons: Readonly<Record<ComparisonAnswer["absent"][number]["reason"], Text>> = {
  no_windows: {
    fr: "personne ne dit quelles heures creuses aurait votre compteur ; essayez-en ci-dessous",
    en: "nobody tells which off-peak hours your meter would have; try some below",
  },
  unknown_kind: { fr: "ce type d'offre n'est pas connu", en: "this kind of offer is not known" },
  no_peak_days: {
    fr: "ses jours de pointe ne sont pas connus ; donnez-les dans votre contrat",
    en: "its peak days are not known; give them in your contract",
  },
  no_calendar: {
    fr: "aucune couleur, aucun jour de pointe n'est connu pour ces jours",
    en: "no colour and no peak day is known for these days",
  },
  no_power: {
    fr: "votre puissance souscrite n'est pas connue ; donnez-la dans votre contrat",
    en: "your subscribed power is not known; give it in your contract",
  },
  no_price: {
    fr: "son prix ou son abonnement n'est pas connu à ce jour pour votre puissance",
    en: "its price or its standing charge is not known today for your power",
  },
};

type Powers = NonNullable<ComparisonAnswer["powers"]>;

/** Whether the subscribed power fits: what was drawn, what is left of it, what a smaller one would save. */
export function powerSentences(powers: Powers, language: Language): string[] {
  const { highest, current, isLongEnough, cheapestKva, options } = powers;
  const peak = apparentPower(highest.maximumVa, language);
  const day = dayShort(highest.date as LocalDate, language);
  const lines = [say(language, `Vous avez appelé au plus ${peak}, le ${day}.`, `You drew at most ${peak}, on ${day}.`)];
  if (current !== null)
    lines.push(
      current.overruns.length > 0
        ? say(
            language,
            `Vos ${whole(current.kva, language)} kVA ont été dépassés : ${daysInWords(current.overruns, language)}.`,
            `Your ${whole(current.kva, language)} kVA were exceeded: ${daysInWords(current.overruns, language)}.`,
          )
        : say(
            language,
            `Vos ${whole(current.kva, language)} kVA laissent ${apparentPower(current.headroomVa, language)} de marge.`,
            `Your ${whole(current.kva, language)} kVA leave ${apparentPower(current.headroomVa, language)} of headroom.`,
          ),
    );
  if (!isLongEnough)
    lines.push(
      say(
        language,
        "C'est trop court pour conseiller une puissance : il faut au moins 300 jours, hiver compris.",
        "This is too short to advise a power: it takes at least 300 days, the winter among them.",
      ),
    );
  else if (cheapestKva !== null && cheapestKva === current?.kva)
    lines.push(
      say(language, "Aucune puissance moins chère n'aurait suffi.", "No cheaper power would have been enough."),
    );
  else if (cheapestKva !== null) {
    const saving = options.find(({ kva }) => kva === cheapestKva)?.yearlyDifferenceEur ?? null;
    const amount =
      saving === null || saving === 0
        ? ""
        : say(language, `, ${signedMoney(saving, language)} par an`, `, ${signedMoney(saving, language)} a year`);
    lines.push(
      say(
        language,
        `La moins chère qui aurait suffi : ${whole(cheapestKva, language)} kVA${amount}.`,
        `The cheapest that would have been enough: ${whole(cheapestKva, language)} kVA${amount}.`,
      ),
    );
  }
  return lines;
}
