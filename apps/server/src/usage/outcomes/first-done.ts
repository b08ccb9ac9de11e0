import type { WorkspaceContext } from "../../platform/context.ts";

type Fragment = ReturnType<WorkspaceContext["sql"]>;

/** SQL: when the issue `i` was first done; null while it never was. */
export function firstDone({
  sql,
  workspaceId,
}: Pick<WorkspaceContext, "sql" | "workspaceId">): Fragment {
  return sql`coalesce(
    (select min(a.created_at) from activities a
      where a.workspace_id = ${workspaceId} and a.issue_id = i.id
        and a.action = 'status_changed' and a.details ->> 'to' = 'done'),
    -- Made as one that is done already.
    case when i.status = 'done' then i.created_at end)`;
}
