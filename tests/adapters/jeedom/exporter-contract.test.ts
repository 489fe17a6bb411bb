import { minuteMs } from "../../../src/domain/units.ts";
import type { ExportSeries } from "../../../src/sync/exports/series.ts";
import { exporterContract } from "../../contracts/exporter.ts";
import { parisInstant, startExport } from "./exporter-world.ts";
import { virtualKey } from "./support.ts";

/** The commands of the contract's series; half-hours stand at their end there. */
function shownAs(series: ExportSeries): { readonly logicalId: string; readonly shiftMs: number } {
  return series.kind === "energy" && series.step === "half_hour"
    ? { logicalId: "consumption_half_hour", shiftMs: 30 * minuteMs }
    : { logicalId: "consumption_day", shiftMs: 0 };
}

exporterContract("Jeedom", async (t) => {
  const world = await startExport(t);
  return {
    exporter: world.exporter,
    restart: () => world.another(),
    async read(series) {
      const { logicalId, shiftMs } = shownAs(series);
      return (world.rows(logicalId) ?? []).map((row) => {
        const [datetime = "", value] = row.split("=");
        return { start: parisInstant(datetime) - shiftMs, value: Math.round(Number(value) * 1e9) / 1e6 };
      });
    },
    onRequest: world.onRequest,
    vanish: world.vanish,
    secrets: [virtualKey],
  };
});
