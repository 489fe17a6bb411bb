create type answer as enum ('complete', 'partial', 'absent', 'refused');

create type day_quality as enum ('complete', 'partial', 'estimated', 'disagreeing');

create type flow as enum ('consumption', 'production');

create type hour_origin as enum ('measured', 'estimated', 'former');

create type subject as enum ('consumption_curve', 'consumption_daily', 'production_curve', 'production_daily', 'max_power');

create type tempo_color as enum ('BLEU', 'BLANC', 'ROUGE');

CREATE OR REPLACE FUNCTION public.keep_former_reading()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$;

create table address (
  usage_point_id text not null,
  city text,
  postal_code text,
  raw jsonb not null,
  constraint address_pkey PRIMARY KEY (usage_point_id),
  constraint address_usage_point_id_fkey FOREIGN KEY (usage_point_id) REFERENCES usage_point(id)
);

create table adoption (
  id integer not null generated always as identity,
  usage_point_id text not null,
  flow flow not null,
  tool text not null,
  mode text not null,
  at timestamp with time zone not null,
  statistic_ids json not null,
  step text not null default 'saved'::text,
  keep_through date,
  undone_at timestamp with time zone,
  constraint adoption_pkey PRIMARY KEY (id),
  constraint adoption_usage_point_id_fkey FOREIGN KEY (usage_point_id) REFERENCES usage_point(id),
  constraint adoption_mode_check CHECK ((mode = ANY (ARRAY['continue'::text, 'copy'::text]))),
  constraint adoption_step_check CHECK ((step = ANY (ARRAY['saved'::text, 'applied'::text, 'undoing'::text, 'undone'::text])))
);

create table adoption_former_hour (
  adoption_id integer not null,
  series_id integer not null,
  starts_at timestamp with time zone not null,
  energy bigint not null,
  origin hour_origin not null,
  former_adoption_id integer,
  constraint adoption_former_hour_pkey PRIMARY KEY (adoption_id, series_id, starts_at)
);

create table adoption_saved_rows (
  adoption_id integer not null,
  position integer not null,
  part integer not null,
  starts_at timestamp with time zone[] not null,
  state double precision[] not null,
  sum double precision[] not null,
  mean double precision[] not null,
  min double precision[] not null,
  max double precision[] not null,
  last_reset timestamp with time zone[] not null,
  constraint adoption_saved_rows_pkey PRIMARY KEY (adoption_id, "position", part),
  constraint adoption_saved_rows_adoption_id_position_fkey FOREIGN KEY (adoption_id, "position") REFERENCES adoption_saved_series(adoption_id, "position")
);

create table adoption_saved_series (
  adoption_id integer not null,
  position integer not null,
  statistic_id text not null,
  metadata json,
  constraint adoption_saved_series_pkey PRIMARY KEY (adoption_id, "position"),
  constraint adoption_saved_series_adoption_id_fkey FOREIGN KEY (adoption_id) REFERENCES adoption(id)
);

create table adoption_series (
  adoption_id integer not null,
  role text not null,
  series_id integer not null,
  former json,
  measure text not null,
  constraint adoption_series_pkey PRIMARY KEY (adoption_id, measure, role),
  constraint adoption_series_adoption_id_fkey FOREIGN KEY (adoption_id) REFERENCES adoption(id),
  constraint adoption_series_measure_check CHECK ((measure = ANY (ARRAY['energy'::text, 'cost'::text])))
);

create table api_token (
  id integer not null generated always as identity,
  name text not null,
  token_hash text not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint api_token_pkey PRIMARY KEY (id),
  constraint api_token_name_key UNIQUE (name),
  constraint api_token_token_hash_key UNIQUE (token_hash)
);

create table budget (
  account text not null,
  utc_day date not null,
  bucket text not null,
  used integer not null,
  allowed integer not null,
  constraint budget_pkey PRIMARY KEY (account, utc_day, bucket),
  constraint budget_bucket_check CHECK ((bucket = ANY (ARRAY['no_cache'::text, 'cached'::text])))
);

