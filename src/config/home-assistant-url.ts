import { type Kind, kind } from "./kinds.ts";
import { type Refusal, refuse } from "./remark.ts";

/** Where Home Assistant's websocket is, out of the address its user knows. */
export interface HomeAssistantAddress {
  /** `ws` or `wss`, whole, without credentials. */
  readonly websocketUrl: string;
  /** The Supervisor's proxy, which takes the app's own token. */
  readonly viaSupervisor: boolean;
}

/** What every app reaches when its manifest says `homeassistant_api`. */
export const supervisorAddress: HomeAssistantAddress = {
  websocketUrl: "ws://supervisor/core/websocket",
  viaSupervisor: true,
};

const example = "http://192.168.1.10:8123";
const schemes: Readonly<Record<string, "ws" | "wss">> = { http: "ws", ws: "ws", https: "wss", wss: "wss" };
/** Where Home Assistant listens unless told otherwise. */
const usualPort = 8123;

/** `host`, `host:port` or an http, https, ws or wss address, with or without the path of the API. */
export const homeAssistantUrl: Kind<HomeAssistantAddress> = kind((raw) => {
  if (/^(bearer\s+)?eyJ[\w-]+\./i.test(raw))
    return refuse(
      `c'est un jeton et non une adresse ; mettez-le dans homeassistant_token, et ici par exemple ${example}.`,
      `this is a token and not an address; put it in homeassistant_token, and here for example ${example}.`,
    );
  const shown = raw.replace(/^((?:[a-z][a-z0-9+.-]*:\/\/)*).*@/is, "$1•••@").replace(/[?#].*$/s, "?…");
  const [, written, rest = ""] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([\s\S]*)$/i.exec(raw) ?? [];
  return refuseSpelling({ written, rest, shown }) ?? readAddress(written?.toLowerCase(), rest, shown);
});

interface Spelling {
  readonly written: string | undefined;
  readonly rest: string;
  readonly shown: string;
}

function refuseSpelling({ written, rest, shown }: Spelling): Refusal | null {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(rest))
    return refuse(
      `« ${shown} » : le protocole est écrit deux fois ; n'en gardez qu'un, par exemple ${example}.`,
      `"${shown}": the scheme is written twice; keep one of them, for example ${example}.`,
    );
  if (written !== undefined && schemes[written.toLowerCase()] === undefined)
    return refuse(
      `« ${shown} » : ${written}:// n'est pas un protocole de Home Assistant ; écrivez http:// ou https://, par exemple ${example}.`,
      `"${shown}": ${written}:// is not a scheme of Home Assistant; write http:// or https://, for example ${example}.`,
    );
  if (rest.includes("@"))
    return refuse(
      "l'adresse contient un nom ou un mot de passe ; ôtez-les, le jeton (homeassistant_token) suffit.",
      "the address holds a user name or password; remove them, the token (homeassistant_token) is enough.",
    );
  if (/^[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*$/i.test(rest))
    return refuse(
      `« ${shown} » est une adresse IPv6 sans crochets ; écrivez http://[${rest}]:${usualPort}.`,
      `"${shown}" is an IPv6 address without brackets; write http://[${rest}]:${usualPort}.`,
    );
  return null;
}

function readAddress(scheme: string | undefined, rest: string, shown: string): HomeAssistantAddress | Refusal {
  const url = URL.parse(`http://${rest}`);
  if (url === null || url.hostname === "")
    return refuse(
      `« ${shown} » n'est pas une adresse valable ; écrivez par exemple ${example}.`,
      `"${shown}" is not a valid address; write for example ${example}.`,
    );
  // The parser drops port 80, which is what http means; as written it matters for the other schemes.
  const [, port] = /^[^/?#]*:(\d+)(?:[/?#]|$)/.exec(rest) ?? [];
  const path = url.pathname.replace(/\/+$/, "");
  const viaSupervisor = url.hostname === "supervisor" || /^\/core(\/|$)/.test(path);
  const knownPaths = viaSupervisor ? ["", "/core", "/core/api", "/core/websocket"] : ["", "/api", "/api/websocket"];
  if (!knownPaths.includes(path) || url.search !== "" || url.hash !== "")
    return refuse(
      `« ${shown} » continue après la machine et le port ; n'écrivez qu'eux, par exemple ${example}.`,
      `"${shown}" goes on after host and port; write these only, for example ${example}.`,
    );
  const transport = schemes[scheme ?? ""] ?? guessedTransport(url.hostname, port);
  const shownPort = port ?? (scheme === undefined && transport === "ws" && !viaSupervisor ? usualPort : undefined);
  const host = shownPort === undefined ? url.hostname : `${url.hostname}:${Number(shownPort)}`;
  return { websocketUrl: `${transport}://${host}${viaSupervisor ? "/core" : "/api"}/websocket`, viaSupervisor };
}

/** Nabu Casa's remote addresses and port 443 are only ever encrypted. */
const guessedTransport = (host: string, port: string | undefined): "ws" | "wss" =>
  port === "443" || host.endsWith(".nabu.casa") ? "wss" : "ws";
