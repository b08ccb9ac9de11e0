import type { TaskId } from "@headcount/contract/kit/ids";
import type { DirectoryMode } from "@headcount/contract/projects/directory";
import { capabilitiesFor } from "@headcount/domain/projects/directory-capabilities";
import type { WorkspaceContext } from "../platform/context.ts";

type Row = {
  readonly taskId: TaskId;
  readonly mode: DirectoryMode;
  readonly machineName: string;
  readonly capabilities: readonly string[];
};

/**
 * Of these queued tasks those that belong into a directory of their agent's machine whose daemon
 * cannot work there in the way that was chosen, each with a sentence that says so. It may have been
 * able to when the directory was named.
 */
export async function unsupportedDirectories(
  ctx: WorkspaceContext,
  taskIds: readonly TaskId[],
): Promise<ReadonlyMap<TaskId, string>> {
  if (taskIds.length === 0) return new Map();
  const rows = await ctx.sql<Row[]>`
    select t.id as task_id, d.mode, r.machine_name, r.capabilities
    from tasks t
    join agents a on a.workspace_id = t.workspace_id and a.id = t.agent_id
    join runtimes r on r.workspace_id = a.workspace_id and r.id = a.runtime_id
    join issues i on i.workspace_id = t.workspace_id and i.id = t.issue_id
    join project_directories d on d.workspace_id = i.workspace_id and d.project_id = i.project_id
      and d.machine_id = r.machine_id and d.owner_id = r.owner_id
    where t.workspace_id = ${ctx.workspaceId} and t.id = any(${taskIds}::uuid[])`;
  const unsupported = rows.filter(
    (row) => !capabilitiesFor(row.mode).every((needed) => row.capabilities.includes(needed)),
  );
  return new Map(unsupported.map((row) => [row.taskId, sentenceOf(row)]));
}

function sentenceOf({ mode, machineName }: Row): string {
  const way = mode === "worktree" ? "in a worktree of" : "in";
  return `The daemon on ${machineName} cannot work ${way} the project's directory. Update Headcount on that machine or change the project's directory, then run the task again.`;
}
