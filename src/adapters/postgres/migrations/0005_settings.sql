-- Up Migration

create table setting (
  key text primary key,
  value jsonb,
  sealed bytea,
  changed_at timestamptz not null,
  changed_by text not null,
  constraint setting_one_form check ((value is null) <> (sealed is null))
);
comment on table setting is 'What was set in the page, which passes before the environment and the app''s options. One row an option.';
comment on column setting.value is 'As the options file would hold it.';
comment on column setting.sealed is
  'A value that is or may hold a secret, as JSON: sealed by AES-256-GCM under a key that is not in the database.';
comment on column setting.changed_by is 'Who did it: Home Assistant''s user, password, thisMachine.';

create table web_password (
  singleton boolean primary key default true,
  hash text not null,
  environment_hash text,
  changed_at timestamptz not null,
  constraint web_password_singleton check (singleton)
);
comment on table web_password is 'The password of the page and its API, at most one row.';
comment on column web_password.hash is 'scrypt$N$r$p$salt$hash';
comment on column web_password.environment_hash is
  'Of the password last taken from the environment, so that only a new one replaces what was set since.';

create table web_session (
  token_hash text primary key,
  used_at timestamptz not null,
  ends_at timestamptz not null
);
comment on table web_session is 'Browsers that are logged in. The token is SHA-256 in hexadecimal; its cookie is nowhere else.';
comment on column web_session.ends_at is 'Not included.';

create table api_token (
  id integer generated always as identity primary key,
  name text not null unique,
  token_hash text not null unique,
  created_at timestamptz not null,
  last_used_at timestamptz
);
comment on table api_token is 'By which programs use the API. The token is SHA-256 in hexadecimal; it was shown once.';
comment on column api_token.last_used_at is 'To the hour.';
