-- Up Migration

create type flow as enum ('consumption', 'production');
create type subject as enum ('consumption_curve', 'consumption_daily', 'production_curve', 'production_daily', 'max_power');
create type answer as enum ('complete', 'partial', 'absent', 'refused');
create type day_quality as enum ('complete', 'partial', 'estimated', 'disagreeing');
create type tempo_color as enum ('BLEU', 'BLANC', 'ROUGE');

comment on type answer is
  'What the source last said of one day: complete, partial, absent (asked, not there), refused (before the activation, or never measured).';
comment on type day_quality is
  'complete: slots cover the day. partial: some are missing and no daily value tells the rest. estimated: the missing part is inferred from the daily value. disagreeing: slots and daily value contradict each other, both are kept.';

create table usage_point (
  id text primary key check (id ~ '^[0-9]{14}$'),
  account text not null,
  name text,
  is_active boolean not null,
  has_consumption boolean not null,
  has_production boolean not null,
  activation_date date,
  subscribed_power_kva integer,
  offpeak_hours text,
  pricing_option text,
  problem text,
  problem_message text,
  problem_since timestamptz,
  first_seen_at timestamptz not null,
  listed boolean not null default true
);
comment on table usage_point is
  'What the account''s list tells of a metered connection. What its contract tells is in contract, and goes before.';
comment on column usage_point.listed is 'Whether the account listed it last time. What was stored stays for ever either way.';

create table contract (
  usage_point_id text primary key references usage_point (id),
  activation_date date,
  subscribed_power_kva integer,
  offpeak_hours text,
  segment text,
  distribution_tariff text,
  status text,
  raw jsonb not null
);
comment on table contract is 'The last contract the source told. A field that a later answer leaves out keeps its value; raw is that answer.';

create table address (
  usage_point_id text primary key references usage_point (id),
  city text,
  postal_code text,
  raw jsonb not null
);

create table lease (
  usage_point_id text primary key references usage_point (id),
  holder text not null,
  until timestamptz not null
);
comment on table lease is
  'Which instance works on a usage point. A table of its own, so that saving a usage point never looks like holding it.';

create table slot (
  usage_point_id text not null,
  flow flow not null,
  starts_at timestamptz not null,
  minutes smallint not null check (minutes between 1 and 60),
  power_w integer not null check (power_w >= 0),
  primary key (usage_point_id, flow, starts_at)
);
comment on table slot is 'Mean power over [starts_at, starts_at + minutes). Energy is power_w * minutes watt-minutes. The usage point is checked through the row in day that each slot''s writer touches: a foreign key here would run a query per slot.';

create table daily_reading (
  usage_point_id text not null references usage_point (id),
  flow flow not null,
  date date not null,
  value_wh integer not null check (value_wh >= 0),
  primary key (usage_point_id, flow, date)
);
comment on table daily_reading is 'The official energy of a Paris calendar day, as the source gave it.';

create table max_power (
  usage_point_id text not null references usage_point (id),
  date date not null,
  power_va integer not null check (power_va >= 0),
  reached_at timestamptz not null,
  primary key (usage_point_id, date)
);

create table former_reading (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('slot', 'daily_reading', 'max_power', 'tempo_day', 'ecowatt_hour')),
  usage_point_id text,
  flow flow,
  starts_at timestamptz,
  date date,
  former jsonb not null,
  replaced_at timestamptz not null default clock_timestamp()
);
comment on table former_reading is 'Every value that a later answer replaced, as it was.';

create function keep_former_reading() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'slot' then
    insert into former_reading (kind, usage_point_id, flow, starts_at, former)
      values ('slot', old.usage_point_id, old.flow, old.starts_at, to_jsonb(old));
  elsif tg_table_name = 'daily_reading' then
    insert into former_reading (kind, usage_point_id, flow, date, former)
      values ('daily_reading', old.usage_point_id, old.flow, old.date, to_jsonb(old));
  elsif tg_table_name = 'max_power' then
    insert into former_reading (kind, usage_point_id, date, former)
      values ('max_power', old.usage_point_id, old.date, to_jsonb(old));
  else
    insert into former_reading (kind, date, former) values (tg_table_name, old.date, to_jsonb(old));
  end if;
  return null;
end $$;

create trigger slot_updated after update on slot for each row
  when (old.* is distinct from new.*) execute function keep_former_reading();
create trigger slot_deleted after delete on slot for each row execute function keep_former_reading();
create trigger daily_reading_updated after update on daily_reading for each row
  when (old.* is distinct from new.*) execute function keep_former_reading();
