import type postgres from "postgres";
import type { Instant, LocalDate, UsagePointId } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { Adoption, AdoptionStore, PreferencesChange } from "../../sync/adoption/store.ts";
import { applyAdoption } from "./adoptions-apply.ts";
import { createPreferenceChanges } from "./adoptions-preferences.ts";
import { revertAdoption } from "./adoptions-revert.ts";
import { loadSavedSeries, saveSeries } from "./adoptions-saved.ts";
import { jsonText, lockFor, type Queries, rowsOf, timestamp } from "./arguments.ts";
import { readingsLock } from "./readings-lock.ts";
import { markEveryDay } from "./statistics-days.ts";

export function createAdoptions(sql: postgres.Sql): AdoptionStore {
  return {
    ...createPreferenceChanges(sql),
    saveAdoption: (adoption, saved) =>
      sql.begin(async (tx) => {
        await lockFor(tx, readingsLock(adoption));
        const known = await findEqual(tx, adoption);
        if (known) return known;
        const made = await insertAdoption(tx, adoption);
        await saveSeries(tx, made.id, saved);
        return made;
      }),
    loadAdoptions: async () => (await adoptionsWhere(sql, sql`true`)).map(adoptionOf),
    loadSavedSeries: (adoption) => loadSavedSeries(sql, adoption),
    applyAdoption: (adoption, series) =>
      sql.begin(async (tx) => applyAdoption(tx, await lockAdoption(tx, adoption), series)),
    revertAdoption: (adoption, at) => sql.begin(async (tx) => revertAdoption(tx, await lockAdoption(tx, adoption), at)),
    async noteUndoing(adoption) {
      await sql`update adoption set step = 'undoing' where id = ${adoption} and step in ('saved', 'applied')`;
    },
    letRewrite: (adoption) => sql.begin(async (tx) => letRewrite(tx, await lockAdoption(tx, adoption))),
    loadFirstDay: (usagePoint, flow) => loadFirstDay(sql, usagePoint, flow),
  };
}

type NewAdoption = Parameters<AdoptionStore["saveAdoption"]>[0];

interface AdoptionRow extends Omit<Adoption, "preferences"> {
  readonly changeId: number | null;
  readonly changeAt: Instant;
  readonly before: PreferencesChange["before"];
  readonly after: PreferencesChange["after"];
  readonly undoneAt: Instant | null;
}

const adoptionsWhere = (sql: Queries, condition: postgres.PendingQuery<postgres.Row[]>) => sql<AdoptionRow[]>`
  select adoption.id, usage_point_id as "usagePoint", adoption.flow, tool, mode, adoption.at,
    statistic_ids as "statisticIds", step, keep_through as "keepThrough", change.id as "changeId",
    change.at as "changeAt", before, after, change.undone_at as "undoneAt"
  from adoption
  left join lateral (
    select id, at, before, after, undone_at from energy_preferences_change
    where adoption_id = adoption.id order by id desc limit 1
  ) as change on true
  where ${condition}
  order by adoption.id`;

function adoptionOf({ changeId, changeAt, before, after, undoneAt, ...adoption }: AdoptionRow): Adoption {
  const preferences = changeId === null ? null : { id: changeId, at: changeAt, before, after, undoneAt };
  return { ...adoption, preferences };
}

/** The same one, saved already by somebody who did not live to hear of it. */
async function findEqual(tx: Queries, adoption: NewAdoption): Promise<Adoption | undefined> {
  const found = await adoptionsWhere(
    tx,
    tx`usage_point_id = ${adoption.usagePoint} and adoption.flow = ${adoption.flow}::flow and tool = ${adoption.tool}
      and mode = ${adoption.mode} and adoption.at = ${timestamp(tx, adoption.at)}
      and statistic_ids::text = ${jsonText(adoption.statisticIds)}
      and keep_through is not distinct from ${adoption.keepThrough}::text::date`,
  );
  return found.map(adoptionOf)[0];
}

async function insertAdoption(tx: Queries, adoption: NewAdoption): Promise<Adoption> {
  const { usagePoint, flow, tool, mode, at, statisticIds, keepThrough } = adoption;
  const [row] = await tx<{ id: number }[]>`
    insert into adoption (usage_point_id, flow, tool, mode, at, statistic_ids, keep_through)
    values (${usagePoint}, ${flow}::flow, ${tool}, ${mode}, ${timestamp(tx, at)}, ${jsonText(statisticIds)}::text::json,
      ${keepThrough}::text::date)
    returning id`;
  if (!row) throw new Error("The adoption was not stored");
  return { id: row.id, usagePoint, flow, tool, mode, at, statisticIds, step: "saved", preferences: null, keepThrough };
}

/** What the steps of an adoption go by. */
export type LockedAdoption = Pick<Adoption, "id" | "usagePoint" | "flow" | "step" | "keepThrough">;

/** Keeps everybody else from the series and days of the adoption until the transaction ends. */
async function lockAdoption(tx: Queries, id: number): Promise<LockedAdoption> {
  const load = async (): Promise<LockedAdoption> => {
    const [row] = await tx<LockedAdoption[]>`
      select id, usage_point_id as "usagePoint", flow, step, keep_through as "keepThrough"
      from adoption where id = ${id}`;
    if (!row) throw new RangeError(`There is no adoption ${id}`);
    return row;
  };
  await lockFor(tx, readingsLock(await load()));
  return load();
}

async function letRewrite(tx: Queries, adoption: LockedAdoption): Promise<void> {
  if (adoption.keepThrough === null) return;
  await tx`update adoption set keep_through = null where id = ${adoption.id}`;
  await markEveryDay(tx, adoption);
}

async function loadFirstDay(sql: Queries, usagePoint: UsagePointId, flow: Flow): Promise<LocalDate | null> {
  const [row] = await rowsOf(sql<{ first: LocalDate | null }[]>`
    select min(date) as first from day where usage_point_id = ${usagePoint} and flow = ${flow}::flow`);
  return row?.first ?? null;
}
