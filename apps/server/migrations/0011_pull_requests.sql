-- Why: what was merged, and for which issues, so that it can be told what a merged pull request cost.
-- breaking: no

create table pull_requests (
  workspace_id uuid not null,
  id uuid not null,
  url text not null,
  repository text not null,
  number int not null,
  -- Null where nobody has said.
  title text,
  author text,
  state text not null,
  branch text,
  base_branch text,
  head_commit text,
  additions int,
  deletions int,
  opened_at timestamptz,
  merged_at timestamptz,
  closed_at timestamptz,
  -- When the newest of these facts became so, where its teller knew; older ones change nothing.
  told_at timestamptz,
  revision int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  constraint pull_requests_state check (state in ('open', 'draft', 'closed', 'merged')),
  constraint pull_requests_merged check ((state = 'merged') = (merged_at is not null))
);
-- Hosts take owners and repositories in any case.
create unique index pull_requests_url on pull_requests (workspace_id, lower(url));
create index pull_requests_merged_at on pull_requests (workspace_id, merged_at)
  where merged_at is not null;

-- To which issues a pull request belongs, and why.
create table pull_request_issues (
  workspace_id uuid not null,
  pull_request_id uuid not null,
  issue_id uuid not null,
  -- Somebody has said so.
  by_hand boolean not null default false,
  -- Its branch or its title names the issue, or a task of the issue has worked on its branch.
  in_name boolean not null default false,
  -- What its body says of the issue; null for nothing.
  in_body text,
  how text not null generated always as (
    case when by_hand or in_name or in_body = 'linked' then 'linked' else 'mentioned' end) stored,
  primary key (workspace_id, pull_request_id, issue_id),
  constraint pull_request_issues_in_body check (in_body in ('linked', 'mentioned')),
  constraint pull_request_issues_why check (by_hand or in_name or in_body is not null)
);
create index pull_request_issues_issue on pull_request_issues (workspace_id, issue_id);

create index tasks_branch on tasks (workspace_id, branch) where branch is not null;

-- Git hosts that send what happens.
create table git_connections (
  workspace_id uuid not null,
  id uuid not null,
  host text not null,
  name text not null,
  -- Encrypted with the instance key.
  secret bytea not null,
  created_at timestamptz not null,
  last_delivery_at timestamptz,
  fault text,
  fault_at timestamptz,
  primary key (workspace_id, id),
  constraint git_connections_host check (host in ('github')),
  constraint git_connections_fault check (fault in ('signature', 'payload')),
  constraint git_connections_fault_whole check ((fault is null) = (fault_at is null))
);

alter table pull_request_issues add constraint pull_request_issues_pull_request_fk
  foreign key (workspace_id, pull_request_id) references pull_requests (workspace_id, id);
alter table pull_request_issues add constraint pull_request_issues_issue_fk
  foreign key (workspace_id, issue_id) references issues (workspace_id, id);

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['pull_requests', 'pull_request_issues', 'git_connections']
  loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format(
      'create policy workspace_only on %I using (workspace_id = nullif(current_setting(''headcount.workspace_id'', true), '''')::uuid)
       with check (workspace_id = nullif(current_setting(''headcount.workspace_id'', true), '''')::uuid)', tenant_table);
  end loop;
end $$;
