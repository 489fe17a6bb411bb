import type { LocalDate } from "../../../domain/units.ts";
import type { UsagePointOverview } from "../../../server/api/overview.ts";
import { dayName } from "../../arrival/words.ts";
import { energy, money, unknownSign } from "../../format.ts";
import { nameOf, overview, today } from "../../home.ts";
import { Card } from "../../kit/card.tsx";
import { Value } from "../../kit/value.tsx";
import { language, t } from "../../language.ts";
import { hrefOf } from "../../navigation.ts";
import { texts } from "./texts.ts";

/** The other meters of the household in a line each. */
export function OtherMeters({ shown }: { readonly shown: string }) {
  const others = overview.value?.usagePoints.filter(({ id }) => id !== shown) ?? [];
  if (others.length === 0) return null;
  return (
    <>
      {others.map((point) => (
        <Card
          key={point.id}
          title={nameOf(point)}
          side={<a href={hrefOf("accueil", { pdl: point.id })}>{t(texts.seeAll)}</a>}
        >
          {point.flows.map((flow) => (
            <Line key={flow.flow} point={point} flow={flow} />
          ))}
        </Card>
      ))}
    </>
  );
}

interface LineProps {
  readonly point: UsagePointOverview;
  readonly flow: UsagePointOverview["flows"][number];
}

function Line({ point, flow: { flow, latest } }: LineProps) {
  const spoken = language.value;
  const cost = flow === "consumption" && point.costs.latest?.period === latest?.date ? point.costs.latest?.eur : null;
  return (
    <div class="home-span">
      <p class="row between">
        <span>{t(flow === "consumption" ? texts.consumed : texts.injected)}</span>
        <span class="strong home-amount">
          <Value text={latest ? energy(latest.energyWh, spoken) : unknownSign} reason={t(texts.noReading)} />
          {cost != null && <span class="home-cost">{money(cost, spoken)}</span>}
        </span>
      </p>
      {latest && <p class="small muted">{dayName(latest.date as LocalDate, today.value, spoken)}</p>}
    </div>
  );
}