create table contract (
  usage_point_id text not null,
  activation_date date,
  subscribed_power_kva integer,
  offpeak_hours text,
  segment text,
  distribution_tariff text,
  status text,
  raw jsonb not null,
  constraint contract_pkey PRIMARY KEY (usage_point_id),
  constraint contract_usage_point_id_fkey FOREIGN KEY (usage_point_id) REFERENCES usage_point(id)
);

create table contribution (
  id bigint not null generated always as identity,
  sent_at timestamp with time zone not null,
  offer_name text not null,
  body jsonb not null,
  state text not null,
  receipt text,
  message text not null,
  constraint contribution_pkey PRIMARY KEY (id),
  constraint contribution_state_check CHECK ((state = ANY (ARRAY['sent'::text, 'refused'::text, 'failed'::text])))
);

create table daily_reading (
  usage_point_id text not null,
  flow flow not null,
  date date not null,
  value_wh integer not null,
  origin text not null default 'source'::text,
  constraint daily_reading_pkey PRIMARY KEY (usage_point_id, flow, date),
  constraint daily_reading_usage_point_id_fkey FOREIGN KEY (usage_point_id) REFERENCES usage_point(id),
  constraint daily_reading_origin_check CHECK ((origin = ANY (ARRAY['source'::text, 'user'::text]))),
  constraint daily_reading_value_wh_check CHECK ((value_wh >= 0))
);

create table day (
  usage_point_id text not null,
  flow flow not null,
  date date not null,
  stale boolean not null default true,
  readings_at timestamp with time zone not null,
  value_wh integer,
  quality day_quality,
  slots_wh integer,
  official_wh integer,
  minutes_present smallint,
  derived_at timestamp with time zone,
  revision integer not null default 1,
  statistics_revision integer not null default 0,
  constraint day_pkey PRIMARY KEY (usage_point_id, flow, date),
  constraint day_usage_point_id_fkey FOREIGN KEY (usage_point_id) REFERENCES usage_point(id),
  constraint day_check CHECK ((stale OR (value_wh IS NOT NULL))),
  constraint day_check1 CHECK ((((value_wh IS NULL) = (quality IS NULL)) AND ((value_wh IS NULL) = (derived_at IS NULL))))
);

create table ecowatt_day (
  date date not null,
  level smallint not null,
  message text not null,
  generated_at timestamp with time zone not null,
  constraint ecowatt_day_pkey PRIMARY KEY (date),
  constraint ecowatt_day_level_check CHECK (((level >= 1) AND (level <= 3)))
);

create table ecowatt_hour (
  date date not null,
  hour smallint not null,
  level smallint not null,
  decarbonised boolean not null,
  constraint ecowatt_hour_pkey PRIMARY KEY (date, hour),
  constraint ecowatt_hour_date_fkey FOREIGN KEY (date) REFERENCES ecowatt_day(date),
  constraint ecowatt_hour_hour_check CHECK (((hour >= 0) AND (hour <= 23))),
  constraint ecowatt_hour_level_check CHECK (((level >= 1) AND (level <= 3)))
);

create table energy_preferences_change (
  id integer not null generated always as identity,
  adoption_id integer,
  at timestamp with time zone not null,
  before json,
  after json not null,
  undone_at timestamp with time zone,
  constraint energy_preferences_change_pkey PRIMARY KEY (id),
  constraint energy_preferences_change_adoption_id_fkey FOREIGN KEY (adoption_id) REFERENCES adoption(id)
);

create table export_claim (
  destination text not null,
  holder text not null,
  until timestamp with time zone not null,
  constraint export_claim_pkey PRIMARY KEY (destination)
);

create table export_configs (
  destination text not null,
  enabled boolean not null default false,
  interval_minutes integer not null default 60,
  export_data text[] not null default '{}'::text[],
  settings jsonb not null default '{}'::jsonb,
  updated_at timestamp with time zone not null,
  constraint export_configs_pkey PRIMARY KEY (destination),
  constraint export_configs_interval_minutes_check CHECK ((interval_minutes > 0))
);

