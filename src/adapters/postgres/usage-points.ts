import type postgres from "postgres";
import type { Instant, UsagePointId } from "../../domain/units.ts";
import type { UsagePoint } from "../../domain/usage-point.ts";
import type { Address, Contract } from "../../sync/source.ts";
import type { StoredUsagePoint, UsagePointProblem, UsagePointStore } from "../../sync/store.ts";
import { jsonText, lastOfEach, lockFor, type Queries, timestamp } from "./arguments.ts";

export function createUsagePoints(sql: postgres.Sql): UsagePointStore {
  return {
    saveUsagePoints: (account, points, at) =>
      sql.begin(async (tx) => {
        await lockFor(tx, "usage_points");
        await saveListed(
          tx,
          account,
          lastOfEach(points, (point) => point.id),
          at,
        );
        await unlistOthers(tx, account, points);
      }),
    loadAccounts: async () => {
      const rows = await sql<{ account: string }[]>`
        select account from usage_point group by account order by count(*) filter (where listed) desc, account`;
      return rows.map(({ account }) => account);
    },
    loadUsagePoints: (account) => loadUsagePoints(sql, account),
    saveContract: (id, contract) => saveContract(sql, id, contract),
    saveAddress: (id, address) => saveAddress(sql, id, address),
    saveProblem: (id, problem, at) => saveProblem(sql, id, problem, at),
  };
}

/** Null is "not told": it leaves what an earlier list told. */
async function saveListed(tx: Queries, account: string, points: readonly UsagePoint[], at: Instant): Promise<void> {
  await tx`
    with given as materialized (
      select told.id, ${account}::text as account, coalesce(told.name, former.name) as name,
        told."isActive" as is_active, told."hasConsumption" as has_consumption, told."hasProduction" as has_production,
        coalesce(told."activationDate", former.activation_date) as activation_date,
        coalesce(told."subscribedPowerKva", former.subscribed_power_kva) as subscribed_power_kva,
        coalesce(told."offpeakHours", former.offpeak_hours) as offpeak_hours,
        coalesce(told."pricingOption", former.pricing_option) as pricing_option,
        coalesce(told."selectedOfferId", former.selected_offer_id) as selected_offer_id
      from json_to_recordset(${jsonText(points)}::text::json) as told (
        id text, name text, "isActive" boolean, "hasConsumption" boolean, "hasProduction" boolean,
        "activationDate" date, "subscribedPowerKva" integer, "offpeakHours" text, "pricingOption" text,
        "selectedOfferId" text
      )
      left join usage_point as former using (id)
    )
    insert into usage_point (
      id, account, name, is_active, has_consumption, has_production, activation_date, subscribed_power_kva,
      offpeak_hours, pricing_option, selected_offer_id, first_seen_at, listed
    )
    select given.*, ${timestamp(tx, at)}, true from given
    where not exists (
      select from usage_point as former
      where former.id = given.id and former.listed
        and (former.id, former.account, former.name, former.is_active, former.has_consumption, former.has_production,
          former.activation_date, former.subscribed_power_kva, former.offpeak_hours, former.pricing_option,
          former.selected_offer_id) is not distinct from (given.id, given.account, given.name, given.is_active, given.has_consumption, given.has_production,
          given.activation_date, given.subscribed_power_kva, given.offpeak_hours, given.pricing_option,
          given.selected_offer_id)
    )
    on conflict (id) do update set
      account = excluded.account,
      name = excluded.name,
      is_active = excluded.is_active,
      has_consumption = excluded.has_consumption,
      has_production = excluded.has_production,
      activation_date = excluded.activation_date,
      subscribed_power_kva = excluded.subscribed_power_kva,
      offpeak_hours = excluded.offpeak_hours,
      pricing_option = excluded.pricing_option,
      selected_offer_id = excluded.selected_offer_id,
      listed = true`;
}

async function unlistOthers(tx: Queries, account: string, points: readonly UsagePoint[]): Promise<void> {
  await tx`
    update usage_point set listed = false
    where account = ${account} and listed
      and id not in (select json_array_elements_text(${jsonText(points.map((point) => point.id))}::text::json))`;
}

interface UsagePointRow extends UsagePoint {
  readonly account: string;
  readonly listed: boolean;
  readonly contractKnown: boolean;
  readonly code: string | null;
  readonly message: string | null;
  readonly since: Instant | null;
}

