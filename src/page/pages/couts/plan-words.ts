import { planNames } from "../../../domain/tariff/plan-names.ts";
import type { LocalDate } from "../../../domain/units.ts";
import type { PlanEntry, PlanPreviewAnswer, PlansAnswer } from "../../../server/api/plans.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { counted, dayShort, money, monthInFull, price, whole } from "../../format.ts";
import { draftOf } from "./plan-draft.ts";
import { windowsText } from "./plan-names.ts";
import { say } from "./say.ts";

/** Dated plans in words. Every figure is the API's. */

type Span = PlansAnswer["spans"][number];

/** The plan of a day; null where nothing is known of it. */
export const spanOn = (spans: readonly Span[], date: string): Span | null =>
  spans.find(({ start, end }) => (start === null || start <= date) && (end === null || end >= date)) ?? null;

/** `depuis le 1er févr. 2026`, `jusqu'au 31 janv. 2026`, `du 1er août 2025 au 31 janv. 2026`, `depuis toujours` */
export function validity(start: string | null, end: string | null, language: Language): string {
  const day = (date: string): string => dayShort(date as LocalDate, language);
  if (start === null && end === null) return say(language, "depuis toujours", "since ever");
  if (start === null) return say(language, `jusqu'au ${day(end ?? "")}`, `until ${day(end ?? "")}`);
  if (end === null) return say(language, `depuis le ${day(start)}`, `since ${day(start)}`);
  return say(language, `du ${day(start)} au ${day(end)}`, `${day(start)} to ${day(end)}`);
}

const originNames: Readonly<Record<Span["origin"], Text>> = {
  contract: { fr: "d'après votre contrat", en: "by your contract" },
  offer: { fr: "d'après l'offre choisie dans votre compte", en: "by the offer chosen in your account" },
  user: { fr: "d'après vos réglages", en: "by your settings" },
};

export const originName = (origin: Span["origin"], language: Language): string => originNames[origin][language];

/** `Tempo, 12 kVA` */
export function planTitle({ plan, powerKva }: Pick<Span, "plan" | "powerKva">, language: Language): string {
  const name = planNames[plan][language];
  return powerKva === null ? name : `${name}, ${whole(powerKva, language)} kVA`;
}

/** `23,07 € par mois` */
export const monthly = (eur: number, language: Language): string =>
  say(language, `${money(eur, language)} par mois`, `${money(eur, language)} a month`);

/** Whether something of a plan has no price. */
export const lacksPrice = ({ prices, standing }: Pick<Span, "prices" | "standing">): boolean =>
  standing === null || prices.some(({ eurPerKwh }) => eurPerKwh === null);

/** What an entry of the user's says, in a few words. */
export function entryWords(entry: PlanEntry, language: Language): { title: string; detail: string } {
  const draft = draftOf(entry, language);
  const prices = Object.keys(draft.prices).length;
  const parts = [
    ...(draft.powerKva === "" ? [] : [`${draft.powerKva} kVA`]),
    ...(draft.offpeakHours === ""
      ? []
      : [say(language, "heures creuses ", "off-peak ").concat(windowsText(draft.offpeakHours, language))]),
    ...(prices === 0 ? [] : [counted(prices, language === "fr" ? ["prix", "prix"] : ["price", "prices"], language)]),
    ...(draft.standing === ""
      ? []
      : [say(language, "abonnement ", "standing charge ").concat(monthly(Number(entry.standing), language))]),
    ...(draft.buyback === ""
      ? []
      : [say(language, "revente ", "buy-back ").concat(price(Number(entry.buyback), language))]),
  ];
  const title =
    draft.plan === "" ? say(language, "Formule du contrat", "The contract's plan") : planNames[draft.plan][language];
  const dates = validity(draft.from || null, draft.to || null, language);
  return { title: `${title}, ${dates}`, detail: parts.join(" ; ") };
}

type Effect = PlanPreviewAnswer["effects"][number];

/** What a change would do: to the last whole month, and to how many known days. */
export function effectWords(effect: Effect, language: Language): string[] {
  const { month, before, after, differenceEur, changedDays } = effect;
  const days = counted(
    changedDays,
    language === "fr" ? ["jour connu", "jours connus"] : ["known day", "known days"],
    language,
  );
  const scope =
    changedDays === 0
      ? say(
          language,
          "Aucun jour déjà connu ne change de prix ni de découpage.",
          "No day known so far changes its price or division.",
        )
      : say(
          language,
          `${days} ${changedDays === 1 ? "sera recalculé" : "seront recalculés"} ; les autres ne bougent pas.`,
          `${days} will be worked out again; the others stay as they are.`,
        );
  if (month === null || before === null || after === null) return [scope];
  const name = monthInFull(month, language);
  const [was, becomes] = [money(before.totalEur, language), money(after.totalEur, language)];
  if (differenceEur === null)
    return [
      after.totalEur === null
        ? say(
            language,
            `Pour ${name}, un prix manquerait : pas de montant.`,
            `For ${name} a price would be missing: no amount.`,
          )
        : say(language, `Pour ${name}, vous verriez ${becomes}.`, `For ${name} you would see ${becomes}.`),
      scope,
    ];
  if (Math.abs(differenceEur) < 0.005)
    return [say(language, `${name} ne change pas : ${was}.`, `${name} does not change: ${was}.`), scope];
  const gap = money(Math.abs(differenceEur), language);
  const isLess = differenceEur < 0;
  return [
    say(
      language,
      `Pour ${name}, vous verriez ${becomes} au lieu de ${was} : ${gap} de ${isLess ? "moins" : "plus"}.`,
      `For ${name} you would see ${becomes} instead of ${was}: ${gap} ${isLess ? "less" : "more"}.`,
    ),
    scope,
  ];
}
