import type { WorkspaceContext } from "../platform/context.ts";

type Ctx = Pick<WorkspaceContext, "sql">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

/**
 * SQL: whether a budget `b` covers what a meter has counted.
 * @param meter alias of a relation with project_id, agent_id, issue_id, task_id and member_id
 */
export function coversMeter({ sql }: Ctx, meter: string): Fragment {
  const column = (name: string): Fragment => sql`${sql(meter)}.${sql(name)}`;
  return sql`(b.scope = 'workspace' or case b.scope
    when 'project' then ${column("project_id")} when 'agent' then ${column("agent_id")}
    when 'issue' then ${column("issue_id")} when 'task' then ${column("task_id")}
    else ${column("member_id")} end = any(b.subject_ids))`;
}

/** SQL: whether a budget `b` covers a task `t`: what it uses will be counted there. */
export function coversTask({ sql }: Ctx): Fragment {
  return sql`(b.scope = 'workspace' or case b.scope
    when 'project' then (select i.project_id from issues i
      where i.workspace_id = t.workspace_id and i.id = t.issue_id)
    when 'agent' then t.agent_id when 'issue' then t.issue_id when 'task' then t.id
    else t.accountable_id end = any(b.subject_ids))`;
}

/** SQL: whether a budget `b` lets no task in its scope start. */
export function holdsWork({ sql, now }: Pick<WorkspaceContext, "sql" | "now">): Fragment {
  return sql`(b.archived_at is null and b.enabled and b.action <> 'notify'
    and b.exhausted_at is not null
    and (b.exhausted_until is null or b.exhausted_until > ${now}))`;
}
