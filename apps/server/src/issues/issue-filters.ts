import type { WorkspaceContext } from "../platform/context.ts";

export type IssueFilters = {
  readonly status?: readonly string[] | undefined;
  readonly priority?: readonly string[] | undefined;
  readonly assigneeId?: string | undefined;
  readonly creatorId?: string | undefined;
  readonly projectId?: string | undefined;
  readonly text?: string | undefined;
};

/** The `where` of every list and board: tenant, not deleted, and the chosen filters. */
export function filterIssues(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId">,
  filters: IssueFilters,
): ReturnType<WorkspaceContext["sql"]> {
  const { sql } = ctx;
  const { status, priority, assigneeId, creatorId, projectId, text } = filters;
  return sql`
    i.workspace_id = ${ctx.workspaceId} and i.deleted_at is null
    ${status && status.length > 0 ? sql`and i.status = any(${[...status]})` : sql``}
    ${priority && priority.length > 0 ? sql`and i.priority = any(${[...priority]})` : sql``}
    ${assigneeId === undefined ? sql`` : orNone(sql, "assignee_id", assigneeId)}
    ${creatorId === undefined ? sql`` : sql`and i.creator_id = ${creatorId}`}
    ${projectId === undefined ? sql`` : orNone(sql, "project_id", projectId)}
    ${text ? containsText(sql, text) : sql``}`;
}

function orNone(
  sql: WorkspaceContext["sql"],
  column: "assignee_id" | "project_id",
  value: string,
): ReturnType<WorkspaceContext["sql"]> {
  return value === "none"
    ? sql`and i.${sql(column)} is null`
    : sql`and i.${sql(column)} = ${value}`;
}

/** Literal text: the pattern characters of LIKE stand for themselves. */
function containsText(
  sql: WorkspaceContext["sql"],
  text: string,
): ReturnType<WorkspaceContext["sql"]> {
  const pattern = `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
  return sql`and (i.title ilike ${pattern} or i.description ilike ${pattern}
    or exists (select 1 from workspaces w2 where w2.workspace_id = i.workspace_id
      and w2.issue_prefix || '-' || i.number ilike ${pattern}))`;
}
