import type { UsagePointId } from "../../domain/units.ts";
import type { BillDeps } from "../bill/meter.ts";
import { readCosts } from "./reader-costs.ts";
import { readDays } from "./reader-days.ts";
import { readEcowatt } from "./reader-ecowatt.ts";
import { readHalfHours } from "./reader-half-hours.ts";
import { listSeries } from "./reader-list.ts";
import { always, daysOfMonth, type SeriesReader } from "./reader-month.ts";
import { readMaxPower } from "./reader-power.ts";
import { readTempoColor, readTempoRemaining } from "./reader-tempo.ts";
import type { ExportReader, ExportSeries } from "./series.ts";

export interface ExportReaderDeps extends BillDeps {
  /** Usage points that are exported; empty: all. */
  readonly only: readonly UsagePointId[];
}

/** The destinations' view of the store: every figure as the page, the entities and the bill have it. */
export const createExportReader = (deps: ExportReaderDeps): ExportReader => ({
  list: (kinds) => listSeries(deps, kinds),
  marks: (series) => readerOf(series, deps).marks(always),
  days: (series, month) => readerOf(series, deps).days(daysOfMonth(month)),
});

function readerOf(series: ExportSeries, deps: BillDeps): SeriesReader {
  switch (series.kind) {
    case "energy":
      return series.step === "half_hour" ? readHalfHours(series, deps) : readDays(series, series.step, deps);
    case "cost":
      return readCosts(series.usagePoint, deps);
    case "max_power":
      return readMaxPower(series.usagePoint, deps);
    case "tempo_color":
      return readTempoColor(deps);
    case "tempo_remaining":
      return readTempoRemaining(series.color, deps);
    case "ecowatt":
      return readEcowatt(deps);
  }
}
