-- Why: the ledger is partitioned by month, and the application owns nothing and so cannot make tables.
-- breaking: yes

-- Months whose events were moved into a file. Their sums stay; nothing can be booked into them.
create table usage_archived_months (
  month date primary key,
  archived_at timestamptz not null
);
revoke insert, update, delete on usage_archived_months from headcount_app;

-- Makes the partition of a month. The table is filled with everything it needs before it is
-- attached, because attaching locks out nobody who reads or writes other months.
create function usage_ensure_month(month date) returns void
  language plpgsql security definer set search_path = public as $$
declare
  first_day date := date_trunc('month', month)::date;
  partition_name text := 'usage_events_' || to_char(first_day, 'YYYY_MM');
begin
  if to_regclass(partition_name) is not null then return; end if;
  if exists (select 1 from usage_archived_months archived where archived.month = first_day) then
    raise exception 'usage of % is archived', to_char(first_day, 'YYYY-MM');
  end if;
  perform pg_advisory_xact_lock(7230018);
  execute format('create table %I (like usage_events including all)', partition_name);
  execute format('alter table %I enable row level security', partition_name);
  execute format(
    'create policy workspace_only on %I using (workspace_id = nullif(current_setting(''headcount.workspace_id'', true), '''')::uuid)
     with check (workspace_id = nullif(current_setting(''headcount.workspace_id'', true), '''')::uuid)', partition_name);
  execute format('alter table usage_events attach partition %I for values from (%L) to (%L)',
    partition_name, first_day, (first_day + interval '1 month')::date);
exception when duplicate_table then
  -- Somebody else has made it while this waited for the lock.
  null;
end $$;
revoke execute on function usage_ensure_month(date) from public;
grant execute on function usage_ensure_month(date) to headcount_app;
