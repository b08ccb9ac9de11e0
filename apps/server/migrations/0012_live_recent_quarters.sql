-- Why: a chart of days would otherwise be drawn from every look and every step of the last week.
-- breaking: no

-- Quarters of an hour of the last week, of which looks and steps are all still there: the same sums
-- as in live_quarters. A quarter without a row is read from its looks and steps; whatever adds one
-- to a quarter takes its row away in the same transaction.
create table live_recent_quarters (
  workspace_id uuid not null,
  starts_at timestamptz not null,
  known_ms bigint not null,
  running_tasks bigint not null,
  active_agents bigint not null,
  capacity bigint not null,
  queue_depth bigint not null,
  open_issues bigint not null,
  -- Null where nothing was measured.
  lines_added bigint,
  lines_deleted bigint,
  primary key (workspace_id, starts_at)
);

alter table live_recent_quarters enable row level security;
create policy workspace_only on live_recent_quarters
  using (workspace_id = nullif(current_setting('headcount.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('headcount.workspace_id', true), '')::uuid);
