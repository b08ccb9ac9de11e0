import type { BudgetScope } from "@headcount/contract/budgets/words";
import type { WorkspaceContext } from "../platform/context.ts";
import { readNames } from "../usage/query/read-names.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;

/** Names of what budgets are about, by id; what is gone for good is missing. */
export async function readSubjectNames(
  ctx: Ctx,
  subjects: readonly { readonly scope: BudgetScope; readonly id: string }[],
): Promise<ReadonlyMap<string, string>> {
  const named = await Promise.all(
    [...Map.groupBy(subjects, (subject) => subject.scope)].map(([scope, list]) =>
      readOf(
        ctx,
        scope,
        list.map((subject) => subject.id),
      ),
    ),
  );
  return new Map(named.flatMap((names) => [...names]));
}

async function readOf(
  ctx: Ctx,
  scope: BudgetScope,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (scope === "workspace") return new Map();
  if (scope === "task") return readTaskNames(ctx, ids);
  const names = await readNames(ctx, scope, ids);
  return new Map([...(names ?? [])].map(([id, { name }]) => [id, name]));
}

/** A task is called by its issue: its agent may be closed to some who read this. */
async function readTaskNames(
  { sql, workspaceId }: Ctx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await sql<{ id: string; name: string }[]>`
    select t.id, w.issue_prefix || '-' || i.number || ' · ' || i.title as name
    from tasks t
    join issues i on i.workspace_id = t.workspace_id and i.id = t.issue_id
    join workspaces w on w.workspace_id = t.workspace_id
    where t.workspace_id = ${workspaceId} and t.id = any(${[...ids]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, row.name]));
}