create table export_logs (
  id bigint not null generated always as identity,
  destination text not null,
  status text not null,
  records_exported integer not null default 0,
  error_message text,
  started_at timestamp with time zone not null,
  completed_at timestamp with time zone,
  constraint export_logs_pkey PRIMARY KEY (id),
  constraint export_logs_status_check CHECK ((status = ANY (ARRAY['running'::text, 'success'::text, 'partial'::text, 'failed'::text])))
);

create table export_month (
  series_id integer not null,
  month text not null,
  mark text not null,
  days jsonb not null,
  constraint export_month_pkey PRIMARY KEY (series_id, month),
  constraint export_month_series_id_fkey FOREIGN KEY (series_id) REFERENCES export_series(id) ON DELETE CASCADE,
  constraint export_month_month_check CHECK ((month ~ '^[0-9]{4}-[0-9]{2}$'::text))
);

create table export_series (
  id integer not null generated always as identity,
  destination text not null,
  target text not null,
  series text not null,
  corrected_at timestamp with time zone,
  constraint export_series_pkey PRIMARY KEY (id),
  constraint export_series_destination_target_series_key UNIQUE (destination, target, series)
);

create table former_reading (
  id bigint not null generated always as identity,
  kind text not null,
  usage_point_id text,
  flow flow,
  starts_at timestamp with time zone,
  date date,
  former jsonb not null,
  replaced_at timestamp with time zone not null default clock_timestamp(),
  constraint former_reading_pkey PRIMARY KEY (id),
  constraint former_reading_kind_check CHECK ((kind = ANY (ARRAY['slot'::text, 'daily_reading'::text, 'max_power'::text, 'tempo_day'::text, 'ecowatt_hour'::text])))
);

create table inquiry (
  usage_point_id text not null,
  subject subject not null,
  date date not null,
  asked_at timestamp with time zone not null,
  answer answer not null,
  tries smallint not null,
  constraint inquiry_pkey PRIMARY KEY (usage_point_id, subject, date),
  constraint inquiry_usage_point_id_fkey FOREIGN KEY (usage_point_id) REFERENCES usage_point(id)
);

create table installation (
  singleton boolean not null default true,
  id uuid not null,
  created_at timestamp with time zone not null,
  constraint installation_pkey PRIMARY KEY (singleton),
  constraint installation_singleton_check CHECK (singleton)
);

create table lease (
  usage_point_id text not null,
  holder text not null,
  until timestamp with time zone not null,
  constraint lease_pkey PRIMARY KEY (usage_point_id),
  constraint lease_usage_point_id_fkey FOREIGN KEY (usage_point_id) REFERENCES usage_point(id)
);

create table max_power (
  usage_point_id text not null,
  date date not null,
  power_va integer not null,
  reached_at timestamp with time zone not null,
  constraint max_power_pkey PRIMARY KEY (usage_point_id, date),
  constraint max_power_usage_point_id_fkey FOREIGN KEY (usage_point_id) REFERENCES usage_point(id),
  constraint max_power_power_va_check CHECK ((power_va >= 0))
);

create table mqtt_topic (
  broker text not null,
  topic text not null,
  components jsonb,
  constraint mqtt_topic_pkey PRIMARY KEY (broker, topic)
);

create table offer_version (
  offer_id text not null,
  version integer not null,
  seen_at timestamp with time zone not null,
  provider_id text not null,
  provider_name text,
  name text not null,
  offer_type text not null,
  subscription_price text,
  prices jsonb not null,
  offpeak_schedules jsonb,
  power_kva integer,
  valid_from timestamp with time zone,
  valid_to timestamp with time zone,
  priced_at timestamp with time zone,
  url text,
  is_active boolean not null,
  constraint offer_version_pkey PRIMARY KEY (offer_id, version)
);

