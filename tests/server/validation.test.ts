import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { day, list, meterParams, month, usagePoint } from "../../src/server/api/fields.ts";
import { faultsOf } from "../../src/server/validation.ts";

const schema = z.strictObject({
  date: day,
  month: month.optional(),
  pdl: usagePoint.optional(),
  at: z.iso.datetime().optional(),
  count: z.coerce.number().int().min(1).max(3).optional(),
  flow: z.enum(["consumption", "production"]).optional(),
  confirm: z.boolean().optional(),
  windows: z
    .array(z.strictObject({ from: z.string().max(5) }))
    .max(2)
    .optional(),
  prices: z.record(z.string(), z.number()).optional(),
  name: z.string().min(1).optional(),
});

/** What is said of a request that is wrong. */
function said(content: unknown): { fr: string; en: string } {
  const result = schema.safeParse(content);
  assert.ok(!result.success, "nothing is wrong with it");
  return faultsOf(result.error, { schema, content });
}

const date = "2026-11-20";
const wrong: readonly [content: unknown, fr: string, en: string][] = [
  [
    {},
    "date manque, qui doit être un jour du calendrier écrit année-mois-jour, par exemple 2026-11-20",
    "date is missing, which must be a day of the calendar written year-month-day, for example 2026-11-20",
  ],
  [
    { date: "20/11/2026" },
    "date doit être un jour du calendrier écrit année-mois-jour, par exemple 2026-11-20",
    "date must be a day of the calendar written year-month-day, for example 2026-11-20",
  ],
  [
    { date, month: "2026-13" },
    "month doit être un mois écrit année-mois, par exemple 2026-11",
    "month must be a month written year-month, for example 2026-11",
  ],
  [
    { date, pdl: "12" },
    "pdl doit être le numéro d'un compteur (PDL), de 14 chiffres",
    "pdl must be the number of a meter (PDL), of 14 digits",
  ],
  [
    { date, at: "hier" },
    "at doit être un instant en temps universel, par exemple 2026-11-20T21:30:00Z",
    "at must be an instant in universal time, for example 2026-11-20T21:30:00Z",
  ],
  [{ date, count: "x" }, "count doit être un nombre", "count must be a number"],
  [{ date, count: "1.5" }, "count doit être un nombre entier", "count must be a whole number"],
  [{ date, count: "9" }, "count doit être au plus 3", "count must be at most 3"],
  [{ date, count: "0" }, "count doit être au moins 1", "count must be at least 1"],
  [
    { date, flow: "both" },
    "flow doit être une de ces valeurs : consumption, production",
    "flow must be one of these values: consumption, production",
  ],
  [{ date: ["2026-11-20", date] }, "date doit être un texte, donné une seule fois", "date must be a text, given once"],
  [{ date, confirm: "oui" }, "confirm doit être true ou false", "confirm must be true or false"],
  [{ date, windows: {} }, "windows doit être une liste", "windows must be a list"],
  [
    { date, windows: [{ from: "à minuit" }] },
    "windows.0.from doit être d'au plus 5 caractères",
    "windows.0.from must be of at most 5 characters",
  ],
  [{ date, windows: [{ from: "", to: "" }] }, "champ inconnu to (windows.0)", "unknown field to (windows.0)"],
  [{ date, prices: [] }, "prices doit être un objet JSON", "prices must be a JSON object"],
  [{ date, name: "" }, "name doit être d'au moins 1 caractère", "name must be of at least 1 character"],
  [[], "la demande doit être un objet JSON", "the request must be a JSON object"],
  [
    { date: "hier", confirm: 1 },
    "date doit être un jour du calendrier écrit année-mois-jour, par exemple 2026-11-20 ; confirm doit être true ou false",
    "date must be a day of the calendar written year-month-day, for example 2026-11-20; confirm must be true or false",
  ],
];

for (const [content, fr, en] of wrong)
  test(`${JSON.stringify(content)}: ${en}`, () => {
    assert.deepEqual(said(content), { fr, en });
  });

test("an answer stays short, however much is wrong", () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`field${at}${"x".repeat(500)}`, 1]));
  for (const text of Object.values(said({ date, ...many }))) assert.ok(text.length < 1_000, `${text.length}`);
  const lists = z.strictObject({ days: list(day) });
  const content = { days: Array.from({ length: 1_000 }, () => "hier") };
  const result = lists.safeParse(content);
  assert.ok(!result.success);
  for (const text of Object.values(faultsOf(result.error, { schema: lists, content }))) assert.ok(text.length < 1_500);
});

test("a day is one of the calendar, and a meter has 14 digits", () => {
  for (const text of ["2024-02-29", "2026-12-31", "1900-01-01", "2099-12-31"])
    assert.equal(day.safeParse(text).success, true, text);
  for (const text of [
    "2026-02-29",
    "2026-04-31",
    "0000-01-01",
    "1899-12-31",
    "2100-01-01",
    "9999-12-31",
    "2026-1-1",
    "2026-11-20T00:00:00Z",
    "",
    " 2026-11-20",
  ])
    assert.equal(day.safeParse(text).success, false, text);
  assert.equal(meterParams.safeParse({ pdl: "01234567890123" }).success, true);
  for (const pdl of ["1234567890123", "123456789012345", "1234567890123a", "１２３４５６７８９０１２３４"])
    assert.equal(meterParams.safeParse({ pdl }).success, false, pdl);
});
