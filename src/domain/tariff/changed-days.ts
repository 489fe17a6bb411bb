import type { LocalDate } from "../units.ts";
import type { PlanHistory } from "./plan.ts";
import { type ColorOn, type Stretch, stretchesOf } from "./stretches.ts";

/** What decides under which price an hour falls. */
export interface TariffKnowledge {
  readonly history: PlanHistory;
  readonly colorOn: ColorOn;
}

/** Those of `dates`, in their order, that are split otherwise than before: the only ones to derive again. */
export const daysSplitOtherwise = (
  dates: readonly LocalDate[],
  { former, current }: { readonly former: TariffKnowledge; readonly current: TariffKnowledge },
): LocalDate[] => dates.filter((date) => !isSame(stretchesBy(former, date), stretchesBy(current, date)));

const stretchesBy = ({ history, colorOn }: TariffKnowledge, date: LocalDate): readonly Stretch[] =>
  stretchesOf(date, history, colorOn);

/** Both cover the same day without holes, so that equal starts and periods are enough. */
const isSame = (some: readonly Stretch[], other: readonly Stretch[]): boolean =>
  some.length === other.length &&
  some.every(({ start, period }, position) => start === other[position]?.start && period === other[position]?.period);