create table setting (
  key text not null,
  value jsonb,
  sealed bytea,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  constraint setting_pkey PRIMARY KEY (key),
  constraint setting_one_form CHECK (((value IS NULL) <> (sealed IS NULL)))
);

create table slot (
  usage_point_id text not null,
  flow flow not null,
  starts_at timestamp with time zone not null,
  minutes smallint not null,
  power_w integer not null,
  constraint slot_pkey PRIMARY KEY (usage_point_id, flow, starts_at),
  constraint slot_minutes_check CHECK (((minutes >= 1) AND (minutes <= 60))),
  constraint slot_power_w_check CHECK ((power_w >= 0))
);

create table statistic_claim (
  singleton boolean not null default true,
  holder text not null,
  until timestamp with time zone not null,
  constraint statistic_claim_pkey PRIMARY KEY (singleton),
  constraint statistic_claim_singleton_check CHECK (singleton)
);

create table statistic_hour (
  starts_at timestamp with time zone not null,
  amount bigint not null,
  series_id integer not null,
  origin hour_origin not null,
  adoption_id integer,
  constraint statistic_hour_pkey PRIMARY KEY (series_id, starts_at),
  constraint statistic_hour_check CHECK (((origin = 'former'::hour_origin) = (adoption_id IS NOT NULL)))
);

create table statistic_pending (
  usage_point_id text not null,
  date date not null,
  energy bigint not null,
  constraint statistic_pending_pkey PRIMARY KEY (usage_point_id, date),
  constraint statistic_pending_usage_point_id_fkey FOREIGN KEY (usage_point_id) REFERENCES usage_point(id),
  constraint statistic_pending_energy_check CHECK ((energy > 0))
);

create table statistic_plan (
  usage_point_id text not null,
  plan text not null,
  constraint statistic_plan_pkey PRIMARY KEY (usage_point_id),
  constraint statistic_plan_usage_point_id_fkey FOREIGN KEY (usage_point_id) REFERENCES usage_point(id)
);

create table statistic_prices (
  usage_point_id text not null,
  prices text not null,
  constraint statistic_prices_pkey PRIMARY KEY (usage_point_id),
  constraint statistic_prices_usage_point_id_fkey FOREIGN KEY (usage_point_id) REFERENCES usage_point(id)
);

create table statistic_series (
  id integer not null generated always as identity,
  usage_point_id text not null,
  flow flow not null,
  role text not null,
  statistic_id text not null,
  name text not null,
  unit text not null,
  base bigint not null default 0,
  total bigint not null default 0,
  dirty_from timestamp with time zone,
  revision integer not null default 1,
  foreign_at timestamp with time zone,
  repaired_at timestamp with time zone,
  confirmed_at timestamp with time zone,
  is_active boolean not null default true,
  measure text not null,
  constraint statistic_series_pkey PRIMARY KEY (id),
  constraint statistic_series_usage_point_id_flow_measure_role_key UNIQUE (usage_point_id, flow, measure, role),
  constraint statistic_series_usage_point_id_fkey FOREIGN KEY (usage_point_id) REFERENCES usage_point(id),
  constraint statistic_series_check CHECK (
CASE measure
    WHEN 'energy'::text THEN (unit = ANY (ARRAY['kWh'::text, 'Wh'::text]))
    ELSE (unit = 'EUR'::text)
END),
  constraint statistic_series_measure_check CHECK ((measure = ANY (ARRAY['energy'::text, 'cost'::text])))
);

create table task (
  key text not null,
  asked_at timestamp with time zone not null,
  succeeded_at timestamp with time zone,
  failures smallint not null default 0,
  retry_at timestamp with time zone,
  detail text,
  constraint task_pkey PRIMARY KEY (key)
);

create table tempo_day (
  date date not null,
  color tempo_color not null,
  announced_at timestamp with time zone,
  first_seen_at timestamp with time zone not null,
  constraint tempo_day_pkey PRIMARY KEY (date)
);

