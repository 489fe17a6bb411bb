-- Up Migration

alter table daily_reading add column origin text not null default 'source' check (origin in ('source', 'user'));
comment on table daily_reading is
  'The energy of a Paris calendar day: the official one, as the source gave it, or one typed by hand until the source tells it.';
comment on column daily_reading.origin is
  'user: typed by hand, where the source knew nothing. The first official value, or a curve that covers the day, takes its place.';
create index daily_reading_typed on daily_reading (usage_point_id, flow, date) where origin = 'user';

create index former_reading_of_day on former_reading
  (usage_point_id, flow, (coalesce(date, (starts_at at time zone 'Europe/Paris')::date)));

create table contribution (
  id bigint generated always as identity primary key,
  sent_at timestamptz not null,
  offer_name text not null,
  body jsonb not null,
  state text not null check (state in ('sent', 'refused', 'failed')),
  receipt text,
  message text not null
);
comment on table contribution is 'Offers proposed to the gateway, exactly as they were sent, and what it answered. Never deleted.';
comment on column contribution.receipt is 'The gateway''s id of it.';
