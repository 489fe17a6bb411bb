-- Up Migration

alter table day add column revision integer not null default 1;
alter table day add column statistics_revision integer not null default 0;
comment on column day.revision is
  'Grows whenever the day''s hours may have to be derived again: its readings were derived anew, a Tempo colour or the tariff plan changed.';
comment on column day.statistics_revision is
  'The revision that the hours of the statistics were derived from. Another one than revision: they are to be derived again.';
create index day_statistics_stale on day (usage_point_id, flow, date) where revision <> statistics_revision;

create type hour_origin as enum ('measured', 'estimated', 'former');
comment on type hour_origin is
  'measured: all of the hour''s slots are there. estimated: some of it is inferred from the daily value. former: kept from another tool, because the store knows nothing of that day.';

create table adoption (
  id integer primary key generated always as identity,
  usage_point_id text not null references usage_point (id),
  flow flow not null,
  tool text not null,
  mode text not null check (mode in ('continue', 'copy')),
  at timestamptz not null,
  statistic_ids json not null,
  step text not null default 'saved' check (step in ('saved', 'applied', 'undoing', 'undone')),
  keep_through date,
  undone_at timestamptz
);
comment on table adoption is 'Each time the history of another tool was taken over, and where that stands. Never deleted.';
comment on column adoption.keep_through is 'Days up to this one stay as the other tool wrote them. Null: none do.';

create table adoption_saved_series (
  adoption_id integer not null references adoption (id),
  position integer not null,
  statistic_id text not null,
  metadata json,
  primary key (adoption_id, position)
);
comment on table adoption_saved_series is
  'Home Assistant''s series as they were before the adoption. metadata null: the series did not exist. Never deleted.';

create table adoption_saved_rows (
  adoption_id integer not null,
  position integer not null,
  part integer not null,
  starts_at timestamptz[] not null,
  state double precision[] not null,
  sum double precision[] not null,
  mean double precision[] not null,
  min double precision[] not null,
  max double precision[] not null,
  last_reset timestamptz[] not null,
  primary key (adoption_id, position, part),
  foreign key (adoption_id, position) references adoption_saved_series
);
comment on table adoption_saved_rows is
  'Their rows, some thousands to a part, each column an array: the same place in each is one row. A tenth of the space and time of a row per hour. Never deleted.';

create table statistic_series (
  id integer primary key generated always as identity,
  usage_point_id text not null references usage_point (id),
  flow flow not null,
  role text not null,
  statistic_id text not null,
  name text not null,
  unit text not null check (unit in ('kWh', 'Wh')),
  base bigint not null default 0,
  total bigint not null default 0,
  dirty_from timestamptz,
  revision integer not null default 1,
  foreign_at timestamptz,
  repaired_at timestamptz,
  confirmed_at timestamptz,
  is_active boolean not null default true,
  unique (usage_point_id, flow, role)
);
create unique index statistic_series_name on statistic_series (statistic_id) where is_active;
comment on table statistic_series is 'The long-term statistics of Home Assistant that the bridge writes.';
comment on column statistic_series.role is 'A tariff period, or total.';
comment on column statistic_series.base is 'Watt-minutes before its first hour.';
comment on column statistic_series.total is 'Watt-minutes of all its hours, moved by whoever changes one.';
comment on column statistic_series.dirty_from is 'From this hour on Home Assistant has not been read back to be equal; null: all of it was.';
comment on column statistic_series.revision is 'Grows with each change of an hour, and with each wish to write it again.';
comment on column statistic_series.confirmed_at is 'When a read-back last moved dirty_from.';

create table statistic_hour (
  starts_at timestamptz not null,
  energy bigint not null,
  series_id integer not null,
  origin hour_origin not null,
  adoption_id integer,
  primary key (series_id, starts_at),
  check ((origin = 'former') = (adoption_id is not null))
);
comment on table statistic_hour is
  'The hours of each series as they should stand in Home Assistant, in watt-minutes. The series is looked up by every writer: a foreign key here would run a query per hour.';
comment on column statistic_hour.adoption_id is 'The adoption that brought a former hour.';

create table statistic_pending (
  usage_point_id text not null references usage_point (id),
  date date not null,
  energy bigint not null check (energy > 0),
  primary key (usage_point_id, date)
);
comment on table statistic_pending is 'Watt-minutes of consumption that wait for the colour, hence the series, they belong to.';

create table statistic_plan (
  usage_point_id text primary key references usage_point (id),
  plan text not null
);
comment on table statistic_plan is 'The tariff plan that the hours in store were derived with.';

create table statistic_claim (
  singleton boolean primary key default true check (singleton),
  holder text not null,
  until timestamptz not null
);
comment on table statistic_claim is 'Which process writes statistics to Home Assistant.';

create table adoption_series (
  adoption_id integer not null references adoption (id),
  role text not null,
  series_id integer not null,
  former json,
  primary key (adoption_id, role)
);
comment on table adoption_series is
  'What an adoption made of each series. former: its name, unit and base until then; null when the adoption created it. Never deleted.';

create table adoption_former_hour (
  adoption_id integer not null,
  series_id integer not null,
  starts_at timestamptz not null,
  energy bigint not null,
  origin hour_origin not null,
  former_adoption_id integer,
  primary key (adoption_id, series_id, starts_at)
);
comment on table adoption_former_hour is
  'Hours in whose place an adoption put its own: of an earlier adoption, or 0. Most adoptions have none. Never deleted.';

create table energy_preferences_change (
  id integer primary key generated always as identity,
  adoption_id integer references adoption (id),
  at timestamptz not null,
  before json,
  after json not null,
  undone_at timestamptz
);
comment on table energy_preferences_change is
  'The Energy Dashboard''s preferences before and after each change, word for word. before null: it had not been set up. Never deleted.';
