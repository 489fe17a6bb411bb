import type { Text } from "../../shared/language.ts";
import { networkErrorOf } from "../../shared/network-error.ts";
import { peerWords } from "../../shared/peer-words.ts";
import { ExportFailure, type ExportRetry } from "../../sync/exports/exporter.ts";

interface Said {
  /** The address of the API. */
  readonly url: string;
  /** What the network or Home Assistant said. */
  readonly detail: string;
}

const later = {
  fr: "Rien n'est perdu : tout sera écrit quand il répondra.",
  en: "Nothing is lost: all is written when it answers.",
};

type Row = readonly [ExportRetry, (said: Said) => Text];

/**
 * A refused login is not tried again: Home Assistant bans addresses for them. The Supervisor has no such ban, and what
 * it refuses today it may give tomorrow.
 */
const table = {
  unreachable: [
    "soon",
    ({ url, detail }) => ({
      fr: `Home Assistant (${url}) est injoignable (${detail}). Vérifiez qu'il est démarré, le réseau et homeassistant_url. ${later.fr}`,
      en: `Home Assistant (${url}) cannot be reached (${detail}). Check that it runs, the network and homeassistant_url. ${later.en}`,
    }),
  ],
  timeout: [
    "soon",
    ({ url, detail }) => ({
      fr: `Home Assistant (${url}) ne répond pas à temps (${detail}). Il est peut-être très occupé ou arrêté. ${later.fr}`,
      en: `Home Assistant (${url}) does not answer in time (${detail}). It may be very busy or stopped. ${later.en}`,
    }),
  ],
  server_error: [
    "soon",
    ({ url, detail }) => ({
      fr: `Home Assistant (${url}), ou le relais devant lui, est en erreur (${detail}) : il démarre, s'arrête ou se met à jour. ${later.fr}`,
      en: `Home Assistant (${url}), or the proxy in front of it, fails (${detail}): it starts, stops or is being updated. ${later.en}`,
    }),
  ],
  starting: [
    "soon",
    ({ url }) => ({
      fr: `Home Assistant (${url}) n'a pas fini de démarrer ; les états sont écrits ensuite, pour ne prendre le nom d'aucune autre entité.`,
      en: `Home Assistant (${url}) has not finished starting; the states are written afterwards, so as to take no other entity's name.`,
    }),
  ],
  certificate: [
    "hourly",
    ({ url, detail }) => ({
      fr: `Le certificat de Home Assistant (${url}) n'est pas reconnu (${detail}). Écrivez dans homeassistant_url le nom que porte le certificat ; s'il est fait maison, nommez son autorité dans la variable NODE_EXTRA_CA_CERTS.`,
      en: `The certificate of Home Assistant (${url}) is not trusted (${detail}). Write in homeassistant_url the name that the certificate bears; if it is home-made, name its authority in the variable NODE_EXTRA_CA_CERTS.`,
    }),
  ],
  redirected: [
    "hourly",
    ({ url, detail }) => ({
      fr: `L'adresse de Home Assistant (${url}) renvoie ailleurs (${detail}). Écrivez dans homeassistant_url l'adresse finale, souvent la même avec https://.`,
      en: `The address of Home Assistant (${url}) sends elsewhere (${detail}). Write the final address in homeassistant_url, often the same with https://.`,
    }),
  ],
  forbidden: [
    "hourly",
    ({ url, detail }) => ({
      fr: `Home Assistant (${url}) refuse cette machine (${detail}) : son adresse est peut-être bannie après des connexions manquées. Ôtez-la de ip_bans.yaml et redémarrez Home Assistant, ou vérifiez le serveur placé devant lui.`,
      en: `Home Assistant (${url}) refuses this machine (${detail}): its address may be banned after failed logins. Remove it from ip_bans.yaml and restart Home Assistant, or check the server in front of it.`,
    }),
  ],
  wrong_url: [
    "hourly",
    ({ url, detail }) => ({
      fr: `Ce qui répond à ${url} n'est pas l'API de Home Assistant (${detail}). Corrigez homeassistant_url : l'adresse du navigateur, jusqu'au port.`,
      en: `What answers at ${url} is not the API of Home Assistant (${detail}). Correct homeassistant_url: the browser's address, up to the port.`,
    }),
  ],
  bad_token: [
    "settings",
    ({ url }) => ({
      fr: `Home Assistant (${url}) refuse le jeton : il est faux, ou il a été révoqué. Créez-en un autre avec un compte administrateur (votre profil, onglet Sécurité, jetons d'accès longue durée) et mettez-le dans homeassistant_token. Aucun autre essai n'est fait avec celui-ci, pour ne pas faire bannir cette machine.`,
      en: `Home Assistant (${url}) refuses the token: it is wrong, or it was revoked. Make another one with an administrator's account (your profile, Security tab, long-lived access tokens) and put it in homeassistant_token. No more attempts are made with this one, lest this machine be banned.`,
    }),
  ],
  bad_supervisor_token: [
    "hourly",
    ({ detail }) => ({
      fr: `Le superviseur refuse le jeton qu'il a donné à l'application (${detail}). Redémarrez l'application ; si cela ne suffit pas, réinstallez-la pour lui rendre l'accès à Home Assistant (homeassistant_api).`,
      en: `The Supervisor refuses the token that it gave the app (${detail}). Restart the app; if that is not enough, install it again to give it back its access to Home Assistant (homeassistant_api).`,
    }),
  ],
  not_admin: [
    "settings",
    ({ url }) => ({
      fr: `Le jeton de Home Assistant (${url}) ne permet que de lire : son compte n'est pas administrateur, et aucun état ne peut être écrit. Créez le jeton avec un compte administrateur et mettez-le dans homeassistant_token.`,
      en: `The token of Home Assistant (${url}) can only read: its account is no administrator, and no state can be written. Make the token with an administrator's account and put it in homeassistant_token.`,
    }),
  ],
  foreign_entity: [
    "hourly",
    ({ detail }) => ({
      fr: `Dans Home Assistant, ces entités existent déjà et viennent d'ailleurs : ${detail}. Elles ne sont pas remplacées ; les autres états sont écrits. Si elles viennent de la découverte MQTT, éteignez homeassistant_states_enabled : elle fait mieux. Sinon renommez-les ou supprimez-les.`,
      en: `In Home Assistant these entities exist already and come from elsewhere: ${detail}. They are not replaced; the other states are written. If they come from MQTT discovery, switch off homeassistant_states_enabled: it does better. Else rename or remove them.`,
    }),
  ],
  not_stored: [
    "soon",
    ({ detail }) => ({
      fr: `Home Assistant a répondu sans garder ce qui lui était envoyé (${detail}) : une autre intégration écrit peut-être le même état. L'envoi sera refait.`,
      en: `Home Assistant answered without keeping what it was sent (${detail}): another integration may write the same state. It is sent again.`,
    }),
  ],
  refused: [
    "hourly",
    ({ detail }) => ({
      fr: `Home Assistant refuse un état : « ${detail} ». Signalez cette phrase avec votre version.`,
      en: `Home Assistant refuses a state: "${detail}". Report this sentence with your version.`,
    }),
  ],
} as const satisfies Readonly<Record<string, Row>>;

export type StatesReason = keyof typeof table;
export const statesReasons = Object.keys(table) as readonly StatesReason[];

export function failure(reason: StatesReason, { url, detail }: Said, cause?: unknown): ExportFailure {
  const [retry, sentence] = table[reason];
  return new ExportFailure(reason, sentence({ url, detail: peerWords(detail) }), {
    retry,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** What an error of the exchange means for the user. */
export function networkFailure(error: unknown, url: string): ExportFailure {
  if (error instanceof ExportFailure) return error;
  const { fault, detail } = networkErrorOf(error);
  // A port that speaks something else than HTTP.
  const code = fault === "certificate" ? "certificate" : fault === "not_http" ? "wrong_url" : "unreachable";
  return failure(code, { url, detail }, error);
}
