/**
 * `new_id()`: a UUIDv7 of the database's clock. PostgreSQL has its own only from version 18.
 * `id_at(time)`: the lowest id of that millisecond, the bound of a day's partition.
 */
export const ID_FUNCTIONS = `
create function id_at(at timestamptz) returns uuid language sql immutable strict parallel safe as $$
  select (lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;

create function new_id() returns uuid language sql volatile parallel safe as $$
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
      placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
      from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$$;
`;

/** Projects, people, sessions, keys, and what they did. */
export const ACCESS_TABLES = `
create table server (
  key text primary key,
  value text not null
);

create table project (
  id uuid primary key default new_id(),
  key text not null unique,
  name text not null,
  created_at timestamptz(3) not null default now()
);

create table app_user (
  id uuid primary key default new_id(),
  email text not null,
  name text not null,
  password_hash text not null,
  created_at timestamptz(3) not null default now()
);
create unique index app_user_email on app_user (lower(email));

create table membership (
  project_id uuid not null references project (id) on delete cascade,
  user_id uuid not null references app_user (id) on delete cascade,
  role text not null check (role in ('viewer', 'operator', 'editor', 'admin', 'owner')),
  primary key (project_id, user_id)
);
create unique index membership_one_owner on membership (project_id) where role = 'owner';
create index membership_user on membership (user_id);

create table session (
  token_hash bytea primary key,
  user_id uuid not null references app_user (id) on delete cascade,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  last_seen_at timestamptz(3) not null default now()
);
create index session_of_user on session (user_id);
create index session_expiry on session (expires_at);

create table api_key (
  id uuid primary key default new_id(),
  project_id uuid not null references project (id) on delete cascade,
  user_id uuid not null references app_user (id) on delete cascade,
  name text not null,
  key_hash bytea not null unique,
  scopes text[] not null,
  created_at timestamptz(3) not null default now(),
  last_used_at timestamptz(3),
  expires_at timestamptz(3)
);
create index api_key_project on api_key (project_id, id);

create table audit (
  id uuid primary key default new_id(),
  project_id uuid not null references project (id) on delete cascade,
  actor text not null,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  at timestamptz(3) not null default now(),
  detail text
);
create index audit_project on audit (project_id, id);

create table login_throttle (
  key text primary key,
  points integer not null default 0,
  expire bigint
);
`;
