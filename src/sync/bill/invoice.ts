import { type MicroEur, microEur, type PriceSourceKind } from "../../domain/tariff/price.ts";

/** What a bill tells for an invoice to be held against it. */
export interface BillFacts {
  /** Null where nothing of it is known. */
  readonly energy: MicroEur | null;
  readonly standing: MicroEur | null;
  /** Days without any reading. */
  readonly unknownDays: number;
  /** Days of which some energy has no price, or no colour. */
  readonly unpricedDays: number;
  readonly estimatedDays: number;
  readonly standingUnknownDays: number;
  readonly sources: readonly PriceSourceKind[];
}

/**
 * Why an invoice may differ. Those that the figures themselves speak for come first.
 *
 * | reason | the invoice |
 * |---|---|
 * | rounding | differs by a few cents: a supplier rounds each line |
 * | standing_left_out | is the energy alone |
 * | before_tax | is the bill without VAT: 20 %, of the standing charge 5.5 % until 31 July 2025 |
 * | days_without_readings | holds energy that the bridge never read |
 * | days_without_price | holds energy that the bridge cannot price |
 * | standing_unknown | holds a standing charge that the bridge does not know |
 * | other_prices | is made with the supplier's prices, and the bill with the regulated ones |
 * | estimated_days | is made from the meter's indexes, and the bill from spread daily values |
 * | other_days | may be about other days: indexes are read when the supplier pleases |
 */
export const invoiceReasons = [
  "rounding",
  "standing_left_out",
  "before_tax",
  "days_without_readings",
  "days_without_price",
  "standing_unknown",
  "other_prices",
  "estimated_days",
  "other_days",
] as const;
export type InvoiceReason = (typeof invoiceReasons)[number];

export interface InvoiceComparison {
  readonly invoiced: MicroEur;
  /** Invoice less bill. */
  readonly difference: MicroEur;
  /** The difference in parts of the bill, in tenths of a percent; null of a bill of nothing. */
  readonly perMille: number | null;
  readonly reasons: readonly InvoiceReason[];
}

const cent = 10_000;
const vat = 1.2;
/** Of standing charges until 31 July 2025. */
const formerStandingVat = 1.055;
/** One line per period and one for the standing charge, each rounded by the supplier. */
const roundingMicroEur = 5 * cent;
/** How near an amount has to be to another to be taken for it. */
const nearPerMille = 5;

/** Null where the bill has no amount to compare with. */
export function compareInvoice(invoiced: MicroEur, facts: BillFacts): InvoiceComparison | null {
  const { energy, standing } = facts;
  if (energy === null && standing === null) return null;
  const total = (energy ?? 0) + (standing ?? 0);
  const difference = invoiced - total;
  return {
    invoiced,
    difference: microEur(difference),
    perMille: total === 0 ? null : Math.round((difference * 1000) / total),
    reasons: reasonsOf(invoiced, facts),
  };
}

function reasonsOf(invoiced: number, facts: BillFacts): InvoiceReason[] {
  const energy = facts.energy ?? 0;
  const standing = facts.standing ?? 0;
  const apart = Math.abs(invoiced - energy - standing);
  if (apart <= cent / 2) return [];
  if (apart <= roundingMicroEur) return ["rounding"];
  const onlyRegulated = facts.sources.length > 0 && facts.sources.every((source) => source === "regulated");
  const holds: Readonly<Record<InvoiceReason, boolean>> = {
    rounding: false,
    standing_left_out: standing > 0 && isNear(invoiced, energy),
    before_tax: [vat, formerStandingVat].some((rate) => isNear(invoiced, energy / vat + standing / rate)),
    days_without_readings: facts.unknownDays > 0,
    days_without_price: facts.unpricedDays > 0,
    standing_unknown: facts.standingUnknownDays > 0,
    other_prices: onlyRegulated,
    estimated_days: facts.estimatedDays > 0,
    other_days: true,
  };
  return invoiceReasons.filter((reason) => holds[reason]);
}

const isNear = (some: number, other: number): boolean => Math.abs(some - other) * 1000 <= nearPerMille * other;
