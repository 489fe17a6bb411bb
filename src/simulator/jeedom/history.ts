import { isDatetime } from "./box-time.ts";
import { textOf } from "./php.ts";
import { sqlError } from "./refusal.ts";
import type { Command } from "./tables.ts";

export interface HistoryRow {
  /** The box's clock, `YYYY-MM-DD HH:MM:SS`. */
  readonly datetime: string;
  readonly value: string;
}

/** The column of values is a varchar. */
const longestValue = 127;

/** Rows of one command: (command, second) is unique in each of the two tables. */
interface Rows {
  readonly fresh: Map<string, string>;
  readonly archived: Map<string, string>;
}

/** The tables `history` and `historyArch`. */
export class History {
  readonly #rows = new Map<number, Rows>();

  /** `replace into history`. @throws Refusal as MySQL refuses. */
  write(commandId: number, { datetime, value }: HistoryRow): void {
    const statement = `REPLACE INTO history SET cmd_id=${commandId}, \`datetime\`=:datetime, value=:value`;
    if (!isDatetime(datetime)) throw sqlError(1292, `Incorrect datetime value: '${datetime}'`, statement);
    if (value.length > longestValue) throw sqlError(1406, "Data too long for column 'value' at row 1", statement);
    this.#of(commandId).fresh.set(datetime, value);
  }

  /** Both ends included; a corrected point stands beside its archived twin until the next archiving. */
  between(commandId: number, { from, to }: { readonly from: string | null; readonly to: string | null }): HistoryRow[] {
    const { fresh, archived } = this.#of(commandId);
    return [...fresh, ...archived]
      .map(([datetime, value]) => ({ datetime, value }))
      .filter(({ datetime }) => (from === null || datetime >= from) && (to === null || datetime <= to))
      .sort((a, b) => (a.datetime < b.datetime ? -1 : a.datetime > b.datetime ? 1 : 0));
  }

  forget(commandId: number): void {
    this.#rows.delete(commandId);
  }

  get commandIds(): readonly number[] {
    return [...this.#rows.keys()];
  }

  /** Moves what is not younger than `through` to the archive, thinned as the command's `historizeMode` says. */
  archive(command: Command, through: string): void {
    const { fresh, archived } = this.#of(command.id);
    const old = [...fresh]
      .filter(([datetime]) => datetime <= through)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([datetime, value]) => ({ datetime, value }));
    for (const { datetime } of old) fresh.delete(datetime);
    for (const { datetime, value } of kept(command, old)) archived.set(datetime, value);
  }

  #of(commandId: number): Rows {
    const rows = this.#rows.get(commandId) ?? { fresh: new Map(), archived: new Map() };
    this.#rows.set(commandId, rows);
    return rows;
  }
}

/** What archiving keeps: everything with mode `none`; else changes of a text, and one figure an hour of a number. */
function kept({ subType, configuration }: Command, rows: readonly HistoryRow[]): readonly HistoryRow[] {
  const mode = textOf(configuration.historizeMode) || "avg";
  if (mode === "none") return rows;
  if (subType === "string") return rows.filter(({ value }, position) => value !== rows[position - 1]?.value);
  const hours = Map.groupBy(rows, ({ datetime }) => datetime.slice(0, "YYYY-MM-DD HH".length));
  return [...hours.values()].map((hour) => ({
    datetime: hour[0]?.datetime ?? "",
    value: summary(
      mode,
      hour.map(({ value }) => Number(value)),
    ),
  }));
}

/** `avg(cast(value as decimal(12,2)))`: MySQL adds four decimals to those of an average. */
function summary(mode: string, values: readonly number[]): string {
  if (mode === "min") return Math.min(...values).toFixed(2);
  if (mode === "max") return Math.max(...values).toFixed(2);
  return (values.reduce((total, value) => total + Number(value.toFixed(2)), 0) / values.length).toFixed(6);
}
