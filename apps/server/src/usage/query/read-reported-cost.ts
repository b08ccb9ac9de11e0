import type { ReportedCost } from "@headcount/contract/usage/schemas";
import { formatUsd } from "@headcount/domain/usage/money";
import type { WorkspaceContext } from "../../platform/context.ts";
import type { TasksOf } from "./read-task-sums.ts";

/** Sums of numeric arrive as text. */
type Row = { events: number; reportedPico: string | null; pricedPico: string | null };

/**
 * What providers and CLIs stated as the cost of one task, or of every task of an issue, beside our
 * price of the same events. Null where they stated nothing. Events of archived months are in a file.
 */
export async function readReportedCost(
  { sql, workspaceId }: Pick<WorkspaceContext, "sql" | "workspaceId">,
  of: TasksOf,
): Promise<ReportedCost | null> {
  const condition =
    "taskId" in of ? sql`m.task_id = ${of.taskId}` : sql`m.issue_id = ${of.issueId}`;
  // Events of a task begin with the first six bytes of its id, so they lie together in the key.
  const [row] = await sql<Row[]>`
    select count(distinct e.event_id)::int as events,
      sum(e.reported_cost_pico)::text as reported_pico, sum(e.priced_pico)::text as priced_pico
    from usage_meters m
    join usage_events e on e.workspace_id = m.workspace_id and e.month = m.month
      and e.meter_id = m.id
      and e.event_id between (left(m.task_id::text, 13) || '-0000-0000-000000000000')::uuid
        and (left(m.task_id::text, 13) || '-ffff-ffff-ffffffffffff')::uuid
    where m.workspace_id = ${workspaceId} and m.kind = 'usage' and ${condition}
      and e.workspace_id = ${workspaceId} and e.reported_cost_pico is not null`;
  if (!row || row.events === 0) return null;
  return {
    events: row.events,
    reportedUsd: formatUsd(BigInt(row.reportedPico ?? 0)),
    pricedUsd: formatUsd(BigInt(row.pricedPico ?? 0)),
  };
}