create table usage_point (
  id text not null,
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
  problem_since timestamp with time zone,
  first_seen_at timestamp with time zone not null,
  listed boolean not null default true,
  selected_offer_id text,
  constraint usage_point_pkey PRIMARY KEY (id),
  constraint usage_point_id_check CHECK ((id ~ '^[0-9]{14}$'::text))
);

create table web_password (
  singleton boolean not null default true,
  hash text not null,
  environment_hash text,
  changed_at timestamp with time zone not null,
  constraint web_password_pkey PRIMARY KEY (singleton),
  constraint web_password_singleton CHECK (singleton)
);

create table web_session (
  token_hash text not null,
  used_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  created_at timestamp with time zone,
  constraint web_session_pkey PRIMARY KEY (token_hash)
);

CREATE INDEX daily_reading_typed ON public.daily_reading USING btree (usage_point_id, flow, date) WHERE (origin = 'user'::text);

CREATE INDEX day_stale ON public.day USING btree (usage_point_id, flow, date) WHERE stale;

CREATE INDEX day_statistics_stale ON public.day USING btree (usage_point_id, flow, date) WHERE (revision <> statistics_revision);

CREATE INDEX export_logs_of_destination ON public.export_logs USING btree (destination, id);

CREATE INDEX export_logs_started_at ON public.export_logs USING btree (started_at);

CREATE INDEX former_reading_of_day ON public.former_reading USING btree (usage_point_id, flow, COALESCE(date, ((starts_at AT TIME ZONE 'Europe/Paris'::text))::date));

CREATE UNIQUE INDEX statistic_series_name ON public.statistic_series USING btree (statistic_id) WHERE is_active;

CREATE TRIGGER daily_reading_deleted AFTER DELETE ON public.daily_reading FOR EACH ROW EXECUTE FUNCTION keep_former_reading();

CREATE TRIGGER daily_reading_updated AFTER UPDATE ON public.daily_reading FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION keep_former_reading();

CREATE TRIGGER ecowatt_hour_updated AFTER UPDATE ON public.ecowatt_hour FOR EACH ROW WHEN ((old.level IS DISTINCT FROM new.level)) EXECUTE FUNCTION keep_former_reading();

CREATE TRIGGER max_power_deleted AFTER DELETE ON public.max_power FOR EACH ROW EXECUTE FUNCTION keep_former_reading();

CREATE TRIGGER max_power_updated AFTER UPDATE ON public.max_power FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION keep_former_reading();

CREATE TRIGGER slot_deleted AFTER DELETE ON public.slot FOR EACH ROW EXECUTE FUNCTION keep_former_reading();

CREATE TRIGGER slot_updated AFTER UPDATE ON public.slot FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION keep_former_reading();

CREATE TRIGGER tempo_day_updated AFTER UPDATE ON public.tempo_day FOR EACH ROW WHEN ((old.color IS DISTINCT FROM new.color)) EXECUTE FUNCTION keep_former_reading();

create view consumption_daily as
 SELECT usage_point_id,
    date,
    value_wh,
    quality::text AS quality,
    slots_wh,
    official_wh,
    minutes_present,
    derived_at
   FROM day
  WHERE flow = 'consumption'::flow AND value_wh IS NOT NULL;

create view ecowatt_signals as
 SELECT h.date,
    h.hour,
    h.level,
    d.message,
    h.decarbonised,
    d.generated_at
   FROM ecowatt_hour h
     JOIN ecowatt_day d USING (date);

create view offer as
 SELECT DISTINCT ON (offer_id) offer_id,
    version,
    seen_at,
    provider_id,
    provider_name,
    name,
    offer_type,
    subscription_price,
    prices,
    offpeak_schedules,
    power_kva,
    valid_from,
    valid_to,
    priced_at,
    url,
    is_active
   FROM offer_version
  ORDER BY offer_id, version DESC;

create view production_daily as
 SELECT usage_point_id,
    date,
    value_wh,
    quality::text AS quality,
    slots_wh,
    official_wh,
    minutes_present,
    derived_at
   FROM day
  WHERE flow = 'production'::flow AND value_wh IS NOT NULL;

