/** Units of each class that can be converted, with how many of them make the class's own unit. */
const classes = {
  // Per kWh.
  energy: {
    J: 3.6e6,
    kJ: 3.6e3,
    MJ: 3.6,
    GJ: 3.6e-3,
    mWh: 1e6,
    Wh: 1e3,
    kWh: 1,
    MWh: 1e-3,
    GWh: 1e-6,
    TWh: 1e-9,
    cal: 3.6e6 / 4.184,
    kcal: 3.6e3 / 4.184,
    Mcal: 3.6 / 4.184,
    Gcal: 3.6e-3 / 4.184,
  },
  // Per W.
  power: { mW: 1e3, W: 1, kW: 1e-3, MW: 1e-6, GW: 1e-9, TW: 1e-12 },
  // Per VA.
  apparent_power: { mVA: 1e3, VA: 1, kVA: 1e-3 },
} as const satisfies Readonly<Record<string, Readonly<Record<string, number>>>>;

const ratios: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map(
  Object.entries(classes).map(([name, units]) => [name, new Map(Object.entries(units))]),
);

export const unitClasses: readonly string[] = [...ratios.keys()];

/** Units of a class; empty for a class that is not known. */
export const unitsOf = (unitClass: string): readonly string[] => [...(ratios.get(unitClass)?.keys() ?? [])];

/** The class that knows a unit; null for money and anything else. */
export function classOf(unit: string | null): string | null {
  for (const [name, units] of ratios) if (unit !== null && units.has(unit)) return name;
  return null;
}

export type Converter = (value: number) => number;
const unchanged: Converter = (value) => value;

/** From one unit to another of the same class; values stay as they are where the class or a unit is not known. */
export function converter(
  unitClass: string | null,
  { from, to }: { from: string | null; to: string | null },
): Converter {
  const units = unitClass === null ? undefined : ratios.get(unitClass);
  const perFrom = from === null ? undefined : units?.get(from);
  const perTo = to === null ? undefined : units?.get(to);
  if (perFrom === undefined || perTo === undefined || perFrom === perTo) return unchanged;
  return (value) => (value / perFrom) * perTo;
}
