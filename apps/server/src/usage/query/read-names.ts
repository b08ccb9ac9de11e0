import type { UsageGrouping } from "@headcount/contract/usage/query-words";
import type { WorkspaceContext } from "../../platform/context.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;

export type Named = { readonly name: string; readonly isGone: boolean };

type Row = Named & { readonly id: string };

/**
 * Names of what usage is booked to, by id; null for groupings whose values are names themselves.
 * Ids of which nothing is left are missing.
 */
export async function readNames(
  ctx: Ctx,
  grouping: UsageGrouping,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Named> | null> {
  const rows = await readRows(ctx, grouping, [...ids]);
  return rows && new Map(rows.map(({ id, name, isGone }) => [id, { name, isGone }]));
}

function readRows(
  { sql, workspaceId }: Ctx,
  grouping: UsageGrouping,
  ids: string[],
): Promise<Row[]> | null {
  switch (grouping) {
    case "agent":
      // An archived agent can be brought back, so it is not gone.
      return sql<Row[]>`select id, name, false as is_gone from agents
        where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])`;
    case "project":
      return sql<Row[]>`select id, title as name, deleted_at is not null as is_gone from projects
        where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])`;
    case "runtime":
      return sql<Row[]>`
        select id, coalesce(custom_name, machine_name || ' · ' || cli_title) as name,
          removed_at is not null as is_gone
        from runtimes where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])`;
    case "member":
      return sql<Row[]>`
        select u.id, u.name, m.user_id is null as is_gone from users u
        left join members m on m.workspace_id = ${workspaceId} and m.user_id = u.id
        where u.id = any(${ids}::uuid[])`;
    case "issue":
      return sql<Row[]>`
        select i.id, w.issue_prefix || '-' || i.number || ' · ' || i.title as name,
          i.deleted_at is not null as is_gone
        from issues i join workspaces w on w.workspace_id = i.workspace_id
        where i.workspace_id = ${workspaceId} and i.id = any(${ids}::uuid[])`;
    case "time":
    case "hour":
    case "weekday":
    case "provider":
    case "model":
    case "role":
    case "failure_class":
      return null;
  }
}
