import type { Instant } from "../../../domain/units.ts";
import {
  costRows,
  grouped,
  type House,
  type HouseHour,
  periodOf,
  runningRows,
  type SeedTarget,
  sumMetadata,
} from "./house.ts";

export interface MyElectricalDataV1 extends House {
  /** The option `max_date`: hours before it are of an earlier run, and the sum begins anew there. Default: none. */
  readonly maxDate?: Instant;
}

/**
 * MyElectricalData v1: one series per tariff period, costs in the literal unit EURO. Hours whose Tempo colour is missing
 * go to a stray series named by the usage point alone.
 */
export function seedMyElectricalDataV1(target: SeedTarget, house: MyElectricalDataV1): readonly string[] {
  const { usagePoint, hours, production, priceEurPerKwh, maxDate } = house;
  const ids: string[] = [];
  const put = (suffix: string, own: readonly HouseHour[], money: { suffix: string; name: string }): void => {
    const id = `myelectricaldata:${usagePoint}${suffix}`;
    const name = `MyElectricalData - ${usagePoint}${nameOf(suffix)}`;
    const rows = runningRows(own, { whPerUnit: 1_000, restarts: maxDate === undefined ? [] : [maxDate] });
    target.seed(sumMetadata(id, { name, unit: "kWh" }), rows);
    ids.push(id);
    if (priceEurPerKwh === undefined) return;
    const costId = `${id}${money.suffix}`;
    target.seed(sumMetadata(costId, { name: `${name} ${money.name}`, unit: "EURO" }), costRows(rows, priceEurPerKwh));
    ids.push(costId);
  };
  for (const [period, own] of grouped(hours, periodOf))
    put(period === null ? "" : `_${period.replace("_", "")}_consumption`, own, { suffix: "_cost", name: "Cost" });
  if (production) put("_production", production, { suffix: "_revenue", name: "Revenue" });
  return ids;
}

/** `_bluehc_consumption` reads ` BLUEHC consumption`. */
function nameOf(suffix: string): string {
  const [, first, second] = suffix.split("_");
  if (first === undefined) return "";
  return second === undefined ? ` ${first}` : ` ${first.toUpperCase()} ${second}`;
}
