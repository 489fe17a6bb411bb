import "./page.css";
import { useRef } from "preact/hooks";
import type { TempoColor } from "../../../domain/tempo.ts";
import type { ColorCounts, SeasonAnswer } from "../../../server/api/tempo.ts";
import { useApi } from "../../api/resource.ts";
import { unknownSign, whole } from "../../format.ts";
import { usagePoint } from "../../home.ts";
import { Card } from "../../kit/card.tsx";
import { EmptyState } from "../../kit/empty-state.tsx";
import { FailureLine, Problem } from "../../kit/problem.tsx";
import { Skeleton } from "../../kit/skeleton.tsx";
import { Value } from "../../kit/value.tsx";
import { language, t } from "../../language.ts";
import { address } from "../../navigation.ts";
import { ByColor } from "./by-color.tsx";
import { Calendar } from "./calendar.tsx";
import { ColorTable } from "./color-table.tsx";
import { Headline } from "./headline.tsx";
import { SeasonLine } from "./season-line.tsx";
import { texts } from "./texts.ts";
import { hasColors } from "./words.ts";

/** Tomorrow first; then the season, what is left of it, and what each colour took and cost. */
export default function Page() {
  const season = useApi<SeasonAnswer>("api/tempo/season", { season: address.value.params.saison });
  // The former season stays until the next is there: nothing jumps.
  const last = useRef<SeasonAnswer | null>(null);
  if (season.data) last.current = season.data;
  const known = last.current;
  const plan = usagePoint.value?.plan;
  return (
    <div class="stack">
      <Headline />
      {season.failure && <FailureLine failure={season.failure} onRetry={() => void season.reload()} />}
      {plan && plan.kind !== "TEMPO" && <Problem text={t(texts.notTempo)} tone="note" />}
      {known && <Season season={known} />}
      {known === null && season.isLoading && <Skeleton lines={8} label={t(texts.loading)} />}
      <p class="small muted">{t(texts.boundary)}</p>
    </div>
  );
}

const Season = ({ season }: { readonly season: SeasonAnswer }) => (
  <>
    <SeasonLine season={season} />
    {hasColors(season) ? (
      <>
        <div class="columns">
          <Counters season={season} />
          {usagePoint.value && <ByColor usagePoint={usagePoint.value.id} season={season.season} />}
        </div>
        <Calendar key={season.season} season={season} />
      </>
    ) : (
      <EmptyState title={t(texts.noColors)} text={t(texts.noColorsMore)} />
    )}
  </>
);

function Counters({ season }: { readonly season: SeasonAnswer }) {
  const { remaining, known, allotted } = season;
  const countOf = (counts: ColorCounts | null) => (color: TempoColor) => (
    <Value text={counts === null ? unknownSign : whole(counts[color], language.value)} />
  );
  return (
    <Card title={t(texts.counted)}>
      <ColorTable
        caption={t(texts.counted)}
        rows={[
          { key: "left", name: t(texts.remaining), cell: countOf(remaining?.notAnnounced ?? null) },
          { key: "known", name: t(texts.known), cell: countOf(known) },
          { key: "allotted", name: t(texts.allotted), cell: countOf(allotted) },
        ]}
      />
      {remaining === null && <Problem text={t(texts.uncounted)} tone="note" />}
    </Card>
  );
}
