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

-- Packs the key of a month that is over. Runs at the same time split one another's pages, so about
-- half of the key is free space that nothing fills any more. Dense pages are told by their fill
-- factor, so it happens once. Late records of the month wait while it does; nobody else.
create function usage_pack_month(month date) returns void
  language plpgsql security definer set search_path = public set lock_timeout = '3s' as $$
declare
  key_name text;
begin
  select index_class.relname into key_name
  from pg_index join pg_class index_class on index_class.oid = indexrelid
  where indrelid = to_regclass('usage_events_' || to_char(month, 'YYYY_MM')) and indisprimary
    and not coalesce('fillfactor=100' = any(index_class.reloptions), false);
  if key_name is null then return; end if;
  execute format('alter index %I set (fillfactor = 100)', key_name);
  execute format('reindex index %I', key_name);
exception when lock_not_available then
  -- Busy just now; the next day will do.
  null;
end $$;
revoke execute on function usage_pack_month(date) from public;
grant execute on function usage_pack_month(date) to headcount_app;
