import { type Refusal, refuse } from "../config/remark.ts";
import { addDays, localDate } from "../domain/calendar.ts";
import type { TariffPeriod } from "../domain/tariff/period.ts";
import { type LocalDate, type Wh, wh } from "../domain/units.ts";

/** What each register of the meter counted on one civil day. */
export interface RegisterDay {
  readonly date: LocalDate;
  readonly energyWh: ReadonlyMap<TariffPeriod, Wh>;
}

/** Registers F1 to F6 of a meter on Tempo, F1 and F2 on peak and off-peak hours, F1 alone otherwise. */
const tempo = ["blue_hc", "blue_hp", "white_hc", "white_hp", "red_hc", "red_hp"] as const;
const periodsOf = (count: number): readonly TariffPeriod[] | null =>
  count === 6 ? tempo : count === 2 ? ["hc", "hp"] : count === 1 ? ["base"] : null;

/**
 * The customer portal's export of daily indexes ("Consommation quotidienne", `Horodate;Type de releve;EAS F1;…`), as what
 * each register grew by. An index is that of the midnight that begins the date written, whatever time stands beside it.
 */
export function parseRegisters(text: string): readonly RegisterDay[] | Refusal {
  const lines = text.split(/\r?\n/);
  const header = lines.find((line) => /^Horodate;/i.test(line))?.split(";");
  if (header === undefined) return notAnExport;
  const columns = header.flatMap((name, position) => (/^EAS F\d+$/i.test(name.trim()) ? [position] : []));
  const rows = lines.flatMap((line) => {
    const fields = line.split(";");
    const date = /^(\d{4}-\d{2}-\d{2})T/.exec(fields[0] ?? "")?.[1];
    return date === undefined
      ? []
      : [{ date: localDate(date), indexes: columns.map((column) => indexOf(fields[column])) }];
  });
  const used = columns.flatMap((_, position) =>
    rows.some(({ indexes }) => indexes[position] !== null) ? [position] : [],
  );
  const periods = periodsOf(used.length);
  if (periods === null || rows.length < 2) return notAnExport;
  return rows.flatMap(({ date, indexes }, position): RegisterDay[] => {
    const next = rows[position + 1];
    if (next?.date !== addDays(date, 1)) return [];
    const grown = used.map((column) => differenceOf(indexes[column], next.indexes[column]));
    if (grown.some((energy) => energy === null)) return [];
    return [{ date, energyWh: new Map(periods.map((period, register) => [period, wh(grown[register] ?? 0)])) }];
  });
}

const indexOf = (field: string | undefined): number | null =>
  /^\d+$/.test(field?.trim() ?? "") ? Number(field) : null;

const differenceOf = (from: number | null | undefined, to: number | null | undefined): number | null =>
  from === null || from === undefined || to === null || to === undefined || to < from ? null : to - from;

const notAnExport = refuse(
  "ce fichier n'est pas l'export des index quotidiens du compteur ; dans votre espace client Enedis, choisissez « Télécharger mes données », « Consommation quotidienne », en CSV.",
  "this file is not the export of the meter's daily indexes; in your Enedis customer account choose “Télécharger mes données”, “Consommation quotidienne”, as CSV.",
);
