-- Why: people, their ways in, and the workspaces they belong to; the role that the application runs as.
-- breaking: yes

do $$ begin
  create role headcount_app nologin nosuperuser nobypassrls;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
  execute format('grant headcount_app to %I', current_user);
exception when others then
  if not pg_has_role(current_user, 'headcount_app', 'member') then raise; end if;
end $$;

-- Global tables: no content of any workspace.

create table users (
  id uuid primary key,
  name text not null,
  email text not null,
  email_verified boolean not null default false,
  language text,
  time_zone text,
  profile_text text not null default '',
  is_instance_admin boolean not null default false,
  onboarding jsonb not null default '{}',
  disabled_at timestamptz,
  created_at timestamptz not null,
  constraint users_email_lower_case check (email = lower(email))
);
create unique index users_email on users (email);

create table sessions (
  id uuid primary key,
  user_id uuid not null,
  secret_hash bytea not null,
  device text not null,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  expires_at timestamptz not null
);
create unique index sessions_secret_hash on sessions (secret_hash);
create index sessions_user on sessions (user_id);
alter table sessions add constraint sessions_user_fk foreign key (user_id) references users (id);

create table personal_tokens (
  id uuid primary key,
  user_id uuid not null,
  name text not null,
  prefix text not null,
  secret_hash bytea not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  expires_at timestamptz
);
create unique index personal_tokens_secret_hash on personal_tokens (secret_hash);
create index personal_tokens_user on personal_tokens (user_id);
alter table personal_tokens add constraint personal_tokens_user_fk foreign key (user_id) references users (id);

create table login_codes (
  email text primary key,
  code_hash bytea not null,
  attempts int not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

-- Owner links (user_id null) and sign-in links.
create table one_time_links (
  secret_hash bytea primary key,
  kind text not null,
  user_id uuid,
  created_at timestamptz not null,
  expires_at timestamptz,
  used_at timestamptz,
  constraint one_time_links_kind check (kind in ('owner', 'sign_in'))
);

create table rate_limits (
  bucket text not null,
  at timestamptz not null,
  id uuid not null,
  primary key (bucket, at, id)
);

create table instance_settings (
  name text primary key,
  value jsonb not null
);

create table instance_audit_entries (
  id uuid primary key,
  at timestamptz not null,
  actor_user_id uuid,
  action text not null,
  target text not null,
  ip_prefix text,
  details jsonb not null default '{}'
);

create table daemons (
  id uuid primary key,
  user_id uuid not null,
  -- Shared by the daemons of all profiles of one operating-system user on one computer.
  machine_id uuid not null,
  device_name text not null,
  version text not null,
  platform text not null,
  capabilities text[] not null default '{}',
  created_at timestamptz not null
);
alter table daemons add constraint daemons_user_fk foreign key (user_id) references users (id);

create table daemon_tokens (
  id uuid primary key,
  daemon_id uuid not null,
  secret_hash bytea not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create unique index daemon_tokens_secret_hash on daemon_tokens (secret_hash);
alter table daemon_tokens add constraint daemon_tokens_daemon_fk
  foreign key (daemon_id) references daemons (id) on delete cascade;

create table workspace_slugs (
  slug text primary key,
  workspace_id uuid not null,
  deleted_at timestamptz
);
create unique index workspace_slugs_workspace on workspace_slugs (workspace_id);

create table job_runs (
  job text not null,
  scope text not null,
  planned_at timestamptz not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  error text,
  primary key (job, scope, planned_at)
);

-- Tenant tables: everything starts with workspace_id.

create table workspaces (
  workspace_id uuid primary key,
  slug text not null,
  name text not null,
  description text not null default '',
  context text not null default '',
  issue_prefix text not null,
  repositories jsonb not null default '[]',
  settings jsonb not null default '{}',
  revision int not null default 1,
  created_at timestamptz not null,
  deleted_at timestamptz
);

create table workspace_counters (
  workspace_id uuid primary key,
  change_seq bigint not null default 0
);

-- Apart from the change counter: that one is locked last in every transaction, this one early.
create table issue_counters (
  workspace_id uuid primary key,
  issue_number int not null default 0
);

-- Every prefix a workspace ever used keeps resolving.
create table issue_prefixes (
  workspace_id uuid not null,
  prefix text not null,
  primary key (workspace_id, prefix)
);

create table members (
  workspace_id uuid not null,
  user_id uuid not null,
  role text not null,
  joined_at timestamptz not null,
  primary key (workspace_id, user_id),
  constraint members_role check (role in ('owner', 'admin', 'member'))
);
create index members_user on members (user_id);

create table invitations (
  workspace_id uuid not null,
  id uuid not null,
  email text not null,
  role text not null,
  state text not null,
  secret_hash bytea not null,
  inviter_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (workspace_id, id),
  constraint invitations_role check (role in ('admin', 'member')),
  constraint invitations_state check (state in ('pending', 'accepted', 'declined', 'expired', 'revoked'))
);
create unique index invitations_one_pending on invitations (workspace_id, email) where state = 'pending';
create unique index invitations_secret_hash on invitations (workspace_id, secret_hash);

create table audit_entries (
  workspace_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  actor_type text not null,
  actor_id text,
  effective_user_id uuid,
  action text not null,
  target text not null,
  ip_prefix text,
  details jsonb not null default '{}',
  primary key (workspace_id, id)
);

create table idempotency_keys (
  workspace_id uuid not null,
  actor text not null,
  route text not null,
  key text not null,
  body_hash bytea not null,
  reply jsonb,
  created_at timestamptz not null,
  primary key (workspace_id, actor, route, key)
);

create table changes (
  workspace_id uuid not null,
  seq bigint not null,
  at timestamptz not null,
  type text not null,
  entity_kind text not null,
  entity_id text not null,
  revision int,
  actor_type text not null,
  actor_id text,
  changed text[] not null default '{}',
  data jsonb not null default '{}',
  audience jsonb not null,
  primary key (workspace_id, seq)
);
create index changes_at on changes (workspace_id, at);

alter table workspace_counters add constraint workspace_counters_workspace_fk
  foreign key (workspace_id) references workspaces (workspace_id);
alter table issue_counters add constraint issue_counters_workspace_fk
  foreign key (workspace_id) references workspaces (workspace_id);
alter table issue_prefixes add constraint issue_prefixes_workspace_fk
  foreign key (workspace_id) references workspaces (workspace_id);
alter table members add constraint members_workspace_fk
  foreign key (workspace_id) references workspaces (workspace_id);
alter table members add constraint members_user_fk foreign key (user_id) references users (id);
alter table invitations add constraint invitations_workspace_fk
  foreign key (workspace_id) references workspaces (workspace_id);
