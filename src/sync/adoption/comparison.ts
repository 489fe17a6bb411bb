import { dateAt, monthOf } from "../../domain/calendar.ts";
import { type Instant, type LocalDate, toWh, type Wh, wattMinutes, wh } from "../../domain/units.ts";
import type { SeriesRole } from "../statistics/series.ts";
import type { HoursByRole } from "./afterwards.ts";

/** Energy before and after. */
export interface Energies {
  readonly formerWh: Wh;
  readonly afterWh: Wh;
}

/** Of a month (`YYYY-MM`) or of a tariff period. */
export interface Shift<Name extends string> extends Energies {
  readonly name: Name;
}

/** First and last hour of the former tool's. */
export interface FormerSpan {
  readonly first: Instant;
  readonly last: Instant;
}

/** Before and after over the time of the former tool's hours alone, and apart from it what is known besides. */
export interface Comparison {
  /** Paris days of its first and its last hour; null when it has none. */
  readonly span: { readonly from: LocalDate; readonly to: LocalDate } | null;
  /** The months sum to the total, and so do the periods. */
  readonly months: readonly Shift<string>[];
  readonly roles: readonly Shift<SeriesRole>[];
  readonly total: Energies;
  /** Days that the former tool did not have; `isPartial`: one of them it had in part. */
  readonly added: { readonly days: number; readonly energyWh: Wh; readonly isPartial: boolean };
}

/** `former`: what is taken of the former hours; `after`: what the series will hold. The total and the periods beside it are one energy. */
export function compareEnergy(former: HoursByRole, after: HoursByRole, span: FormerSpan | null): Comparison {
  const isTotal = former.has("total");
  const [months, roles] = [new Tally<string>(), new Tally<SeriesRole>()];
  const added = new Map<LocalDate, number>();
  for (const [side, hours] of [["former", former] as const, ["after", after] as const])
    for (const [role, own] of hours) {
      if ((role === "total") !== isTotal) continue;
      for (const { start, amount } of own) {
        const date = dateAt(start);
        if (span === null || start < span.first || start > span.last) {
          if (side === "after") added.set(date, (added.get(date) ?? 0) + amount);
          continue;
        }
        months.add(monthOf(date), side, amount);
        roles.add(role, side, amount);
      }
    }
  const days = span && { from: dateAt(span.first), to: dateAt(span.last) };
  return {
    span: days,
    months: months.shifts(months.names().toSorted()),
    roles: roles.shifts(roles.names()),
    total: months.total(),
    added: {
      days: added.size,
      energyWh: inWh([...added.values()].reduce((sum, amount) => sum + amount, 0)),
      isPartial: days !== null && [days.from, days.to].some((date) => added.has(date)),
    },
  };
}

type Side = "former" | "after";

/** Watt-minutes by name. */
class Tally<Name extends string> {
  readonly #sums = new Map<Name, Record<Side, number>>();

  add(name: Name, side: Side, amount: number): void {
    const sums = this.#sums.get(name) ?? { former: 0, after: 0 };
    sums[side] += amount;
    this.#sums.set(name, sums);
  }

  names(): readonly Name[] {
    return [...this.#sums.keys()];
  }

  shifts(names: readonly Name[]): Shift<Name>[] {
    const former = inWholeWh(names.map((name) => this.#sums.get(name)?.former ?? 0));
    const after = inWholeWh(names.map((name) => this.#sums.get(name)?.after ?? 0));
    return names.map((name, position) => ({
      name,
      formerWh: former[position] ?? wh(0),
      afterWh: after[position] ?? wh(0),
    }));
  }

  total(): Energies {
    const all = [...this.#sums.values()];
    return {
      formerWh: inWh(all.reduce((sum, { former }) => sum + former, 0)),
      afterWh: inWh(all.reduce((sum, { after }) => sum + after, 0)),
    };
  }
}

const inWh = (energy: number): Wh => toWh(wattMinutes(energy));

/** Whole watt-hours that sum to the rounded sum of all: each is where the running sum rounds to, less where it stood. */
function inWholeWh(parts: readonly number[]): Wh[] {
  let [exact, told] = [0, 0];
  return parts.map((part) => {
    exact += part;
    const before = told;
    told = inWh(exact);
    return wh(told - before);
  });
}
