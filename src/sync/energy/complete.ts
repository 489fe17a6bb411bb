import type { Flow } from "../../domain/usage-point.ts";
import type { EnergySource } from "../statistics/recorder.ts";
import { ownSource } from "../statistics/series.ts";
import { hasMoney, idsOf } from "./grid.ts";
import { moneyIdsIn } from "./money.ts";

/** A series of energy in the dashboard, and the series of money that goes with it. */
interface Completion {
  readonly flow: Flow;
  readonly id: string;
  /** Null: Home Assistant holds none. */
  readonly moneyId: string | null;
}

/**
 * Whether a source counts the series without a price or a cost of any kind, and the bridge's own series of its money
 * serves no other source. A former tool's series of money, which grows no more, is left to the user.
 */
export const canComplete = (sources: readonly EnergySource[], { flow, id, moneyId }: Completion): boolean =>
  moneyId?.startsWith(`${ownSource}:`) === true &&
  !moneyIdsIn(sources).has(moneyId) &&
  sources.some((source) => lacksMoney(source, flow, id));

/** The sources, the first that counts the series without its money having got it. */
export function complete(sources: readonly EnergySource[], { flow, id, moneyId }: Completion): readonly EnergySource[] {
  const position = sources.findIndex((source) => lacksMoney(source, flow, id));
  return sources.map((source, at) => (at === position ? { ...source, [moneyFields[flow]]: moneyId } : source));
}

/** Of sources that name one series; lists of before 2026 are left alone. */
const lacksMoney = (source: EnergySource, flow: Flow, id: string): boolean =>
  source[idFields[flow]] === id && idsOf(source, flow).includes(id) && !hasMoney(source, id);

const idFields = { consumption: "stat_energy_from", production: "stat_energy_to" } as const;
const moneyFields = { consumption: "stat_cost", production: "stat_compensation" } as const;
