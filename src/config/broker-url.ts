import { type Kind, kind } from "./kinds.ts";
import { type Refusal, refuse } from "./remark.ts";

/** An MQTT broker as its user named it. Null is "not told". */
export interface BrokerAddress {
  readonly scheme: "mqtt" | "mqtts" | "ws" | "wss" | null;
  /** An IPv6 address keeps its brackets. */
  readonly host: string;
  readonly port: number | null;
  readonly username: string | null;
  readonly password: string | null;
  /** Empty, or begins with `/`; websockets only. */
  readonly path: string;
}

/** Other clients' words for the same four transports. */
const schemes: Readonly<Record<string, BrokerAddress["scheme"]>> = {
  mqtt: "mqtt",
  tcp: "mqtt",
  mqtts: "mqtts",
  ssl: "mqtts",
  tls: "mqtts",
  ws: "ws",
  wss: "wss",
};

/** `host`, `host:port` or `scheme://[user:password@]host[:port]`. A password may hold any character, even unescaped. */
export const brokerAddress: Kind<BrokerAddress> = kind((raw) => {
  const shown = masked(raw);
  const [, written, rest = ""] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([\s\S]*)$/i.exec(raw) ?? [];
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(rest))
    return refuse(
      `« ${shown} » : le protocole est écrit deux fois ; ne gardez que ${masked(rest)}.`,
      `"${shown}": the scheme is written twice; keep ${masked(rest)} only.`,
    );
  const scheme = written === undefined ? null : schemes[written.toLowerCase()];
  if (scheme === undefined)
    return refuse(
      `« ${shown} » : ${written}:// n'est pas un protocole MQTT ; écrivez mqtt://, mqtts://, ws:// ou wss://, par exemple mqtt://192.168.1.10:1883.`,
      `"${shown}": ${written}:// is not an MQTT scheme; write mqtt://, mqtts://, ws:// or wss://, for example mqtt://192.168.1.10:1883.`,
    );
  const at = rest.lastIndexOf("@");
  const target = readTarget(rest.slice(at + 1), { scheme, shown });
  return "text" in target ? target : { scheme, ...credentials(at < 0 ? "" : rest.slice(0, at)), ...target };
});

/** What stands before the last @ may be a password. */
const masked = (text: string): string => text.replace(/^((?:[a-z][a-z0-9+.-]*:\/\/)*).*@/is, "$1•••@");

function readTarget(
  text: string,
  { scheme, shown }: { readonly scheme: BrokerAddress["scheme"]; readonly shown: string },
): Pick<BrokerAddress, "host" | "port" | "path"> | Refusal {
  const [, host = "", port, path = ""] = /^(\[[0-9a-f:.]+\]|[^:/?#]*)(?::([^/?#]*))?([/?#].*)?$/is.exec(text) ?? [];
  if (/^[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*$/i.test(text))
    return refuse(
      `« ${shown} » est une adresse IPv6 sans crochets ; écrivez [${text}]:1883.`,
      `"${shown}" is an IPv6 address without brackets; write [${text}]:1883.`,
    );
  if (host === "")
    return refuse(
      `« ${shown} » ne nomme aucune machine ; écrivez par exemple mqtt://192.168.1.10:1883.`,
      `"${shown}" names no host; write for example mqtt://192.168.1.10:1883.`,
    );
  if (!/^(\[[0-9a-f:.]+\]|[\p{L}\p{N}._-]+)$/iu.test(host))
    return refuse(
      `« ${shown} » : « ${host} » n'est pas un nom de machine ; écrivez par exemple mqtt://192.168.1.10:1883.`,
      `"${shown}": "${host}" is not a host name; write for example mqtt://192.168.1.10:1883.`,
    );
  if (port !== undefined && !isPort(port))
    return refuse(
      `« ${shown} » : « ${port} » n'est pas un port ; écrivez un nombre de 1 à 65535, d'ordinaire 1883 (8883 avec TLS).`,
      `"${shown}": "${port}" is not a port; write a number from 1 to 65535, usually 1883 (8883 with TLS).`,
    );
  const isWebsocket = scheme === "ws" || scheme === "wss";
  if (!isWebsocket && path !== "" && path !== "/")
    return refuse(
      `« ${shown} » : « ${path} » est de trop ; l'adresse s'arrête au port, le préfixe des sujets s'écrit dans mqtt_topic_prefix.`,
      `"${shown}": "${path}" is too much; the address ends with the port, the topics' prefix is written in mqtt_topic_prefix.`,
    );
  return { host, port: port === undefined ? null : Number(port), path: isWebsocket ? path : "" };
}

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;

function credentials(text: string): Pick<BrokerAddress, "username" | "password"> {
  const [, username = "", password] = /^([^:]*)(?::([\s\S]*))?$/.exec(text) ?? [];
  return {
    username: username === "" ? null : decoded(username),
    password: password === undefined || password === "" ? null : decoded(password),
  };
}

/** Percent signs decoded, unless they are no escapes: then they are the user's own. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The address without credentials. Without a scheme, TLS is used as soon as a certificate is given. */
export function brokerUrl(address: BrokerAddress, { hasCertificate }: { readonly hasCertificate: boolean }): string {
  const scheme = address.scheme ?? (hasCertificate ? "mqtts" : "mqtt");
  const port = address.port ?? { mqtt: 1883, mqtts: 8883, ws: 80, wss: 443 }[scheme];
  return `${scheme}://${address.host}:${port}${address.path}`;
}
