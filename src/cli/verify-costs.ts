import { dateAt } from "../domain/calendar.ts";
import type { Instant, LocalDate, UsagePointId } from "../domain/units.ts";
import type { Flow } from "../domain/usage-point.ts";
import type { Language } from "../shared/language.ts";
import { type DayPrices, dayPricesRemembered } from "../sync/statistics/prices.ts";
import { isEnergy, type SeriesHour, type SeriesKey } from "../sync/statistics/series.ts";
import type { StatisticStore } from "../sync/statistics/store.ts";
import type { Check } from "./verify.ts";
import { colon, counted, flowWord } from "./words.ts";

interface CostedGroup {
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  /** All series of the flow, of energy and of money. */
  readonly members: readonly { readonly series: SeriesKey; readonly hours: readonly SeriesHour[] }[];
}

/** Every hour costs its energy at the price of its day, at the prices that the costs were last derived with. */
export async function* costChecks(
  { usagePoint, flow, members }: CostedGroup,
  {
    store,
    stale,
    language,
  }: {
    readonly store: Pick<StatisticStore, "loadDerivedPrices">;
    readonly stale: ReadonlySet<LocalDate>;
    readonly language: Language;
  },
): AsyncGenerator<Check> {
  const costs = members.filter(({ series }) => !isEnergy(series));
  const said = await store.loadDerivedPrices(usagePoint);
  if (costs.length === 0 || said === null) return;
  const prices = dayPricesRemembered(said);
  const wrong = new Set<LocalDate>();
  let right = 0;
  for (const { series, hours } of costs) {
    const energies = members.find((one) => isEnergy(one.series) && one.series.role === series.role)?.hours ?? [];
    const expected = expectedCosts(series, energies, prices);
    for (const { start, amount, origin } of hours) {
      const date = dateAt(start);
      if (stale.has(date) || origin === "former") continue;
      if (amount === (expected.get(start) ?? 0)) right++;
      else wrong.add(date);
      expected.delete(start);
    }
    for (const [start, cost] of expected) if (cost !== 0 && !stale.has(dateAt(start))) wrong.add(dateAt(start));
  }
  const title = `PDL …${usagePoint.slice(-4)}, ${flowWord[flow][language]}${colon[language]}`;
  const days = [...wrong].sort().slice(0, 5).join(", ");
  yield {
    name: "statistics_costs",
    holds: wrong.size === 0,
    sentence:
      language === "fr"
        ? `${title} ${counted(right, ["heure vaut", "heures valent"], "fr")} leur énergie au prix de leur jour${days ? ` ; faux : ${days}` : ""}`
        : `${title} ${counted(right, ["hour is worth", "hours are worth"], "en")} their energy at the price of their day${days ? `; wrong: ${days}` : ""}`,
  };
}

/** Of hours whose energy is the bridge's own: what another tool wrote has no cost. */
function expectedCosts(
  { flow, role }: SeriesKey,
  energies: readonly SeriesHour[],
  { energyOn, buybackOn }: DayPrices,
): Map<Instant, number> {
  const priceOn = (date: LocalDate): number | null => {
    if (flow === "production") return buybackOn(date);
    return role === "total" ? null : (energyOn(date)[role] ?? null);
  };
  return new Map(
    energies.flatMap(({ start, amount, origin }) => {
      const price = origin === "former" ? null : priceOn(dateAt(start));
      return price === null ? [] : [[start, amount * price] as const];
    }),
  );
}
