import { addDays, dateAt } from "../../domain/calendar.ts";
import type { PriceBook } from "../../domain/tariff/price-book.ts";
import type { ColorOn } from "../../domain/tariff/stretches.ts";
import type { LocalDate } from "../../domain/units.ts";
import type { Clock } from "../../shared/clock.ts";
import { loadPriceBook } from "../prices/book.ts";
import { loadPointPlan } from "../prices/selected-offer.ts";
import type { Period } from "../source.ts";
import type { PlanSetting, PointPlan } from "../statistics/plans.ts";
import type { Store, StoredUsagePoint } from "../store.ts";
import { BillRefusal } from "./refusal.ts";

/** What every answer about money needs. */
export interface BillDeps {
  readonly store: Store;
  readonly clock: Pick<Clock, "now">;
  readonly account: string;
  readonly plans: readonly PlanSetting[];
}

/** One meter with what its energy is priced by. */
export interface BilledMeter {
  readonly point: StoredUsagePoint;
  readonly plan: PointPlan;
  readonly book: PriceBook;
  readonly today: LocalDate;
}

/** @param wanted null: the only one. @throws BillRefusal */
export async function openMeter(deps: BillDeps, wanted: string | null): Promise<BilledMeter> {
  const point = choose(await deps.store.loadUsagePoints(deps.account), wanted);
  return {
    point,
    plan: await loadPointPlan(deps.store, point, deps.plans),
    book: await loadPriceBook(deps.store, point, deps.plans),
    today: dateAt(deps.clock.now()),
  };
}

/** The meters that an answer is for where nobody names one, in the order in which they are told. */
export async function consumingMeters({
  store,
  account,
}: Pick<BillDeps, "store" | "account">): Promise<readonly StoredUsagePoint[]> {
  return (await store.loadUsagePoints(account)).filter(({ hasConsumption }) => hasConsumption);
}

/** Blanks are accepted as bills print them. */
function choose(points: readonly StoredUsagePoint[], wanted: string | null): StoredUsagePoint {
  if (wanted !== null) {
    const found = points.find(({ id }) => id === wanted.replaceAll(/\s/g, ""));
    if (found) return found;
    throw new BillRefusal("unknown_meter", {
      fr: `Aucun compteur connu ne porte ce numéro.${known(points, "fr")}`,
      en: `No known meter bears this number.${known(points, "en")}`,
    });
  }
  const [first, ...others] = points.filter(({ hasConsumption }) => hasConsumption);
  if (first === undefined)
    throw new BillRefusal("no_meter", {
      fr: "Aucun compteur n'est encore connu ; lancez d'abord « linky-bridge sync ».",
      en: 'No meter is known yet; run "linky-bridge sync" first.',
    });
  if (others.length > 0)
    throw new BillRefusal("several_meters", {
      fr: `Il y a plusieurs compteurs : dites lequel par --meter.${known(points, "fr")}`,
      en: `There are several meters: say which one by --meter.${known(points, "en")}`,
    });
  return first;
}

const known = (points: readonly StoredUsagePoint[], language: "fr" | "en"): string => {
  if (points.length === 0) return "";
  const list = points.map(({ id, name }) => (name === null ? id : `${id} (${name})`)).join(", ");
  return language === "fr" ? ` Compteurs connus : ${list}.` : ` Known meters: ${list}.`;
};

/** The colours that the days may need: a civil day begins in the Tempo day of the date before. */
export async function loadColors(store: Pick<Store, "loadTempo">, { from, to }: Period): Promise<ColorOn> {
  const days = await store.loadTempo({ from: addDays(from, -1), to });
  const colors = new Map(days.map(({ date, color }) => [date, color]));
  return (date) => colors.get(date);
}
