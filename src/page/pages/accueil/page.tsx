import "./page.css";
import { Fragment } from "preact";
import type { UsagePointOverview } from "../../../server/api/overview.ts";
import { Backfill } from "../../arrival/backfill.tsx";
import { LatestDay } from "../../arrival/latest-day.tsx";
import { Problems } from "../../arrival/problems.tsx";
import { overview, usagePoint } from "../../home.ts";
import { Skeleton } from "../../kit/skeleton.tsx";
import { t } from "../../language.ts";
import { EcowattCard } from "./ecowatt-card.tsx";
import { NoMeter } from "./no-meter.tsx";
import { OtherMeters } from "./other-meters.tsx";
import { Money, PeriodCards } from "./period-cards.tsx";
import { ServiceCard } from "./service-card.tsx";
import { TempoCard } from "./tempo-card.tsx";
import { texts } from "./texts.ts";

/** The household at a glance: what was used, what it cost, what tomorrow brings, and whether all is well. */
export default function Page() {
  const known = overview.value;
  if (known === null) return <Skeleton lines={6} label={t(texts.lastDays)} />;
  const point = known.usagePoints.find(({ id }) => id === usagePoint.value?.id) ?? known.usagePoints[0];
  const hasDay = point?.flows.some(({ latest }) => latest !== null) === true;
  return (
    <div class="stack">
      <Problems />
      {!hasDay && <Backfill />}
      <div class="home">
        <div class="home-main">{point === undefined ? <NoMeter /> : <Flows point={point} hasDay={hasDay} />}</div>
        <div class="home-side">
          <div class="stack home-grid">
            <TempoCard tempo={known.tempo} />
            <EcowattCard ecowatt={known.ecowatt} />
          </div>
          <div class="stack home-money">
            {point && <Money point={point} />}
            {point && <OtherMeters shown={point.id} />}
            <ServiceCard bridge={known.bridge} point={point ?? null} />
          </div>
        </div>
      </div>
    </div>
  );
}

/** The answer comes first; that more of the history is on its way stands under it, unless there is nothing else yet. */
const Flows = ({ point, hasDay }: { readonly point: UsagePointOverview; readonly hasDay: boolean }) => (
  <>
    <div class="stack home-latest">
      {point.flows.map((flow, position) => (
        <Fragment key={`${point.id} ${flow.flow}`}>
          <LatestDay point={point} flow={flow} />
          {hasDay && position === 0 && <Backfill />}
        </Fragment>
      ))}
    </div>
    <div class="stack home-spans">
      {point.flows.map((flow) => (
        <PeriodCards key={flow.flow} point={point} flow={flow} />
      ))}
    </div>
  </>
);
