import type { Text } from "../../shared/language.ts";
import type { ExportRetry } from "../../sync/exports/exporter.ts";

/** What went wrong, finer than the reasons that callers see: each asks the user for something else. */
export type FailureCode = keyof typeof sentences;

export interface Said {
  /** The address, as it may be shown. */
  readonly url: string;
  /** What the network or the server said; empty for nothing. */
  readonly detail: string;
}
type Row = readonly [reason: string, retry: ExportRetry, text: (said: Said) => Text];

const later = {
  fr: "Rien n'est perdu : tout sera envoyé quand il répondra.",
  en: "Nothing is lost: all is sent when it answers.",
};
const inBrackets = (detail: string): string => (detail === "" ? "" : ` (${detail})`);

export const sentences = {
  wrong_address: [
    "wrong_url",
    "settings",
    ({ url }) => ({
      fr: `${url} n'est pas une adresse http:// ou https:// sans mot de passe. Écrivez par exemple http://192.168.1.10:8428 dans victoriametrics_url, et le mot de passe dans victoriametrics_password.`,
      en: `${url} is no http:// or https:// address without a password. Write for example http://192.168.1.10:8428 in victoriametrics_url, and the password in victoriametrics_password.`,
    }),
  ],
  connection_refused: [
    "unreachable",
    "soon",
    ({ url }) => ({
      fr: `VictoriaMetrics (${url}) refuse la connexion : aucun programme n'écoute sur ce port. Démarrez-le, ou corrigez victoriametrics_url. ${later.fr}`,
      en: `VictoriaMetrics (${url}) refuses the connection: no program listens on that port. Start it, or correct victoriametrics_url. ${later.en}`,
    }),
  ],
  unknown_host: [
    "unreachable",
    "soon",
    ({ url }) => ({
      fr: `La machine de VictoriaMetrics (${url}) est introuvable : son nom n'existe pas sur ce réseau. Vérifiez victoriametrics_url, ou écrivez une adresse IP.`,
      en: `The host of VictoriaMetrics (${url}) cannot be found: its name does not exist on this network. Check victoriametrics_url, or write an IP address.`,
    }),
  ],
  certificate: [
    "unreachable",
    "hourly",
    ({ url, detail }) => ({
      fr: `Le certificat de VictoriaMetrics (${url}) n'est pas reconnu${inBrackets(detail)}. Écrivez dans victoriametrics_url le nom que porte le certificat ; s'il est fait maison, nommez son autorité dans la variable NODE_EXTRA_CA_CERTS.`,
      en: `The certificate of VictoriaMetrics (${url}) is not trusted${inBrackets(detail)}. Write in victoriametrics_url the name that the certificate bears; if it is home-made, name its authority in the variable NODE_EXTRA_CA_CERTS.`,
    }),
  ],
  timeout: [
    "unreachable",
    "soon",
    ({ url, detail }) => ({
      fr: `VictoriaMetrics (${url}) ne répond pas à temps${inBrackets(detail)} : il est éteint, injoignable ou très occupé. Ce qu'il a reçu sera relu avant tout nouvel envoi. ${later.fr}`,
      en: `VictoriaMetrics (${url}) does not answer in time${inBrackets(detail)}: it is off, out of reach or very busy. What it has received is read back before anything is sent again. ${later.en}`,
    }),
  ],
  unreachable: [
    "unreachable",
    "soon",
    ({ url, detail }) => ({
      fr: `VictoriaMetrics (${url}) est injoignable${inBrackets(detail)}. Vérifiez le réseau et victoriametrics_url. ${later.fr}`,
      en: `VictoriaMetrics (${url}) cannot be reached${inBrackets(detail)}. Check the network and victoriametrics_url. ${later.en}`,
    }),
  ],
  redirected: [
    "wrong_url",
    "settings",
    ({ url }) => ({
      fr: `${url} renvoie vers une autre adresse, où un envoi se perdrait. Écrivez cette autre adresse dans les réglages (souvent https:// au lieu de http://).`,
      en: `${url} redirects to another address, where what is sent would be lost. Write that other address in the settings (often https:// instead of http://).`,
    }),
  ],
  server_error: [
    "server_error",
    "soon",
    ({ url, detail }) => ({
      fr: `VictoriaMetrics (${url}) est en erreur${inBrackets(detail)} : il démarre, son disque est plein, ou il est surchargé. ${later.fr}`,
      en: `VictoriaMetrics (${url}) fails${inBrackets(detail)}: it starts, its disk is full, or it is overloaded. ${later.en}`,
    }),
  ],
  too_many: [
    "busy",
    "soon",
    ({ url }) => ({
      fr: `VictoriaMetrics (${url}) demande d'attendre : trop de demandes. ${later.fr}`,
      en: `VictoriaMetrics (${url}) asks to wait: too many requests. ${later.en}`,
    }),
  ],
  refused_login: [
    "refused_login",
    "settings",
    ({ url, detail }) => ({
      fr: `VictoriaMetrics (${url}) refuse ces identifiants, ou en demande${inBrackets(detail)}. Corrigez victoriametrics_username et victoriametrics_password, ou victoriametrics_token derrière vmauth.`,
      en: `VictoriaMetrics (${url}) refuses these credentials, or asks for some${inBrackets(detail)}. Correct victoriametrics_username and victoriametrics_password, or victoriametrics_token behind vmauth.`,
    }),
  ],
  forbidden: [
    "forbidden",
    "hourly",
    ({ url, detail }) => ({
      fr: `Cet utilisateur n'a pas le droit de faire cela sur ${url}${inBrackets(detail)}. Donnez-lui le droit d'écrire sur /api/v1/import et de lire /api/v1/export.`,
      en: `This user may not do that at ${url}${inBrackets(detail)}. Give it the right to write to /api/v1/import and to read /api/v1/export.`,
    }),
  ],
  no_route: [
    "no_route",
    "hourly",
    ({ url, detail }) => ({
      fr: `vmauth (${url}) ne transmet pas ce chemin${inBrackets(detail)}. Ajoutez à l'utilisateur, dans le fichier de vmauth, les chemins /api/v1/import, /api/v1/export et /api/v1/query.`,
      en: `vmauth (${url}) does not forward this path${inBrackets(detail)}. Add to the user, in vmauth's file, the paths /api/v1/import, /api/v1/export and /api/v1/query.`,
    }),
  ],
  wrong_path: [
    "wrong_url",
    "settings",
    ({ url, detail }) => ({
      fr: `${url} n'est pas la bonne adresse de base${inBrackets(detail)}. Serveur seul : http://machine:8428. Grappe : …:8480/insert/0/prometheus pour écrire, …:8481/select/0/prometheus dans victoriametrics_read_url, …:8481/delete/0/prometheus dans victoriametrics_delete_url. vmagent ne fait qu'écrire : donnez l'adresse de VictoriaMetrics dans victoriametrics_read_url et victoriametrics_delete_url.`,
      en: `${url} is not the right base address${inBrackets(detail)}. Single server: http://host:8428. Cluster: …:8480/insert/0/prometheus to write, …:8481/select/0/prometheus in victoriametrics_read_url, …:8481/delete/0/prometheus in victoriametrics_delete_url. vmagent only writes: give VictoriaMetrics' address in victoriametrics_read_url and victoriametrics_delete_url.`,
    }),
  ],
  refused: [
    "refused",
    "hourly",
    ({ url, detail }) => ({
      fr: `VictoriaMetrics (${url}) refuse la demande${inBrackets(detail)}.`,
      en: `VictoriaMetrics (${url}) refuses the request${inBrackets(detail)}.`,
    }),
  ],
  not_understood: [
    "not_understood",
    "hourly",
    ({ url, detail }) => ({
      fr: `Ce qui répond à ${url} ne répond pas comme VictoriaMetrics${inBrackets(detail)}. Vérifiez l'adresse, et ce qui se trouve entre les deux.`,
      en: `What answers at ${url} does not answer as VictoriaMetrics does${inBrackets(detail)}. Check the address, and what stands in between.`,
    }),
  ],
  delete_refused: [
    "delete_refused",
    "hourly",
    ({ url, detail }) => ({
      fr: `VictoriaMetrics (${url}) refuse d'effacer${inBrackets(detail)} : une valeur corrigée ne peut pas y remplacer l'ancienne. Autorisez /api/v1/admin/tsdb/delete_series, remplissez victoriametrics_delete_auth_key s'il demande une clé, ou mettez victoriametrics_corrections à append.`,
      en: `VictoriaMetrics (${url}) refuses to delete${inBrackets(detail)}: a corrected value cannot take the place of the former one. Allow /api/v1/admin/tsdb/delete_series, fill in victoriametrics_delete_auth_key where it asks for a key, or set victoriametrics_corrections to append.`,
    }),
  ],
  delete_without_effect: [
    "delete_refused",
    "hourly",
    ({ url }) => ({
      fr: `VictoriaMetrics (${url}) dit avoir effacé, mais montre encore l'ancienne série : rien n'a été renvoyé. Vérifiez que victoriametrics_delete_url et victoriametrics_read_url mènent au même serveur.`,
      en: `VictoriaMetrics (${url}) says it has deleted, but still shows the former series: nothing was sent again. Check that victoriametrics_delete_url and victoriametrics_read_url lead to the same server.`,
    }),
  ],
  retention_too_short: [
    "retention_too_short",
    "hourly",
    ({ url, detail }) => ({
      fr: `VictoriaMetrics (${url}) jetterait les plus anciennes valeurs : il ne les garde pas assez longtemps${inBrackets(detail)}. Rien n'a été envoyé ni effacé. Redémarrez-le avec -retentionPeriod=100y.`,
      en: `VictoriaMetrics (${url}) would throw the oldest values away: it does not keep them long enough${inBrackets(detail)}. Nothing was sent or deleted. Start it again with -retentionPeriod=100y.`,
    }),
  ],
  oldest_missing: [
    "retention_too_short",
    "hourly",
    ({ url, detail }) => ({
      fr: `VictoriaMetrics (${url}) a accepté les valeurs et jeté les plus anciennes${inBrackets(detail)} : il ne les garde pas assez longtemps. Redémarrez-le avec -retentionPeriod=100y ; elles seront renvoyées.`,
      en: `VictoriaMetrics (${url}) accepted the values and threw the oldest away${inBrackets(detail)}: it does not keep them long enough. Start it again with -retentionPeriod=100y; they are sent again.`,
    }),
  ],
  dedup_too_long: [
    "dedup_too_long",
    "hourly",
    ({ url, detail }) => ({
      fr: `VictoriaMetrics (${url}) ne garde qu'une valeur sur plusieurs${inBrackets(detail)} : des demi-heures y sont perdues. Redémarrez-le avec -dedup.minScrapeInterval=1ms.`,
      en: `VictoriaMetrics (${url}) keeps one value of several only${inBrackets(detail)}: half-hours are lost there. Start it again with -dedup.minScrapeInterval=1ms.`,
    }),
  ],
  not_stored: [
    "not_stored",
    "soon",
    ({ url, detail }) => ({
      fr: `VictoriaMetrics (${url}) a accepté les valeurs, mais ne les montre pas à la relecture${inBrackets(detail)}. Son journal en dit la raison. Elles seront renvoyées.`,
      en: `VictoriaMetrics (${url}) accepted the values, but does not show them when they are read back${inBrackets(detail)}. Its log tells why. They are sent again.`,
    }),
  ],
  too_far_ahead: [
    "too_far_ahead",
    "hourly",
    ({ url, detail }) => ({
      fr: `VictoriaMetrics (${url}) jetterait des valeurs datées de plus de deux jours dans l'avenir${inBrackets(detail)}. Vérifiez l'heure de cette machine.`,
      en: `VictoriaMetrics (${url}) would throw away values dated more than two days ahead${inBrackets(detail)}. Check the clock of this machine.`,
    }),
  ],
} satisfies Readonly<Record<string, Row>>;
