import type { IssueId } from "@headcount/contract/kit/ids";
import type { Issue } from "@headcount/contract/issues/schemas";
import { notFound } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { type IssueRow, summaryColumns, summaryJoins, toSummaries } from "./issue-rows.ts";

type Fragment = ReturnType<WorkspaceContext["sql"]>;

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Id of the issue that a path names, by key or id. Former prefixes of the workspace resolve too.
 * Deleted issues are found only when asked for.
 * @throws not_found
 */
export async function resolveIssueId(
  ctx: WorkspaceContext,
  keyOrId: string,
  options: { deleted?: "exclude" | "include" } = {},
): Promise<IssueId> {
  const visible: Fragment =
    options.deleted === "include" ? ctx.sql`` : ctx.sql`and i.deleted_at is null`;
  const [row] = uuidPattern.test(keyOrId)
    ? await ctx.sql<{ id: IssueId }[]>`
        select i.id from issues i where i.workspace_id = ${ctx.workspaceId} and i.id = ${keyOrId} ${visible}`
    : await findByKey(ctx, keyOrId, visible);
  if (!row) throw notFound("issue");
  return row.id;
}

async function findByKey(
  ctx: WorkspaceContext,
  key: string,
  visible: Fragment,
): Promise<{ id: IssueId }[]> {
  const [prefix = "", number = ""] = key.toUpperCase().split("-");
  if (Number(number) > 2_147_483_647) return [];
  return ctx.sql<{ id: IssueId }[]>`
    select i.id from issues i
    join issue_prefixes p on p.workspace_id = i.workspace_id and p.prefix = ${prefix}
    where i.workspace_id = ${ctx.workspaceId} and i.number = ${Number(number)} ${visible}`;
}

/** One issue with its description. @throws not_found */
export async function getIssue(ctx: WorkspaceContext, id: IssueId): Promise<Issue> {
  const [row] = await ctx.sql<(IssueRow & { description: string })[]>`
    select ${summaryColumns(ctx.sql)}, i.description from issues i ${summaryJoins(ctx.sql)}
    where i.workspace_id = ${ctx.workspaceId} and i.id = ${id}`;
  if (!row) throw notFound("issue");
  const [summary] = await toSummaries(ctx, [row]);
  if (!summary) throw notFound("issue");
  return {
    ...summary,
    description: row.description,
    deletedAt: row.deletedAt?.toISOString() ?? null,
  };
}
