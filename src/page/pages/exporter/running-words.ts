import type { Language, Text } from "../../../shared/language.ts";
import { counted, thinSpace } from "../../format/amounts.ts";
import type { Export } from "./words.ts";

type Run = NonNullable<Export["running"]>;

/** `Envoi en cours : 62 %`; all is never said before the end. */
export function runningText({ share }: Pick<Run, "share">): Text {
  if (share === null) return { fr: "Envoi en cours.", en: "Sending." };
  const percent = Math.min(99, Math.floor(share * 100));
  return { fr: `Envoi en cours : ${percent}${thinSpace}%`, en: `Sending: ${percent}%` };
}

/** `12 300 valeurs envoyées et relues.` */
export function sentSoFar({ records }: Pick<Run, "records">, language: Language): string {
  if (records === 0) return language === "fr" ? "Rien n'a encore manqué." : "Nothing was lacking so far.";
  return language === "fr"
    ? `${counted(records, ["valeur envoyée et relue", "valeurs envoyées et relues"], "fr")}.`
    : `${counted(records, ["value sent and read back", "values sent and read back"], "en")}.`;
}
