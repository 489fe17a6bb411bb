import type { SeriesTotal } from "../../../server/api/series.ts";
import { reachOf, usagePoint } from "../../home.ts";
import { ActionButton } from "../../kit/action.tsx";
import { Card } from "../../kit/card.tsx";
import { EmptyState } from "../../kit/empty-state.tsx";
import { usePeriod } from "../../kit/use-period.ts";
import { language, t } from "../../language.ts";
import { hrefOf } from "../../navigation.ts";
import { type Reach, within } from "../../period.ts";
import { ProfileCard } from "../../series/profile-card.tsx";
import { SeriesView } from "../../series/series-view.tsx";
import { texts } from "./texts.ts";
import { unpricedNote } from "./words.ts";

/** What was given to the grid, when, and what it earned. */
export default function Page() {
  const reach = reachOf("production");
  return reach === null ? <None /> : <Known reach={reach} />;
}

function None() {
  const isComing = usagePoint.value?.hasProduction === true;
  return (
    <EmptyState
      title={t(isComing ? texts.coming : texts.none)}
      text={t(isComing ? texts.comingMore : texts.noneMore)}
    />
  );
}

function Known({ reach }: { readonly reach: Reach }) {
  const { period } = usePeriod(reach);
  const span = within(period, reach);
  const id = usagePoint.value?.id;
  return (
    <div class="stack">
      <SeriesView
        flow="production"
        reach={reach}
        remark={t(texts.remark)}
        cards={({ total }) => (
          <>
            {id !== undefined && span && period.view !== "jour" && (
              <ProfileCard usagePoint={id} flow="production" span={span} wide={revenueNote(total) === null} />
            )}
            <RevenueCard total={total} />
          </>
        )}
      />
    </div>
  );
}

/** Why the revenue is not known, or not whole; nothing where it is. */
function RevenueCard({ total }: { readonly total: SeriesTotal }) {
  const note = revenueNote(total);
  if (note === null) return null;
  return (
    <Card title={t(texts.revenue)}>
      <p class="muted">{note}</p>
      <div class="row">
        <ActionButton action={{ label: t(texts.setPrice), href: hrefOf("couts", { partie: "contrat" }) }} />
      </div>
    </Card>
  );
}

const revenueNote = (total: SeriesTotal): string | null =>
  total.eur === null ? t(texts.noPrice) : unpricedNote(total, language.value);
