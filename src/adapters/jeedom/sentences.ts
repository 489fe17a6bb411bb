import type { Text } from "../../shared/language.ts";
import type { JeedomReason } from "./failure.ts";

/** What went wrong, finer than the reasons that callers decide by: each asks the user for something else. */
export type FailureCode = keyof typeof sentences;

interface Said {
  readonly url: string;
  readonly detail: string;
}
type Row = readonly [JeedomReason, (said: Said) => Text];

const later = {
  fr: "Rien n'est perdu : tout sera envoyé quand il répondra.",
  en: "Nothing is lost: all is sent when it answers.",
};
const inBrackets = (detail: string): string => (detail === "" ? "" : ` (${detail})`);

export const sentences = {
  connection_refused: [
    "unreachable",
    ({ url }) => ({
      fr: `Jeedom (${url}) refuse la connexion : aucun programme n'écoute sur ce port. Démarrez-le, ou corrigez jeedom_url. ${later.fr}`,
      en: `Jeedom (${url}) refuses the connection: no program listens on that port. Start it, or correct jeedom_url. ${later.en}`,
    }),
  ],
  unknown_host: [
    "unreachable",
    ({ url }) => ({
      fr: `La machine de Jeedom (${url}) est introuvable : son nom n'existe pas sur ce réseau. Vérifiez jeedom_url, ou écrivez une adresse IP.`,
      en: `The host of Jeedom (${url}) cannot be found: its name does not exist on this network. Check jeedom_url, or write an IP address.`,
    }),
  ],
  certificate: [
    "unreachable",
    ({ url, detail }) => ({
      fr: `Le certificat de Jeedom (${url}) n'est pas reconnu${inBrackets(detail)}. Écrivez dans jeedom_url le nom que porte le certificat ; s'il est fait maison, nommez son autorité dans la variable NODE_EXTRA_CA_CERTS, ou utilisez http:// sur votre réseau.`,
      en: `The certificate of Jeedom (${url}) is not trusted${inBrackets(detail)}. Write in jeedom_url the name that the certificate bears; if it is home-made, name its authority in the variable NODE_EXTRA_CA_CERTS, or use http:// on your own network.`,
    }),
  ],
  timeout: [
    "unreachable",
    ({ url, detail }) => ({
      fr: `Jeedom (${url}) ne répond pas à temps${inBrackets(detail)} : il est éteint, injoignable ou très occupé. ${later.fr}`,
      en: `Jeedom (${url}) does not answer in time${inBrackets(detail)}: it is off, out of reach or very busy. ${later.en}`,
    }),
  ],
  unreachable: [
    "unreachable",
    ({ url, detail }) => ({
      fr: `Jeedom (${url}) est injoignable${inBrackets(detail)}. Vérifiez le réseau et jeedom_url. ${later.fr}`,
      en: `Jeedom (${url}) cannot be reached${inBrackets(detail)}. Check the network and jeedom_url. ${later.en}`,
    }),
  ],
  server_error: [
    "server_error",
    ({ url, detail }) => ({
      fr: `Le serveur web de Jeedom (${url}) est en erreur${inBrackets(detail)} : il redémarre, se met à jour, ou sa base de données est arrêtée. ${later.fr}`,
      en: `The web server of Jeedom (${url}) fails${inBrackets(detail)}: it restarts, is being updated, or its database is down. ${later.en}`,
    }),
  ],
  banned: [
    "banned",
    ({ url }) => ({
      fr: `Jeedom (${url}) a banni l'adresse de cette machine après plus de 6 connexions manquées en 5 minutes ; cela dure 10 minutes par défaut. Les envois reprendront ensuite. Pour lever le bannissement tout de suite : Réglages > Système > Configuration > Sécurité, « Supprimer les IPs bannies », et ajoutez cette machine à la liste blanche.`,
      en: `Jeedom (${url}) has banned this machine's address after more than 6 failed logins within 5 minutes; it lasts 10 minutes by default. Sending goes on afterwards. To end the ban at once: Settings > System > Configuration > Security, remove the banned IPs, and add this machine to the white list.`,
    }),
  ],
  not_found: [
    "banned",
    ({ url, detail }) => ({
      fr: `La page de Jeedom (${url}) est introuvable${inBrackets(detail)}. Ou bien jeedom_url n'est pas son adresse : écrivez celle du navigateur, sans « /index.php » ni ce qui suit. Ou bien Jeedom a banni cette machine, pour 10 minutes par défaut ; les envois reprendront ensuite.`,
      en: `The page of Jeedom (${url}) is not found${inBrackets(detail)}. Either jeedom_url is not its address: write the browser's, without "/index.php" and what follows. Or Jeedom has banned this machine, for 10 minutes by default; sending goes on afterwards.`,
    }),
  ],
  busy: [
    "busy",
    ({ url, detail }) => ({
      fr: `Le serveur web devant Jeedom (${url}) reçoit trop de demandes${inBrackets(detail)} et fait attendre celle-ci. Écrivez dans jeedom_url l'adresse locale de Jeedom, qui n'a pas cette limite. ${later.fr}`,
      en: `The web server in front of Jeedom (${url}) gets too many requests${inBrackets(detail)} and makes this one wait. Write Jeedom's local address in jeedom_url, which has no such limit. ${later.en}`,
    }),
  ],
  redirected: [
    "redirected",
    ({ url }) => ({
      fr: `L'adresse de Jeedom (${url}) renvoie ailleurs, et un envoi s'y perdrait. Écrivez dans jeedom_url l'adresse finale, telle que le navigateur l'affiche une fois connecté, souvent la même avec https://.`,
      en: `The address of Jeedom (${url}) sends elsewhere, where what is sent would be lost. Write the final address in jeedom_url, as the browser shows it once logged in, often the same with https://.`,
    }),
  ],
  wrong_url: [
    "wrong_url",
    ({ url, detail }) => ({
      fr: `Ce qui répond à ${url} n'est pas l'API de Jeedom${inBrackets(detail)}. Corrigez jeedom_url : l'adresse du navigateur, sans « /index.php » ni ce qui suit.`,
      en: `What answers at ${url} is not the API of Jeedom${inBrackets(detail)}. Correct jeedom_url: the browser's address, without "/index.php" and what follows.`,
    }),
  ],
  forbidden: [
    "forbidden",
    ({ url, detail }) => ({
      fr: `Le serveur web devant Jeedom (${url}) refuse cette machine${inBrackets(detail)}. Vérifiez ses règles d'accès, ou utilisez l'adresse locale de Jeedom.`,
      en: `The web server in front of Jeedom (${url}) refuses this machine${inBrackets(detail)}. Check its access rules, or use Jeedom's local address.`,
    }),
  ],
  key_refused: [
    "key_refused",
    ({ url }) => ({
      fr: `Jeedom (${url}) refuse la clé API. Copiez dans jeedom_api_key la clé du plugin Virtuel (Réglages > Système > Configuration > API), en entier, et vérifiez que son accès est activé.`,
      en: `Jeedom (${url}) refuses the API key. Copy into jeedom_api_key the key of the plugin Virtuel (Settings > System > Configuration > API), whole, and check that its access is enabled.`,
    }),
  ],
  api_disabled: [
    "api_disabled",
    ({ url }) => ({
      fr: `L'API de Jeedom (${url}) n'est pas ouverte à cette machine. Dans Réglages > Système > Configuration > API, mettez l'accès du plugin Virtuel sur « Activé » (ou « IP blanche », avec cette machine dans la liste blanche).`,
      en: `The API of Jeedom (${url}) is not open to this machine. In Settings > System > Configuration > API, set the access of the plugin Virtuel to "Enabled" (or to white IP, with this machine in the white list).`,
    }),
  ],
  key_restricted: [
    "key_restricted",
    ({ url }) => ({
      fr: `La clé API de Jeedom (${url}) est restreinte : elle ne permet ni de créer l'équipement ni d'écrire l'historique. Décochez la restriction du plugin Virtuel dans Réglages > Système > Configuration > API.`,
      en: `The API key of Jeedom (${url}) is restricted: it allows neither to make the equipment nor to write history. Take the restriction off the plugin Virtuel in Settings > System > Configuration > API.`,
    }),
  ],
  method_blocked: [
    "method_blocked",
    ({ url, detail }) => ({
      fr: `Jeedom (${url}) bloque la méthode ${detail} : une règle de méthodes autorisées ou interdites est en place. Modifiez-la dans Réglages > Système > Configuration > API.`,
      en: `Jeedom (${url}) blocks the method ${detail}: a rule of allowed or forbidden methods is in place. Change it in Settings > System > Configuration > API.`,
    }),
  ],
  no_right: [
    "no_right",
    ({ url, detail }) => ({
      fr: `La clé API de Jeedom (${url}) n'a pas le droit de faire cela (${detail}) : c'est celle d'un utilisateur limité. Utilisez la clé du plugin Virtuel, ou celle d'un administrateur.`,
      en: `The API key of Jeedom (${url}) has no right to do this (${detail}): it belongs to a limited user. Use the key of the plugin Virtuel, or an administrator's.`,
    }),
  ],
  plugin_missing: [
    "plugin_missing",
    ({ url }) => ({
      fr: `Le plugin Virtuel n'est pas actif sur Jeedom (${url}). Installez-le depuis le Market (il est gratuit et officiel) et activez-le ; la suite se fait toute seule.`,
      en: `The plugin Virtuel is not active on Jeedom (${url}). Install it from the Market (it is free and official) and activate it; the rest happens by itself.`,
    }),
  ],
  equipment_disabled: [
    "equipment_disabled",
    ({ url, detail }) => ({
      fr: `L'équipement « ${detail} » est désactivé dans Jeedom (${url}), qui jette alors tout ce qu'il reçoit pour lui. Cochez « Activer » dans Plugins > Programmation > Virtuel ; ce qui manque sera envoyé ensuite.`,
      en: `The equipment "${detail}" is disabled in Jeedom (${url}), which then throws away all it receives for it. Tick "Activate" in Plugins > Programming > Virtuel; what is missing is sent afterwards.`,
    }),
  ],
  not_historised: [
    "not_historised",
    ({ url, detail }) => ({
      fr: `La commande « ${detail} » n'est plus historisée dans Jeedom (${url}), qui efface alors son historique chaque nuit. Cochez « Historiser » dans l'onglet Commandes de l'équipement ; ce qui manque sera envoyé ensuite.`,
      en: `The command "${detail}" is not historised any more in Jeedom (${url}), which then deletes its history every night. Tick "Historise" in the equipment's Commands tab; what is missing is sent afterwards.`,
    }),
  ],
  gone: [
    "gone",
    ({ url, detail }) => ({
      fr: `L'équipement ou la commande ${detail} n'existe plus dans Jeedom (${url}) : ils seront recréés.`,
      en: `The equipment or the command ${detail} does not exist any more in Jeedom (${url}): they are made again.`,
    }),
  ],
  not_stored: [
    "not_stored",
    ({ url, detail }) => ({
      fr: `Jeedom (${url}) a dit « ok » mais n'a pas gardé ce qui lui était envoyé (${detail}). Vérifiez que la commande n'a ni minimum, ni maximum, ni arrondi, ni valeurs interdites ; l'envoi sera refait.`,
      en: `Jeedom (${url}) said "ok" but did not keep what it was sent (${detail}). Check that the command has no minimum, no maximum, no rounding and no forbidden values; it is sent again.`,
    }),
  ],
  clock_differs: [
    "clock_differs",
    ({ url, detail }) => ({
      fr: `L'horloge de Jeedom (${url}) n'est pas celle attendue (${detail}) : l'historique y serait décalé. Vérifiez l'heure de la box et son fuseau horaire (Réglages > Système > Configuration > Général), et jeedom_timezone.`,
      en: `The clock of Jeedom (${url}) is not the expected one (${detail}): history would be shifted there. Check the time of the box and its time zone (Settings > System > Configuration > General), and jeedom_timezone.`,
    }),
  ],
  refused: [
    "refused",
    ({ url, detail }) => ({
      fr: `Jeedom (${url}) refuse la demande : « ${detail} ». Regardez son journal « http.error » ; si la cause n'y est pas, signalez cette phrase avec votre version.`,
      en: `Jeedom (${url}) refuses the request: "${detail}". Look at its log "http.error"; if the cause is not there, report this sentence with your version.`,
    }),
  ],
  not_understood: [
    "not_understood",
    ({ url, detail }) => ({
      fr: `Jeedom (${url}) répond dans une forme que ce programme ne connaît pas (${detail}). Mettez Linky Bridge à jour ; si cela ne suffit pas, signalez cette phrase avec la version de Jeedom.`,
      en: `Jeedom (${url}) answers in a form that this program does not know (${detail}). Update Linky Bridge; if that is not enough, report this sentence with the version of Jeedom.`,
    }),
  ],
} as const satisfies Readonly<Record<string, Row>>;
