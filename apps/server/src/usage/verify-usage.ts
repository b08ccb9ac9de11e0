import { usage } from "@headcount/contract/usage/routes";
import { query } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";

type Sql = WorkspaceContext["sql"];
type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;

export type UsageDifference = {
  readonly rollup: string;
  readonly key: string;
  readonly ledger: string;
  readonly stored: string;
};

/** Nobody reads more differences than this; one is a defect. */
const mostDifferences = 200;

export const verifyUsageQuery = query(usage.verify, async (ctx) => {
  const [counts] = await ctx.sql<{ ledgerEvents: number; rollupRows: number }[]>`
    select (select count(*)::int from usage_events where workspace_id = ${ctx.workspaceId}) as ledger_events,
      (select count(*)::int from usage_rollups where workspace_id = ${ctx.workspaceId})
        + (select count(*)::int from usage_by_task where workspace_id = ${ctx.workspaceId}) as rollup_rows`;
  return {
    ledgerEvents: counts?.ledgerEvents ?? 0,
    rollupRows: counts?.rollupRows ?? 0,
    differences: await findUsageDifferences(ctx),
  };
});

/** Every row of both sums that is not what the ledger adds up to; a missing row counts as zeros. */
export async function findUsageDifferences(ctx: Ctx): Promise<UsageDifference[]> {
  return [...(await findBucketDifferences(ctx)), ...(await findTaskDifferences(ctx))];
}

/** The same for the sums per bucket alone, from an instant to another when they are given. */
export function findBucketDifferences(
  ctx: Ctx,
  range: { readonly from: Date; readonly to: Date } | null = null,
): Promise<UsageDifference[]> {
  const { sql, workspaceId } = ctx;
  const within = range ? sql`and bucket_at >= ${range.from} and bucket_at < ${range.to}` : sql``;
  return sql<UsageDifference[]>`
    with ledger as (
      select bucket_at, agent_id, provider, model, ${ledgerFigures(sql)} as figures
      from usage_events where workspace_id = ${workspaceId} ${within}
      group by bucket_at, agent_id, provider, model
    ), stored as (
      select bucket_at, agent_id, provider, model, ${storedFigures(sql)} as figures
      from usage_rollups where workspace_id = ${workspaceId} ${within}
    )
    select 'usage_rollups' as rollup,
      concat_ws(' ', to_char(bucket_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"'), agent_id,
        provider, model) as key,
      ${bothFigures(sql)}
    from ledger full join stored using (bucket_at, agent_id, provider, model)
    where ${figuresDiffer(sql)}
    order by key limit ${mostDifferences}`;
}

function findTaskDifferences({ sql, workspaceId }: Ctx): Promise<UsageDifference[]> {
  return sql<UsageDifference[]>`
    with ledger as (
      select task_id, provider, model, ${ledgerFigures(sql)} as figures
      from usage_events where workspace_id = ${workspaceId} group by task_id, provider, model
    ), stored as (
      select task_id, provider, model, ${storedFigures(sql)} as figures
      from usage_by_task where workspace_id = ${workspaceId}
    )
    select 'usage_by_task' as rollup, concat_ws(' ', task_id, provider, model) as key,
      ${bothFigures(sql)}
    from ledger full join stored using (task_id, provider, model)
    where ${figuresDiffer(sql)}
    order by key limit ${mostDifferences}`;
}

/** Figures of one row in one fixed order: numeric arrays compare exactly, whatever their scale. */
const ledgerFigures = (sql: Sql) => sql`
  array[count(*), sum(input), sum(cache_read), sum(cache_write_5m), sum(cache_write_1h), sum(output),
    sum(reasoning), coalesce(sum(cost_pico), 0), count(cost_pico),
    sum(case when reported_cost_pico is null then unpriced_tokens else 0 end)]::numeric[]`;

const storedFigures = (sql: Sql) => sql`
  array[events, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning, cost_pico,
    priced_events, unpriced_tokens]::numeric[]`;

const zeros = (sql: Sql) => sql`array_fill(0::numeric, array[10])`;

const bothFigures = (sql: Sql) => sql`
  coalesce(ledger.figures, ${zeros(sql)})::text as ledger,
  coalesce(stored.figures, ${zeros(sql)})::text as stored`;

const figuresDiffer = (sql: Sql) => sql`
  coalesce(ledger.figures, ${zeros(sql)}) <> coalesce(stored.figures, ${zeros(sql)})`;
