-- Up Migration

alter table statistic_series add column measure text not null default 'energy' check (measure in ('energy', 'cost'));
alter table statistic_series alter column measure drop default;
alter table statistic_series drop constraint statistic_series_usage_point_id_flow_role_key;
alter table statistic_series add unique (usage_point_id, flow, measure, role);
alter table statistic_series drop constraint statistic_series_unit_check;
alter table statistic_series add check (case measure when 'energy' then unit in ('kWh', 'Wh') else unit = 'EUR' end);
comment on column statistic_series.measure is 'energy, or cost: the money that goes with it.';
comment on column statistic_series.base is 'Before its first hour, in the amounts of its hours.';
comment on column statistic_series.total is 'Sum of all its hours, moved by whoever changes one.';

alter table statistic_hour rename column energy to amount;
comment on table statistic_hour is
  'The hours of each series as they should stand in Home Assistant. The series is looked up by every writer: a foreign key here would run a query per hour.';
comment on column statistic_hour.amount is
  'Watt-minutes of energy; of money watt-minutes times micro-euros per kWh, of which 60,000,000,000 make a euro.';

alter table adoption_series add column measure text not null default 'energy' check (measure in ('energy', 'cost'));
alter table adoption_series alter column measure drop default;
alter table adoption_series drop constraint adoption_series_pkey;
alter table adoption_series add primary key (adoption_id, measure, role);

create table statistic_prices (
  usage_point_id text primary key references usage_point (id),
  prices text not null
);
comment on table statistic_prices is 'The prices that the costs in store were derived with, and the plan they are prices of.';
