-- Up Migration

alter table web_session add column created_at timestamptz;
comment on column web_session.created_at is 'When its browser logged in; null: before this was noted.';
comment on column web_session.used_at is 'To the hour.';
