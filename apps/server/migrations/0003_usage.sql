-- Why: the ledger of usage and the sums that are exact with it.
-- breaking: yes

-- No foreign keys: a ledger row outlives everything that it names.
-- An event is one row; a running total is one row per bucket in which it grew, with the increase.
create table usage_events (
  workspace_id uuid not null,
  event_key text not null,
  task_id uuid not null,
  lease int not null,
  issue_id uuid,
  project_id uuid,
  agent_id uuid not null,
  runtime_id uuid,
  -- Person to whom the cost is booked.
  member_id uuid,
  provider text not null,
  model text not null,
  role text not null,
  source text not null,
  billing_mode text not null default 'api',
  cumulative boolean not null,
  revision bigint not null default 0,
  used_at timestamptz not null,
  bucket_at timestamptz not null,
  received_at timestamptz not null,
  input bigint not null,
  cache_read bigint not null,
  cache_write_5m bigint not null,
  cache_write_1h bigint not null,
  output bigint not null,
  reasoning bigint not null,
  -- Price by the book of the tokens that have one, 1e-12 US dollars, and the tokens that have none.
  priced_pico bigint not null,
  unpriced_tokens bigint not null,
  -- The figure that counts, 1e-12 US dollars; null = no cost is known.
  cost_pico bigint,
  price_id text,
  cost_is_estimate boolean not null default false,
  reported_cost_pico bigint,
  reported_cost_basis text,
  raw jsonb,
  primary key (workspace_id, event_key, bucket_at),
  constraint usage_events_counts check
    (least(input, cache_read, cache_write_5m, cache_write_1h, output, reasoning, unpriced_tokens) >= 0)
);
create index usage_events_task on usage_events (workspace_id, task_id);
create index usage_events_bucket on usage_events (workspace_id, bucket_at);
create index usage_events_issue on usage_events (workspace_id, issue_id);

-- What a corrected event said before.
create table usage_corrections (
  workspace_id uuid not null,
  id uuid not null,
  event_key text not null,
  corrected_at timestamptz not null,
  previous jsonb not null,
  primary key (workspace_id, id)
);

-- Records that were refused, with the reason.
create table usage_quarantine (
  workspace_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  received_at timestamptz not null,
  reason text not null,
  record jsonb not null,
  primary key (workspace_id, id)
);

-- Sums per 15-minute UTC bucket; a calendar day of any zone is a whole number of buckets.
create table usage_rollups (
  workspace_id uuid not null,
  bucket_at timestamptz not null,
  agent_id uuid not null,
  provider text not null,
  model text not null,
  events bigint not null,
  input numeric not null,
  cache_read numeric not null,
  cache_write_5m numeric not null,
  cache_write_1h numeric not null,
  output numeric not null,
  reasoning numeric not null,
  cost_pico numeric not null,
  priced_events bigint not null,
  unpriced_tokens numeric not null,
  last_used_at timestamptz not null,
  primary key (workspace_id, bucket_at, agent_id, provider, model)
);

create table usage_by_task (
  workspace_id uuid not null,
  task_id uuid not null,
  provider text not null,
  model text not null,
  issue_id uuid,
  events bigint not null,
  input numeric not null,
  cache_read numeric not null,
  cache_write_5m numeric not null,
  cache_write_1h numeric not null,
  output numeric not null,
  reasoning numeric not null,
  cost_pico numeric not null,
  priced_events bigint not null,
  unpriced_tokens numeric not null,
  last_used_at timestamptz not null,
  primary key (workspace_id, task_id, provider, model)
);
create index usage_by_task_issue on usage_by_task (workspace_id, issue_id);
