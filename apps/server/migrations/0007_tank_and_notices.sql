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

-- Prepaid money: of the workspace, or of one person. What is spent of it is counted by a budget.
create table tanks (
  workspace_id uuid not null,
  budget_id uuid not null,
  member_id uuid,
  -- First top-up; what was spent before, in the quarter of an hour that its budget counts from, is
  -- not taken from the tank.
  opened_at timestamptz not null,
  opening_spent numeric not null,
  primary key (workspace_id, budget_id)
);
create unique index tanks_owner on tanks
  (workspace_id, coalesce(member_id, '00000000-0000-0000-0000-000000000000'));

-- What was paid in and put right; never changed, never removed.
create table tank_entries (
  workspace_id uuid not null,
  id uuid not null,
  budget_id uuid not null,
  kind text not null,
  -- Pico-dollars.
  amount numeric not null,
  filled_after numeric not null,
  note text not null,
  actor_type text not null,
  actor_id uuid,
  at timestamptz not null,
  corrects uuid,
  -- Chosen by whoever paid in; the same again changes nothing.
  key text collate "C" not null,
  primary key (workspace_id, id),
  constraint tank_entries_kind check (kind in ('top_up', 'correction')),
  constraint tank_entries_corrects check ((kind = 'correction') = (corrects is not null))
);
create unique index tank_entries_key on tank_entries (workspace_id, key);
create index tank_entries_tank on tank_entries (workspace_id, budget_id, id desc);

alter table tanks add constraint tanks_budget_fk
  foreign key (workspace_id, budget_id) references budgets (workspace_id, id);
alter table tank_entries add constraint tank_entries_tank_fk
  foreign key (workspace_id, budget_id) references tanks (workspace_id, budget_id);
alter table tank_entries add constraint tank_entries_corrects_fk
  foreign key (workspace_id, corrects) references tank_entries (workspace_id, id);

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

-- What people were told, one row per person.
create table notices (
  workspace_id uuid not null,
  id uuid not null,
  recipient_id uuid not null,
  type text not null,
  severity text not null,
  subject_kind text not null,
  subject_id uuid,
  title text not null,
  body text not null,
  facts jsonb not null,
  at timestamptz not null,
  read_at timestamptz,
  primary key (workspace_id, id),
  constraint notices_severity check (severity in ('action_required', 'attention', 'info')),
  constraint notices_subject check (subject_kind in ('budget', 'tank', 'agent'))
);
create index notices_recipient on notices (workspace_id, recipient_id, id desc);
create index notices_unread on notices (workspace_id, recipient_id) where read_at is null;

-- Where a workspace's notices are sent.
create table notice_webhooks (
  workspace_id uuid not null,
  url text not null,
  -- Encrypted with the instance key.
  secret bytea not null,
  types text[] not null,
  enabled boolean not null,
  -- Why it was switched off by itself, and since when nothing has been answered.
  disabled_reason text,
  failing_since timestamptz,
  created_at timestamptz not null,
  primary key (workspace_id)
);

create table webhook_deliveries (
  workspace_id uuid not null,
  id uuid not null,
  type text not null,
  body jsonb not null,
  state text not null,
  tries int not null default 0,
  created_at timestamptz not null,
  -- While a try is under way: when somebody else may take it over.
  next_try_at timestamptz,
  delivered_at timestamptz,
  status int,
  error text,
  primary key (workspace_id, id),
  constraint webhook_deliveries_state check (state in ('waiting', 'delivered', 'failed'))
);
create index webhook_deliveries_due on webhook_deliveries (workspace_id, next_try_at) where state = 'waiting';

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['task_stops', 'tanks', 'tank_entries', 'runaway_holds', 'notices', 'notice_webhooks', 'webhook_deliveries']
  loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format(
      'create policy workspace_only on %I using (workspace_id = nullif(current_setting(''headcount.workspace_id'', true), '''')::uuid)
       with check (workspace_id = nullif(current_setting(''headcount.workspace_id'', true), '''')::uuid)', tenant_table);
  end loop;
end $$;

revoke update, delete on tank_entries from headcount_app;
