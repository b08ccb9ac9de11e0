-- Why: issues and what is said on them, agents, the machines that run them, and tasks.
-- breaking: yes

create table projects (
  workspace_id uuid not null,
  id uuid not null,
  title text not null,
  description text not null default '',
  repositories jsonb not null default '[]',
  revision int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  primary key (workspace_id, id)
);

-- Folders of people's machines that tasks of a project run in.
create table project_directories (
  workspace_id uuid not null,
  project_id uuid not null,
  -- The machine and the person whose daemon works there; another daemon of it may take over.
  machine_id uuid not null,
  owner_id uuid not null,
  daemon_id uuid not null,
  machine_name text not null,
  path text not null,
  mode text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, project_id, machine_id, owner_id),
  constraint project_directories_mode check (mode in ('in_place', 'worktree'))
);
create index project_directories_owner on project_directories (workspace_id, owner_id);

create table issues (
  workspace_id uuid not null,
  id uuid not null,
  number int not null,
  title text not null,
  description text not null default '',
  status text not null,
  priority text not null default 'none',
  assignee_type text,
  assignee_id uuid,
  creator_type text not null,
  creator_id uuid,
  originator_id uuid,
  source_task_id uuid,
  project_id uuid,
  order_key text collate "C" not null,
  duplicate_key text not null,
  origin text,
  revision int not null default 1,
  comment_count int not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  last_activity_at timestamptz not null,
  first_started_at timestamptz,
  deleted_at timestamptz,
  deleted_by uuid,
  primary key (workspace_id, id),
  constraint issues_status check (status in ('backlog','todo','in_progress','in_review','done','blocked','cancelled')),
  constraint issues_priority check (priority in ('urgent','high','medium','low','none')),
  constraint issues_assignee_whole check ((assignee_type is null) = (assignee_id is null)),
  constraint issues_assignee_type check (assignee_type in ('member', 'agent'))
);
create unique index issues_number on issues (workspace_id, number);
create index issues_column on issues (workspace_id, status, order_key, id) where deleted_at is null;
create index issues_activity on issues (workspace_id, last_activity_at desc, id) where deleted_at is null;
create index issues_assignee on issues (workspace_id, assignee_id) where deleted_at is null;
create index issues_project on issues (workspace_id, project_id) where deleted_at is null;
create index issues_duplicate on issues (workspace_id, duplicate_key)
  where deleted_at is null and status not in ('done', 'cancelled');
create index issues_deleted on issues (workspace_id, deleted_at desc, id) where deleted_at is not null;

create table comments (
  workspace_id uuid not null,
  id uuid not null,
  issue_id uuid not null,
  kind text not null default 'comment',
  author_type text not null,
  author_id uuid,
  -- Person whose rights an agent wrote under.
  originator_id uuid,
  source_task_id uuid,
  body text not null,
  parent_id uuid,
  thread_id uuid not null,
  resolved_at timestamptz,
  revision int not null default 1,
  created_at timestamptz not null,
  edited_at timestamptz,
  deleted_at timestamptz,
  primary key (workspace_id, id),
  constraint comments_kind check (kind in ('comment', 'system'))
);
create index comments_issue on comments (workspace_id, issue_id, created_at, id) where deleted_at is null;
create index comments_thread on comments (workspace_id, thread_id, created_at) where deleted_at is null;

