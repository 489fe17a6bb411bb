import "./page.css";
import type { TempoColor } from "../../../domain/tempo.ts";
import type { LocalDate } from "../../../domain/units.ts";
import type { ColorCounts, SeasonAnswer } from "../../../server/api/tempo.ts";
import { useApi } from "../../api/resource.ts";
import { capitalised, unknownSign, whole } from "../../format.ts";
import { overview, usagePoint } from "../../home.ts";
import { Card } from "../../kit/card.tsx";
import { DataTable } from "../../kit/data-table.tsx";
import { DayCalendar, type DayKind } from "../../kit/day-calendar.tsx";
import { Icon } from "../../kit/icon.tsx";
import { FailureLine, Problem } from "../../kit/problem.tsx";
import { Skeleton } from "../../kit/skeleton.tsx";
import { TempoChip, tempoName } from "../../kit/tempo-chip.tsx";
import { Value } from "../../kit/value.tsx";
import { language, t } from "../../language.ts";
import { address, change } from "../../navigation.ts";
import { ByColor } from "./by-color.tsx";
import { texts } from "./texts.ts";
import { type CalendarKind, daySentence, kindOf, otherSeason } from "./words.ts";

/** Tomorrow first; then the season, what is left of it, and what each colour took and cost. */
export default function Page() {
  const asked = address.value.params.saison;
  const season = useApi<SeasonAnswer>("api/tempo/season", { season: asked });
  const known = season.data;
  return (
    <div class="stack">
      <Headline />
      {season.failure && <FailureLine failure={season.failure} onRetry={() => void season.reload()} />}
      {usagePoint.value?.plan && usagePoint.value.plan.kind !== "TEMPO" && (
        <Problem text={t(texts.notTempo)} tone="note" />
      )}
      {known === null ? (
        season.isLoading && <Skeleton lines={8} label={t(texts.loading)} />
      ) : (
        <>
          <div class="columns">
            <Counters season={known} />
            {usagePoint.value && <ByColor usagePoint={usagePoint.value.id} season={known.season} />}
          </div>
          <Calendar season={known} />
        </>
      )}
      <p class="small muted">
        {t(texts.boundary)} {t(texts.published)}
      </p>
    </div>
  );
}

function Headline() {
  const tempo = overview.value?.tempo;
  if (!tempo) return null;
  const spoken = language.value;
  return (
    <div class="tempo-days">
      {[
        { day: tempo.tomorrow, name: t(texts.tomorrow) },
        { day: tempo.today, name: t(texts.today) },
      ].map(({ day, name }, position) => (
        <div key={name} class="row tempo-day">
          <TempoChip color={day.color} />
          <p class={position === 0 ? "strong" : ""}>
            {day.color === null
              ? position === 0
                ? t(texts.tomorrowUnknown)
                : `${name} : ${t(tempoName(null))}`
              : daySentence({ date: day.date, color: day.color }, name, spoken)}
          </p>
        </div>
      ))}
    </div>
  );
}

const colors = ["BLEU", "BLANC", "ROUGE"] as const;

function Counters({ season }: { readonly season: SeasonAnswer }) {
  const spoken = language.value;
  const countOf = (counts: ColorCounts | null, color: TempoColor): string =>
    counts === null ? unknownSign : whole(counts[color], spoken);
  return (
    <Card title={`${t(texts.counted)}, ${season.season}`}>
      <DataTable<TempoColor>
        caption={t(texts.counted)}
        rows={colors}
        rowKey={(color) => color}
        columns={[
          {
            key: "color",
            head: t(texts.color),
            cell: (color) => (
              <span class="row">
                <TempoChip color={color} />
                {capitalised(t(tempoName(color)))}
              </span>
            ),
          },
          {
            key: "left",
            head: t(texts.remaining),
            isNumber: true,
            cell: (color) => <Value text={countOf(season.remaining?.notAnnounced ?? null, color)} />,
          },
          {
            key: "known",
            head: t(texts.known),
            isNumber: true,
            cell: (color) => countOf(season.known, color),
          },
          {
            key: "allotted",
            head: t(texts.allotted),
            isNumber: true,
            cell: (color) => countOf(season.allotted, color),
          },
        ]}
      />
      {season.remaining === null && <Problem text={t(texts.uncounted)} tone="note" />}
    </Card>
  );
}

function Calendar({ season }: { readonly season: SeasonAnswer }) {
  const days = season.days.map((day) => ({ date: day.date as LocalDate, kind: kindOf(day, season) }));
  const isLatest = season.today >= season.start && season.today <= season.end;
  const go = (by: -1 | 1): void => change({ saison: otherSeason(season.season, by) });
  return (
    <Card
      title={`${t(texts.calendar)}, ${season.season}`}
      side={
        <span class="row">
          <button type="button" class="button icon" aria-label={t(texts.previous)} onClick={() => go(-1)}>
            <Icon name="left" />
          </button>
          <button
            type="button"
            class="button icon"
            aria-label={t(texts.next)}
            aria-disabled={isLatest}
            onClick={() => !isLatest && go(1)}
          >
            <Icon name="right" />
          </button>
        </span>
      }
    >
      <DayCalendar label={t(texts.calendar)} days={days} kinds={kinds()} />
    </Card>
  );
}

const kinds = (): Readonly<Record<CalendarKind, DayKind>> => ({
  BLEU: { name: t(texts.blue), sign: "B", style: "tempo-blue" },
  BLANC: { name: t(texts.white), sign: language.value === "fr" ? "Bc" : "W", style: "tempo-white" },
  ROUGE: { name: t(texts.red), sign: "R", style: "tempo-red" },
  pending: { name: t(texts.pending), sign: "?", style: "pending" },
  unknown: { name: t(texts.unknown), sign: "—", style: "missing" },
});
