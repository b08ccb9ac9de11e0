import { agents } from "@headcount/contract/agents/routes";
import { issues } from "@headcount/contract/issues/routes";
import {
  type AgentId,
  type IssueId,
  newId,
  type RuntimeId,
  type TaskId,
  type UserId,
} from "@headcount/contract/kit/ids";
import { setWorkspace } from "../platform/database.ts";
import { bookTask } from "../usage/ledger/book-task.ts";
import type { TestApp } from "./test-app.ts";
import { asSystem } from "./as-system.ts";

export type AddedTask = {
  readonly id: TaskId;
  readonly issueId: IssueId;
  readonly agentId: AgentId;
};

export type TaskToAdd = {
  readonly agentId?: AgentId;
  readonly issueId?: IssueId;
  readonly runtimeId?: RuntimeId;
  /** Who is accountable for it; alice unless stated. */
  readonly accountableId?: UserId;
  readonly startedAt?: Date;
  readonly endedAt?: Date;
  readonly status?: "queued" | "running" | "completed" | "failed";
};

/** A task in the state it would have been left in, with an issue and an agent of alice unless given. */
export async function addTask(test: TestApp, wanted: TaskToAdd = {}): Promise<AddedTask> {
  const id = newId<TaskId>();
  const { workspace } = test;
  const agentId =
    wanted.agentId ?? (await test.alice.call(agents.create, { workspace, name: `Agent ${id}` })).id;
  const issueId =
    wanted.issueId ?? (await test.alice.call(issues.create, { workspace, title: id })).issue.id;
  const accountableId = wanted.accountableId ?? test.alice.userId;
  const startedAt = wanted.startedAt ?? test.now();
  const status = wanted.status ?? "running";
  const outcome = { completed: "done", failed: "failed", queued: null, running: null }[status];
  const endedAt = outcome === null ? null : (wanted.endedAt ?? startedAt);
  await test.app.database.pool.begin(async (tx) => {
    await setWorkspace(tx, test.workspaceId);
    await tx`
      insert into tasks (workspace_id, id, issue_id, agent_id, kind, status, outcome, runtime_id,
        queued_at, started_at, ended_at, lease, initiator_type, originator_id, accountable_id)
      values (${test.workspaceId}, ${id}, ${issueId}, ${agentId}, 'assignment', ${status}, ${outcome},
        ${wanted.runtimeId ?? null}, ${startedAt}, ${status === "queued" ? null : startedAt},
        ${endedAt}, 1, 'member', ${accountableId}, ${accountableId})`;
  });
  await bookAddedTask(test, id);
  return { id, issueId, agentId };
}

/** What the start and the end of a task add to the books; a queued one adds nothing yet. */
async function bookAddedTask(test: TestApp, taskId: TaskId): Promise<void> {
  await asSystem(test, (ctx) => bookTask(ctx, taskId));
}
