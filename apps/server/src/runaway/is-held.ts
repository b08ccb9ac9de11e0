import type { WorkspaceContext } from "../platform/context.ts";

/** SQL: whether the guard holds an agent `a`. */
export const isHeldByGuard = ({
  sql,
}: Pick<WorkspaceContext, "sql">): ReturnType<WorkspaceContext["sql"]> => sql`
  exists (select 1 from runaway_holds h
    where h.workspace_id = a.workspace_id and h.agent_id = a.id and h.lifted_at is null)`;
