import type { Text } from "../shared/language.ts";

/** One sentence about one option: a fault stops the program, a notice does not. */
export interface Remark {
  /** As the user wrote it: environment variable, key of the options file, or flag. */
  readonly option: string;
  /** Where it was set, or where it would be. */
  readonly where: Text;
  /** The whole sentence: option, place, what is wrong, what to do. Never holds a secret value. */
  readonly text: Text;
}
export type Fault = Remark;
export type Notice = Remark;

/** A value that an option cannot take: the rest of the sentence that begins with the option's name. */
export class Refusal {
  readonly text: Text;
  /** More sentences of the same kind, where a value has several parts. */
  readonly further: readonly Text[];
  constructor(text: Text, further: readonly Text[] = []) {
    this.text = text;
    this.further = further;
  }
}

/** French and English in the order in which they are shown. */
export const refuse = (fr: string, en: string): Refusal => new Refusal({ fr, en });

/** The option under its user's name, and where that name stands. */
export interface Place {
  readonly option: string;
  readonly where: Text;
}

export const inEnvironment: Text = { fr: "environnement", en: "environment" };
/** Set in the page and kept in the database. */
export const inPage: Text = { fr: "page des réglages", en: "settings page" };
export const onCommandLine: Text = { fr: "ligne de commande", en: "command line" };
export const inFile = (path: string): Text => ({ fr: path, en: path });

/** `NAME (place): predicate`. */
export const remark = ({ option, where }: Place, predicate: Text): Remark => ({
  option,
  where,
  text: {
    fr: `${option} (${where.fr}) : ${predicate.fr}`,
    en: `${option} (${where.en}): ${predicate.en}`,
  },
});
