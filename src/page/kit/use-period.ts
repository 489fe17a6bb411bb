import { address, change } from "../navigation.ts";
import { type Period, paramsOf, periodFrom, type Reach, type View } from "../period.ts";

export interface ChosenPeriod {
  readonly period: Period;
  readonly choose: (period: Period) => void;
  /** Whether the year before is shown beside it. */
  readonly isCompared: boolean;
  readonly compare: (isCompared: boolean) => void;
}

/** The period that the address holds (`vue`, `date`, `comparer`), and how to move it there. */
export function usePeriod(reach: Reach, usual: View = "mois"): ChosenPeriod {
  const { params } = address.value;
  return {
    period: periodFrom(params, reach, usual),
    choose: (period) => change(paramsOf(period)),
    isCompared: params.comparer === "oui",
    compare: (isCompared) => change({ comparer: isCompared ? "oui" : null }),
  };
}
