import type { LocalDate } from "../../../domain/units.ts";
import type { BillAnswer } from "../../../server/api/bill.ts";
import type { Language } from "../../../shared/language.ts";
import { counted, dayShort, span as spanOf } from "../../format.ts";
import { say } from "./say.ts";

export type PriceSource = BillAnswer["standingParts"][number]["source"];

/** `le tarif réglementé du 1er févr. 2026`, `votre offre (Bocage Week-end)`, `vous`: whose word a price is. */
export function sourceName({ kind, name }: PriceSource, language: Language): string {
  switch (kind) {
    case "user":
      return say(language, "vos réglages", "your settings");
    case "selected_offer":
      return say(language, `votre offre (${name})`, `your offer (${name})`);
    case "seen_offer":
      return say(language, `l'offre ${name}`, `the offer ${name}`);
    case "regulated": {
      const since = /\d{4}-\d\d-\d\d$/.exec(name)?.[0];
      const day = since === undefined ? name : dayShort(since as LocalDate, language);
      return say(language, `le tarif réglementé du ${day}`, `the regulated tariff of ${day}`);
    }
  }
}

/** The same beside an amount rather than in a sentence: `tarif réglementé du 1er févr. 2026`. */
export const sourceLabel = (source: PriceSource, language: Language): string =>
  sourceName(source, language).replace(/^(le |l'|the )/, "");

/** `le 3 mars 2026`, `du 1er au 31 janvier 2026` */
export function daysSpan(from: string, to: string, language: Language): string {
  const text = spanOf({ from: from as LocalDate, to: to as LocalDate }, language);
  return from === to ? say(language, `le ${text}`, `on ${text}`) : text;
}

/** How many days are named one by one. */
const namedDays = 3;

/** `2 jours (12 nov. 2026, 14 nov. 2026)`; many as their number, the first and the last. */
export function daysInWords(dates: readonly string[], language: Language): string {
  const count = counted(dates.length, language === "fr" ? ["jour", "jours"] : ["day", "days"], language);
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined) return count;
  const named =
    dates.length <= namedDays
      ? dates.map((date) => dayShort(date as LocalDate, language)).join(", ")
      : daysSpan(first, last, language);
  return `${count} (${named})`;
}
