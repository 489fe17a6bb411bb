import type postgres from "postgres";
import { hourMs, type Instant, instant } from "../../domain/units.ts";
import type { LeaseStore } from "../../sync/store.ts";
import { timestamp } from "./arguments.ts";

type Request = Parameters<LeaseStore["takeLease"]>[0];

export function createLeases(sql: postgres.Sql): LeaseStore {
  return {
    takeLease: async (request) => (await renew(sql, request)) || (await takeFirst(sql, request)),
    async releaseLease(usagePoint, holder) {
      await sql`delete from lease where usage_point_id = ${usagePoint} and holder = ${holder}`;
    },
    async forgetLeases() {
      await sql`
        with claims as (delete from statistic_claim), of_exports as (delete from export_claim) delete from lease`;
    },
  };
}

/** No lease lasts longer: one that ends later was taken under a clock that was ahead, and would never end. */
const beyond = (until: Instant): Instant => instant(until + hourMs);

/** The row of our own lease, or of one that has ended; not waited for when someone else has it in hand right now. */
async function renew(sql: postgres.Sql, { usagePoint, holder, now, until }: Request): Promise<boolean> {
  const [row] = await sql<{ held: boolean }[]>`
    with free as materialized (
      select usage_point_id from lease
      where usage_point_id = ${usagePoint} and (holder = ${holder} or until <= ${timestamp(sql, now)} or until > ${timestamp(sql, beyond(until))})
      for update skip locked
    ), taken as (
      update lease set holder = ${holder}, until = given.until
      from free, (select ${timestamp(sql, until)} as until) as given
      where lease.usage_point_id = free.usage_point_id
        and (lease.holder, lease.until) is distinct from (${holder}::text, given.until)
    )
    select exists (select from free) as held`;
  return row?.held ?? false;
}

async function takeFirst(sql: postgres.Sql, { usagePoint, holder, until }: Request): Promise<boolean> {
  const taken = await sql`
    insert into lease (usage_point_id, holder, until) values (${usagePoint}, ${holder}, ${timestamp(sql, until)})
    on conflict (usage_point_id) do nothing`;
  return taken.count === 1;
}
