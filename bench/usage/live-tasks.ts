import { type IssueId, newId, type TaskId, type WorkspaceId } from "@headcount/contract/kit/ids";
import type { BenchMachine, BenchWorkspace } from "./fleet.ts";
import type { Books } from "./open-books.ts";

/** A run in progress that will report calls. */
export type LiveTask = {
  readonly id: TaskId;
  readonly workspaceId: WorkspaceId;
  /** Place of its agent in the workspace; it decides which models are used. */
  readonly agent: number;
};

type Wanted = {
  readonly workspace: BenchWorkspace;
  readonly machine: BenchMachine;
  readonly count: number;
};

/** Running tasks of one machine, each on an issue of its own, as claims would have left them. */
export async function startLiveTasks(books: Books, wanted: Wanted): Promise<LiveTask[]> {
  const { workspace, machine, count } = wanted;
  const { owner } = books;
  const tasks = Array.from({ length: count }, (_, index) => ({
    id: newId<TaskId>(),
    issueId: newId<IssueId>(),
    agent: index % workspace.agentIds.length,
  }));
  const [last] = await owner<{ number: number }[]>`
    select coalesce(max(number), 0)::int as number from issues where workspace_id = ${workspace.id}`;
  const agentIds = tasks.map(({ agent }) => workspace.agentIds[agent] ?? "");
  await owner.begin(async (tx) => {
    await tx`
      insert into issues (workspace_id, id, number, title, status, creator_type, project_id,
        order_key, duplicate_key, created_at, updated_at, last_activity_at)
      select ${workspace.id}, issue_id, ${last?.number ?? 0} + place, 'Live ' || place,
        'in_progress', 'member',
        (${workspace.projectIds}::uuid[])[1 + place % ${workspace.projectIds.length}],
        issue_id::text, issue_id::text, now(), now(), now()
      from unnest(${tasks.map((task) => task.issueId)}::uuid[]) with ordinality
        as item(issue_id, place)`;
    await tx`
      insert into tasks (workspace_id, id, issue_id, agent_id, kind, status, runtime_id, daemon_id,
        queued_at, dispatched_at, started_at, lease, initiator_type, accountable_id)
      select ${workspace.id}, task_id, issue_id, agent_id, 'assignment', 'running',
        (${workspace.runtimeIds}::uuid[])[1 + place % ${workspace.runtimeIds.length}],
        ${machine.id}, at, at, at, 1, 'member',
        (${workspace.memberIds}::uuid[])[1 + place % ${workspace.memberIds.length}]
      from unnest(${tasks.map((task) => task.id)}::uuid[],
        ${tasks.map((task) => task.issueId)}::uuid[], ${agentIds}::uuid[]) with ordinality
        as item(task_id, issue_id, agent_id, place),
        lateral (select now() - interval '20 minutes' as at) as start`;
  });
  return tasks.map(({ id, agent }) => ({ id, workspaceId: workspace.id, agent }));
}
