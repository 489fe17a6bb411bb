import { type Kind, kind } from "./kinds.ts";
import { refuse } from "./remark.ts";

export const publicGateway = "https://www.v2.myelectricaldata.fr/api";

/** Base address of a MyElectricalData v2 gateway, without a slash at its end. */
export const gatewayUrl: Kind<string> = kind((raw) => {
  const shown = raw.replace(/\/\/.*@/, "//•••@").replace(/[?#].*$/, "?…");
  if (!/^https?:\/\//i.test(raw))
    return refuse(
      `« ${shown} » n'est pas une adresse http:// ou https:// ; écrivez par exemple ${publicGateway}.`,
      `"${shown}" is not an http:// or https:// address; write for example ${publicGateway}.`,
    );
  const url = URL.parse(raw);
  if (url === null || /^https?:\/\/https?:/i.test(raw))
    return refuse(
      `« ${shown} » n'est pas une adresse valable ; écrivez par exemple ${publicGateway}.`,
      `"${shown}" is not a valid address; write for example ${publicGateway}.`,
    );
  if (url.username !== "" || url.password !== "")
    return refuse(
      "l'adresse contient un nom ou un mot de passe ; ôtez-les, client_id et client_secret suffisent.",
      "the address holds a user name or password; remove them, client_id and client_secret are enough.",
    );
  if (url.search !== "" || url.hash !== "")
    return refuse(
      `« ${shown} » contient « ? » ou « # » ; n'écrivez que l'adresse de base, par exemple ${publicGateway}.`,
      `"${shown}" holds "?" or "#"; write the base address only, for example ${publicGateway}.`,
    );
  return isPublic(url.hostname) ? publicAddress(url, shown) : `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
});

const isPublic = (host: string): boolean => host === "myelectricaldata.fr" || host.endsWith(".myelectricaldata.fr");

/** The public gateway is reached by https only; on the bare domain, only /api is gateway v2 (the root is v1). */
function publicAddress(url: URL, shown: string) {
  if (url.protocol !== "https:")
    return refuse(
      `« ${shown} » enverrait votre secret en clair ; écrivez https:// à la place de http://.`,
      `"${shown}" would send your secret in clear; write https:// instead of http://.`,
    );
  const path = url.pathname.replace(/\/+$/, "");
  if (path !== "") return `${url.origin}${path}`;
  if (url.hostname.split(".").includes("v2")) return `${url.origin}/api`;
  return refuse(
    `« ${shown} » est l'ancienne passerelle (v1), qui parle une autre langue ; écrivez ${publicGateway}.`,
    `"${shown}" is the former gateway (v1), which speaks another language; write ${publicGateway}.`,
  );
}