create table activities (
  workspace_id uuid not null,
  id uuid not null,
  issue_id uuid not null,
  actor_type text not null,
  actor_id uuid,
  action text not null,
  details jsonb not null default '{}',
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
create index activities_issue on activities (workspace_id, issue_id, created_at, id);

create table agents (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  description text not null default '',
  instructions text not null default '',
  runtime_id uuid,
  model text,
  effort text,
  arguments jsonb not null default '[]',
  max_concurrent_tasks int not null default 6,
  wall_clock_minutes int,
  access text not null default 'owner_only',
  owner_id uuid not null,
  revision int not null default 1,
  created_at timestamptz not null,
  archived_at timestamptz,
  primary key (workspace_id, id),
  constraint agents_access check (access in ('owner_only', 'allow_list', 'workspace'))
);
create unique index agents_name on agents (workspace_id, lower(name)) where archived_at is null;
create index agents_runtime on agents (workspace_id, runtime_id) where archived_at is null;

create table agent_allowed_members (
  workspace_id uuid not null,
  agent_id uuid not null,
  user_id uuid not null,
  primary key (workspace_id, agent_id, user_id)
);

-- Values are encrypted with the instance key; they leave through one audited route.
create table agent_environment (
  workspace_id uuid not null,
  agent_id uuid not null,
  name text not null,
  value_encrypted bytea not null,
  primary key (workspace_id, agent_id, name)
);

-- What a skill is now. Its folder of files is sealed in a bundle after every change.
create table skills (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  -- The name as a file system that ignores case and spelling would compare it.
  name_key text collate "C" not null,
  description text not null,
  instructions text not null,
  -- YAML besides name and description.
  front_matter text not null default '',
  labels text[] not null default '{}',
  source jsonb not null,
  creator_type text not null,
  creator_id uuid,
  originator_id uuid,
  bundle_hash text collate "C" not null default '',
  bundle_bytes int not null default 0,
  file_count int not null default 0,
  size_bytes int not null default 0,
  revision int not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index skills_name on skills (workspace_id, name_key);

create table skill_files (
  workspace_id uuid not null,
  skill_id uuid not null,
  path text collate "C" not null,
  content bytea not null,
  executable boolean not null default false,
  primary key (workspace_id, skill_id, path)
);

-- Files of a skill as one text, by its hash: current ones, and those that unfinished runs were given.
create table skill_bundles (
  workspace_id uuid not null,
  hash text collate "C" not null,
  body text not null,
  created_at timestamptz not null,
  primary key (workspace_id, hash)
);

create table agent_skills (
  workspace_id uuid not null,
  agent_id uuid not null,
  skill_id uuid not null,
  enabled boolean not null default true,
  primary key (workspace_id, agent_id, skill_id)
);
create index agent_skills_skill on agent_skills (workspace_id, skill_id);

create table runtimes (
  workspace_id uuid not null,
  id uuid not null,
  -- The daemon that serves it now; the machine stays the same when another one takes over.
  daemon_id uuid not null,
  machine_id uuid not null,
  owner_id uuid not null,
  cli text not null,
  cli_title text not null,
  machine_name text not null,
  custom_name text,
  cli_version text,
  daemon_version text not null,
  platform text not null,
  capabilities text[] not null default '{}',
  sharing text not null default 'private',
  online boolean not null default true,
  problem text,
  problem_detail text,
  repair_hint text,
  verified boolean not null default false,
  coverage jsonb not null default '{"level":"none","reason":""}',
  -- Version of the program with which its row was verified; null where it has not been.
  verified_version text,
  models jsonb not null default '[]',
  -- What else the program said when it was asked, and when; null before.
  inspection jsonb,
  inspected_at timestamptz,
  -- Somebody wants it to be asked anew; the machine has heard of that.
  inspection_requested_at timestamptz,
  inspection_picked_at timestamptz,
  -- Sessions of its CLI on the machine that could be brought in; null when there are none.
  found_sessions jsonb,
  last_seen_at timestamptz not null,
  created_at timestamptz not null,
  removed_at timestamptz,
  primary key (workspace_id, id),
  constraint runtimes_sharing check (sharing in ('private', 'workspace'))
);
create unique index runtimes_daemon_cli on runtimes (workspace_id, daemon_id, cli) where removed_at is null;
-- One registration per machine and CLI, whatever profile or host name it starts under.
create unique index runtimes_machine_cli on runtimes (workspace_id, machine_id, owner_id, cli)
  where removed_at is null;

-- Written at every heartbeat; nothing is lost with it that the next heartbeat does not bring back.
create unlogged table daemon_liveness (
  workspace_id uuid not null,
  daemon_id uuid not null,
  beat_at timestamptz not null,
  slots_total int not null default 0,
  slots_free int not null default 0,
  outbox_depth int not null default 0,
  outbox_oldest_age_ms bigint not null default 0,
  machine_problem text,
  primary key (workspace_id, daemon_id)
);

-- Since when heartbeats have been watched without a gap; lost together with them, so that nobody is
-- called silent after a crash before there was time to speak.
create unlogged table liveness_watch (
  workspace_id uuid primary key,
  watching_since timestamptz not null,
  swept_at timestamptz not null
);

create table tasks (
  workspace_id uuid not null,
  id uuid not null,
  issue_id uuid not null,
  agent_id uuid not null,
  kind text not null,
  status text not null,
  outcome text,
  priority smallint not null default 0,
  runtime_id uuid,
  preferred_runtime_id uuid,
  daemon_id uuid,
  -- Machine and CLI as they were named at claim, kept after both are gone.
  runtime_name text,
  trigger_comment_id uuid,
  planned_comment_ids uuid[] not null default '{}',
  trigger_summary text not null default '',
  handoff_note text not null default '',
  attempt int not null default 1,
  max_attempts int not null default 2,
  retry_of uuid,
  rerun_of uuid,
  delegated_by uuid,
  fire_at timestamptz,
  fire_reason text,
  queued_at timestamptz not null,
  dispatched_at timestamptz,
  -- Since when it waited for its directory; that wait ends with the start or the end of the task.
  waiting_at timestamptz,
  started_at timestamptz,
  ended_at timestamptz,
  lease int not null default 0,
  lease_expires_at timestamptz,
  lease_revoked boolean not null default false,
  step text,
  step_since timestamptz,
  session_id text,
  session_retired boolean not null default false,
  fresh_session boolean not null default false,
  work_directory text,
  display_directory text,
  branch text,
  argv jsonb,
  -- Skills with their hashes as they were handed to the machine.
  skills jsonb,
  model_requested text,
  model_used text,
  result text,
  failure_reason text,
  raw_failure_reason text,
  error text,
  -- Limit that ended the run: {name, limitMs}.
  watchdog jsonb,
  activity text,
  progress_at timestamptz,
  tool_open boolean not null default false,
  coverage_level text not null default 'unknown',
  coverage_reason text not null default '',
  -- Per model, how the CLI's final total differs from its stream.
  usage_drift jsonb not null default '[]',
  -- What the run changed in its work directory; generated, vendored and lock files are not in it.
  lines_added bigint not null default 0,
  lines_deleted bigint not null default 0,
  files_changed bigint not null default 0,
  -- Number of the record that those figures are from: an older one that comes again changes nothing.
  changes_sequence int not null default -1,
  hop int not null default 0,
  initiator_type text not null,
  initiator_id uuid,
  originator_id uuid,
  accountable_id uuid,
  attribution jsonb not null default '{}',
  -- A result that arrived for a revoked lease: kept, never acted on.
  superseded_result jsonb,
  primary key (workspace_id, id),
  constraint tasks_status check (status in
    ('deferred','queued','dispatched','waiting_directory','running','completed','failed','cancelled')),
  constraint tasks_outcome check (outcome in ('done','no_response','needs_input','failed','cancelled')),
  constraint tasks_outcome_when_ended check
    ((outcome is null) = (status not in ('completed','failed','cancelled'))),
  constraint tasks_accountable_is_originator check (originator_id is null or originator_id = accountable_id)
);
-- At most one pending and one active task per issue and agent.
create unique index tasks_one_pending on tasks (workspace_id, issue_id, agent_id)
  where status in ('queued', 'dispatched');
create unique index tasks_one_active on tasks (workspace_id, issue_id, agent_id)
  where status in ('waiting_directory', 'running');
create index tasks_queue on tasks (workspace_id, agent_id, priority desc, queued_at, id) where status = 'queued';
create index tasks_deferred on tasks (workspace_id, fire_at) where status = 'deferred';
create index tasks_leased on tasks (workspace_id, daemon_id)
  where status in ('dispatched', 'waiting_directory', 'running');
create index tasks_issue on tasks (workspace_id, issue_id, queued_at desc);
create index tasks_agent on tasks (workspace_id, agent_id, queued_at desc);
create index tasks_ended on tasks (workspace_id, ended_at) where ended_at is not null;
create index tasks_originator on tasks (workspace_id, originator_id, queued_at);

-- Proof that a comment's text was inside a payload that was handed to an agent.
create table task_receipts (
  workspace_id uuid not null,
  task_id uuid not null,
  comment_id uuid not null,
  agent_id uuid not null,
  lease int not null,
  delivered_at timestamptz not null,
  primary key (workspace_id, task_id, comment_id)
);
create index task_receipts_comment on task_receipts (workspace_id, comment_id, agent_id);

create table task_tokens (
  workspace_id uuid not null,
  secret_hash bytea not null,
  task_id uuid not null,
  lease int not null,
  expires_at timestamptz not null,
  primary key (workspace_id, secret_hash)
);
create index task_tokens_task on task_tokens (workspace_id, task_id);

create table claims (
  workspace_id uuid not null,
  claim_id uuid not null,
  daemon_id uuid not null,
  task_ids uuid[] not null,
  created_at timestamptz not null,
  primary key (workspace_id, claim_id)
);

-- Until when a provider refuses an account that a runtime works with. It stays for a while after
-- its end: what waited for it has waited for nobody's fault.
create table quota_waits (
  workspace_id uuid not null,
  runtime_id uuid not null,
  provider text not null,
  -- Agent that brings keys of its own; empty for the sign-in of the CLI on its machine.
  account text not null,
  since timestamptz not null,
  ends_at timestamptz not null,
  primary key (workspace_id, runtime_id, provider, account),
  constraint quota_waits_forward check (ends_at >= since)
);

-- Failed runs whose delegating agent has yet to be told.
create table failure_notices (
  workspace_id uuid not null,
  task_id uuid not null,
  tries smallint not null default 0,
  created_at timestamptz not null,
  primary key (workspace_id, task_id)
);

create table task_messages (
  workspace_id uuid not null,
  task_id uuid not null,
  lease int not null,
  seq int not null,
  type text not null,
  tool text,
  call_id text,
  content text not null,
  input jsonb,
  original_bytes int,
  is_error boolean not null default false,
  is_subagent boolean not null default false,
  late boolean not null default false,
  at timestamptz not null,
  primary key (workspace_id, task_id, lease, seq)
);

alter table issues add constraint issues_project_fk
  foreign key (workspace_id, project_id) references projects (workspace_id, id);
alter table comments add constraint comments_issue_fk
  foreign key (workspace_id, issue_id) references issues (workspace_id, id);
alter table activities add constraint activities_issue_fk
  foreign key (workspace_id, issue_id) references issues (workspace_id, id);
alter table agents add constraint agents_runtime_fk
  foreign key (workspace_id, runtime_id) references runtimes (workspace_id, id);
alter table agent_allowed_members add constraint agent_allowed_members_agent_fk
  foreign key (workspace_id, agent_id) references agents (workspace_id, id);
alter table agent_environment add constraint agent_environment_agent_fk
  foreign key (workspace_id, agent_id) references agents (workspace_id, id);
alter table skill_files add constraint skill_files_skill_fk
  foreign key (workspace_id, skill_id) references skills (workspace_id, id);
alter table agent_skills add constraint agent_skills_agent_fk
  foreign key (workspace_id, agent_id) references agents (workspace_id, id);
alter table agent_skills add constraint agent_skills_skill_fk
  foreign key (workspace_id, skill_id) references skills (workspace_id, id);
alter table tasks add constraint tasks_issue_fk
  foreign key (workspace_id, issue_id) references issues (workspace_id, id);
alter table tasks add constraint tasks_agent_fk
  foreign key (workspace_id, agent_id) references agents (workspace_id, id);
alter table failure_notices add constraint failure_notices_task_fk
  foreign key (workspace_id, task_id) references tasks (workspace_id, id);
alter table quota_waits add constraint quota_waits_runtime_fk
  foreign key (workspace_id, runtime_id) references runtimes (workspace_id, id);
alter table task_receipts add constraint task_receipts_task_fk
  foreign key (workspace_id, task_id) references tasks (workspace_id, id);
alter table task_tokens add constraint task_tokens_task_fk
  foreign key (workspace_id, task_id) references tasks (workspace_id, id);
alter table task_messages add constraint task_messages_task_fk
  foreign key (workspace_id, task_id) references tasks (workspace_id, id);
