/**
 * What people build. `endpoint_route` has rows only for live workflows: whoever publishes, pauses, resumes or
 * unpublishes rewrites them and raises `endpoint.revision` in the same transaction.
 */
export const WORKFLOW_TABLES = `
create table workflow (
  id uuid primary key default new_id(),
  project_id uuid not null references project (id) on delete cascade,
  key text not null,
  name text not null,
  definition text not null,
  revision integer not null default 1,
  live_version integer,
  paused boolean not null default false,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  unique (project_id, key)
);

create table workflow_version (
  workflow_id uuid not null references workflow (id) on delete cascade,
  version integer not null,
  project_id uuid not null references project (id) on delete cascade,
  definition text not null,
  created_at timestamptz(3) not null default now(),
  created_by text,
  primary key (workflow_id, version)
);

create table endpoint (
  id uuid primary key default new_id(),
  project_id uuid not null references project (id) on delete cascade,
  key text not null,
  name text not null,
  settings text not null,
  revision integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  unique (project_id, key)
);

create table endpoint_token (
  token_hash bytea primary key,
  endpoint_id uuid not null references endpoint (id) on delete cascade,
  sealed bytea not null,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3)
);
create index endpoint_token_endpoint on endpoint_token (endpoint_id);

create table endpoint_secret (
  id uuid primary key default new_id(),
  endpoint_id uuid not null references endpoint (id) on delete cascade,
  sealed bytea not null,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3)
);
create index endpoint_secret_endpoint on endpoint_secret (endpoint_id, id);

create table endpoint_route (
  endpoint_id uuid not null references endpoint (id) on delete cascade,
  workflow_id uuid not null references workflow (id) on delete cascade,
  step_id text not null,
  project_id uuid not null references project (id) on delete cascade,
  version integer not null,
  paused boolean not null default false,
  max_concurrent_runs integer,
  primary key (endpoint_id, workflow_id, step_id)
);
create index endpoint_route_workflow on endpoint_route (workflow_id);

create table connection (
  id uuid primary key default new_id(),
  project_id uuid not null references project (id) on delete cascade,
  key text not null,
  name text not null,
  type text not null,
  sealed bytea not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  unique (project_id, key)
);

create table variable (
  id uuid primary key default new_id(),
  project_id uuid not null references project (id) on delete cascade,
  key text not null,
  value text not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  unique (project_id, key)
);
`;