/** What the contract tells goes before what the list tells. */
async function loadUsagePoints(sql: Queries, account: string): Promise<readonly StoredUsagePoint[]> {
  const rows = await sql<UsagePointRow[]>`
    select id, account, name, is_active as "isActive", has_consumption as "hasConsumption",
      has_production as "hasProduction",
      coalesce(contract.activation_date, usage_point.activation_date) as "activationDate",
      coalesce(contract.subscribed_power_kva, usage_point.subscribed_power_kva) as "subscribedPowerKva",
      coalesce(contract.offpeak_hours, usage_point.offpeak_hours) as "offpeakHours",
      pricing_option as "pricingOption", selected_offer_id as "selectedOfferId", listed, contract.usage_point_id is not null as "contractKnown",
      problem as code, problem_message as message, problem_since as since
    from usage_point left join contract on contract.usage_point_id = id
    where account = ${account}
    order by listed desc, id`;
  return rows.map(({ code, message, since, ...point }) => ({ ...point, problem: problemOf({ code, message, since }) }));
}

function problemOf({ code, message, since }: Pick<UsagePointRow, "code" | "message" | "since">) {
  return code === null || since === null ? null : { code, message: message ?? "", since };
}

async function saveContract(sql: Queries, id: UsagePointId, contract: Contract): Promise<void> {
  await sql`
    with given as materialized (
      select coalesce(told."activationDate", former.activation_date) as activation_date,
        coalesce(told."subscribedPowerKva", former.subscribed_power_kva) as subscribed_power_kva,
        coalesce(told."offpeakHours", former.offpeak_hours) as offpeak_hours,
        coalesce(told.segment, former.segment) as segment,
        coalesce(told."distributionTariff", former.distribution_tariff) as distribution_tariff,
        coalesce(told.status, former.status) as status,
        ${jsonText(contract.raw)}::text::jsonb as raw
      from json_to_record(${jsonText({ ...contract, raw: null })}::text::json) as told (
        "activationDate" date, "subscribedPowerKva" integer, "offpeakHours" text, segment text,
        "distributionTariff" text, status text
      )
      left join contract as former on former.usage_point_id = ${id}
    )
    insert into contract (
      usage_point_id, activation_date, subscribed_power_kva, offpeak_hours, segment, distribution_tariff, status, raw
    )
    select ${id}, given.* from given
    where not exists (
      select from contract as former
      where usage_point_id = ${id}
        and (former.activation_date, former.subscribed_power_kva, former.offpeak_hours, former.segment,
          former.distribution_tariff, former.status, former.raw) is not distinct from
          (given.activation_date, given.subscribed_power_kva, given.offpeak_hours, given.segment,
          given.distribution_tariff, given.status, given.raw)
    )
    on conflict (usage_point_id) do update set
      activation_date = excluded.activation_date,
      subscribed_power_kva = excluded.subscribed_power_kva,
      offpeak_hours = excluded.offpeak_hours,
      segment = excluded.segment,
      distribution_tariff = excluded.distribution_tariff,
      status = excluded.status,
      raw = excluded.raw`;
}

async function saveAddress(sql: Queries, id: UsagePointId, address: Address): Promise<void> {
  await sql`
    with given as materialized (
      select coalesce(${address.city}::text, former.city) as city,
        coalesce(${address.postalCode}::text, former.postal_code) as postal_code,
        ${jsonText(address.raw)}::text::jsonb as raw
      from (select) as told left join address as former on former.usage_point_id = ${id}
    )
    insert into address (usage_point_id, city, postal_code, raw)
    select ${id}, given.* from given
    where not exists (
      select from address as former
      where usage_point_id = ${id}
        and (former.city, former.postal_code, former.raw) is not distinct from (given.city, given.postal_code, given.raw)
    )
    on conflict (usage_point_id)
      do update set city = excluded.city, postal_code = excluded.postal_code, raw = excluded.raw`;
}

async function saveProblem(
  sql: Queries,
  id: UsagePointId,
  problem: Omit<UsagePointProblem, "since"> | null,
  at: Instant,
): Promise<void> {
  await sql`
    update usage_point set
      problem = given.code,
      problem_message = given.message,
      problem_since = case when given.code is null then null when problem = given.code then problem_since else given.at end
    from (
      select ${problem?.code ?? null}::text as code, ${problem?.message ?? null}::text as message,
        ${timestamp(sql, at)} as at
    ) as given
    where id = ${id} and (problem, problem_message) is distinct from (given.code, given.message)`;
}
