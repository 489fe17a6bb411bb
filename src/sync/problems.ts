import type { UsagePointId } from "../domain/units.ts";
import type { Language, Text } from "../shared/language.ts";
import type { RefusalReason } from "./source.ts";

/** Lasting trouble, as automations may read it: the codes never change. */
export type ProblemCode =
  | RefusalReason
  | "inactive_meter"
  | "not_listed"
  | "credentials"
  | "gateway_unreachable"
  | "quota"
  | "rejected"
  | "request_rejected"
  | "no_load_curve"
  | "no_usage_points"
  | "data_late";

/** What happened, what it means, what to do: one sentence or two, `{meter}` being the usage point. */
const sentences: Readonly<Record<ProblemCode, Text>> = {
  unknown_meter: {
    fr: "La passerelle ne donne pas accès au compteur {meter} ; ce qui est déjà enregistré reste disponible. Vérifiez sur myelectricaldata.fr qu'il est bien rattaché à votre compte.",
    en: "The gateway gives no access to meter {meter}; what is already stored stays available. Check on myelectricaldata.fr that it belongs to your account.",
  },
  consent: {
    fr: "Le consentement Enedis du compteur {meter} manque ou a expiré : plus aucune nouvelle donnée n'arrive, l'historique reste. Renouvelez-le sur myelectricaldata.fr.",
    en: "The Enedis consent of meter {meter} is missing or has expired: no new data arrive, the history stays. Renew it on myelectricaldata.fr.",
  },
  moved_out: {
    fr: "Enedis indique un déménagement pour le compteur {meter} : plus aucune nouvelle donnée n'arrive, l'historique reste. Si vous y habitez encore, refaites le consentement sur myelectricaldata.fr.",
    en: "Enedis says that the holder of meter {meter} moved out: no new data arrive, the history stays. If you still live there, give your consent again on myelectricaldata.fr.",
  },
  holder: {
    fr: "Enedis ne reconnaît pas le titulaire du compteur {meter}, ou la collecte horaire y est refusée. Vérifiez le nom du titulaire et la collecte horaire dans votre espace client Enedis.",
    en: "Enedis does not recognise the holder of meter {meter}, or hourly collection was refused there. Check the holder's name and the hourly collection in your Enedis customer account.",
  },
  inactive_meter: {
    fr: "Le compteur {meter} est désactivé sur votre compte MyElectricalData : il n'est plus interrogé, l'historique reste. Réactivez-le sur myelectricaldata.fr.",
    en: "Meter {meter} is switched off in your MyElectricalData account: it is no longer asked for, the history stays. Switch it on again on myelectricaldata.fr.",
  },
  not_listed: {
    fr: "Le compteur {meter} n'est plus rattaché à votre compte MyElectricalData : il n'est plus interrogé, l'historique reste.",
    en: "Meter {meter} no longer belongs to your MyElectricalData account: it is no longer asked for, the history stays.",
  },
  credentials: {
    fr: "La passerelle refuse vos identifiants : rien ne peut être demandé. Vérifiez client_id et client_secret (page « Mon compte » de myelectricaldata.fr), puis redémarrez.",
    en: "The gateway refuses your credentials: nothing can be asked. Check client_id and client_secret (page “My account” of myelectricaldata.fr), then restart.",
  },
  gateway_unreachable: {
    fr: "La passerelle MyElectricalData ne répond pas ; les appels sont repris d'eux-mêmes et rien n'est perdu. Si cela dure, vérifiez votre connexion et l'option gateway_url.",
    en: "The MyElectricalData gateway does not answer; calls are repeated by themselves and nothing is lost. If it lasts, check your connection and the option gateway_url.",
  },
  quota: {
    fr: "Les appels du jour à la passerelle sont épuisés ; la suite reprend après minuit UTC. Si un autre programme utilise le même compte, arrêtez-le.",
    en: "Today's calls to the gateway are used up; the rest goes on after midnight UTC. If another program uses the same account, stop it.",
  },
  rejected: {
    fr: "La passerelle juge une demande incorrecte pour le compteur {meter} ; elle sera refaite demain. Si cela se répète, signalez-le avec le journal.",
    en: "The gateway finds a request wrong for meter {meter}; it will be made again tomorrow. If it happens again, report it with the log.",
  },
  request_rejected: {
    fr: "La passerelle juge une demande incorrecte ; elle est refaite régulièrement. Vérifiez l'option gateway_url ; si elle est juste, signalez-le avec le journal.",
    en: "The gateway finds a request wrong; it is repeated regularly. Check the option gateway_url; if it is right, report it with the log.",
  },
  no_load_curve: {
    fr: "Enedis ne donne pas la courbe de charge du compteur {meter} : les journées arrivent un jour plus tard, sans leurs demi-heures. Activez la collecte horaire dans votre espace client Enedis.",
    en: "Enedis gives no load curve for meter {meter}: days arrive one day later, without their half-hours. Switch on the hourly collection in your Enedis customer account.",
  },
  no_usage_points: {
    fr: "Votre compte MyElectricalData n'a aucun compteur. Ajoutez-en un et donnez votre consentement sur myelectricaldata.fr.",
    en: "Your MyElectricalData account has no meter. Add one and give your consent on myelectricaldata.fr.",
  },
  data_late: {
    fr: "Enedis n'a pas encore publié la journée d'hier du compteur {meter} ; elle est redemandée régulièrement.",
    en: "Enedis has not published yesterday for meter {meter} yet; it is asked for again regularly.",
  },
};

export const problemSentence = (code: ProblemCode, language: Language, meter: UsagePointId | null): string =>
  sentences[code][language].replaceAll("{meter}", meter ?? "");

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(sentences, code);
