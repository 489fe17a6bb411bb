import { z } from "zod";
import { nearMiss } from "./near-miss.ts";
import { type OptionKey, optionKeys } from "./options.ts";
import { type Fault, inFile, type Notice, remark } from "./remark.ts";

/** The app's options as the Supervisor writes them: one flat JSON object. */
export interface OptionsFile {
  readonly path: string;
  readonly text: string;
}

export interface ParsedOptions {
  readonly values: Readonly<Record<string, unknown>>;
  readonly faults: readonly Fault[];
  readonly notices: readonly Notice[];
}

const anObject = z.record(z.string(), z.unknown());

export function parseOptionsFile(file: OptionsFile): ParsedOptions {
  const whole = (fr: string, en: string): ParsedOptions => ({
    values: {},
    faults: [remark({ option: "options", where: inFile(file.path) }, { fr, en })],
    notices: [],
  });
  // A byte order mark counts as white space.
  const text = file.text.trim();
  if (text === "") return { values: {}, faults: [], notices: [] };
  const json = parseJson(text);
  if ("line" in json)
    return whole(
      `le fichier n'est pas du JSON valable, à partir de la ligne ${json.line} ; vérifiez guillemets et virgules à cet endroit.`,
      `the file is not valid JSON, from line ${json.line} on; check quotes and commas there.`,
    );
  const object = anObject.safeParse(json.value);
  if (!object.success)
    return whole(
      'le fichier ne contient pas un objet JSON ; écrivez {"client_id": "…", "client_secret": "…"}.',
      'the file does not hold a JSON object; write {"client_id": "…", "client_secret": "…"}.',
    );
  return { values: object.data, faults: [], notices: unknownKeys(object.data, file) };
}

/** The parser's own message quotes the text around the mistake, which may be a secret: only the line is kept. */
function parseJson(text: string): { readonly value: unknown } | { readonly line: number } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const position = /position (\d+)/.exec(String(error))?.[1];
    return { line: text.slice(0, position === undefined ? text.length : Number(position)).split("\n").length };
  }
}

/** A key nobody reads is no fault: an option removed by an update must not stop the program. */
function unknownKeys(values: Readonly<Record<string, unknown>>, file: OptionsFile): readonly Notice[] {
  return Object.keys(values)
    .filter((key) => !optionKeys.includes(key as OptionKey))
    .map((key) => {
      const meant = nearMiss(key, optionKeys);
      const place = { option: key, where: inFile(file.path) };
      return meant === undefined
        ? remark(place, {
            fr: "cette option n'existe pas et reste sans effet ; vous pouvez la supprimer.",
            en: "there is no such option and it has no effect; you can remove it.",
          })
        : remark(place, {
            fr: `cette option n'existe pas et reste sans effet ; vouliez-vous dire « ${meant} » ?`,
            en: `there is no such option and it has no effect; did you mean "${meant}"?`,
          });
    });
}
