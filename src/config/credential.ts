import { type Kind, kind } from "./kinds.ts";
import { type Refusal, refuse } from "./remark.ts";

/** What examples and templates put where a secret belongs. */
const placeholder =
  /^(<.*>|\$\{.*\}|\$\w+|!secret\b.*|your[-_ ].*|votre[-_ ].*|change[-_ ]?me|x{3,}|\*{3,}|•+|\.{3,}|todo)$/i;

/** A secret or id that travels in an HTTP header: what comes along with a copy and paste is removed. */
export const credential: Kind<string> = kind((raw) => readCredential(raw));

/** The account's id: as `credential`, and no e-mail address. */
export const clientId: Kind<string> = kind((raw) => {
  const id = readCredential(raw);
  if (typeof id !== "string" || !id.includes("@")) return id;
  return refuse(
    "c'est une adresse e-mail ; recopiez l'identifiant client (client_id) affiché sur la page de votre compte MyElectricalData.",
    "this is an e-mail address; copy the client id (client_id) shown on your MyElectricalData account page.",
  );
});

function readCredential(raw: string): string | Refusal {
  const bare = unquote(raw.replace(/^(authorization\s*:\s*)?bearer\s+/i, "").trim());
  if (placeholder.test(bare))
    return refuse(
      "c'est encore le texte d'un exemple ; recopiez la valeur affichée sur la page de votre compte MyElectricalData.",
      "this is still the text of an example; copy the value shown on your MyElectricalData account page.",
    );
  if (!/^[!-~]+$/.test(bare))
    return refuse(
      "la valeur contient une espace, un retour à la ligne ou un caractère accentué ; recopiez-la d'un seul tenant depuis votre compte MyElectricalData.",
      "the value holds a space, a line break or an accented character; copy it in one piece from your MyElectricalData account.",
    );
  return bare;
}

/** `text` without one pair of equal quotes around it. */
export function unquote(text: string): string {
  const quoted = /^(["'])([\s\S]*)\1$/.exec(text);
  return quoted?.[2] === undefined ? text : quoted[2].trim();
}
