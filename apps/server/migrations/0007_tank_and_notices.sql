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

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['task_stops']
  loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format(
      'create policy workspace_only on %I using (workspace_id = nullif(current_setting(''headcount.workspace_id'', true), '''')::uuid)
       with check (workspace_id = nullif(current_setting(''headcount.workspace_id'', true), '''')::uuid)', tenant_table);
  end loop;
end $$;
