-- Why: what is going on is looked at every few seconds and kept, so that it can be shown as it was.
-- breaking: no

-- A look at the state of a workspace. It stands for the time up to the next one, but for no longer
-- than it says; what no look stands for is not known.
create table live_samples (
  workspace_id uuid not null,
  sampled_at timestamptz not null,
  holds_ms int not null,
  running_tasks int not null,
  active_agents int not null,
  capacity int not null,
  queue_depth int not null,
  open_issues int not null,
  primary key (workspace_id, sampled_at)
);

-- By how many lines a work directory has changed from one measurement to the next; less than zero
-- where work was taken back. Written with the measurement itself, so nothing has to be remembered.
create table live_line_steps (
  workspace_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  lines_added bigint not null,
  lines_deleted bigint not null,
  primary key (workspace_id, id)
);
create index live_line_steps_at on live_line_steps (workspace_id, at);

-- What samples and steps become after a week: sums of value times milliseconds over the time that
-- looks stood for, which divided by it are averages of any stretch of quarters, and sums of lines.
create table live_quarters (
  workspace_id uuid not null,
  starts_at timestamptz not null,
  known_ms bigint not null default 0,
  running_tasks bigint not null default 0,
  active_agents bigint not null default 0,
  capacity bigint not null default 0,
  queue_depth bigint not null default 0,
  open_issues bigint not null default 0,
  lines_added bigint not null default 0,
  lines_deleted bigint not null default 0,
  primary key (workspace_id, starts_at)
);

-- Minutes of the last week in which anything was used or changed: what the scales are made of, and
-- nothing else, since they do not follow corrections of what they have counted.
create table live_minutes (
  workspace_id uuid not null,
  minute_at timestamptz not null,
  tokens numeric not null default 0,
  cost_pico numeric not null default 0,
  notional_pico numeric not null default 0,
  lines bigint not null default 0,
  primary key (workspace_id, minute_at)
);

-- Below which 95 of 100 busy minutes or looks of the last week lie; null before there is one.
create table live_scales (
  workspace_id uuid not null,
  -- Up to here minutes have been counted.
  counted_to timestamptz not null,
  known_since timestamptz,
  tokens_per_minute double precision,
  cost_pico_per_minute double precision,
  notional_pico_per_minute double precision,
  lines_per_minute double precision,
  running_tasks double precision,
  queue_depth double precision,
  primary key (workspace_id)
);

-- Machines that were lost and came back; nothing else tells of that for longer than a few days.
create table live_marks (
  workspace_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  kind text not null,
  -- The runtime; its name is kept for when it is gone.
  subject_id text not null,
  subject text not null,
  primary key (workspace_id, id),
  constraint live_marks_kind check (kind in ('daemon_lost', 'daemon_back'))
);
create index live_marks_at on live_marks (workspace_id, at);

-- Gauges read the newest events by their time of use; pages that are full are put into the index by
-- themselves, so that only the last few have to be read through.
drop index usage_events_used;
create index usage_events_used on usage_events using brin (used_at)
  with (pages_per_range = 16, autosummarize = on);

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['live_samples', 'live_line_steps', 'live_quarters',
    'live_minutes', 'live_scales', 'live_marks']
  loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format(
      'create policy workspace_only on %I using (workspace_id = nullif(current_setting(''headcount.workspace_id'', true), '''')::uuid)
       with check (workspace_id = nullif(current_setting(''headcount.workspace_id'', true), '''')::uuid)', tenant_table);
  end loop;
end $$;
