-- Why: a second wall between tenants: without the workspace set in the transaction no row is visible.
-- breaking: yes

do $$
declare tenant_table text;
begin
  for tenant_table in
    select c.table_name from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'workspace_id'
      and t.table_type = 'BASE TABLE' and c.table_name <> 'workspace_slugs'
  loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format(
      'create policy workspace_only on %I using (workspace_id = nullif(current_setting(''headcount.workspace_id'', true), '''')::uuid)
       with check (workspace_id = nullif(current_setting(''headcount.workspace_id'', true), '''')::uuid)', tenant_table);
  end loop;
end $$;

-- A person may find their own memberships before any workspace is chosen.
create policy own_memberships on members for select
  using (user_id = nullif(current_setting('headcount.user_id', true), '')::uuid);

grant usage on schema public to headcount_app;
grant select, insert, update, delete on all tables in schema public to headcount_app;
revoke update, delete on audit_entries, instance_audit_entries from headcount_app;
alter default privileges in schema public grant select, insert, update, delete on tables to headcount_app;