create view tempo_calendar as
 SELECT date,
    color::text AS color,
    announced_at
   FROM tempo_day;

comment on column adoption.keep_through is 'Days up to this one stay as the other tool wrote them. Null: none do.';

comment on column api_token.last_used_at is 'To the hour.';

comment on column contribution.receipt is 'The gateway''s id of it.';

comment on column daily_reading.origin is 'user: typed by hand, where the source knew nothing. The first official value, or a curve that covers the day, takes its place.';

comment on column day.derived_at is 'When one of the derived figures last changed.';

comment on column day.readings_at is 'When its slots or its daily value last changed, also where the day''s sum stayed the same (a curve corrected within the day).';

comment on column day.revision is 'Grows whenever the day''s hours may have to be derived again: its readings were derived anew, a Tempo colour or the tariff plan changed.';

comment on column day.statistics_revision is 'The revision that the hours of the statistics were derived from. Another one than revision: they are to be derived again.';

comment on column export_configs.settings is 'Options of the destination; of a secret only that it is set.';

comment on column export_month.days is 'By day, a short text that stands for the values that were brought.';

comment on column export_month.mark is 'Of the readings it was made of: while they have this mark, nothing is compared.';

comment on column export_series.corrected_at is 'When values that were there were last replaced; null: never.';

comment on column export_series.target is 'What was written to and how: under another one, nothing was brought yet.';

comment on column offer_version.power_kva is 'Null: any.';

comment on column offer_version.prices is 'EUR per kWh with tax as decimal texts, by the source''s field names; implausible ones too.';

comment on column offer_version.subscription_price is 'EUR per month with tax, as decimal text.';

comment on column offer_version.valid_to is 'Not included; null: not told.';

comment on column setting.changed_by is 'Who did it: Home Assistant''s user, password, thisMachine.';

comment on column setting.sealed is 'A value that is or may hold a secret, as JSON: sealed by AES-256-GCM under a key that is not in the database.';

comment on column setting.value is 'As the options file would hold it.';

comment on column statistic_hour.adoption_id is 'The adoption that brought a former hour.';

comment on column statistic_hour.amount is 'Watt-minutes of energy; of money watt-minutes times micro-euros per kWh, of which 60,000,000,000 make a euro.';

comment on column statistic_series.base is 'Before its first hour, in the amounts of its hours.';

comment on column statistic_series.confirmed_at is 'When a read-back last moved dirty_from.';

comment on column statistic_series.dirty_from is 'From this hour on Home Assistant has not been read back to be equal; null: all of it was.';

comment on column statistic_series.measure is 'energy, or cost: the money that goes with it.';

comment on column statistic_series.revision is 'Grows with each change of an hour, and with each wish to write it again.';

comment on column statistic_series.role is 'A tariff period, or total.';

comment on column statistic_series.total is 'Sum of all its hours, moved by whoever changes one.';

comment on column usage_point.listed is 'Whether the account listed it last time. What was stored stays for ever either way.';

comment on column usage_point.selected_offer_id is 'The offer chosen in the account, as last told: it stays when the source loses its offers.';

comment on column web_password.environment_hash is 'Of the password last taken from the environment, so that only a new one replaces what was set since.';

comment on column web_password.hash is 'scrypt$N$r$p$salt$hash';

comment on column web_session.created_at is 'When its browser logged in; null: before this was noted.';

comment on column web_session.ends_at is 'Not included.';

comment on column web_session.used_at is 'To the hour.';

comment on table adoption is 'Each time the history of another tool was taken over, and where that stands. Never deleted.';

comment on table adoption_former_hour is 'Hours in whose place an adoption put its own: of an earlier adoption, or 0. Most adoptions have none. Never deleted.';

comment on table adoption_saved_rows is 'Their rows, some thousands to a part, each column an array: the same place in each is one row. A tenth of the space and time of a row per hour. Never deleted.';

