-- Why: the ledger of usage, the sums that are exact with it, and the prices that apply to it.
-- breaking: yes

-- No foreign keys: the books outlive everything that they name.

-- A meter counts what one attempt of a task used of one model, in one role, from one source, and
-- says to whom that is booked. Every event belongs to a meter; moving an issue moves its meters.
create table usage_meters (
  workspace_id uuid not null,
  id int generated always as identity,
  -- Digest of the columns from `kind` to `failure_class` that never change.
  fingerprint uuid not null,
  -- `usage` counts tokens and cost, `task` counts what became of a task.
  kind text not null default 'usage',
  -- First day of the month (UTC) whose partition holds the events of this meter.
  month date not null,
  -- Null for usage of sessions that Headcount did not start.
  task_id uuid,
  -- Names the session of the CLI, for usage without a task.
  session_key uuid,
  lease int not null,
  issue_id uuid,
  project_id uuid,
  agent_id uuid,
  runtime_id uuid,
  -- Person to whom the cost is booked.
  member_id uuid,
  provider text not null,
  model text not null,
  role text not null,
  source text not null,
  billing_mode text not null default 'api',
  -- How much of the usage the CLI can tell, as it was last said.
  coverage text not null default 'unknown',
  -- Class of a failed task; null for everything else.
  failure_class text,
  -- Rows of usage_series to which this meter adds.
  total_series int not null,
  model_series int not null,
  agent_series int not null,
  project_series int not null,
  member_series int not null,
  every_series int not null,
  -- What the meter shows: the sum of its events, exact at every commit.
  events bigint not null default 0,
  input numeric not null default 0,
  cache_read numeric not null default 0,
  cache_write_5m numeric not null default 0,
  cache_write_1h numeric not null default 0,
  output numeric not null default 0,
  reasoning numeric not null default 0,
  cost_pico numeric not null default 0,
  notional_pico numeric not null default 0,
  cache_saved_pico numeric not null default 0,
  priced_events bigint not null default 0,
  unpriced_tokens numeric not null default 0,
  last_used_at timestamptz,
  primary key (workspace_id, id),
  constraint usage_meters_kind check (kind in ('usage', 'task')),
  constraint usage_meters_subject check ((task_id is null) <> (session_key is null))
) with (fillfactor = 70);
create unique index usage_meters_fingerprint on usage_meters (workspace_id, fingerprint);
create index usage_meters_task on usage_meters (workspace_id, task_id);
create index usage_meters_issue on usage_meters (workspace_id, issue_id);

-- Where the price of an event came from, with the rates as they were: a figure can be explained
-- after the catalogue that it was made with is gone.
create table usage_prices (
  workspace_id uuid not null,
  id int generated always as identity,
  identity text not null,
  rates jsonb not null,
  primary key (workspace_id, id)
);
create unique index usage_prices_identity on usage_prices (workspace_id, identity);

-- An event is one row; a running total is one row per bucket in which it grew, with the increase.
-- Where most rows would hold nothing, null stands for it: zero tokens, no report, revision 0.
create table usage_events (
  workspace_id uuid not null,
  -- First 6 bytes of its task, then 10 bytes of the SHA-256 of its event key: rows of a task lie together.
  event_id uuid not null,
  used_at timestamptz not null,
  -- When the row was first heard of; growth, corrections and new prices leave it.
  received_at timestamptz not null,
  input bigint not null,
  cache_read bigint not null,
  cache_write_5m bigint not null,
  cache_write_1h bigint,
  output bigint not null,
  reasoning bigint,
  -- Price by the book of the tokens that have one, 1e-12 US dollars.
  priced_pico bigint not null,
  -- What the same prompt would have cost more without a cache, 1e-12 US dollars; may be negative.
  cache_saved_pico bigint not null,
  unpriced_tokens bigint,
  reported_cost_pico bigint,
  revision bigint,
  meter_id int not null,
  price_id int,
  month date not null,
  part smallint not null,
  cumulative boolean not null,
  cost_is_estimate boolean not null,
  reported_cost_basis text,
  raw jsonb,
  primary key (workspace_id, event_id, part, month),
  constraint usage_events_counts check (input >= 0 and cache_read >= 0 and cache_write_5m >= 0
    and cache_write_1h >= 0 and output >= 0 and reasoning >= 0 and unpriced_tokens >= 0)
) partition by range (month);
create index usage_events_used on usage_events using brin (used_at) with (pages_per_range = 16);

