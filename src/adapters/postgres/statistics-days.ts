import type postgres from "postgres";
import { addDays } from "../../domain/calendar.ts";
import type { LocalDate, UsagePointId } from "../../domain/units.ts";
import { type Flow, flows } from "../../domain/usage-point.ts";
import type { Period } from "../../sync/source.ts";
import type { PendingDay, StaleStatisticDay, StatisticStore } from "../../sync/statistics/store.ts";
import type { DayInput } from "../../sync/store.ts";
import { arrayText, batchesOf, lockFor, preferIndexes, type Queries, rowsOf } from "./arguments.ts";
import { loadDayInputs } from "./day-inputs.ts";
import { readingsLock } from "./readings-lock.ts";

type StatisticDays = Pick<
  StatisticStore,
  | "loadStaleStatisticDays"
  | "loadInputsOf"
  | "loadPendingDays"
  | "markStatisticDays"
  | "loadStatisticSpan"
  | "loadDerivedPlan"
  | "saveDerivedPlan"
  | "loadDerivedPrices"
  | "saveDerivedPrices"
>;

export function createStatisticDays(sql: postgres.Sql): StatisticDays {
  return {
    loadStaleStatisticDays: () =>
      sql.begin(async (tx) => {
        await preferIndexes(tx);
        return rowsOf(tx<StaleStatisticDay[]>`
          select usage_point_id as "usagePoint", flow, date, revision from day
          where revision <> statistics_revision and not stale
          order by usage_point_id, day.flow, date`);
      }),
    loadInputsOf: (usagePoint, flow, dates) => loadInputsOf(sql, usagePoint, flow, dates),
    loadPendingDays: () =>
      rowsOf(sql<PendingDay[]>`
        select usage_point_id as "usagePoint", date, energy from statistic_pending order by usage_point_id, date`),
    markStatisticDays: (usagePoint, flow, dates) =>
      sql.begin(async (tx) => {
        await lockFor(tx, readingsLock({ usagePoint, flow }));
        await markDays(tx, { usagePoint, flow, dates });
      }),
    loadStatisticSpan: (usagePoint, flow) => loadSpan(sql, usagePoint, flow),
    loadDerivedPlan: async (usagePoint) => {
      const [row] = await sql<{ plan: string }[]>`select plan from statistic_plan where usage_point_id = ${usagePoint}`;
      return row?.plan ?? null;
    },
    saveDerivedPlan: (usagePoint, plan, changed) => sql.begin((tx) => saveDerivedPlan(tx, usagePoint, plan, changed)),
    loadDerivedPrices: async (usagePoint) => {
      const [row] = await sql<{ prices: string }[]>`
        select prices from statistic_prices where usage_point_id = ${usagePoint}`;
      return row?.prices ?? null;
    },
    saveDerivedPrices: (usagePoint, prices, changed) =>
      sql.begin((tx) => saveDerivedPrices(tx, usagePoint, prices, changed)),
  };
}

/** Days that lie apart are read in one go where no more than this many unwanted ones lie between them. */
const mostDaysBetween = 3;

async function loadInputsOf(
  sql: postgres.Sql,
  usagePoint: UsagePointId,
  flow: Flow,
  dates: readonly LocalDate[],
): Promise<readonly DayInput[]> {
  const wanted = new Set(dates);
  const inputs: DayInput[] = [];
  for (const period of periodsOver([...wanted].sort())) {
    for (const input of await loadDayInputs(sql, usagePoint, flow, period))
      if (wanted.has(input.date)) inputs.push(input);
  }
  return inputs;
}

function periodsOver(dates: readonly LocalDate[]): readonly Period[] {
  const periods: Period[] = [];
  for (const date of dates) {
    const last = periods.at(-1);
    if (last && date <= addDays(last.to, mostDaysBetween + 1)) periods[periods.length - 1] = { ...last, to: date };
    else periods.push({ from: date, to: date });
  }
  return periods;
}

interface Marked {
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  readonly dates: readonly LocalDate[];
}

/**
 * Also days that wait already are given a new revision: somebody may be deriving them at this moment from what they
 * were. The caller holds the lock of their readings.
 */
export async function markDays(tx: Queries, { usagePoint, flow, dates }: Marked): Promise<void> {
  for (const batch of batchesOf(dates))
    await tx`
      update day set revision = revision + 1
      where usage_point_id = ${usagePoint} and flow = ${flow}::flow and ${isOneOf(tx, batch)}`;
}

/**
 * A condition on the rows of one usage point and flow in `day`. The span keeps a plan made for an empty table from
 * reading all days of the flow and then choosing among them.
 */
export function isOneOf(sql: Queries, dates: readonly LocalDate[]) {
  const given = arrayText(dates);
  return sql`day.date = any (${given}::text::date[])
    and day.date between (select min(each) from unnest(${given}::text::date[]) as each)
      and (select max(each) from unnest(${given}::text::date[]) as each)`;
}

/** Marks all days there are. */
export async function markEveryDay(tx: Queries, { usagePoint, flow }: Omit<Marked, "dates">): Promise<void> {
  await tx`update day set revision = revision + 1 where usage_point_id = ${usagePoint} and flow = ${flow}::flow`;
}

async function loadSpan(sql: Queries, usagePoint: UsagePointId, flow: Flow) {
  const [row] = await sql<{ from: LocalDate | null; to: LocalDate | null }[]>`
    select min(date) as "from", max(date) as "to" from day where usage_point_id = ${usagePoint} and flow = ${flow}::flow`;
  return row?.from && row.to ? { from: row.from, to: row.to } : null;
}

/** A plan parts consumption alone into periods: production has a single one. */
async function saveDerivedPlan(
  tx: Queries,
  usagePoint: UsagePointId,
  plan: string,
  changed: readonly LocalDate[],
): Promise<void> {
  await lockFor(tx, readingsLock({ usagePoint, flow: "consumption" }));
  const saved = await tx`
    insert into statistic_plan (usage_point_id, plan)
    select ${usagePoint}, ${plan}
    where not exists (select from statistic_plan where usage_point_id = ${usagePoint} and plan = ${plan})
    on conflict (usage_point_id) do update set plan = excluded.plan`;
  if (saved.count > 0) await markDays(tx, { usagePoint, flow: "consumption", dates: changed });
}

/** The same prices told again change nothing. */
async function saveDerivedPrices(
  tx: Queries,
  usagePoint: UsagePointId,
  prices: string,
  changed: Readonly<Record<Flow, readonly LocalDate[]>>,
): Promise<void> {
  // Always in this order, so that two who save do not wait for each other.
  for (const flow of flows) await lockFor(tx, readingsLock({ usagePoint, flow }));
  const saved = await tx`
    insert into statistic_prices (usage_point_id, prices)
    select ${usagePoint}, ${prices}
    where not exists (select from statistic_prices where usage_point_id = ${usagePoint} and prices = ${prices})
    on conflict (usage_point_id) do update set prices = excluded.prices`;
  if (saved.count === 0) return;
  for (const flow of flows) await markDays(tx, { usagePoint, flow, dates: changed[flow] });
}
