import type { AgentId, IssueId } from "@headcount/contract/kit/ids";
import { type FailureReason, LimitStop, type TaskOutcome } from "@headcount/contract/tasks/states";
import type { RunawayFinding } from "@headcount/domain/runaway/describe-runaway";
import {
  judgeRestarts,
  loopWindowMs,
  stormWindowMs,
} from "@headcount/domain/runaway/judge-restarts";
import { factsOfFailure } from "@headcount/domain/tasks/failure-taxonomy";
import type { WorkspaceContext } from "../platform/context.ts";
import { countedFrom, type WatchedAgent } from "./read-watched-agents.ts";

/** More than any guard lets through within two hours. */
const mostTasks = 500;

type TaskRow = {
  agentId: AgentId;
  issueId: IssueId;
  queuedAt: Date;
  endedAt: Date | null;
  outcome: TaskOutcome | null;
  failureReason: FailureReason | null;
  byPerson: boolean;
};

export type FoundOnIssue = { readonly finding: RunawayFinding; readonly issueId: IssueId | null };

/** Agents that are started over and over, or start over without getting anywhere. */
export async function findRestarters(
  ctx: WorkspaceContext,
  agents: readonly WatchedAgent[],
): Promise<ReadonlyMap<AgentId, FoundOnIssue>> {
  const rows = await readRecentTasks(ctx, agents);
  const byAgent = Map.groupBy(rows, (row) => row.agentId);
  return new Map(
    agents.flatMap((agent) => {
      const found = judgeAgent(ctx.now, agent, byAgent.get(agent.id) ?? []);
      return found === null ? [] : [[agent.id, found]];
    }),
  );
}

function readRecentTasks(
  ctx: WorkspaceContext,
  agents: readonly WatchedAgent[],
): Promise<TaskRow[]> {
  const since = new Date(ctx.now.getTime() - loopWindowMs);
  return ctx.sql<TaskRow[]>`
    select watched.id as agent_id, recent.*
    from unnest(${agents.map((agent) => agent.id)}::uuid[]) as watched(id)
    cross join lateral (
      select t.issue_id, t.queued_at, t.ended_at, t.outcome, t.failure_reason,
        t.initiator_type = 'member' and t.retry_of is null as by_person
      from tasks t
      where t.workspace_id = ${ctx.workspaceId} and t.agent_id = watched.id
        and t.queued_at > ${since} and t.kind <> 'doctor'
      order by t.queued_at desc limit ${mostTasks}
    ) as recent`;
}

function judgeAgent(
  now: Date,
  agent: WatchedAgent,
  tasks: readonly TaskRow[],
): FoundOnIssue | null {
  const stormFrom = countedFrom(agent, new Date(now.getTime() - stormWindowMs));
  const loopFrom = countedFrom(agent, new Date(now.getTime() - loopWindowMs));
  const lately = tasks.filter((task) => task.queuedAt > stormFrom);
  const startedByNobody = lately.filter((task) => !task.byPerson).length;
  for (const [issueId, ofIssue] of Map.groupBy(tasks, (task) => task.issueId)) {
    const finding = judgeRestarts({
      onOneIssue: ofIssue.filter((task) => task.queuedAt > stormFrom).length,
      startedByNobody,
      hadEffect: ofIssue
        .filter((task) => task.endedAt !== null && task.endedAt > loopFrom && !task.byPerson)
        .toSorted((a, b) => (b.endedAt?.getTime() ?? 0) - (a.endedAt?.getTime() ?? 0))
        .map(hadEffect),
    });
    if (finding === null) continue;
    const isOnIssue = finding.kind === "loop" || finding.onOneIssue;
    return { finding, issueId: isOnIssue ? issueId : null };
  }
  return null;
}

/** Being stopped, or losing its machine, is not an agent that gets nowhere. */
function hadEffect({ outcome, failureReason }: TaskRow): boolean {
  if (outcome === "no_response") return false;
  if (outcome !== "failed" || failureReason === null) return true;
  const isLimit = LimitStop.safeParse(failureReason).success;
  return isLimit || factsOfFailure(failureReason).chartClass === "runtime";
}
