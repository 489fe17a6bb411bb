import { addDays } from "../calendar.ts";
import type { LocalDate } from "../units.ts";
import type { PlanKind } from "./plan.ts";
import type { PriceBook } from "./price-book.ts";
import { layPrices, type PricesInForce } from "./price-book-layers.ts";

/** The latest known on that day; null when it is not known, because no power may be guessed. */
export const powerOn = (book: PriceBook, date: LocalDate): number | null =>
  book.powers.findLast(({ from }) => from === null || from <= date)?.kva ?? null;

export const holdsOn = (
  { from, to }: { readonly from: LocalDate | null; readonly to: LocalDate | null },
  date: LocalDate,
): boolean => (from === null || from <= date) && (to === null || date <= to);

/** What holds from a day on, ascending; "" is since ever. */
interface Span {
  readonly from: string;
  readonly inForce: PricesInForce | null;
}

/** Ten years of days meet few different prices: they are laid over each other once per book and plan. */
const spansOfBooks = new WeakMap<PriceBook, Map<PlanKind, readonly Span[]>>();

/** The book's prices of a plan on a civil day; null when no source has any. */
export function inForceOn(book: PriceBook, date: LocalDate, kind: PlanKind): PricesInForce | null {
  const known = spansOfBooks.get(book) ?? new Map<PlanKind, readonly Span[]>();
  spansOfBooks.set(book, known);
  const spans = known.get(kind) ?? spansOf(book, kind);
  known.set(kind, spans);
  let [low, high] = [0, spans.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((spans[middle]?.from ?? "") <= date) low = middle;
    else high = middle - 1;
  }
  return spans[low]?.inForce ?? null;
}

function spansOf(book: PriceBook, kind: PlanKind): readonly Span[] {
  const rows = book.prices.filter((row) => row.kind === kind);
  const starts = new Set<LocalDate>();
  for (const { from } of [...rows, ...book.powers]) if (from !== null) starts.add(from);
  for (const { to } of rows) if (to !== null) starts.add(addDays(to, 1));
  return [beforeAll, ...[...starts].sort()].map((date) => ({
    from: date === beforeAll ? "" : date,
    inForce: layPrices(
      rows.filter((row) => holdsOn(row, date)),
      powerOn(book, date),
    ),
  }));
}

/** Sorts before every day that a book can name. */
const beforeAll = "0000-01-01" as LocalDate;
