import type { Language } from "../shared/language.ts";
import type { MeterBill } from "../sync/bill/bill.ts";
import type { StandingPart } from "../sync/bill/standing.ts";
import { eur, sourceInWords, spanInWords } from "./bill-words.ts";
import { colon, counted } from "./words.ts";

/** The standing charge of a bill, by its monthly prices. */
export function standingLines(answer: Pick<MeterBill, "bill" | "standing">, language: Language): string[] {
  const { bill, standing } = answer;
  if (bill.standing === null) return [say(language, "Abonnement : prix inconnu.", "Standing charge: price not known.")];
  const name = `${say(language, "Abonnement", "Standing charge")}${colon[language]}`;
  const [only, ...others] = standing;
  const hint = foreignHint(answer, language);
  if (only && others.length === 0) return [`${name} ${partInWords(only, language)}`, ...hint];
  return [
    `${name} ${eur(bill.standing, language)}`,
    ...standing.map((part) => {
      const days = spanInWords({ from: part.firstDay, to: part.lastDay }, language);
      return `  ${days}${colon[language]} ${partInWords(part, language)}`;
    }),
    ...hint,
  ];
}

const say = (language: Language, fr: string, en: string): string => (language === "fr" ? fr : en);

function partInWords({ monthly, source, days, amount }: StandingPart, language: Language): string {
  const count = counted(days, language === "fr" ? ["jour", "jours"] : ["day", "days"], language);
  const word = sourceInWords(source, language);
  const monthlyText = eur(monthly, language);
  return say(
    language,
    `${monthlyText} par mois d'après ${word}, ${count}, ${eur(amount, language)}`,
    `${monthlyText} a month by ${word}, ${count}, ${eur(amount, language)}`,
  );
}

/** Who gave prices per kWh alone may not expect somebody else's standing charge beside them. */
function foreignHint({ bill, standing }: Pick<MeterBill, "bill" | "standing">, language: Language): string[] {
  const isOwnOn = (day: StandingPart): boolean =>
    bill.lines.some(({ parts }) =>
      parts.some(
        ({ source, firstDay, lastDay }) => source.kind === "user" && firstDay <= day.lastDay && lastDay >= day.firstDay,
      ),
    );
  if (!standing.some((part) => part.source.kind === "regulated" && isOwnOn(part))) return [];
  return [
    say(
      language,
      "Vos réglages donnent des prix de l'énergie sans abonnement : celui du tarif réglementé en tient lieu. Donnez le vôtre dans l'option tariff_plans.",
      "Your settings give prices of energy without a standing charge: that of the regulated tariff stands in. Give yours in the option tariff_plans.",
    ),
  ];
}
