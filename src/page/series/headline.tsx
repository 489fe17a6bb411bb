import type { SeriesAnswer } from "../../server/api/series.ts";
import { energy, money } from "../format.ts";
import { today } from "../home.ts";
import { Answer } from "../kit/answer.tsx";
import { language, t } from "../language.ts";
import { isUnderWay } from "../period.ts";
import { texts } from "./texts.ts";
import { comparisonNote, extentNote, type KnownDays } from "./words.ts";

export interface HeadlineProps {
  readonly title: string;
  /** Null while it is being asked for. */
  readonly series: SeriesAnswer | null;
  readonly days: KnownDays;
  /** The same days a year before; null where nothing is compared. */
  readonly before: SeriesAnswer | null;
  /** What the figure is not, where it could be taken for more than it is. */
  readonly remark?: string | undefined;
}

/** The answer of the view: how much, for how many euros, of which days, and what that is to a year before. */
export function Headline({ title, series, days, before, remark }: HeadlineProps) {
  const spoken = language.value;
  if (series === null) return <Answer sentence={title} figures={["…"]} />;
  const { total } = series;
  const notes = [
    extentNote(days, spoken),
    before && comparisonNote(total, before.total, { language: spoken, isWhole: !isUnderWay(days.period, today.value) }),
    remark,
  ].filter((note) => typeof note === "string");
  return (
    <Answer
      sentence={title}
      figures={[energy(total.energyWh, spoken), ...(total.eur === null ? [] : [money(total.eur, spoken)])]}
      unknown={total.energyWh === null ? `${t(unknownReason(days))}.` : undefined}
    >
      {total.energyWh !== null && notes.length > 0 && <p>{notes.join(" ")}</p>}
    </Answer>
  );
}

/** Days after the latest known one are still to come; earlier ones are missing. */
export const unknownReason = ({ span, through }: KnownDays) =>
  span.from > through ? texts.unpublished : texts.nothing;
