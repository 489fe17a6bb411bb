import { useState } from "preact/hooks";
import type { LocalDate } from "../../../domain/units.ts";
import type { SeasonAnswer } from "../../../server/api/tempo.ts";
import { usagePoint } from "../../home.ts";
import { Card } from "../../kit/card.tsx";
import { DayCalendar, type DayKind } from "../../kit/day-calendar.tsx";
import { language, t } from "../../language.ts";
import { go } from "../../navigation.ts";
import { texts } from "./texts.ts";
import { type CalendarKind, isPresent, kindOf } from "./words.ts";

/** The season day by day. Its months to come, of which nothing is known, show when they are asked for. */
export function Calendar({ season }: { readonly season: SeasonAnswer }) {
  const [isWhole, setWhole] = useState(false);
  const days = season.days.map((day) => ({ date: day.date as LocalDate, kind: kindOf(day, season) }));
  const lastColor = season.days.findLast(({ color }) => color !== null)?.date ?? season.today;
  const through = (lastColor > season.today ? lastColor : season.today) as LocalDate;
  const hasMore = isPresent(season) && through.slice(0, 7) < season.end.slice(0, 7);
  const open = (date: LocalDate): void => {
    if (date <= season.today) go("consommation", { vue: "jour", date });
  };
  return (
    <Card title={t(texts.calendar)}>
      {usagePoint.value && <p class="small muted">{t(texts.choose)}</p>}
      <DayCalendar
        label={t(texts.calendar)}
        days={days}
        kinds={kinds()}
        {...(usagePoint.value ? { onSelect: open } : {})}
        {...(isPresent(season) ? { current: season.today as LocalDate } : {})}
        {...(hasMore && !isWhole ? { through } : {})}
      />
      {hasMore && (
        <div class="row">
          <button type="button" class="button" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
            {t(isWhole ? texts.lessMonths : texts.moreMonths)}
          </button>
        </div>
      )}
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
