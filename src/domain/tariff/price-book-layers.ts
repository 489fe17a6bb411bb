import type { LocalDate } from "../units.ts";
import type { TariffPeriod } from "./period.ts";
import { type DatedPrices, priceSources } from "./price.ts";

/** What one plan costs on a day, all sources laid over each other. */
export interface PricesInForce {
  /** All periods that have a price; its dates, power and source are those of the row that is believed first. */
  readonly prices: DatedPrices;
  /** The row that each period's price stands in. */
  readonly rowOf: Readonly<Partial<Record<TariffPeriod, DatedPrices>>>;
  /** The row of the standing charge; null: not known. */
  readonly standingRow: DatedPrices | null;
}

/**
 * The rows of one plan that hold on one day, as one: what a source leaves out the next one tells. Of one source only the
 * rows that began last hold, and among them one for this very power goes before one for any. While the power is not
 * known, a price holds where all powers have the same.
 *
 * @param powerKva null: not known.
 */
export function layPrices(rows: readonly DatedPrices[], powerKva: number | null): PricesInForce | null {
  const layers = priceSources.flatMap((kind) =>
    layersOf(
      rows.filter((row) => row.source.kind === kind),
      powerKva,
    ),
  );
  const first = layers[0];
  if (first === undefined) return null;
  const rowOf: Partial<Record<TariffPeriod, DatedPrices>> = {};
  for (const row of layers.toReversed()) for (const period of periodsOf(row)) rowOf[period] = row;
  const standingRow = layers.find((row) => row.standing !== null) ?? null;
  const energy = Object.assign({}, ...layers.toReversed().map((row) => row.energy));
  return { prices: { ...first, energy, standing: standingRow?.standing ?? null }, rowOf, standingRow };
}

const periodsOf = ({ energy }: DatedPrices): TariffPeriod[] =>
  // The keys of a record of periods are periods.
  (Object.keys(energy) as TariffPeriod[]).filter((period) => energy[period] !== undefined);

/** Those of one source that hold, the ones to believe first. */
function layersOf(rows: readonly DatedPrices[], powerKva: number | null): DatedPrices[] {
  const fitting = rows.filter((row) => powerKva === null || row.powerKva === null || row.powerKva === powerKva);
  const latest = fitting.reduce((last, { from }) => (orderOf(from) > last ? orderOf(from) : last), "");
  // Of two rows about the same the later in the list is the later word.
  const inForce = fitting.filter(({ from }) => orderOf(from) === latest).toReversed();
  const forAny = inForce.filter((row) => row.powerKva === null);
  const forOne = inForce.filter((row) => row.powerKva !== null);
  return [...(powerKva === null ? agreed(forOne) : forOne), ...forAny];
}

/** Null, since ever, sorts before every day. */
const orderOf = (from: LocalDate | null): string => from ?? "";

/** What all rows say alike; a row or none. */
function agreed(rows: readonly DatedPrices[]): DatedPrices[] {
  const [first, ...others] = rows;
  if (first === undefined) return [];
  const energy = Object.fromEntries(
    periodsOf(first)
      .filter((period) => others.every((row) => row.energy[period] === first.energy[period]))
      .map((period) => [period, first.energy[period]]),
  );
  const standing = others.every((row) => row.standing === first.standing) ? first.standing : null;
  return [{ ...first, powerKva: null, energy, standing }];
}
