import { reachOf, usagePoint } from "../../home.ts";
import { EmptyState } from "../../kit/empty-state.tsx";
import { usePeriod } from "../../kit/use-period.ts";
import { t } from "../../language.ts";
import { type Reach, within } from "../../period.ts";
import { ProfileCard } from "../../series/profile-card.tsx";
import { SeriesView } from "../../series/series-view.tsx";
import { PowerCard } from "./power-card.tsx";
import { texts } from "./texts.ts";

/** What was used, when: years, months, days, half-hours; the power that was drawn; the household's average day. */
export default function Page() {
  const reach = reachOf("consumption");
  return reach === null ? <EmptyState title={t(texts.none)} text={t(texts.noneMore)} /> : <Known reach={reach} />;
}

function Known({ reach }: { readonly reach: Reach }) {
  const { period } = usePeriod(reach);
  const span = within(period, reach);
  const id = usagePoint.value?.id;
  return (
    <div class="stack">
      <SeriesView
        flow="consumption"
        reach={reach}
        cards={({ total }) =>
          id !== undefined &&
          span && (
            <>
              {period.view !== "jour" && (
                <ProfileCard usagePoint={id} flow="consumption" span={span} wide={total.periods.length < 2} />
              )}
              <PowerCard usagePoint={id} span={span} />
            </>
          )
        }
      />
    </div>
  );
}
