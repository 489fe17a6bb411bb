import { type MicroEur, toEur } from "../../domain/tariff/price.ts";
import { csvText } from "../../shared/csv.ts";
import type { MeterBill } from "./bill.ts";

const header = [
  "line",
  "first_day",
  "last_day",
  "energy_wh",
  "eur_per_kwh",
  "eur",
  "price_source",
  "eur_per_month",
] as const;
type Row = Readonly<Record<(typeof header)[number], string | number | null>>;

/**
 * The bill as CSV (RFC 4180): one row per period and price, then what has no price (without an amount), each standing
 * charge, days without one (without an amount) and the total. Days without any reading are in no row of energy.
 */
export function billCsv({ bill, span, standing }: Pick<MeterBill, "bill" | "span" | "standing">): string {
  const days = { first_day: span.from, last_day: span.to };
  const nothing = { energy_wh: null, eur_per_kwh: null, eur: null, price_source: null, eur_per_month: null };
  const rows: Row[] = bill.lines.flatMap(({ period, parts, unpricedWh }) => {
    const line = period ?? "pending";
    const priced = parts.map(
      ({ firstDay, lastDay, energyWh, price, cost, source }): Row => ({
        line,
        first_day: firstDay,
        last_day: lastDay,
        energy_wh: energyWh,
        eur_per_kwh: price / 1_000_000,
        eur: toEur(cost),
        price_source: source.name,
        eur_per_month: null,
      }),
    );
    const unpriced: Row = { line, ...days, ...nothing, energy_wh: unpricedWh };
    return unpricedWh === 0 ? priced : [...priced, unpriced];
  });
  for (const { firstDay, lastDay, amount, monthly, source } of standing)
    rows.push({
      ...nothing,
      line: "standing",
      first_day: firstDay,
      last_day: lastDay,
      eur: toEur(amount),
      price_source: source.name,
      eur_per_month: toEur(monthly),
    });
  const [unknown] = bill.daysWithoutStanding;
  if (unknown !== undefined)
    rows.push({
      ...nothing,
      line: "standing",
      first_day: unknown,
      last_day: bill.daysWithoutStanding.at(-1) ?? unknown,
    });
  rows.push({ line: "total", ...days, ...nothing, energy_wh: bill.energyWh, eur: eurOf(bill.total) });
  return csvText(
    header,
    rows.map((row) => header.map((column) => row[column])),
  );
}

const eurOf = (amount: MicroEur | null): number | null => (amount === null ? null : toEur(amount));
