import type { WorkspaceContext } from "../platform/context.ts";
import type { TaskRow } from "./task-row.ts";

/** What a run does at some time. */
export type TaskProgress = {
  readonly task: Pick<TaskRow, "id" | "status" | "lease">;
  readonly activity: string;
  readonly at: Date;
};

/**
 * Writes what runs do now, one place for each, in one statement. The caller keeps the tasks as they
 * are.
 * @throws when one of them changed all the same
 */
export async function writeProgress(
  ctx: WorkspaceContext,
  progress: readonly TaskProgress[],
): Promise<void> {
  if (progress.length === 0) return;
  const rows = progress.map(({ task, activity, at }) => {
    return { ...task, activity, at: at.toISOString() };
  });
  const written = await ctx.sql`
    with locked as (
      select t.id from tasks t
      where t.workspace_id = ${ctx.workspaceId} and t.id = any(${rows.map(({ id }) => id)}::uuid[])
      order by t.id for no key update
    )
    update tasks t set activity = p.activity, progress_at = p.at
    from locked
      join jsonb_to_recordset(${ctx.sql.json(rows as never)}::jsonb)
        as p(id uuid, status text, lease int, activity text, at timestamptz) on p.id = locked.id
    where t.workspace_id = ${ctx.workspaceId} and t.id = locked.id
      and t.status = p.status and t.lease = p.lease`;
  if (written.count !== progress.length) throw new Error("A task changed under its lock");
}
