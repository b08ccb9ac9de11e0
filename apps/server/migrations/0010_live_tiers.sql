-- Why: a chart of a busy day would otherwise be drawn from every call of that day.
-- breaking: no

-- The ledger by minutes, of quarters of an hour in which so much was used that reading every event
-- takes long. Nobody asks it of a quarter that is not in the table below.
create table usage_minutes (
  workspace_id uuid not null,
  minute_at timestamptz not null,
  events bigint,
  input bigint,
  cache_read bigint,
  cache_write_5m bigint,
  cache_write_1h bigint,
  output bigint,
  reasoning bigint,
  cost_pico numeric,
  notional_pico numeric,
  cache_saved_pico numeric,
  priced_events bigint,
  unpriced_tokens bigint,
  primary key (workspace_id, minute_at)
);

-- Quarters whose minutes are what the ledger says, as long as the tail holds nothing of them.
-- Folding anything of a quarter takes it away, in the same transaction.
create table usage_minute_quarters (
  workspace_id uuid not null,
  quarter_at timestamptz not null,
  primary key (workspace_id, quarter_at)
);

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['usage_minutes', 'usage_minute_quarters']
  loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format(
      'create policy workspace_only on %I using (workspace_id = nullif(current_setting(''headcount.workspace_id'', true), '''')::uuid)
       with check (workspace_id = nullif(current_setting(''headcount.workspace_id'', true), '''')::uuid)', tenant_table);
  end loop;
end $$;
