import { type MicroEur, microEur } from "../../domain/tariff/price.ts";
import { BillRefusal } from "./refusal.ts";

/** Enough for a year of any household, little enough to stay exact. */
const largestEur = 1_000_000;

/** An amount as an invoice prints it: `123,45`, `1 234,5 €`, `123.45`. @throws BillRefusal */
export function readAmount(text: string): MicroEur {
  const bare = text.replaceAll(/[\s\u00A0\u202F]/g, "").replace(/(€|EUR)$/i, "");
  const match = /^(\d{1,7})(?:[.,](\d{1,2}))?$/.exec(bare);
  const cents = match ? Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0")) : Number.NaN;
  if (cents <= largestEur * 100) return microEur(cents * 10_000);
  throw new BillRefusal("invalid_invoice", {
    fr: `« ${text} » n'est pas un montant en euros ; écrivez-le par exemple 123,45.`,
    en: `"${text}" is not an amount in euros; write it for example 123.45.`,
  });
}
