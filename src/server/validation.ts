import type { FastifySchemaCompiler } from "fastify";
import { z } from "zod";
import type { Text } from "../shared/language.ts";
import { apiErrors } from "./errors.ts";

/** Parses a part of the request; what is wrong with it is answered as `invalid_request`, field by field. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema }) =>
  (content: unknown) => {
    const result = schema.safeParse(content ?? {});
    if (result.success) return { value: result.data };
    return { error: apiErrors.invalid(faultsOf(result.error, { schema, content })) };
  };

/** What was asked, beside what it was to be. */
interface Asked {
  readonly schema: z.ZodType;
  readonly content: unknown;
}

/** More of them would not be read. */
const mostFaults = 8;

/** Every fault in one sentence, in the order of the fields. */
export function faultsOf({ issues }: z.ZodError, asked: Asked): Text {
  const faults = issues.slice(0, mostFaults).map((issue) => faultOf(issue, asked));
  return {
    fr: joined(
      faults.map(({ fr }) => fr),
      " ; ",
    ),
    en: joined(
      faults.map(({ en }) => en),
      "; ",
    ),
  };
}

const joined = (faults: readonly string[], separator: string): string => [...new Set(faults)].join(separator);

function faultOf(issue: z.core.$ZodIssue, { schema, content }: Asked): Text {
  const where = issue.path.join(".");
  if (issue.code === "unrecognized_keys") return unknownFields(issue.keys, where, schema);
  const isMissing = valueAt(content, issue.path) === undefined;
  const wanted = wantedBy(isMissing ? (formatIssue(schema, where) ?? issue) : issue);
  if (where === "") return { fr: `la demande doit être ${wanted.fr}`, en: `the request must be ${wanted.en}` };
  if (isMissing)
    return { fr: `${where} manque, qui doit être ${wanted.fr}`, en: `${where} is missing, which must be ${wanted.en}` };
  return { fr: `${where} doit être ${wanted.fr}`, en: `${where} must be ${wanted.en}` };
}

/** How a field that is missing would have to be written: what is wrong with an empty text in its place. */
function formatIssue(schema: z.ZodType, field: string): z.core.$ZodIssue | null {
  const known: unknown = schema instanceof z.ZodObject ? schema.shape[field] : undefined;
  const [issue] = known instanceof z.ZodType ? (known.safeParse("").error?.issues ?? []) : [];
  return issue?.code === "invalid_format" ? issue : null;
}

function unknownFields(keys: readonly string[], where: string, schema: z.ZodType): Text {
  const names = keys.slice(0, mostFaults).map(shortened).join(", ");
  const known = where === "" && schema instanceof z.ZodObject ? Object.keys(schema.shape).join(", ") : "";
  const inside = where === "" ? "" : ` (${where})`;
  return {
    fr: `champ inconnu ${names}${inside}${known && ` (champs connus : ${known})`}`,
    en: `unknown field ${names}${inside}${known && ` (known fields: ${known})`}`,
  };
}

/** A name that somebody made up is given back, but not a page of it. */
const shortened = (name: string): string => (name.length > 60 ? `${name.slice(0, 60)}…` : name);

const valueAt = (content: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inside, key) => (typeof inside === "object" && inside !== null ? Reflect.get(inside, key) : undefined),
    content,
  );

function wantedBy(issue: z.core.$ZodIssue): Text {
  switch (issue.code) {
    case "invalid_format":
      return formats[issue.format] ?? { fr: "écrit autrement", en: "written otherwise" };
    case "invalid_type":
      return types[issue.expected] ?? { fr: issue.expected, en: issue.expected };
    case "invalid_value":
      return choice(issue.values.map(String));
    case "too_small":
      return bound(issue.origin, { fr: "au moins", en: "at least" }, issue.minimum);
    case "too_big":
      return bound(issue.origin, { fr: "au plus", en: "at most" }, issue.maximum);
    case "invalid_union":
      return { fr: "une valeur d'une autre sorte", en: "a value of another kind" };
    default:
      return { fr: "une autre valeur", en: "another value" };
  }
}

const formats: Readonly<Record<string, Text>> = {
  date: {
    fr: "un jour du calendrier écrit année-mois-jour, par exemple 2026-11-20",
    en: "a day of the calendar written year-month-day, for example 2026-11-20",
  },
  month: {
    fr: "un mois écrit année-mois, par exemple 2026-11",
    en: "a month written year-month, for example 2026-11",
  },
  datetime: {
    fr: "un instant en temps universel, par exemple 2026-11-20T21:30:00Z",
    en: "an instant in universal time, for example 2026-11-20T21:30:00Z",
  },
  "usage-point": {
    fr: "le numéro d'un compteur (PDL), de 14 chiffres",
    en: "the number of a meter (PDL), of 14 digits",
  },
  "session-id": {
    fr: "le numéro d'une session (id), de 12 chiffres ou lettres de a à f",
    en: "the number of a session (id), of 12 digits or letters a to f",
  },
  "token-name": {
    fr: "écrit sur une ligne, sans caractère invisible qui la couperait ou la retournerait",
    en: "written on one line, without invisible characters that break or turn it",
  },
  prefix: {
    fr: "en minuscules, chiffres et traits bas, par exemple myelectricaldata",
    en: "of small letters, digits and underscores, for example myelectricaldata",
  },
};

const types: Readonly<Record<string, Text>> = {
  string: { fr: "un texte, donné une seule fois", en: "a text, given once" },
  number: { fr: "un nombre", en: "a number" },
  int: { fr: "un nombre entier", en: "a whole number" },
  boolean: { fr: "true ou false", en: "true or false" },
  array: { fr: "une liste", en: "a list" },
  object: { fr: "un objet JSON", en: "a JSON object" },
  record: { fr: "un objet JSON", en: "a JSON object" },
};

const choice = (values: readonly string[]): Text => ({
  fr: `une de ces valeurs : ${values.join(", ")}`,
  en: `one of these values: ${values.join(", ")}`,
});

function bound(origin: string, side: Text, limit: number | bigint): Text {
  const s = limit === 1 ? "" : "s";
  if (origin === "string")
    return { fr: `d'${side.fr} ${limit} caractère${s}`, en: `of ${side.en} ${limit} character${s}` };
  if (origin === "array") return { fr: `une liste d'${side.fr} ${limit}`, en: `a list of ${side.en} ${limit}` };
  return { fr: `${side.fr} ${limit}`, en: `${side.en} ${limit}` };
}
