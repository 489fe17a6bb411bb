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

/** One price for all of a house, or two: `full` at peak hours and `offpeak`. */
type Part = "standard" | "full" | "offpeak";

const partOf = (hour: HouseHour): Part => {
  const period = periodOf(hour);
  if (period === null || period === "base") return "standard";
  return period.endsWith("hc") ? "offpeak" : "full";
};

/** hass-myelectricaldata until 2.3: external series, in which hours without consumption are absent. */
export function seedHassMyElectricalDataExternal(target: SeedTarget, house: House): readonly string[] {
  const nonZero = (hours: readonly HouseHour[]): readonly HouseHour[] => hours.filter(({ energyWh }) => energyWh !== 0);
  return seedParts(target, house, {
    idOf: (suffix) => `myelectricaldata:${house.usagePoint}_${suffix}`,
    nameOf: (suffix) => `Linky (${house.usagePoint}) ${suffix.replaceAll("_", " ")}`,
    kept: nonZero,
  });
}

/** hass-myelectricaldata since 2.4: statistics of its own entities, which Home Assistant compiles and it writes again. */
export function seedHassMyElectricalDataEntities(target: SeedTarget, house: House): readonly string[] {
  return seedParts(target, house, {
    idOf: (suffix) => `sensor.myelectricaldata_${house.usagePoint}_${suffix}`,
    nameOf: () => null,
    kept: (hours) => hours,
  });
}

interface Ways {
  idOf(suffix: string): string;
  nameOf(suffix: string): string | null;
  kept(hours: readonly HouseHour[]): readonly HouseHour[];
}

function seedParts(target: SeedTarget, house: House, { idOf, nameOf, kept }: Ways): readonly string[] {
  const ids: string[] = [];
  const put = (suffix: string, unit: "kWh" | "EUR", rows: ReturnType<typeof runningRows>): void => {
    target.seed(sumMetadata(idOf(suffix), { name: nameOf(suffix), unit }), rows);
    ids.push(idOf(suffix));
  };
  for (const flow of ["consumption", "production"] as const) {
    const hours = flow === "consumption" ? house.hours : (house.production ?? []);
    for (const [part, own] of grouped(hours, partOf)) {
      const rows = runningRows(kept(own), { whPerUnit: 1_000 });
      put(`${flow}_${part}`, "kWh", rows);
      if (house.priceEurPerKwh !== undefined) put(`${flow}_${part}_cost`, "EUR", costRows(rows, house.priceEurPerKwh));
    }
  }
  return ids;
}
