import type { Language } from "../../shared/language.ts";

/** What stands in place of a value that nobody knows; never a zero. */
export const unknownSign = "—";

/** Narrow, and never at the end of a line. */
export const thinSpace = "\u202f";

const locales: Readonly<Record<Language, string>> = { fr: "fr-FR", en: "en-GB" };
const formats = new Map<string, Intl.NumberFormat>();

/** `1 234,50` or `1,234.50`, with exactly so many decimals. */
export function decimal(value: number, decimals: number, language: Language): string {
  const key = `${language}${decimals}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(locales[language], {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    formats.set(key, format);
  }
  // "-0" is what rounding leaves of a small negative amount.
  const text = format.format(value).replace(/\u00a0/g, thinSpace);
  return /^[-−]0([.,]0+)?$/.test(text) ? text.slice(1) : text;
}

export const whole = (value: number, language: Language): string => decimal(value, 0, language);

/**
 * Watt-hours as kilowatt-hours with the decimals that are worth reading: `0,003 kWh`, `14,82 kWh`, `123,4 kWh`,
 * `1 234 kWh`.
 */
export function energy(valueWh: number | null, language: Language): string {
  if (valueWh === null) return unknownSign;
  return withUnit(decimal(valueWh / 1000, decimalsOf(Math.abs(valueWh)), language), "kWh");
}

/** A value below a thousandth of what its decimals show would read as zero, one above as a false precision. */
function decimalsOf(valueWh: number): number {
  if (valueWh === 0) return 0;
  if (valueWh < 1000) return 3;
  if (valueWh < 99_995) return 2;
  return valueWh < 999_950 ? 1 : 0;
}

/** To the watt-hour, for tables: `14,820`. In kWh, without its unit, which the column's head tells. */
export const exactEnergy = (valueWh: number | null, language: Language): string =>
  valueWh === null ? unknownSign : decimal(valueWh / 1000, 3, language);

/** `3,11 €` or `€3.11`; an amount that would read as zero and is not says so: `< 0,01 €`. */
export function money(valueEur: number | null, language: Language): string {
  if (valueEur === null) return unknownSign;
  const size = Math.abs(valueEur);
  const isTiny = size > 0 && size < 0.005;
  const sign = valueEur < 0 ? "-" : "";
  const text = isTiny ? decimal(0.01, 2, language) : decimal(size, 2, language);
  return `${isTiny ? `<${thinSpace}` : ""}${sign}${inEuros(text, language)}`;
}

/** `0,2516 €/kWh` or `€0.2516/kWh`. */
export const price = (eurPerKwh: number | null, language: Language): string =>
  eurPerKwh === null ? unknownSign : `${inEuros(decimal(eurPerKwh, 4, language), language)}/kWh`;

const inEuros = (text: string, language: Language): string => (language === "fr" ? `${text}${thinSpace}€` : `€${text}`);

/** `850 W`, `1,25 kW`, `12,4 kW`. */
export const power = (valueW: number | null, language: Language): string => scaled(valueW, "W", language);

/** `850 VA`, `6,42 kVA`. */
export const apparentPower = (valueVa: number | null, language: Language): string => scaled(valueVa, "VA", language);

function scaled(value: number | null, unit: string, language: Language): string {
  if (value === null) return unknownSign;
  if (Math.abs(value) < 1000) return withUnit(whole(value, language), unit);
  return withUnit(decimal(value / 1000, Math.abs(value) < 9995 ? 2 : 1, language), `k${unit}`);
}

/** `47 %` or `47%`; of a share between 0 and 1. */
export function percent(share: number | null, language: Language, decimals = 0): string {
  if (share === null) return unknownSign;
  const text = decimal(share * 100, decimals, language);
  return language === "fr" ? `${text}${thinSpace}%` : `${text}%`;
}

/** `+12 %`, `−3 %`: the change from `before` to `now`; unknown where either is, or where there was nothing before. */
export function change(now: number | null, before: number | null, language: Language): string {
  if (now === null || before === null || before === 0) return unknownSign;
  const share = (now - before) / Math.abs(before);
  const text = percent(Math.abs(share), language);
  if (Math.round(share * 100) === 0) return text;
  return `${share > 0 ? "+" : "−"}${text}`;
}

/** `0 jour`, `1 jour`, `2 jours`; `0 days`, `1 day`: in French nothing is singular. */
export const counted = (count: number, [one, many]: readonly [string, string], language: Language): string =>
  `${whole(count, language)} ${count === 1 || (count === 0 && language === "fr") ? one : many}`;

const withUnit = (text: string, unit: string): string => `${text}${thinSpace}${unit}`;
