import type postgres from "postgres";
import type { Instant } from "../../domain/units.ts";
import type { Offer, OfferStore, OfferVersion } from "../../sync/offers.ts";
import { batchesOf, jsonText, lastOfEach, lockFor, type Queries, rowsOf, timestamp } from "./arguments.ts";

export function createOffers(sql: postgres.Sql): OfferStore {
  return {
    saveOffers: (offers, at) =>
      sql.begin(async (tx) => {
        await lockFor(tx, "offers");
        let written = 0;
        for (const batch of batchesOf(lastOfEach(offers, ({ id }) => id))) written += await saveVersions(tx, batch, at);
        return { written };
      }),
    loadOffers: () =>
      rowsOf(sql<OfferVersion[]>`select ${versionColumns(sql)} from offer_version order by offer_id, version`),
    loadOfferFamily: (offerId) => loadFamily(sql, offerId),
  };
}

/** That only the moment of pricing or the page of the offer moved makes no version: sources touch them every day. */
async function saveVersions(tx: Queries, offers: readonly Offer[], at: Instant): Promise<number> {
  const saved = await tx`
    with given as materialized (
      select told.id as offer_id, coalesce(former.version, 0) + 1 as version, ${timestamp(tx, at)} as seen_at,
        told."providerId" as provider_id, coalesce(told."providerName", former.provider_name) as provider_name,
        told.name, told."offerType" as offer_type, told."subscriptionPrice" as subscription_price, told.prices,
        told."offpeakSchedules" as offpeak_schedules, told."powerKva" as power_kva,
        to_timestamp(told."validFrom" / 1000) as valid_from, to_timestamp(told."validTo" / 1000) as valid_to,
        to_timestamp(told."pricedAt" / 1000) as priced_at, told.url, told."isActive" as is_active
      from json_to_recordset(${jsonText(offers)}::text::json) as told (
        id text, "providerId" text, "providerName" text, name text, "offerType" text, "subscriptionPrice" text,
        prices jsonb, "offpeakSchedules" jsonb, "powerKva" integer, "validFrom" float8, "validTo" float8,
        "pricedAt" float8, url text, "isActive" boolean
      )
      left join lateral (
        select version, provider_name from offer_version where offer_id = told.id order by version desc limit 1
      ) as former on true
    )
    insert into offer_version (
      offer_id, version, seen_at, provider_id, provider_name, name, offer_type, subscription_price, prices,
      offpeak_schedules, power_kva, valid_from, valid_to, priced_at, url, is_active
    )
    select * from given
    where not exists (
      select from offer_version as former
      where former.offer_id = given.offer_id and former.version = given.version - 1
        and (former.provider_id, former.provider_name, former.name, former.offer_type, former.subscription_price,
          former.prices, former.offpeak_schedules, former.power_kva, former.valid_from, former.valid_to,
          former.is_active) is not distinct from
          (given.provider_id, given.provider_name, given.name, given.offer_type, given.subscription_price,
          given.prices, given.offpeak_schedules, given.power_kva, given.valid_from, given.valid_to, given.is_active)
    )
    returning offer_id`;
  return saved.length;
}

const versionColumns = (sql: Queries) => sql`
  offer_id as id, provider_id as "providerId", provider_name as "providerName", name, offer_type as "offerType",
  subscription_price as "subscriptionPrice", prices, offpeak_schedules as "offpeakSchedules", power_kva as "powerKva",
  valid_from as "validFrom", valid_to as "validTo", priced_at as "pricedAt", url, is_active as "isActive",
  seen_at as "seenAt"`;

/** Providers and offers may be entered anew under other ids: the provider's name is as good as its id. */
async function loadFamily(sql: Queries, offerId: string): Promise<readonly OfferVersion[]> {
  return rowsOf(sql<OfferVersion[]>`
    select ${versionColumns(sql)}
    from offer_version
    where offer_id in (
      select other.offer_id
      from offer_version as other
      join offer_version as own
        on own.offer_id = ${offerId} and own.name = other.name and own.offer_type = other.offer_type
          and own.power_kva is not distinct from other.power_kva
          and (own.provider_id = other.provider_id or own.provider_name = other.provider_name)
    )
    order by offer_id, version`);
}
