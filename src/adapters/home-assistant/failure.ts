import type { Text } from "../../shared/language.ts";
import { redact } from "../../shared/log.ts";
import { HomeAssistantFailure, type HomeAssistantReason } from "../../sync/statistics/recorder.ts";
import type { Endpoint } from "./endpoint.ts";

/** What went wrong, finer than the reasons that callers decide by: each asks the user for something else. */
export type FailureCode =
  | "connection_refused"
  | "unknown_host"
  | "unreachable"
  | "timeout"
  | "certificate"
  | "tls"
  | "redirected"
  | "forbidden"
  | "no_home_assistant"
  | "no_answer"
  | "lost"
  | "closed"
  | "starting"
  | "no_recorder"
  | "busy"
  | "proxy_waits"
  | "bad_token"
  | "bad_supervisor_token"
  | "not_admin"
  | "app_not_allowed"
  | "too_old"
  | "not_understood"
  | "refused";

export interface Facts {
  /** The websocket's address. */
  readonly url: string;
  /** What the network or Home Assistant said. */
  readonly detail: string;
}

const passing = {
  fr: "Rien n'est perdu : tout sera écrit quand il répondra.",
  en: "Nothing is lost: all is written when it answers.",
};

const table: Readonly<Record<FailureCode, readonly [HomeAssistantReason, (facts: Facts) => Text]>> = {
  connection_refused: [
    "unreachable",
    ({ url }) => ({
      fr: `Home Assistant (${url}) refuse la connexion : aucun programme n'écoute sur ce port. Démarrez-le, ou corrigez homeassistant_url${portHint(url).fr}. ${passing.fr}`,
      en: `Home Assistant (${url}) refuses the connection: no program listens on that port. Start it, or correct homeassistant_url${portHint(url).en}. ${passing.en}`,
    }),
  ],
  unknown_host: [
    "unreachable",
    ({ url }) => ({
      fr: `La machine de Home Assistant (${url}) est introuvable : son nom n'existe pas sur ce réseau. Vérifiez homeassistant_url, ou écrivez une adresse IP.`,
      en: `The host of Home Assistant (${url}) cannot be found: its name does not exist on this network. Check homeassistant_url, or write an IP address.`,
    }),
  ],
  unreachable: [
    "unreachable",
    ({ url, detail }) => ({
      fr: `Home Assistant (${url}) est injoignable${inBrackets(detail)}. Vérifiez le réseau et homeassistant_url. ${passing.fr}`,
      en: `Home Assistant (${url}) cannot be reached${inBrackets(detail)}. Check the network and homeassistant_url. ${passing.en}`,
    }),
  ],
  timeout: [
    "unreachable",
    ({ url }) => ({
      fr: `Home Assistant (${url}) n'accepte pas la connexion à temps. Vérifiez l'adresse, le port${portHint(url).fr} et le pare-feu. ${passing.fr}`,
      en: `Home Assistant (${url}) does not accept the connection in time. Check address, port${portHint(url).en} and firewall. ${passing.en}`,
    }),
  ],
  certificate: [
    "unreachable",
    ({ url, detail }) => ({
      fr: `Le certificat de Home Assistant (${url}) n'est pas reconnu (${detail}). Écrivez dans homeassistant_url le nom que porte le certificat ; s'il est fait maison, nommez son autorité dans la variable NODE_EXTRA_CA_CERTS.`,
      en: `The certificate of Home Assistant (${url}) is not trusted (${detail}). Write in homeassistant_url the name that the certificate bears; if it is home-made, name its authority in the variable NODE_EXTRA_CA_CERTS.`,
    }),
  ],
  tls: [
    "unreachable",
    ({ url, detail }) => ({
      fr: `La connexion chiffrée avec Home Assistant (${url}) échoue (${detail}). Si ce port ne parle pas TLS, écrivez http:// au lieu de https:// dans homeassistant_url.`,
      en: `The encrypted connection to Home Assistant (${url}) fails (${detail}). If this port does not speak TLS, write http:// instead of https:// in homeassistant_url.`,
    }),
  ],
  redirected: [
    "unreachable",
    ({ url, detail }) => ({
      fr: `L'adresse de Home Assistant (${url}) renvoie ailleurs${inBrackets(detail)}. Écrivez dans homeassistant_url l'adresse finale, souvent la même avec https://.`,
      en: `The address of Home Assistant (${url}) sends elsewhere${inBrackets(detail)}. Write the final address in homeassistant_url, often the same with https://.`,
    }),
  ],
  forbidden: [
    "unreachable",
    ({ url, detail }) => ({
      fr: `Home Assistant (${url}) refuse cette machine (${detail}) : son adresse est peut-être bannie après des connexions manquées. Ôtez-la de ip_bans.yaml et redémarrez Home Assistant, ou vérifiez le serveur placé devant lui.`,
      en: `Home Assistant (${url}) refuses this machine (${detail}): its address may be banned after failed logins. Remove it from ip_bans.yaml and restart Home Assistant, or check the server in front of it.`,
    }),
  ],
  no_home_assistant: [
    "unreachable",
    ({ url, detail }) => ({
      fr: `Ce qui répond à ${url} n'est pas Home Assistant${inBrackets(detail)}. Corrigez homeassistant_url : l'adresse du navigateur, jusqu'au port.`,
      en: `What answers at ${url} is not Home Assistant${inBrackets(detail)}. Correct homeassistant_url: the browser's address, up to the port.`,
    }),
  ],
  no_answer: [
    "unreachable",
    ({ url, detail }) => ({
      fr: `Home Assistant (${url}) ne répond plus (${detail}). Il est peut-être très occupé ou arrêté. ${passing.fr}`,
      en: `Home Assistant (${url}) does not answer any more (${detail}). It may be very busy or stopped. ${passing.en}`,
    }),
  ],
  lost: [
    "unreachable",
    ({ url, detail }) => ({
      fr: `La connexion avec Home Assistant (${url}) est perdue${inBrackets(detail)} : il redémarre, ou le réseau est coupé. ${passing.fr}`,
      en: `The connection to Home Assistant (${url}) is lost${inBrackets(detail)}: it restarts, or the network is cut. ${passing.en}`,
    }),
  ],
  closed: [
    "unreachable",
    ({ url }) => ({
      fr: `La connexion avec Home Assistant (${url}) est fermée ; la suite se fera sur une nouvelle connexion.`,
      en: `The connection to Home Assistant (${url}) is closed; what is left is done over a new one.`,
    }),
  ],
  starting: [
    "not_ready",
    ({ detail }) => ({
      fr: `Home Assistant n'a pas fini de démarrer${inBrackets(detail)}. ${passing.fr}`,
      en: `Home Assistant has not finished starting${inBrackets(detail)}. ${passing.en}`,
    }),
  ],
  no_recorder: [
    "not_ready",
    () => ({
      fr: "Home Assistant fonctionne sans son enregistreur (recorder), qui tient les statistiques. Attendez la fin du démarrage, regardez son journal, ou ajoutez recorder (ou default_config) à configuration.yaml.",
      en: "Home Assistant runs without its recorder, which keeps the statistics. Wait until it has started, look at its log, or add recorder (or default_config) to configuration.yaml.",
    }),
  ],
  busy: [
    "not_ready",
    ({ detail }) => ({
      fr: `L'enregistreur de Home Assistant n'a pas terminé à temps${inBrackets(detail)} : il est occupé. Le travail reprendra plus tard.`,
      en: `Home Assistant's recorder did not finish in time${inBrackets(detail)}: it is busy. The work goes on later.`,
    }),
  ],
  proxy_waits: [
    "not_ready",
    ({ detail }) => ({
      fr: `Le relais devant Home Assistant répond, mais pas encore Home Assistant lui-même${inBrackets(detail)}. ${passing.fr}`,
      en: `The proxy in front of Home Assistant answers, but not yet Home Assistant itself${inBrackets(detail)}. ${passing.en}`,
    }),
  ],
  bad_token: [
    "token",
    ({ url }) => ({
      fr: `Home Assistant (${url}) refuse le jeton : il est faux, ou il a été révoqué. Créez-en un autre avec un compte administrateur (votre profil, onglet Sécurité, jetons d'accès longue durée) et mettez-le dans homeassistant_token. Aucun autre essai n'est fait avec celui-ci, pour ne pas faire bannir cette machine.`,
      en: `Home Assistant (${url}) refuses the token: it is wrong, or it was revoked. Make another one with an administrator's account (your profile, Security tab, long-lived access tokens) and put it in homeassistant_token. No more attempts are made with this one, lest this machine be banned.`,
    }),
  ],
  bad_supervisor_token: [
    "token",
    ({ detail }) => ({
      fr: `Le superviseur refuse le jeton qu'il a donné à l'application${inBrackets(detail)}. Redémarrez l'application ; si cela ne suffit pas, réinstallez-la pour lui rendre l'accès à Home Assistant (homeassistant_api).`,
      en: `The Supervisor refuses the token that it gave the app${inBrackets(detail)}. Restart the app; if that is not enough, install it again to give it back its access to Home Assistant (homeassistant_api).`,
    }),
  ],
  not_admin: [
    "not_admin",
    () => ({
      fr: "Le jeton de Home Assistant ne permet que de lire : son compte n'est pas administrateur, et les statistiques ne peuvent pas être écrites. Créez le jeton avec un compte administrateur et mettez-le dans homeassistant_token.",
      en: "The Home Assistant token can only read: its account is no administrator, and statistics cannot be written. Make the token with an administrator's account and put it in homeassistant_token.",
    }),
  ],
  app_not_allowed: [
    "not_admin",
    ({ detail }) => ({
      fr: `Le superviseur ne laisse pas l'application écrire dans Home Assistant${inBrackets(detail)}. Mettez le superviseur et l'application à jour, puis redémarrez l'application.`,
      en: `The Supervisor does not let the app write to Home Assistant${inBrackets(detail)}. Update the Supervisor and the app, then restart the app.`,
    }),
  ],
  too_old: [
    "too_old",
    ({ detail }) => ({
      fr: `Home Assistant est trop ancien pour recevoir les statistiques : ${detail}. Mettez-le à jour ; l'historique sera écrit ensuite en entier.`,
      en: `Home Assistant is too old to receive the statistics: ${detail}. Update it; the whole history is written afterwards.`,
    }),
  ],
  not_understood: [
    "refused",
    ({ detail }) => ({
      fr: `Home Assistant répond dans une forme que ce programme ne connaît pas (${detail}). Mettez Linky Bridge à jour ; si cela ne suffit pas, signalez cette phrase avec la version de Home Assistant.`,
      en: `Home Assistant answers in a form that this program does not know (${detail}). Update Linky Bridge; if that is not enough, report this sentence with the version of Home Assistant.`,
    }),
  ],
  refused: [
    "refused",
    ({ detail }) => ({
      fr: `Home Assistant refuse la demande : « ${detail} ». Rien n'a été changé. Si vous venez de modifier ce réglage dans Home Assistant, recommencez ; sinon signalez cette phrase avec votre version.`,
      en: `Home Assistant refuses the request: "${detail}". Nothing was changed. If you have just changed that setting in Home Assistant, start again; otherwise report this sentence with your version.`,
    }),
  ],
};

