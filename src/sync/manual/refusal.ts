import type { ManualRefusalCode } from "../../domain/manual-refusal-codes.ts";
import type { LocalDate, Wh } from "../../domain/units.ts";
import type { Language, Text } from "../../shared/language.ts";
import { TextError } from "../../shared/text-error.ts";
import { dayText, energyText } from "./words.ts";

/** What was wanted of a day cannot be, and what to do instead. */
export class ManualRefusal extends TextError<ManualRefusalCode> {
  override readonly name = "ManualRefusal";
}

/** Of the reasons that need no figure of the day. */
const sentences: Readonly<Record<Exclude<ManualRefusalCode, "less_than_slots">, Text>> = {
  not_over: {
    fr: "Le {date} n'est pas terminé : sa journée sera connue au plus tôt le lendemain matin.",
    en: "{date} is not over: its day will be known on the next morning at the earliest.",
  },
  too_old: {
    fr: "Le {date} est trop ancien : la passerelle ne donne que deux ans de demi-heures et trois ans de jours. Vous pouvez saisir sa valeur à la main.",
    en: "{date} is too old: the gateway gives two years of half-hours and three years of days. You can type its value by hand.",
  },
  before_activation: {
    fr: "Le {date} est avant la mise en service de votre contrat : la passerelle refuse de répondre pour ce jour.",
    en: "{date} is before your contract was put into service: the gateway refuses to answer for that day.",
  },
  not_published: {
    fr: "Enedis publie la veille à partir de 8 h : le {date} sera demandé de lui-même ce matin.",
    en: "Enedis publishes the day before from 8 in the morning on: {date} will be asked for by itself this morning.",
  },
  nothing_vouches: {
    fr: "Aucun jour de la semaine passée n'est connu : demander le {date} maintenant ferait masquer toute la semaine par la passerelle pendant un jour. Il est redemandé de lui-même.",
    en: "No day of the last week is known: asking for {date} now would make the gateway hide the whole week for a day. It is asked for again by itself.",
  },
  not_measured: {
    fr: "Ce compteur ne mesure pas ce sens de l'énergie.",
    en: "This meter does not measure energy flowing that way.",
  },
  not_listed: {
    fr: "Votre compte ne donne plus accès à ce compteur ; ajoutez-le de nouveau sur myelectricaldata.fr.",
    en: "Your account no longer gives access to this meter; add it again on myelectricaldata.fr.",
  },
  refused_by_gateway: {
    fr: "La passerelle refuse ce compteur en ce moment : renouvelez d'abord votre consentement sur myelectricaldata.fr.",
    en: "The gateway refuses this meter at the moment: renew your consent on myelectricaldata.fr first.",
  },
  no_credentials: {
    fr: "Sans identifiants, rien ne peut être demandé à la passerelle : donnez-les dans les réglages.",
    en: "Nothing can be asked of the gateway without credentials: give them in the settings.",
  },
  too_many: {
    fr: "Deux mois de jours attendent déjà d'être redemandés : laissez-les passer d'abord.",
    en: "Two months of days already wait to be asked for again: let those go first.",
  },
  known: {
    fr: "Enedis donne une valeur pour le {date} : elle ne se remplace pas à la main.",
    en: "Enedis gives a value for {date}: it is not replaced by hand.",
  },
  complete: {
    fr: "Toutes les demi-heures du {date} sont connues : sa valeur ne se remplace pas à la main.",
    en: "All half-hours of {date} are known: its value is not replaced by hand.",
  },
  nothing_typed: {
    fr: "Aucune valeur n'a été saisie à la main pour le {date}.",
    en: "No value was typed by hand for {date}.",
  },
};

function refusalText(code: keyof typeof sentences, date: LocalDate): Text {
  const filled = (language: Language): string =>
    sentences[code][language].replaceAll("{date}", dayText(date, language));
  return { fr: filled("fr"), en: filled("en") };
}

export const refusal = (code: keyof typeof sentences, date: LocalDate): ManualRefusal =>
  new ManualRefusal(code, refusalText(code, date));

export const lessThanSlots = (slotsWh: Wh): ManualRefusal =>
  new ManualRefusal("less_than_slots", {
    fr: `Les demi-heures connues de ce jour font déjà ${energyText(slotsWh, "fr")} : la journée entière ne peut pas être au-dessous.`,
    en: `The known half-hours of this day already make ${energyText(slotsWh, "en")}: the whole day cannot be below that.`,
  });
