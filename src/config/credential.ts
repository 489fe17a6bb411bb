import type { Text } from "../shared/language.ts";
import { type Kind, kind } from "./kinds.ts";
import { type Refusal, refuse } from "./remark.ts";

/** What examples and templates put where a secret belongs. */
const placeholder =
  /^(<.*>|\$\{.*\}|\$\w+|!secret\b.*|your[-_ ].*|votre[-_ ].*|change[-_ ]?me|x{3,}|\*{3,}|•+|\.{3,}|todo)$/i;

/** Where the user finds the value again. */
const account: Text = { fr: "votre compte MyElectricalData", en: "your MyElectricalData account" };
const profile: Text = { fr: "votre profil Home Assistant", en: "your Home Assistant profile" };

/** A key or token of another service, as `credential`. */
export const bareCredential = (origin: Text): Kind<string> => kind((raw) => readCredential(raw, origin));

/** A secret or id that travels in an HTTP header: what comes along with a copy and paste is removed. */
export const credential: Kind<string> = kind((raw) => readCredential(raw, account));

/** A long-lived access token of Home Assistant. Most are JWTs, of which a part alone opens nothing. */
export const homeAssistantToken: Kind<string> = kind((raw) => {
  const token = readCredential(raw, profile);
  if (typeof token !== "string") return token;
  if (/^(https?|wss?):\/\//i.test(token))
    return refuse(
      "c'est une adresse et non un jeton ; mettez-la dans homeassistant_url, et ici le jeton d'accès longue durée.",
      "this is an address and not a token; put it in homeassistant_url, and the long-lived access token here.",
    );
  if (token.startsWith("eyJ") && token.split(".").filter((part) => part !== "").length !== 3)
    return refuse(
      "le jeton est incomplet : il lui manque un morceau ; recopiez-le en entier, ou créez-en un autre dans votre profil Home Assistant.",
      "the token is not whole: a part of it is missing; copy all of it, or create another one in your Home Assistant profile.",
    );
  return token;
});

/** The account's id: as `credential`, and no e-mail address. */
export const clientId: Kind<string> = kind((raw) => {
  const id = readCredential(raw, account);
  if (typeof id !== "string" || !id.includes("@")) return id;
  return refuse(
    "c'est une adresse e-mail ; recopiez l'identifiant client (client_id) affiché sur la page de votre compte MyElectricalData.",
    "this is an e-mail address; copy the client id (client_id) shown on your MyElectricalData account page.",
  );
});

function readCredential(raw: string, origin: Text): string | Refusal {
  const bare = unquote(raw.replace(/^(authorization\s*:\s*)?bearer\s+/i, "").trim());
  if (placeholder.test(bare))
    return refuse(
      `c'est encore le texte d'un exemple ; recopiez la valeur affichée sur la page de ${origin.fr}.`,
      `this is still the text of an example; copy the value shown on ${origin.en} page.`,
    );
  if (!/^[!-~]+$/.test(bare))
    return refuse(
      `la valeur contient une espace, un retour à la ligne ou un caractère accentué ; recopiez-la d'un seul tenant depuis ${origin.fr}.`,
      `the value holds a space, a line break or an accented character; copy it in one piece from ${origin.en}.`,
    );
  return bare;
}

/** `text` without one pair of equal quotes around it. */
export function unquote(text: string): string {
  const quoted = /^(["'])([\s\S]*)\1$/.exec(text);
  return quoted?.[2] === undefined ? text : quoted[2].trim();
}
