import { tempoColors } from "../../domain/tempo.ts";
import type { UsagePointId } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { BillDeps } from "../bill/meter.ts";
import { always } from "./reader-month.ts";
import type { EnergyStep, ExportKind, ExportSeries } from "./series.ts";

/** Half-hours last: years of them take long, and what is short is of use at once. */
const order: readonly ExportKind[] = [
  "consumption_daily",
  "consumption_monthly",
  "production_daily",
  "production_monthly",
  "cost_daily",
  "max_power",
  "tempo",
  "ecowatt",
  "consumption_detail",
  "production_detail",
];

/** Every series of these kinds that anything is known of. A meter that the account no longer lists keeps its history. */
export async function listSeries(
  deps: BillDeps & { readonly only: readonly UsagePointId[] },
  kinds: readonly ExportKind[],
): Promise<readonly ExportSeries[]> {
  const found: ExportSeries[] = [];
  for (const kind of order) if (kinds.includes(kind)) found.push(...(await seriesOf(kind, deps)));
  return found;
}

type ListDeps = Parameters<typeof listSeries>[0];

async function seriesOf(kind: ExportKind, deps: ListDeps): Promise<readonly ExportSeries[]> {
  const { store } = deps;
  switch (kind) {
    case "consumption_daily":
    case "consumption_monthly":
    case "consumption_detail":
    case "production_daily":
    case "production_monthly":
    case "production_detail": {
      const { flow, step } = energyOf[kind];
      return (await metersWith(flow, deps)).map((usagePoint) => ({ kind: "energy", usagePoint, flow, step }));
    }
    case "cost_daily":
      return (await metersWith("consumption", deps)).map((usagePoint) => ({ kind: "cost", usagePoint }));
    case "max_power":
      return listMaxPowers(deps);
    case "tempo":
      return (await store.loadTempo(always)).length === 0
        ? []
        : [{ kind: "tempo_color" }, ...tempoColors.map((color) => ({ kind: "tempo_remaining", color }) as const)];
    case "ecowatt":
      return (await store.loadEcowatt(always)).length === 0 ? [] : [{ kind: "ecowatt" }];
  }
}

const energyOf = {
  consumption_daily: { flow: "consumption", step: "day" },
  consumption_monthly: { flow: "consumption", step: "month" },
  consumption_detail: { flow: "consumption", step: "half_hour" },
  production_daily: { flow: "production", step: "day" },
  production_monthly: { flow: "production", step: "month" },
  production_detail: { flow: "production", step: "half_hour" },
} as const satisfies Partial<Record<ExportKind, { flow: Flow; step: EnergyStep }>>;

const isWanted = ({ only }: ListDeps, id: UsagePointId): boolean => only.length === 0 || only.includes(id);

/** Of which a day of the flow is known, by number. */
async function metersWith(flow: Flow, deps: ListDeps): Promise<readonly UsagePointId[]> {
  const spans = await deps.store.loadKnownSpans(deps.account);
  return spans.filter((span) => span.flow === flow && isWanted(deps, span.usagePoint)).map((span) => span.usagePoint);
}

async function listMaxPowers(deps: ListDeps): Promise<readonly ExportSeries[]> {
  const found: ExportSeries[] = [];
  for (const { id } of await deps.store.loadUsagePoints(deps.account))
    if (isWanted(deps, id) && (await deps.store.loadLatestMaxPower(id)) !== null)
      found.push({ kind: "max_power", usagePoint: id });
  return found;
}
