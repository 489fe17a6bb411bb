-- Up Migration

create table export_series (
  id integer generated always as identity primary key,
  destination text not null,
  target text not null,
  series text not null,
  corrected_at timestamptz,
  unique (destination, target, series)
);
comment on table export_series is 'Every series of values that a secondary destination was brought.';
comment on column export_series.target is 'What was written to and how: under another one, nothing was brought yet.';
comment on column export_series.corrected_at is 'When values that were there were last replaced; null: never.';

create table export_month (
  series_id integer not null references export_series (id) on delete cascade,
  month text not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
  mark text not null,
  days jsonb not null,
  primary key (series_id, month)
);
comment on table export_month is
  'What was brought of a month of a series. One row a month: a new day rewrites one small row, and a decade is read in one look.';
comment on column export_month.mark is 'Of the readings it was made of: while they have this mark, nothing is compared.';
comment on column export_month.days is 'By day, a short text that stands for the values that were brought.';

create table export_claim (
  destination text primary key,
  holder text not null,
  until timestamptz not null
);
comment on table export_claim is 'Which instance writes to a destination: one at a time, because none of them keeps two writers apart.';

comment on table export_configs is 'How each secondary destination is set, for whoever looks here: the program reads its own settings.';
comment on column export_configs.settings is 'Options of the destination; of a secret only that it is set.';
comment on table export_logs is 'One row a run. running and not completed: it runs, or the process ended in the middle.';
create index export_logs_of_destination on export_logs (destination, id);
