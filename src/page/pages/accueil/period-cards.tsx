import type { LocalDate } from "../../../domain/units.ts";
import type { FlowOverview, PeriodValueView, UsagePointOverview } from "../../../server/api/overview.ts";
import { nameOfPeriod } from "../../charts/tones.ts";
import { apparentPower, capitalised, dayShort, energy, money, monthInFull, price, unknownSign } from "../../format.ts";
import { Card } from "../../kit/card.tsx";
import { Problem } from "../../kit/problem.tsx";
import { Value } from "../../kit/value.tsx";
import { language, t } from "../../language.ts";
import { hrefOf } from "../../navigation.ts";
import { texts } from "./texts.ts";
import { againstLastYear, reachOfPeriod, unpricedNote, until } from "./words.ts";

interface PeriodCardsProps {
  readonly point: UsagePointOverview;
  readonly flow: FlowOverview;
}

/** Month and year to date, against the same days of last year. */
export function PeriodCards({ point, flow }: PeriodCardsProps) {
  const isConsumption = flow.flow === "consumption";
  const page = isConsumption ? "consommation" : "production";
  return (
    <Card
      title={t(isConsumption ? texts.consumedToDate : texts.injectedToDate)}
      side={<a href={hrefOf(page, { vue: "annee" })}>{t(texts.seeAll)}</a>}
    >
      {flow.month && (
        <Span
          title={capitalised(monthInFull(flow.month.period, language.value))}
          value={flow.month}
          eur={isConsumption ? point.costs.month : null}
        />
      )}
      {flow.year && <Span title={flow.year.period} value={flow.year} eur={isConsumption ? point.costs.year : null} />}
      {flow.month === null && <p class="muted">{t(texts.noReading)}</p>}
    </Card>
  );
}

interface SpanProps {
  readonly title: string;
  readonly value: PeriodValueView;
  readonly eur: UsagePointOverview["costs"]["month"];
}

function Span({ title, value, eur }: SpanProps) {
  const spoken = language.value;
  const comparison = againstLastYear(value, spoken);
  const unpriced = eur && eur.eur !== null ? unpricedNote(eur, spoken) : null;
  return (
    <div class="home-span">
      <p class="row between">
        <span class="strong">{title}</span>
        <span class="strong home-amount">
          {energy(value.energyWh, spoken)}
          {eur && eur.eur !== null && <span class="home-cost">{money(eur.eur, spoken)}</span>}
        </span>
      </p>
      <p class="small muted">
        {reachOfPeriod(value, spoken)}
        {comparison !== null && ` ; ${comparison}`}
        {unpriced !== null && ` ; ${unpriced}`}.
      </p>
    </div>
  );
}

/** What a kWh costs now, and how the month may end. */
export function Money({ point }: { readonly point: UsagePointOverview }) {
  const { tariff, costs, maxPower, subscribedPowerKva } = point;
  if (tariff === null) return null;
  const spoken = language.value;
  const { projection } = costs;
  const range = projection?.totalEur ?? projection?.energyEur ?? null;
  return (
    <Card title={t(texts.costs)} side={<a href={hrefOf("couts")}>{t(texts.seeAll)}</a>}>
      {tariff.eurPerKwh === null ? (
        <Problem
          text={t(texts.noPrice)}
          tone="note"
          action={{ label: t(texts.givePrice), href: hrefOf("couts", { partie: "contrat" }) }}
        />
      ) : (
        <div class="home-span">
          <p class="row between">
            <span class="strong">{t(texts.priceNow)}</span>
            <span class="strong">{price(tariff.eurPerKwh, spoken)}</span>
          </p>
          {tariff.period !== null && (
            <p class="small muted">
              {t(nameOfPeriod(tariff.period))}
              {tariff.next &&
                ` ${until(tariff.next.start, spoken)}, ${spoken === "fr" ? "puis" : "then"} ${t(nameOfPeriod(tariff.next.period))} (${price(tariff.next.eurPerKwh, spoken)})`}
            </p>
          )}
        </div>
      )}
      {range && projection && (
        <div class="home-span">
          <p class="row between">
            <span class="strong">
              {t(texts.projection)}, {monthInFull(projection.month, spoken)}
            </span>
            <span class="strong home-amount">
              {[...new Set([money(range.low, spoken), money(range.high, spoken)])].join(" – ")}
            </span>
          </p>
          <p class="small muted">
            {t(texts.projectionMore)}, {t(projection.totalEur ? texts.withStanding : texts.withoutStanding)}.
          </p>
        </div>
      )}
      <div class="home-span">
        <p class="row between">
          <span class="strong">{t(texts.power)}</span>
          <span class="strong">
            <Value text={maxPower ? apparentPower(maxPower.powerVa, spoken) : unknownSign} />
          </span>
        </p>
        <p class="small muted">
          {maxPower && dayShort(maxPower.date as LocalDate, spoken)}
          {subscribedPowerKva !== null &&
            (spoken === "fr"
              ? `${maxPower ? ", " : ""}contrat de ${subscribedPowerKva} kVA`
              : `${maxPower ? ", " : ""}contract of ${subscribedPowerKva} kVA`)}
        </p>
      </div>
    </Card>
  );
}
