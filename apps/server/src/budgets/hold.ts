import type { WorkspaceContext } from "../platform/context.ts";
import { coversTask, holdsWork } from "./covers.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "now">;

/** SQL: whether a budget keeps a task `t` from starting now. */
export function isHeldByBudget(ctx: Ctx): ReturnType<WorkspaceContext["sql"]> {
  return ctx.sql`exists (select 1 from budgets b
    where b.workspace_id = t.workspace_id and ${holdsWork(ctx)} and ${coversTask(ctx)})`;
}

/** SQL: whether a budget has kept a task `t` from starting at some time after an instant. */
export function wasHeldByBudget(ctx: Ctx, since: Date): ReturnType<WorkspaceContext["sql"]> {
  return ctx.sql`exists (select 1 from budgets b
    where b.workspace_id = t.workspace_id and b.action <> 'notify'
      and (b.lifted_at > ${since} or b.exhausted_until > ${since} or ${holdsWork(ctx)})
      and ${coversTask(ctx)})`;
}