export function failure(code: FailureCode, facts: Facts, cause?: unknown): HomeAssistantFailure {
  const [reason, sentence] = table[code];
  const text = sentence({ ...facts, detail: tidy(facts.detail) });
  return new HomeAssistantFailure(reason, text, cause === undefined ? undefined : { cause });
}

/** Home Assistant's answer to a command that it did not carry out. */
export interface CommandError {
  readonly code: string;
  readonly message: string;
}

/**
 * | code | means |
 * |---|---|
 * | unauthorized | an administrator is needed |
 * | unknown_command | the integration is not loaded, because Home Assistant starts or stops |
 * | timeout | the recorder is behind |
 * | anything else | the request was found wrong |
 */
export function refusal(type: string, { code, message }: CommandError, endpoint: Endpoint): HomeAssistantFailure {
  const facts = { url: endpoint.websocketUrl, detail: message === "" ? code : message };
  if (code === "unauthorized") return failure(endpoint.viaSupervisor ? "app_not_allowed" : "not_admin", facts);
  if (code === "unknown_command") return failure("starting", { ...facts, detail: type });
  if (code === "timeout") return failure("busy", facts);
  return failure("refused", facts);
}

const longestDetail = 300;

/** On one line, of bounded length, without secrets. */
function tidy(text: string): string {
  const line = redact(text).replace(/\s+/g, " ").trim();
  return line.length > longestDetail ? `${line.slice(0, longestDetail)}…` : line;
}

const inBrackets = (detail: string): string => (detail === "" ? "" : ` (${detail})`);

/** Home Assistant listens on 8123 unless told otherwise, and an address without a port means another one. */
function portHint(url: string): Text {
  if (URL.parse(url)?.port !== "") return { fr: "", en: "" };
  return {
    fr: " (elle ne nomme aucun port, et Home Assistant répond d'ordinaire sur 8123)",
    en: " (it names no port, and Home Assistant usually answers on 8123)",
  };
}
