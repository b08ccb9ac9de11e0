import type { AgentId } from "@headcount/contract/kit/ids";
import type { Reaction } from "../platform/command.ts";
import { cancelTasksOf } from "./cancel-tasks-of.ts";

/** An archived agent does nothing more. */
export const cancelWorkOfAgent: Reaction<"agent.archived"> = async (ctx, change) => {
  // The entity of an agent's change is the agent.
  await cancelTasksOf(ctx, { agentId: change.entity.id as AgentId }, "agent_archived");
};

/** Nothing runs in a deleted workspace. */
export const cancelWorkOfWorkspace: Reaction<"workspace.deleted"> = async (ctx) => {
  await cancelTasksOf(ctx, { workspace: "all" }, "subject_deleted");
};