create trigger daily_reading_deleted after delete on daily_reading for each row execute function keep_former_reading();
create trigger max_power_updated after update on max_power for each row
  when (old.* is distinct from new.*) execute function keep_former_reading();
create trigger max_power_deleted after delete on max_power for each row execute function keep_former_reading();

create table day (
  usage_point_id text not null references usage_point (id),
  flow flow not null,
  date date not null,
  stale boolean not null default true,
  readings_at timestamptz not null,
  value_wh integer,
  quality day_quality,
  slots_wh integer,
  official_wh integer,
  minutes_present smallint,
  derived_at timestamptz,
  primary key (usage_point_id, flow, date),
  check (stale or value_wh is not null),
  check ((value_wh is null) = (quality is null) and (value_wh is null) = (derived_at is null))
);
comment on table day is
  'One row per day with readings. stale: readings changed since it was derived, set in the same transaction as those readings.';
comment on column day.readings_at is
  'When its slots or its daily value last changed, also where the day''s sum stayed the same (a curve corrected within the day).';
comment on column day.derived_at is 'When one of the derived figures last changed.';
create index day_stale on day (usage_point_id, flow, date) where stale;

create table inquiry (
  usage_point_id text not null references usage_point (id),
  subject subject not null,
  date date not null,
  asked_at timestamptz not null,
  answer answer not null,
  tries smallint not null,
  primary key (usage_point_id, subject, date)
);
comment on table inquiry is 'What each day was last asked and answered. tries: consecutive questions without a complete answer.';

create table task (
  key text primary key,
  asked_at timestamptz not null,
  succeeded_at timestamptz,
  failures smallint not null default 0,
  retry_at timestamptz,
  detail text
);
comment on table task is 'The memory of each kind of call that is not about one day, and of failed calls: when it may be tried again.';

create table budget (
  account text not null,
  utc_day date not null,
  bucket text not null check (bucket in ('no_cache', 'cached')),
  used integer not null,
  allowed integer not null,
  primary key (account, utc_day, bucket)
);
comment on table budget is 'Calls that count against the gateway''s quota, taken before the call is made. Days are UTC.';

create table tempo_day (
  date date primary key,
  color tempo_color not null,
  announced_at timestamptz,
  first_seen_at timestamptz not null
);

create table ecowatt_day (
  date date primary key,
  level smallint not null check (level between 1 and 3),
  message text not null,
  generated_at timestamptz not null
);
create table ecowatt_hour (
  date date not null references ecowatt_day (date),
  hour smallint not null check (hour between 0 and 23),
  level smallint not null check (level between 1 and 3),
  decarbonised boolean not null,
  primary key (date, hour)
);

create trigger tempo_day_updated after update on tempo_day for each row
  when (old.color is distinct from new.color) execute function keep_former_reading();
create trigger ecowatt_hour_updated after update on ecowatt_hour for each row
  when (old.level is distinct from new.level) execute function keep_former_reading();

create table mqtt_topic (
  broker text not null,
  topic text not null,
  components jsonb,
  primary key (broker, topic)
);
comment on table mqtt_topic is
  'Every retained topic this installation published, by broker, so that what is no longer owned is cleared. components: id to platform, on discovery topics.';

create table installation (
  singleton boolean primary key default true check (singleton),
  id uuid not null,
  created_at timestamptz not null
);

create table export_configs (
  destination text primary key,
  enabled boolean not null default false,
  interval_minutes integer not null default 60 check (interval_minutes > 0),
  export_data text[] not null default '{}',
  settings jsonb not null default '{}',
  updated_at timestamptz not null
);
create table export_logs (
  id bigint generated always as identity primary key,
  destination text not null,
  status text not null check (status in ('running', 'success', 'partial', 'failed')),
  records_exported integer not null default 0,
  error_message text,
  started_at timestamptz not null,
  completed_at timestamptz
);
create index export_logs_started_at on export_logs (started_at);

create view consumption_daily as
  select usage_point_id, date, value_wh, quality::text as quality, slots_wh, official_wh, minutes_present, derived_at
  from day where flow = 'consumption' and value_wh is not null;
create view production_daily as
  select usage_point_id, date, value_wh, quality::text as quality, slots_wh, official_wh, minutes_present, derived_at
  from day where flow = 'production' and value_wh is not null;
create view tempo_calendar as select date, color::text as color, announced_at from tempo_day;
create view ecowatt_signals as
  select h.date, h.hour, h.level, d.message, h.decarbonised, d.generated_at
  from ecowatt_hour h join ecowatt_day d using (date);