comment on table adoption_saved_series is 'Home Assistant''s series as they were before the adoption. metadata null: the series did not exist. Never deleted.';

comment on table adoption_series is 'What an adoption made of each series. former: its name, unit and base until then; null when the adoption created it. Never deleted.';

comment on table api_token is 'By which programs use the API. The token is SHA-256 in hexadecimal; it was shown once.';

comment on table budget is 'Calls that count against the gateway''s quota, taken before the call is made. Days are UTC.';

comment on table contract is 'The last contract the source told. A field that a later answer leaves out keeps its value; raw is that answer.';

comment on table contribution is 'Offers proposed to the gateway, exactly as they were sent, and what it answered. Never deleted.';

comment on table daily_reading is 'The energy of a Paris calendar day: the official one, as the source gave it, or one typed by hand until the source tells it.';

comment on table day is 'One row per day with readings. stale: readings changed since it was derived, set in the same transaction as those readings.';

comment on table energy_preferences_change is 'The Energy Dashboard''s preferences before and after each change, word for word. before null: it had not been set up. Never deleted.';

comment on table export_claim is 'Which instance writes to a destination: one at a time, because none of them keeps two writers apart.';

comment on table export_configs is 'How each secondary destination is set, for whoever looks here: the program reads its own settings.';

comment on table export_logs is 'One row a run. running and not completed: it runs, or the process ended in the middle.';

comment on table export_month is 'What was brought of a month of a series. One row a month: a new day rewrites one small row, and a decade is read in one look.';

comment on table export_series is 'Every series of values that a secondary destination was brought.';

comment on table former_reading is 'Every value that a later answer replaced, as it was.';

comment on table inquiry is 'What each day was last asked and answered. tries: consecutive questions without a complete answer.';

comment on table lease is 'Which instance works on a usage point. A table of its own, so that saving a usage point never looks like holding it.';

comment on table mqtt_topic is 'Every retained topic this installation published, by broker, so that what is no longer owned is cleared. components: id to platform, on discovery topics.';

comment on table offer_version is 'Every offer ever seen, each time it was told otherwise than before. An offer that is no longer told stays as it is. Never changed nor deleted.';

comment on table setting is 'What was set in the page, which passes before the environment and the app''s options. One row an option.';

comment on table slot is 'Mean power over [starts_at, starts_at + minutes). Energy is power_w * minutes watt-minutes. The usage point is checked through the row in day that each slot''s writer touches: a foreign key here would run a query per slot.';

comment on table statistic_claim is 'Which process writes statistics to Home Assistant.';

comment on table statistic_hour is 'The hours of each series as they should stand in Home Assistant. The series is looked up by every writer: a foreign key here would run a query per hour.';

comment on table statistic_pending is 'Watt-minutes of consumption that wait for the colour, hence the series, they belong to.';

comment on table statistic_plan is 'The tariff plan that the hours in store were derived with.';

comment on table statistic_prices is 'The prices that the costs in store were derived with, and the plan they are prices of.';

comment on table statistic_series is 'The long-term statistics of Home Assistant that the bridge writes.';

comment on table task is 'The memory of each kind of call that is not about one day, and of failed calls: when it may be tried again.';

comment on table usage_point is 'What the account''s list tells of a metered connection. What its contract tells is in contract, and goes before.';

comment on table web_password is 'The password of the page and its API, at most one row.';

comment on table web_session is 'Browsers that are logged in. The token is SHA-256 in hexadecimal; its cookie is nowhere else.';

comment on type answer is 'What the source last said of one day: complete, partial, absent (asked, not there), refused (before the activation, or never measured).';

comment on type day_quality is 'complete: slots cover the day. partial: some are missing and no daily value tells the rest. estimated: the missing part is inferred from the daily value. disagreeing: slots and daily value contradict each other, both are kept.';

comment on type hour_origin is 'measured: all of the hour''s slots are there. estimated: some of it is inferred from the daily value. former: kept from another tool, because the store knows nothing of that day.';

comment on view offer is 'Each offer as it was last told.';
