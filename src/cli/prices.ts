import { toEur } from "../domain/tariff/price.ts";
import type { LocalDate } from "../domain/units.ts";
import type { BuybackSpan, PriceSpan } from "../sync/prices/calendar.ts";
import { loadPriceOverview, type PriceOverview } from "../sync/prices/overview.ts";
import { unknownPointsIn } from "../sync/statistics/unknown-points.ts";
import { unknownPointWarnings } from "./plan-warnings.ts";
import { priceLines } from "./prices-lines.ts";
import type { Session } from "./session.ts";

export interface PricesPort extends Pick<Session, "store" | "language" | "output"> {
  readonly config: Pick<Session["config"], "tariffPlans">;
  readonly sync: Pick<Session["sync"], "account">;
}

/** Every price in force since the first known day, with who says it and what nobody says; or those of one day. */
export async function prices(
  { store, language, output, config, sync }: PricesPort,
  { json, at = null }: { readonly json: boolean; readonly at?: LocalDate | null },
): Promise<number> {
  const overviews: PriceOverview[] = [];
  const points = await store.loadUsagePoints(sync.account);
  const unknownPoints = unknownPointsIn(config.tariffPlans, points);
  for (const point of points)
    overviews.push(await loadPriceOverview(store, point, { settings: config.tariffPlans, at }));
  if (json) output.line(JSON.stringify({ meters: overviews.map(overviewJson), unknownPoints }, null, 2));
  else
    for (const line of [...unknownPointWarnings(unknownPoints, language), ...priceLines(overviews, language)])
      output.line(line);
  return 0;
}

const overviewJson = ({ prices: spans, buyback, ...overview }: PriceOverview) => ({
  ...overview,
  prices: spans.map(spanJson),
  buyback: buyback.map(buybackJson),
});

const spanJson = ({ from, to, plan, powerKva, prices: periods, standing }: PriceSpan) => ({
  from,
  to,
  plan,
  powerKva,
  prices: Object.fromEntries(
    periods.flatMap(({ period, quoted }) =>
      quoted ? [[period, { eurPerKwh: perKwh(quoted.price), source: quoted.source, sheetFrom: quoted.from }]] : [],
    ),
  ),
  unknown: periods.filter(({ quoted }) => quoted === null).map(({ period }) => period),
  standing: standing && { eurPerMonth: toEur(standing.monthly), source: standing.source },
});

const buybackJson = ({ from, to, price }: BuybackSpan) => ({
  from,
  to,
  price: price && { eurPerKwh: perKwh(price.energy), sale: price.sale, source: price.source },
});

const perKwh = (price: number): number => price / 1_000_000;
