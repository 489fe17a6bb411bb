import type { Language } from "../../shared/language.ts";
import type { ExportKind } from "../../sync/exports/series.ts";
import type { Snapshot, UsagePointSnapshot } from "../../sync/snapshot.ts";
import { dayStates, diagnosticStates, maxPowerState, periodStates } from "./meter-states.ts";
import { ecowattStates, tempoStates } from "./signal-states.ts";
import type { EntityState, Scope } from "./state.ts";
import { costStates, tariffStates } from "./tariff-states.ts";

export interface StatesSettings {
  readonly language: Language;
  readonly kinds: readonly ExportKind[];
}

/** Every state that the snapshot and the settings call for; equal snapshots give equal states. */
export function statesOf(snapshot: Snapshot, settings: StatesSettings): readonly EntityState[] {
  const { language, kinds } = settings;
  const { usagePoints, tempo, ecowatt } = snapshot;
  return [
    ...usagePoints.flatMap((point) => meterStates(point, settings)),
    ...(kinds.includes("tempo") ? tempoStates({ id: "tempo", name: "Tempo", language }, tempo) : []),
    ...(kinds.includes("ecowatt") ? ecowattStates({ id: "ecowatt", name: "EcoWatt", language }, ecowatt) : []),
  ];
}

/** What the kinds mean is what they mean over MQTT: production has no kind of its own for months. */
function meterStates(point: UsagePointSnapshot, { language, kinds }: StatesSettings): readonly EntityState[] {
  const scope: Scope = { id: point.id, name: `Linky ${point.name ?? point.id}`, language };
  const isConsumed = point.flows.some(({ flow }) => flow === "consumption");
  const hasMonths = (flow: "consumption" | "production"): boolean =>
    kinds.includes(flow === "consumption" ? "consumption_monthly" : "production_daily");
  return [
    ...point.flows.flatMap((flow) => [
      ...(kinds.includes(`${flow.flow}_daily`) ? dayStates(scope, point, flow) : []),
      ...(hasMonths(flow.flow) ? periodStates(scope, point, flow) : []),
    ]),
    ...(isConsumed && kinds.includes("max_power") ? [maxPowerState(scope, point)] : []),
    ...(isConsumed && kinds.includes("cost_daily") ? [...tariffStates(scope, point), ...costStates(scope, point)] : []),
    ...diagnosticStates(scope, point),
  ];
}