-- The cost of an event that counts, or null when nothing is known: what was billed, else the price by
-- the book, else what the CLI has estimated.
create function usage_counted_pico(priced bigint, unpriced bigint, reported bigint, basis text,
  tokens numeric) returns bigint language sql immutable parallel safe
return case
  when reported is not null and basis = 'billed' then reported
  -- Nothing to price: what was reported is all there is to know.
  when tokens = 0 then reported
  when coalesce(unpriced, 0) = 0 then priced
  when reported is not null then reported
  when priced > 0 then priced
end;

-- What a corrected event said before.
create table usage_corrections (
  workspace_id uuid not null,
  id uuid not null,
  event_id uuid not null,
  corrected_at timestamptz not null,
  previous jsonb not null,
  primary key (workspace_id, id)
);
create index usage_corrections_event on usage_corrections (workspace_id, event_id);

-- Records that were refused, with the reason.
create table usage_quarantine (
  workspace_id uuid not null,
  id uuid not null,
  task_id uuid,
  received_at timestamptz not null,
  reason text not null,
  record jsonb not null,
  primary key (workspace_id, id)
);

-- What the latest nightly comparison of a workspace's sums with its ledger has found.
create table usage_verifications (
  workspace_id uuid not null,
  verified_at timestamptz not null,
  -- Whole days of UTC, `to_day` being the first that was left out.
  from_day date not null,
  to_day date not null,
  ledger_events bigint not null,
  differences int not null,
  -- The first of the sums that differed.
  keys text[] not null,
  primary key (workspace_id)
);

-- One row per task that has started: what it counts as, and when.
create table usage_tasks (
  workspace_id uuid not null,
  task_id uuid not null,
  meter_id int not null,
  started_at timestamptz,
  ended_at timestamptz,
  outcome text,
  run_ms bigint not null default 0,
  queue_ms bigint not null default 0,
  waiting_ms bigint not null default 0,
  lines_added bigint not null default 0,
  lines_deleted bigint not null default 0,
  files_changed bigint not null default 0,
  primary key (workspace_id, task_id)
);
create index usage_tasks_started on usage_tasks (workspace_id, started_at);
create index usage_tasks_ended on usage_tasks (workspace_id, ended_at);

-- The figures of the tables of sums; they lend them their columns and are gone at the end. Most
-- figures of most rows are zero, and null stands for it: it takes no room.
create table usage_token_figures (
  events bigint,
  input bigint,
  cache_read bigint,
  cache_write_5m bigint,
  cache_write_1h bigint,
  output bigint,
  reasoning bigint,
  cost_pico numeric,
  notional_pico numeric,
  cache_saved_pico numeric,
  priced_events bigint,
  unpriced_tokens bigint
);
create table usage_task_figures (
  tasks_started bigint,
  tasks_done bigint,
  tasks_no_response bigint,
  tasks_needs_input bigint,
  tasks_failed bigint,
  tasks_cancelled bigint,
  run_ms bigint,
  queue_ms bigint,
  waiting_ms bigint,
  lines_added bigint,
  lines_deleted bigint,
  files_changed bigint
);

-- Tokens and cost per meter and 15-minute UTC bucket; a calendar day of any zone is a whole number
-- of buckets. What tasks add is known from usage_tasks to the instant.
create table usage_buckets (
  workspace_id uuid not null,
  meter_id int not null,
  bucket_at timestamptz not null,
  like usage_token_figures,
  primary key (workspace_id, bucket_at, meter_id)
) with (fillfactor = 90);
create index usage_buckets_meter on usage_buckets (workspace_id, meter_id);

-- Net changes that are not yet in the sums; every reader adds them, a folder moves them on.
create table usage_tail (
  workspace_id uuid not null,
  meter_id int not null,
  bucket_at timestamptz not null,
  like usage_token_figures,
  like usage_task_figures
);
create index usage_tail_workspace on usage_tail (workspace_id);

-- One row per combination of dimensions that a pivot keeps apart. Columns outside of the pivot are null.
create table usage_series (
  workspace_id uuid not null,
  id int generated always as identity,
  -- Digest of all columns below.
  fingerprint uuid not null,
  -- `total`: nothing. `model`: provider, model, role, failure class. `agent`: runtime, agent.
  -- `project`: project. `member`: member. `every`: all of them.
  pivot text not null,
  runtime_id uuid,
  agent_id uuid,
  project_id uuid,
  member_id uuid,
  provider text,
  model text,
  role text,
  failure_class text,
  primary key (workspace_id, id),
  constraint usage_series_pivot
    check (pivot in ('total', 'model', 'agent', 'project', 'member', 'every'))
);
create unique index usage_series_fingerprint on usage_series (workspace_id, fingerprint);

