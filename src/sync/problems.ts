import type { Language, Text } from "../shared/language.ts";
import type { RefusalReason } from "./source.ts";
import type { HomeAssistantReason } from "./statistics/recorder.ts";

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
  | "data_late"
  | `home_assistant_${HomeAssistantReason}`
  | "foreign_writer"
  | "unknown_plan"
  | "unknown_windows"
  | "leftover"
  | "unused_prices"
  | "unknown_usage_point"
  | "suspicious_price"
  | "clock_ahead"
  | "clock_behind"
  | "clock_doubtful";

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
    fr: "La passerelle refuse vos identifiants : rien ne peut être demandé. Vérifiez-les (page « Mon compte » de myelectricaldata.fr) et corrigez-les dans les réglages de la page, où ils comptent aussitôt ; client_id et client_secret donnés en configuration demandent un redémarrage.",
    en: "The gateway refuses your credentials: nothing can be asked. Check them (page “My account” of myelectricaldata.fr) and correct them in the page's settings, where they count at once; client_id and client_secret given in the configuration need a restart.",
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
  home_assistant_unreachable: {
    fr: "Home Assistant ne répond pas : les statistiques du tableau Énergie attendent et seront écrites dès son retour. Si cela dure, vérifiez l'option homeassistant_url.",
    en: "Home Assistant does not answer: the statistics of the Energy Dashboard wait and will be written as soon as it is back. If it lasts, check the option homeassistant_url.",
  },
  home_assistant_not_ready: {
    fr: "Home Assistant démarre encore, ou son historique (recorder) est arrêté : les statistiques du tableau Énergie attendent. Si cela dure, regardez le journal de Home Assistant.",
    en: "Home Assistant is still starting, or its recorder is off: the statistics of the Energy Dashboard wait. If it lasts, look at Home Assistant's log.",
  },
  home_assistant_token: {
    fr: "Home Assistant refuse le jeton : aucune statistique ne peut être écrite. Créez un jeton de longue durée avec un compte administrateur, mettez-le dans les réglages de la page, où il compte aussitôt ; l'option homeassistant_token demande un redémarrage.",
    en: "Home Assistant refuses the token: no statistics can be written. Create a long-lived token with an administrator's account, put it into the page's settings, where it counts at once; the option homeassistant_token needs a restart.",
  },
  home_assistant_not_admin: {
    fr: "Le jeton donné n'est pas celui d'un administrateur de Home Assistant : il peut lire mais pas écrire les statistiques. Créez un jeton avec un compte administrateur et mettez-le dans les réglages de la page, où il compte aussitôt ; l'option homeassistant_token demande un redémarrage.",
    en: "The token given is not an administrator's: it can read the statistics of Home Assistant but not write them. Create a token with an administrator's account and put it into the page's settings, where it counts at once; the option homeassistant_token needs a restart.",
  },
  home_assistant_too_old: {
    fr: "Cette version de Home Assistant est trop ancienne pour les statistiques ; il faut au moins 2025.11. Mettez Home Assistant à jour : tout ce qui manque sera écrit ensuite.",
    en: "This version of Home Assistant is too old for the statistics; at least 2025.11 is needed. Update Home Assistant: all that is missing will be written then.",
  },
  home_assistant_refused: {
    fr: "Home Assistant juge une demande de statistiques incorrecte ; elle est refaite chaque heure. Si cela se répète, signalez-le avec le journal.",
    en: "Home Assistant finds a request for statistics wrong; it is repeated every hour. If it happens again, report it with the log.",
  },
  home_assistant_not_stored: {
    fr: "Home Assistant accepte les statistiques mais ne les enregistre pas ; elles sont envoyées de nouveau. Regardez son journal (recorder) et la place libre sur son disque.",
    en: "Home Assistant accepts the statistics but does not store them; they are sent again. Look at its log (recorder) and the free space on its disk.",
  },
  foreign_writer: {
    fr: "Un autre programme écrit dans la statistique {detail} : arrêtez-le, sans quoi le tableau Énergie reste faux. Les valeurs sont rétablies une fois par jour au plus.",
    en: "Another program writes into the statistics {detail}: stop it, otherwise the Energy Dashboard stays wrong. The values are put back once a day at most.",
  },
  unknown_plan: {
    fr: "La formule tarifaire « {detail} » du compteur {meter} n'est pas connue : sa consommation n'est pas répartie par période. Indiquez la formule dans l'option tariff_plans.",
    en: "The tariff plan “{detail}” of meter {meter} is not known: its consumption is not split by period. Name the plan in the option tariff_plans.",
  },
  unknown_windows: {
    fr: "Les heures creuses du compteur {meter} ne sont pas connues : sa consommation n'est pas répartie. Indiquez-les dans l'option tariff_plans, par exemple 22H00-6H00.",
    en: "The off-peak hours of meter {meter} are not known: its consumption is not split. Give them in the option tariff_plans, for example 22H00-6H00.",
  },
  leftover: {
    fr: "Les heures creuses du compteur {meter} contiennent une partie non comprise : « {detail} ». Le reste est appliqué ; vérifiez-les dans l'option tariff_plans.",
    en: "The off-peak hours of meter {meter} hold a part that is not understood: “{detail}”. The rest is applied; check them in the option tariff_plans.",
  },
  unused_prices: {
    fr: "Vos prix {detail} ne servent pas pour le compteur {meter} : sa formule, entre parenthèses, n'a pas ces périodes. Nommez votre formule (plan) dans le même élément de l'option tariff_plans.",
    en: "Your prices {detail} are not used for meter {meter}: its plan, in parentheses, does not have these periods. Name your plan in the same entry of the option tariff_plans.",
  },
  unknown_usage_point: {
    fr: "L'option tariff_plans nomme le compteur {meter}, qui n'est pas l'un des vôtres : cet élément ne sert à rien. Corrigez son usage_point ; compteurs connus : {detail}.",
    en: "The option tariff_plans names meter {meter}, which is none of yours: this entry is not used. Correct its usage_point; known meters: {detail}.",
  },
  suspicious_price: {
    fr: "L'offre choisie pour le compteur {meter} annonce des prix invraisemblables, hors de 0,02 à 1,50 € par kWh ({detail}) : ils ne sont pas utilisés. Indiquez vos prix dans l'option tariff_plans.",
    en: "The offer chosen for meter {meter} tells prices that cannot be right, outside 0.02 to 1.50 € per kWh ({detail}): they are not used. Give your prices in the option tariff_plans.",
  },
  clock_ahead: {
    fr: "L'horloge de cette machine avance de {detail} : rien n'est demandé ni enregistré tant qu'elle est fausse. Réglez sa date (synchronisation par Internet, NTP) : tout reprend de soi-même.",
    en: "This machine's clock is {detail} ahead: nothing is asked for or stored while it is wrong. Set its date (synchronisation over the Internet, NTP): all goes on by itself.",
  },
  clock_behind: {
    fr: "L'horloge de cette machine retarde de {detail} : rien n'est demandé ni enregistré tant qu'elle est fausse. Réglez sa date (synchronisation par Internet, NTP) : tout reprend de soi-même.",
    en: "This machine's clock is {detail} behind: nothing is asked for or stored while it is wrong. Set its date (synchronisation over the Internet, NTP): all goes on by itself.",
  },
  clock_doubtful: {
    fr: "Le certificat de la passerelle n'est pas valable à la date de cette machine : son horloge est sans doute fausse. Vérifiez la date ; si elle est juste, c'est la passerelle qui doit renouveler son certificat. Tout reprend de soi-même.",
    en: "The gateway's certificate is not valid at this machine's date: its clock is probably wrong. Check the date; if it is right, the gateway has to renew its certificate. All goes on by itself.",
  },
};

/** In every language. */
export function problemText(code: ProblemCode, meter: string | null, detail: string | null = null): Text {
  const { fr, en } = sentences[code];
  const filled = (sentence: string) => sentence.replaceAll("{meter}", meter ?? "").replaceAll("{detail}", detail ?? "");
  return { fr: filled(fr), en: filled(en) };
}

export const problemSentence = (
  code: ProblemCode,
  language: Language,
  meter: string | null,
  detail: string | null = null,
): string => problemText(code, meter, detail)[language];

/** As a snapshot has them: what the user is told, and all languages. */
export function problemWords(
  language: Language,
  ...problem: Parameters<typeof problemText>
): { readonly sentence: string; readonly text: Text } {
  const text = problemText(...problem);
  return { sentence: text[language], text };
}

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(sentences, code);
