import type { Text } from "../../shared/language.ts";
import { TextError } from "../../shared/text-error.ts";

/** Why there is no connection; each asks the user for something else. */
export type MqttFailureCode =
  | "connection_refused"
  | "unknown_host"
  | "unreachable"
  | "timeout"
  | "bad_login"
  | "not_authorised"
  | "client_refused"
  | "broker_not_trusted"
  | "tls"
  | "file_unreadable"
  | "connection_lost";

/** The broker cannot be used at the moment. The text is for users, complete in both languages. */
export class MqttFailure extends TextError<MqttFailureCode> {
  override readonly name = "MqttFailure";
}

interface Facts {
  readonly broker: string;
  readonly detail: string;
}

const sentences: Readonly<Record<MqttFailureCode, (facts: Facts) => Text>> = {
  connection_refused: ({ broker }) => ({
    fr: `Le serveur MQTT ${broker} refuse la connexion : aucun programme n'écoute sur ce port. Démarrez-le ou corrigez mqtt_broker.`,
    en: `The MQTT broker ${broker} refuses the connection: no program listens on that port. Start it or correct mqtt_broker.`,
  }),
  unknown_host: ({ broker }) => ({
    fr: `La machine du serveur MQTT ${broker} est introuvable : son nom n'existe pas sur ce réseau. Vérifiez mqtt_broker, ou écrivez une adresse IP.`,
    en: `The host of the MQTT broker ${broker} cannot be found: its name does not exist on this network. Check mqtt_broker, or write an IP address.`,
  }),
  unreachable: ({ broker, detail }) => ({
    fr: `Le serveur MQTT ${broker} est injoignable${inBrackets(detail)}. Vérifiez le réseau et mqtt_broker.`,
    en: `The MQTT broker ${broker} cannot be reached${inBrackets(detail)}. Check the network and mqtt_broker.`,
  }),
  timeout: ({ broker }) => ({
    fr: `Le serveur MQTT ${broker} ne répond pas. Vérifiez l'adresse, le port et le pare-feu, et que ce port parle bien MQTT avec ou sans TLS comme demandé.`,
    en: `The MQTT broker ${broker} does not answer. Check address, port and firewall, and that this port speaks MQTT, with or without TLS as asked.`,
  }),
  bad_login: ({ broker }) => ({
    fr: `Le serveur MQTT ${broker} refuse l'identifiant ou le mot de passe. Corrigez mqtt_username et mqtt_password.`,
    en: `The MQTT broker ${broker} refuses the user name or password. Correct mqtt_username and mqtt_password.`,
  }),
  not_authorised: ({ broker }) => ({
    fr: `Le serveur MQTT ${broker} n'autorise pas cette connexion. Donnez mqtt_username et mqtt_password d'un utilisateur autorisé.`,
    en: `The MQTT broker ${broker} does not authorise this connection. Give mqtt_username and mqtt_password of an authorised user.`,
  }),
  client_refused: ({ broker, detail }) => ({
    fr: `Le serveur MQTT ${broker} refuse ce programme (${detail}). Regardez son journal ; il doit accepter MQTT 3.1.1.`,
    en: `The MQTT broker ${broker} refuses this program (${detail}). Look at its log; it must accept MQTT 3.1.1.`,
  }),
  broker_not_trusted: ({ broker, detail }) => ({
    fr: `Le certificat du serveur MQTT ${broker} n'est pas reconnu (${detail}). Donnez dans mqtt_ca_cert l'autorité qui l'a signé, et dans mqtt_broker le nom qu'il porte.`,
    en: `The certificate of the MQTT broker ${broker} is not trusted (${detail}). Give in mqtt_ca_cert the authority that signed it, and in mqtt_broker the name it bears.`,
  }),
  tls: ({ broker, detail }) => ({
    fr: `La connexion chiffrée avec le serveur MQTT ${broker} échoue (${detail}). Vérifiez que ce port parle TLS, et mqtt_client_cert avec mqtt_client_key s'il exige un certificat.`,
    en: `The encrypted connection to the MQTT broker ${broker} fails (${detail}). Check that this port speaks TLS, and mqtt_client_cert with mqtt_client_key if it demands a certificate.`,
  }),
  file_unreadable: ({ detail }) => ({
    fr: `Un fichier de certificat pour MQTT est illisible (${detail}). Vérifiez mqtt_ca_cert, mqtt_client_cert et mqtt_client_key, et les droits de lecture.`,
    en: `A certificate file for MQTT cannot be read (${detail}). Check mqtt_ca_cert, mqtt_client_cert and mqtt_client_key, and the right to read them.`,
  }),
  connection_lost: ({ broker }) => ({
    fr: `La connexion avec le serveur MQTT ${broker} est perdue ; elle reprend dès qu'il répond, et tout sera publié de nouveau.`,
    en: `The connection to the MQTT broker ${broker} is lost; it resumes as soon as it answers, and all is published again.`,
  }),
};

export const failure = (code: MqttFailureCode, facts: Facts, cause?: unknown): MqttFailure =>
  new MqttFailure(code, sentences[code](facts), { cause });

/** CONNACK return codes of MQTT 3.1.1, section 3.2.2.3. */
const refusals: Readonly<Record<number, MqttFailureCode>> = {
  1: "client_refused",
  2: "client_refused",
  3: "client_refused",
  4: "bad_login",
  5: "not_authorised",
};

const systemErrors: Readonly<Record<string, MqttFailureCode>> = {
  ECONNREFUSED: "connection_refused",
  ENOTFOUND: "unknown_host",
  EAI_AGAIN: "unknown_host",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  ETIMEDOUT: "timeout",
  ECONNRESET: "connection_lost",
  EPIPE: "connection_lost",
};

/** Node's codes for a certificate that the peer showed and we do not trust. */
const trustErrors =
  /^(UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|CERT_|ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|INVALID_CA|CRL_)/;

/** What an error of the MQTT client means for the user. */
export function explain(error: unknown, broker: string): MqttFailure {
  if (error instanceof MqttFailure) return error;
  const { code, message } = factsOf(error);
  const facts = { broker, detail: typeof code === "string" ? code : message };
  if (typeof code === "number")
    return failure(refusals[code] ?? "client_refused", { ...facts, detail: message }, error);
  if (trustErrors.test(code)) return failure("broker_not_trusted", facts, error);
  if (/^(ERR_SSL_|ERR_TLS_|ERR_OSSL_|EPROTO)/.test(code)) return failure("tls", facts, error);
  if (/connack timeout/i.test(message)) return failure("timeout", facts, error);
  return failure(systemErrors[code] ?? "unreachable", facts, error);
}

/** Some errors of the network come without a word. */
function inBrackets(detail: string | undefined): string {
  return detail ? ` (${detail})` : "";
}

/** Several addresses of one host fail together: the first tells why. */
function factsOf(error: unknown): { readonly code: string | number; readonly message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return factsOf(error.errors[0]);
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error ? error.code : "";
  return { code: typeof code === "number" ? code : String(code ?? ""), message };
}
