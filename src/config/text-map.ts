import { type Kind, kind } from "./kinds.ts";
import { type Refusal, refuse } from "./remark.ts";

/** Names with their texts, as written in JSON. */
export type TextMap = Readonly<Record<string, string>>;

interface MapRules {
  readonly example: string;
  readonly isName: (name: string) => boolean;
  /** What a name may be, in words. */
  readonly names: { readonly fr: string; readonly en: string };
  /** Whether a refusal may tell the name: a whole header in its place holds a secret. */
  readonly isTold: (name: string) => boolean;
  readonly isText: (text: string) => boolean;
}

/** A JSON object of texts; a refusal never tells a text, which may be a secret. */
export const textMap = ({ example, isName, names, isTold, isText }: MapRules): Kind<TextMap> =>
  kind((raw) => {
    const parsed = parsedObject(raw);
    if (parsed === null)
      return refuse(
        `ce n'est pas un objet JSON de textes ; écrivez par exemple ${example}.`,
        `this is not a JSON object of texts; write for example ${example}.`,
      );
    const texts: Record<string, string> = {};
    for (const [name, text] of Object.entries(parsed)) {
      const refusal = refusedName(name, { isName, names, isTold });
      if (refusal !== null) return refusal;
      if (typeof text !== "string" || text === "" || !isText(text))
        return refuse(
          `la valeur de « ${name} » n'est pas un texte d'une ligne entre guillemets ; écrivez par exemple ${example}.`,
          `the value of "${name}" is no text of one line in quotes; write for example ${example}.`,
        );
      texts[name] = text;
    }
    return texts;
  });

function refusedName(
  name: string,
  { isName, names, isTold }: Pick<MapRules, "isName" | "names" | "isTold">,
): Refusal | null {
  if (isName(name)) return null;
  if (!isTold(name))
    return refuse(`un des noms ne convient pas : ${names.fr}.`, `one of the names will not do: ${names.en}.`);
  const shown = name.slice(0, 40);
  return refuse(`le nom « ${shown} » ne convient pas : ${names.fr}.`, `the name "${shown}" will not do: ${names.en}.`);
}

function parsedObject(raw: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(raw);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

/** Labels of ours would be overwritten, and those with two underscores are the server's own. */
const ownLabels = [
  "pdl",
  "type",
  "color",
  "region",
  "day",
  "usage_point_id",
  "granularity",
  "direction",
  "period",
  "db",
];

export const metricLabels: Kind<TextMap> = textMap({
  example: '{"maison":"principale"}',
  isName: (name) => /^[a-zA-Z_]\w*$/.test(name) && !name.startsWith("__") && !ownLabels.includes(name),
  names: {
    fr: `lettres, chiffres et « _ », sans commencer par « __ », et aucun de ${ownLabels.join(", ")}`,
    en: `letters, digits and "_", not beginning with "__", and none of ${ownLabels.join(", ")}`,
  },
  isTold: () => true,
  isText: (text) => !/[\r\n]/.test(text) && text.length <= 1000,
});

/** What the program sets itself. */
const ownHeaders = ["content-type", "content-encoding", "content-length", "host", "connection", "transfer-encoding"];

const isOwnHeader = (name: string): boolean => ownHeaders.includes(name.toLowerCase());

export const requestHeaders: Kind<TextMap> = textMap({
  example: '{"X-Scope-OrgID":"maison"}',
  isName: (name) => /^[!#$%&'*+.^_`|~\w-]+$/.test(name) && !isOwnHeader(name),
  names: {
    fr: `un nom d'en-tête HTTP, autre que ${ownHeaders.join(", ")}`,
    en: `the name of an HTTP header other than ${ownHeaders.join(", ")}`,
  },
  isTold: isOwnHeader,
  isText: (text) => /^[\t -~]+$/.test(text),
});
