import { type Kind, kind } from "./kinds.ts";
import { refuse } from "./remark.ts";

/** Base address of a service in the house, http or https, without a slash at its end and without credentials. */
export const serviceUrl = (example: string, credentialsGoTo: string): Kind<string> =>
  kind((raw) => {
    const shown = raw.replace(/^((?:[a-z][a-z0-9+.-]*:\/\/)*).*@/is, "$1•••@").replace(/[?#].*$/s, "?…");
    const url = URL.parse(raw);
    if (!/^https?:\/\//i.test(raw) || /^https?:\/\/https?:/i.test(raw) || url === null)
      return refuse(
        `« ${shown} » n'est pas une adresse http:// ou https:// ; écrivez par exemple ${example}.`,
        `"${shown}" is not an http:// or https:// address; write for example ${example}.`,
      );
    if (url.username !== "" || url.password !== "")
      return refuse(
        `l'adresse contient un nom ou un mot de passe ; mettez-les dans ${credentialsGoTo}.`,
        `the address holds a user name or password; put them in ${credentialsGoTo}.`,
      );
    if (url.search !== "" || url.hash !== "")
      return refuse(
        `« ${shown} » contient « ? » ou « # » ; n'écrivez que l'adresse de base, par exemple ${example}.`,
        `"${shown}" holds "?" or "#"; write the base address only, for example ${example}.`,
      );
    return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
  });
