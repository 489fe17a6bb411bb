import type { LocalDate } from "../../domain/units.ts";
import type { SeriesAnswer } from "../../server/api/series.ts";
import { usagePoint } from "../home.ts";

/** The latest day on which any of the flows is known; null where none is. */
export function throughOf(...flows: readonly SeriesAnswer["flow"][]): LocalDate | null {
  const known = usagePoint.value?.flows.filter(({ flow }) => flows.includes(flow)) ?? [];
  return known.reduce<LocalDate | null>(
    (last, { through }) => (last === null || through > last ? (through as LocalDate) : last),
    null,
  );
}
