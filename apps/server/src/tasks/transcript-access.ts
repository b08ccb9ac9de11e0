import type { TaskId, UserId, WorkspaceId } from "@headcount/contract/kit/ids";
import type { AgentAccess } from "@headcount/domain/agents/may-invoke";
import { maySeeRuns } from "@headcount/domain/agents/may-see";
import { liveRole } from "../platform/authorise.ts";
import { type Database, setWorkspace } from "../platform/database.ts";
import { runTransaction } from "../platform/run-transaction.ts";

/**
 * Whether a person belongs to the workspace and to the audience of the task's agent, now. Admins
 * know of every agent, but what a closed one says is for those who may give it work.
 */
export function transcriptAccess(
  database: Database,
): (userId: UserId, workspaceId: WorkspaceId, taskId: TaskId) => Promise<boolean> {
  return (userId, workspaceId, taskId) =>
    runTransaction(database.pool, "read only", async (tx) => {
      await setWorkspace(tx, workspaceId);
      const role = await liveRole(tx, workspaceId, userId);
      if (role === null) return false;
      const [agent] = await tx<AgentAccess[]>`
        select a.access as mode, a.owner_id, array(select x.user_id::text from agent_allowed_members x
          where x.workspace_id = a.workspace_id and x.agent_id = a.id) as allowed_member_ids
        from tasks t join agents a on a.workspace_id = t.workspace_id and a.id = t.agent_id
        where t.workspace_id = ${workspaceId} and t.id = ${taskId}`;
      return agent !== undefined && maySeeRuns(agent, { userId, role });
    });
}
