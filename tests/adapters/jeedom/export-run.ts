import { usagePointId } from "../../../src/domain/units.ts";
import { silentLog } from "../../../src/shared/log.ts";
import type { Brought, RunRequest } from "../../../src/sync/exports/destination.ts";
import type { Exporter } from "../../../src/sync/exports/exporter.ts";
import type { ExportDay, ExportSeries } from "../../../src/sync/exports/series.ts";
import { seriesDestination } from "../../../src/sync/exports/series-destination.ts";
import { MemoryOfExports } from "../../support/export-memory.ts";
import { day, KnownSeries } from "../../support/known-series.ts";
import type { ExportWorld } from "./exporter-world.ts";

export const usagePoint = usagePointId("01234567891234");
export const energy = (step: "day" | "month" | "half_hour", flow: "consumption" | "production" = "consumption") =>
  ({ kind: "energy", usagePoint, flow, step }) as const satisfies ExportSeries;

export interface Exports {
  readonly known: KnownSeries;
  run(request?: Partial<RunRequest>): Promise<Brought>;
}

/** The engine over the exporter, with a memory of its own. */
export function exportsOf({ clock }: Pick<ExportWorld, "clock">, exporter: Exporter): Exports {
  const known = new KnownSeries();
  const memory = new MemoryOfExports();
  const destination = seriesDestination({
    ...{ name: "jeedom", title: { fr: "Jeedom", en: "Jeedom" }, address: "", kinds: [] },
    ...{ clock, exporter, memory, reader: known, log: silentLog() },
  });
  const usual: RunRequest = { snapshot: null, isForced: false, isCheck: false, onBrought: () => undefined };
  return {
    known,
    run: (request = {}) => destination.run({ ...usual, ...request }, new AbortController().signal),
  };
}

/** Colours of days, as the store has them: 0 blue, 1 white, 2 red. */
export const color = (date: string, position: 0 | 1 | 2): ExportDay => day(date, position);
