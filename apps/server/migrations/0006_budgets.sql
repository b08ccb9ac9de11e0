-- Why: limits on what may be spent, counted exactly as the books are, that hold and stop work.
-- breaking: yes

-- No foreign keys to what a budget is about: its history outlives that.
create table budgets (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  scope text not null,
  -- Empty for the workspace. A task's budget also covers the runs that continue it.
  subject_ids uuid[] not null default '{}',
  -- As it was called when the budget was set, for when it is gone.
  subject_name text,
  unit text not null,
  -- A window as the API writes it.
  time_window jsonb not null,
  -- Pico-dollars, tokens, tasks or milliseconds.
  limit_amount numeric not null,
  -- Percentages, ascending.
  thresholds int[] not null,
  action text not null,
  enabled boolean not null default true,
  archived_at timestamptz,
  -- What was used before is not counted; null counts everything.
  counted_from timestamptz,
  -- For the tank, which counts as full whenever it is filled: what had been spent by then. It is
  -- taken off both sides, spent and limit. Null for budgets that people set.
  tare numeric,
  -- Highest threshold that people were told of, in which window and when.
  reached_percent int not null default 0,
  reached_window timestamptz,
  reached_at timestamptz,
  -- Since when the limit is reached, and when that ends by itself, null for never.
  exhausted_at timestamptz,
  exhausted_until timestamptz,
  -- When it was last no longer so.
  lifted_at timestamptz,
  revision int not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  primary key (workspace_id, id),
  constraint budgets_scope check (scope in ('workspace', 'project', 'agent', 'issue', 'task', 'member')),
  constraint budgets_subject check ((scope = 'workspace') = (subject_ids = '{}')),
  constraint budgets_unit check (unit in ('billed_usd', 'notional_usd', 'tokens', 'tasks', 'hours')),
  constraint budgets_limit check (limit_amount > 0 or tare is not null),
  constraint budgets_action check (action in ('notify', 'hold', 'stop')),
  constraint budgets_until check (exhausted_until is null or exhausted_at is not null)
) with (fillfactor = 70);

-- What the books say for a budget: per window, for rolling windows per quarter of an hour. Changed
-- by the very transactions that change the books.
create table budget_slots (
  workspace_id uuid not null,
  budget_id uuid not null,
  -- Start of the window; 1970 for budgets without one.
  slot_at timestamptz not null,
  spent numeric not null,
  primary key (workspace_id, budget_id, slot_at)
) with (fillfactor = 50);

-- Who changed a budget, and what it did.
create table budget_events (
  workspace_id uuid not null,
  id uuid not null,
  budget_id uuid not null,
  at timestamptz not null,
  kind text not null,
  actor_type text not null,
  actor_id text,
  details jsonb not null,
  primary key (workspace_id, id),
  constraint budget_events_kind check (kind in
    ('created', 'updated', 'raised', 'archived', 'threshold', 'exhausted', 'stopped', 'lifted',
     'recounted'))
);
create index budget_events_budget on budget_events (workspace_id, budget_id, id desc);

alter table budget_slots add constraint budget_slots_budget_fk
  foreign key (workspace_id, budget_id) references budgets (workspace_id, id);
alter table budget_events add constraint budget_events_budget_fk
  foreign key (workspace_id, budget_id) references budgets (workspace_id, id);

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['budgets', 'budget_slots', 'budget_events']
  loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format(
      'create policy workspace_only on %I using (workspace_id = nullif(current_setting(''headcount.workspace_id'', true), '''')::uuid)
       with check (workspace_id = nullif(current_setting(''headcount.workspace_id'', true), '''')::uuid)', tenant_table);
  end loop;
end $$;