-- Calendar days are kept for the zones that people of the workspace ask for.
create table usage_zones (
  workspace_id uuid not null,
  -- Names the day tier of this zone in usage_rollups; 1 is the tier of UTC hours.
  tier smallint not null,
  zone text not null,
  last_asked_at timestamptz not null,
  primary key (workspace_id, tier),
  constraint usage_zones_tier check (tier > 1)
);
create unique index usage_zones_zone on usage_zones (workspace_id, zone);

-- Narrow sums: one pivot at a time, per UTC hour (tier 1) and per calendar day of a zone.
create table usage_rollups (
  workspace_id uuid not null,
  pivot text not null,
  tier smallint not null,
  bucket_at timestamptz not null,
  series_id int not null,
  like usage_token_figures,
  like usage_task_figures,
  primary key (workspace_id, pivot, tier, bucket_at, series_id)
) with (fillfactor = 90);
drop table usage_token_figures, usage_task_figures;

-- Prices that a workspace has agreed on, or gives to models that no catalogue lists. They go before
-- the catalogue's from their start to their end, and are ended, never changed or deleted.
create table usage_price_overrides (
  workspace_id uuid not null,
  id uuid not null,
  -- Grows with every change of the workspace's prices, so that a copy can be told to be out of date.
  revision int not null,
  provider text not null,
  model text not null,
  -- 1e-12 US dollars per token; null: costs what the class costs that contains it.
  input bigint not null,
  cache_read bigint,
  cache_write_5m bigint,
  cache_write_1h bigint,
  output bigint not null,
  reasoning bigint,
  starts_at timestamptz not null,
  ends_at timestamptz,
  note text not null,
  created_at timestamptz not null,
  created_by uuid,
  ended_at timestamptz,
  ended_by uuid,
  primary key (workspace_id, id),
  constraint usage_price_overrides_rates check (input >= 0 and cache_read >= 0
    and cache_write_5m >= 0 and cache_write_1h >= 0 and output >= 0 and reasoning >= 0),
  constraint usage_price_overrides_period check (ends_at >= starts_at)
);
create unique index usage_price_overrides_revision on usage_price_overrides (workspace_id, revision);

-- Acts of pricing past usage anew.
create table usage_repricings (
  workspace_id uuid not null,
  id uuid not null,
  created_at timestamptz not null,
  created_by uuid,
  -- What was asked for: unpriced or all, provider, model, range.
  filter jsonb not null,
  -- Sums over the rows that were changed so far.
  events bigint not null default 0,
  tokens numeric not null default 0,
  cost_before_pico numeric not null default 0,
  cost_after_pico numeric not null default 0,
  notional_before_pico numeric not null default 0,
  notional_after_pico numeric not null default 0,
  -- Last row that was looked at, by the act itself and later by undoing it.
  continues_at jsonb,
  finished_at timestamptz,
  undone_at timestamptz,
  undone_by uuid,
  undo_finished_at timestamptz,
  -- Rows that undoing left as they were because they had changed since.
  kept_events bigint not null default 0,
  primary key (workspace_id, id)
);

-- What pricing anew has changed, row by row, so that it can be undone and seen.
create table usage_repriced (
  workspace_id uuid not null,
  repricing_id uuid not null,
  month date not null,
  event_id uuid not null,
  part smallint not null,
  -- Tokens of the row: with other tokens it is no longer what was priced.
  tokens numeric not null,
  old_priced_pico bigint not null,
  old_cache_saved_pico bigint not null,
  old_unpriced_tokens bigint not null,
  old_price_id int,
  old_is_estimate boolean not null,
  new_priced_pico bigint not null,
  new_cache_saved_pico bigint not null,
  new_unpriced_tokens bigint not null,
  new_price_id int,
  new_is_estimate boolean not null,
  -- What undoing did with it; null while it has not.
  undo text,
  primary key (workspace_id, repricing_id, month, event_id, part),
  constraint usage_repriced_undo check (undo in ('restored', 'kept'))
);
create index usage_repriced_event on usage_repriced (workspace_id, event_id);

-- Sessions of CLIs that tasks have run in: their usage is booked with the task, so an import leaves
-- them out, also when nothing else of the task is left.
create table usage_task_sessions (
  workspace_id uuid not null,
  session_id text not null,
  task_id uuid not null,
  primary key (workspace_id, session_id)
);
