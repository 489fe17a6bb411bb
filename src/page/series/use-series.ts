import type { LocalDate } from "../../domain/units.ts";
import type { SeriesAnswer, SeriesStep } from "../../server/api/series.ts";
import { urlOf } from "../api/client.ts";
import type { Failure } from "../api/failure.ts";
import { useApi } from "../api/resource.ts";
import { stepOfView } from "../charts/series-bars.ts";
import { usagePoint } from "../home.ts";
import { address } from "../navigation.ts";
import { barsBefore, type Span, sameDaysBefore } from "./compared.ts";
import type { KnownDays } from "./words.ts";

export interface SeriesAsked {
  readonly flow: SeriesAnswer["flow"];
  readonly days: KnownDays;
  readonly isCompared: boolean;
}

export interface SeriesShown {
  readonly series: SeriesAnswer | null;
  /** Of the whole former period, for its bars. */
  readonly before: SeriesAnswer | null;
  /** Of the same days only, for the sentence. */
  readonly sameDays: SeriesAnswer | null;
  readonly failure: Failure | null;
  readonly retry: () => void;
  readonly csvHref: string;
}

/** The series of a period and, where it is compared, of the year before. */
export function useSeries({ flow, days, isCompared }: SeriesAsked): SeriesShown {
  const { period, span, through } = days;
  const path = `api/series/${usagePoint.value?.id ?? ""}`;
  const query = queryOf(flow, stepOf(days), span);
  const compares = isCompared && period.view !== "total";
  const same = sameDaysBefore(period, span, through);
  const series = useApi<SeriesAnswer>(path, query);
  const before = useApi<SeriesAnswer>(compares ? path : null, queryOf(flow, stepOf(days), barsBefore(period, span)));
  const sameDays = useApi<SeriesAnswer>(compares && same ? path : null, queryOf(flow, "month", same ?? span));
  const all = [series, before, sameDays];
  return {
    series: series.data,
    before: compares ? before.data : null,
    sameDays: compares && same ? sameDays.data : null,
    failure: all.find(({ failure }) => failure !== null)?.failure ?? null,
    retry: () => {
      for (const one of all) void one.reload();
    },
    csvHref: urlOf(path, { ...query, format: "csv" }),
  };
}

/** The finest step that a view shows well; a day's hours where the address asks for them. */
const stepOf = ({ period: { view } }: KnownDays): SeriesStep =>
  view === "jour" && address.value.params.pas === "heure" ? "hour" : stepOfView[view];

const queryOf = (flow: SeriesAnswer["flow"], step: SeriesStep, { from, to }: Span) => ({
  flow,
  step,
  start: from satisfies LocalDate,
  end: to,
});
