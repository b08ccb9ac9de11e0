-- Why: limits stop runs, a tank is filled and emptied, agents that run away are held, and people hear of it.
-- breaking: yes

-- Runs that a limit wants to end, until their machine has reported so. Written by transactions that
-- hold none of these tasks, therefore without a foreign key that would lock them.
create table task_stops (
  workspace_id uuid not null,
  task_id uuid not null,
  lease int not null,
  reason text not null,
  -- One sentence for people: which limit, and how it stands.
  detail text not null,
  requested_at timestamptz not null,
  primary key (workspace_id, task_id, lease),
  constraint task_stops_reason check (reason in ('budget_stop', 'runaway_stop'))
);

-- Agents that the guard keeps from starting work, and those that it has.
create table runaway_holds (
  workspace_id uuid not null,
  id uuid not null,
  agent_id uuid not null,
  kind text not null,
  detail text not null,
  facts jsonb not null,
  issue_id uuid,
  since timestamptz not null,
  lifted_at timestamptz,
  lifted_by uuid,
  note text not null default '',
  primary key (workspace_id, id),
  constraint runaway_holds_kind check (kind in ('velocity', 'trigger_storm', 'loop'))
);
create unique index runaway_holds_open on runaway_holds (workspace_id, agent_id) where lifted_at is null;
create index runaway_holds_lifted on runaway_holds (workspace_id, lifted_at desc) where lifted_at is not null;

alter table runaway_holds add constraint runaway_holds_agent_fk
  foreign key (workspace_id, agent_id) references agents (workspace_id, id);

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['task_stops', 'runaway_holds']
  loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format(
      'create policy workspace_only on %I using (workspace_id = nullif(current_setting(''headcount.workspace_id'', true), '''')::uuid)
       with check (workspace_id = nullif(current_setting(''headcount.workspace_id'', true), '''')::uuid)', tenant_table);
  end loop;
end $$;
