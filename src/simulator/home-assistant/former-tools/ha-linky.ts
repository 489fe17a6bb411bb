import { addDays, clockOn, dateAt } from "../../../domain/calendar.ts";
import { costRows, grouped, type House, type HouseHour, runningRows, type SeedTarget, sumMetadata } from "./house.ts";

export interface HaLinky extends House {
  /** The option `name`. Default Linky consumption. */
  readonly name?: string;
}

/** Days before the newest of which it keeps hours. */
const hourlyDays = 7;

/** ha-linky: watt-hours in one series for all; whole days on the bar of their first hour but for the last seven. */
export function seedHaLinky(target: SeedTarget, house: HaLinky): readonly string[] {
  const { usagePoint, hours, production, priceEurPerKwh, name = "Linky consumption" } = house;
  const ids: string[] = [];
  const put = (source: string, title: string, own: readonly HouseHour[]): void => {
    const id = `${source}:${usagePoint}`;
    const rows = runningRows(bars(own), { whPerUnit: 1 });
    target.seed(sumMetadata(id, { name: title, unit: "Wh" }), rows);
    ids.push(id);
    if (priceEurPerKwh === undefined) return;
    const costs = costRows(rows, priceEurPerKwh / 1_000);
    target.seed(sumMetadata(`${id}_cost`, { name: `${title} (costs)`, unit: "€" }), costs);
    ids.push(`${id}_cost`);
  };
  put("linky", name, hours);
  if (production) put("linky_prod", name, production);
  return ids;
}

function bars(hours: readonly HouseHour[]): HouseHour[] {
  const newest = hours.at(-1);
  if (!newest) return [];
  const firstHourly = addDays(dateAt(newest.start), 1 - hourlyDays);
  return [...grouped(hours, ({ start }) => dateAt(start))].flatMap(([date, own]) =>
    date >= firstHourly
      ? own
      : [{ start: clockOn(date, 0), energyWh: own.reduce((total, { energyWh }) => total + energyWh, 0) }],
  );
}
