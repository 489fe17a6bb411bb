-- Up Migration

alter table usage_point add column selected_offer_id text;
comment on column usage_point.selected_offer_id is
  'The offer chosen in the account, as last told: it stays when the source loses its offers.';

create table offer_version (
  offer_id text not null,
  version integer not null,
  seen_at timestamptz not null,
  provider_id text not null,
  provider_name text,
  name text not null,
  offer_type text not null,
  subscription_price text,
  prices jsonb not null,
  offpeak_schedules jsonb,
  power_kva integer,
  valid_from timestamptz,
  valid_to timestamptz,
  priced_at timestamptz,
  url text,
  is_active boolean not null,
  primary key (offer_id, version)
);
comment on table offer_version is
  'Every offer ever seen, each time it was told otherwise than before. An offer that is no longer told stays as it is. Never changed nor deleted.';
comment on column offer_version.prices is 'EUR per kWh with tax as decimal texts, by the source''s field names; implausible ones too.';
comment on column offer_version.subscription_price is 'EUR per month with tax, as decimal text.';
comment on column offer_version.power_kva is 'Null: any.';
comment on column offer_version.valid_to is 'Not included; null: not told.';

create view offer as
  select distinct on (offer_id) * from offer_version order by offer_id, version desc;
comment on view offer is 'Each offer as it was last told.';
