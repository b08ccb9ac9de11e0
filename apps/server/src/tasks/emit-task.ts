import type { ChangeType } from "@headcount/contract/realtime/changes";
import type { WorkspaceContext } from "../platform/context.ts";
import type { TaskRow } from "./task-row.ts";

type TaskChange = Exclude<Extract<ChangeType, `task.${string}`>, "task.ended">;
type TaskFacts = Pick<TaskRow, "id" | "issueId" | "agentId" | "status">;

/** Says what happened to a task, to those who see its agent. */
export function emitTask(
  ctx: WorkspaceContext,
  type: TaskChange,
  task: TaskFacts,
  changed: readonly string[] = ["status"],
): void {
  ctx.emit({
    type,
    entity: { kind: "task", id: task.id },
    changed,
    data: { issueId: task.issueId, agentId: task.agentId, status: task.status },
    audience: { kind: "agent", id: task.agentId },
  });
}

/** Says that a task has come to its end. */
export function emitTaskEnded(
  ctx: WorkspaceContext,
  task: TaskFacts & Pick<TaskRow, "outcome">,
): void {
  ctx.emit({
    type: "task.ended",
    entity: { kind: "task", id: task.id },
    changed: ["status", "outcome"],
    data: {
      issueId: task.issueId,
      agentId: task.agentId,
      status: task.status,
      outcome: task.outcome,
    },
    audience: { kind: "agent", id: task.agentId },
  });
}
