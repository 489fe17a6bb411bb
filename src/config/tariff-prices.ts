import { type TariffPeriod, tariffPeriods } from "../domain/tariff/period.ts";
import { type EnergyPrice, energyPrice, type MicroEur, microEur } from "../domain/tariff/price.ts";
import type { Text } from "../shared/language.ts";
import { nearMiss } from "./near-miss.ts";
import { Refusal, refuse } from "./remark.ts";

export type Prices = Readonly<Partial<Record<TariffPeriod, EnergyPrice>>>;

export const pricesExample = "hp=0.2065 hc=0.1579";

/**
 * Prices by period, in EUR/kWh: `hp=0.2065 hc=0.1579`, separated by blanks, semicolons or commas, or the same as a JSON
 * object. One text, because the Supervisor's forms nest no deeper than a list of flat objects. A comma inside a number is
 * a decimal point: after a price comes a name, so that nothing else can be meant.
 */
export function readPrices(text: string): Prices | Refusal {
  const prices = new Map<TariffPeriod, EnergyPrice>();
  for (const word of wordsOf(text)) {
    const [, name = "", value = ""] = /^([^=]+)=([^=]+)$/.exec(word) ?? [];
    if (name === "") return notUnderstood(word);
    const period = tariffPeriods.find((known) => known === name.toLowerCase());
    if (period === undefined) return unknownPeriod(name);
    if (prices.has(period)) return twice(period);
    const price = readPrice({ fr: `prices : ${period}`, en: `prices: ${period}` }, value);
    if (price instanceof Refusal) return price;
    prices.set(period, price);
  }
  const inOrder = tariffPeriods.flatMap((period) => {
    const price = prices.get(period);
    return price === undefined ? [] : [[period, price] as const];
  });
  return Object.fromEntries(inOrder);
}

function wordsOf(text: string): readonly string[] {
  if (/^\s*\{/.test(text)) {
    try {
      const value: object = JSON.parse(text);
      return Object.entries(value).map(([name, price]) => `${name}=${String(price).trim()}`);
    } catch {
      // A text that only begins like JSON is refused as text.
    }
  }
  const joined = text.replaceAll(/\s*[=:]\s*/g, "=");
  return joined.split(/[;\s]+|,(?=\s|[A-Za-z_]|$)/).filter((word) => word !== "");
}

const notUnderstood = (word: string): Refusal =>
  refuse(
    `prices : « ${word} » n'est pas compris ; écrivez des prix en euros par kWh comme ${pricesExample}.`,
    `prices: "${word}" is not understood; write prices in euros per kWh such as ${pricesExample}.`,
  );

function unknownPeriod(name: string): Refusal {
  const meant = nearMiss(name, tariffPeriods);
  const all = tariffPeriods.join(", ");
  return meant === undefined
    ? refuse(
        `prices : la période « ${name} » est inconnue ; choisissez parmi ${all}.`,
        `prices: the period "${name}" is unknown; choose among ${all}.`,
      )
    : refuse(
        `prices : la période « ${name} » est inconnue, vouliez-vous dire « ${meant} » ?`,
        `prices: the period "${name}" is unknown, did you mean "${meant}"?`,
      );
}

const twice = (period: TariffPeriod): Refusal =>
  refuse(
    `prices : ${period} est donné deux fois ; gardez un seul de ces prix.`,
    `prices: ${period} is given twice; keep one of these prices.`,
  );

/** Energy outside this range is refused: contributed offers hold cents, and a bill's total is no price. */
const plausible = { from: 20_000, to: 1_500_000 } as const;

/** EUR/kWh, exact to the micro-euro. `what` begins the sentence. */
function readPrice(what: Text, text: string): EnergyPrice | Refusal {
  const amount = readAmount(what, text, "0.2065");
  if (amount instanceof Refusal) return amount;
  if (amount >= plausible.from && amount <= plausible.to) return energyPrice(amount);
  return inCents(what, text, "0.2065");
}

const inCents = (what: Text, text: string, example: string): Refusal =>
  refuse(
    `${what.fr} « ${text} » n'est pas plausible en euros par kWh ; serait-ce en centimes ? Écrivez par exemple ${example}.`,
    `${what.en} "${text}" is not plausible in euros per kWh; could it be in cents? Write for example ${example}.`,
  );

const buybackName: Text = { fr: "buyback :", en: "buyback:" };

/** What an injected kWh earns: down to nothing, as surplus is bought for less than any tariff asks. */
export function readBuyback(text: string): EnergyPrice | null | Refusal {
  if (text === "") return null;
  const amount = readAmount(buybackName, text, "0.04");
  if (amount instanceof Refusal) return amount;
  return amount <= plausible.to ? energyPrice(amount) : inCents(buybackName, text, "0.04");
}

/** From 2023 to 2026 the regulated ones lie between 9 and 55 euros a month, so that a year's begins above 100. */
const highestStanding = 100_000_000;
const standingName: Text = { fr: "standing :", en: "standing:" };

/** EUR a month, exact to the micro-euro. */
export function readStanding(text: string): MicroEur | null | Refusal {
  if (text === "") return null;
  const amount = readAmount(standingName, text, "15.65");
  if (amount instanceof Refusal) return amount;
  if (amount <= highestStanding) return microEur(amount);
  return refuse(
    `standing : « ${text} » n'est pas plausible en euros par mois ; serait-ce pour un an, ou en centimes ? Écrivez par exemple 15.65.`,
    `standing: "${text}" is not plausible in euros a month; could it be for a year, or in cents? Write for example 15.65.`,
  );
}

/** In micro-euros. Read from the digits, because a fraction of two does not hold a decimal one. */
function readAmount(what: Text, text: string, example: string): number | Refusal {
  const [, sign, whole = "", decimals = ""] = /^([+-]?)(\d{0,6})(?:[.,](\d*))?$/.exec(text) ?? [];
  if (sign === undefined || `${whole}${decimals}` === "")
    return refuse(
      `${what.fr} « ${text} » n'est pas un nombre en euros ; écrivez par exemple ${example}.`,
      `${what.en} "${text}" is not a number in euros; write for example ${example}.`,
    );
  if (sign === "-")
    return refuse(
      `${what.fr} « ${text} » est négatif ; écrivez un prix positif, par exemple ${example}.`,
      `${what.en} "${text}" is negative; write a positive price, for example ${example}.`,
    );
  if (decimals.length > 6)
    return refuse(
      `${what.fr} « ${text} » a plus de 6 décimales ; arrondissez, par exemple ${example}.`,
      `${what.en} "${text}" has more than 6 decimals; round it, for example ${example}.`,
    );
  return Number(whole) * 1_000_000 + Number(decimals.padEnd(6, "0"));
}
