import { dateIn, startOfDate } from "@headcount/domain/usage/query/local-time";
import type { WorkspaceContext } from "../platform/context.ts";

/** Issues that are done and have become so since the last midnight of a zone. */
export async function countClosedToday(
  { sql, workspaceId, now }: Pick<WorkspaceContext, "sql" | "workspaceId" | "now">,
  zone: string,
): Promise<number> {
  const since = new Date(startOfDate(zone, dateIn(zone, now.getTime())));
  const [row] = await sql<{ closed: number }[]>`
    select count(*)::int as closed from issues i
    where i.workspace_id = ${workspaceId} and i.deleted_at is null and i.status = 'done'
      and i.last_activity_at >= ${since}
      and (i.created_at >= ${since} or exists (
        select 1 from activities a where a.workspace_id = i.workspace_id and a.issue_id = i.id
          and a.created_at >= ${since} and a.action = 'status_changed'
          and a.details->>'to' = 'done'))`;
  return row?.closed ?? 0;
}
