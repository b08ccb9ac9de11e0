import type { Agent } from "@headcount/contract/agents/schemas";
import { mayInvoke } from "@headcount/domain/agents/may-invoke";
import { agentPresence } from "@headcount/domain/agents/presence";
import { agentReadiness, type BoundRuntime } from "@headcount/domain/agents/readiness";
import { occupiesCapacity } from "@headcount/domain/tasks/task-can";
import { runtimeHealth } from "../runtimes/runtime-health.ts";
import { accessOfRow, type AgentRow } from "./agent-rows.ts";
import type { AgentActivity } from "./read-activity.ts";
import type { Viewer } from "./viewer.ts";

/** An agent as the API shows it to somebody. */
export function toAgent(row: AgentRow, activity: AgentActivity, seen: SeenBy): Agent {
  const runtime = boundRuntime(row, seen.now);
  const running = activity.unfinished.filter(occupiesCapacity).length;
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    instructions: row.instructions,
    runtimeId: row.runtimeId,
    model: row.model,
    effort: row.effort,
    arguments: row.arguments,
    environmentKeys: row.environmentKeys,
    mcpServerNames: row.mcpServerNames,
    limits: {
      maxConcurrentTasks: row.maxConcurrentTasks,
      wallClockMinutes: row.wallClockMinutes,
    },
    access: row.access,
    allowedMemberIds: row.allowedIds,
    owner: { id: row.ownerId, name: row.ownerName },
    presence: agentPresence({
      runtime,
      unfinished: activity.unfinished,
      latestEnded: activity.latestEnded,
    }),
    readiness: agentReadiness({
      agentName: row.name,
      archived: row.archivedAt !== null,
      held: row.held,
      runtime,
      activeTasks: running,
      maxConcurrentTasks: row.maxConcurrentTasks,
    }),
    runningTasks: running,
    queuedTasks: activity.unfinished.length - running,
    recentDays: activity.recentDays,
    canInvoke: mayInvoke(
      accessOfRow(row),
      seen.viewer && { userId: seen.viewer.userId, isMember: true },
    ),
    revision: row.revision,
    createdAt: row.createdAt.toISOString(),
    archivedAt: row.archivedAt?.toISOString() ?? null,
  };
}

type SeenBy = { readonly viewer: Viewer; readonly now: Date };

function boundRuntime(row: AgentRow, now: Date): BoundRuntime | null {
  if (row.runtimeId === null || row.lastSeenAt === null) return null;
  return {
    name: row.runtimeName ?? "",
    machineName: row.machineName ?? "",
    ownerName: row.runtimeOwnerName ?? "",
    usableByAgent: row.sharing === "workspace" || row.runtimeOwnerId === row.ownerId,
    health: runtimeHealth(
      { online: row.online === true, lastSeenAt: row.lastSeenAt, beatAt: row.beatAt },
      now,
    ),
    problem: row.problem,
    problemDetail: row.problemDetail,
    repairHint: row.repairHint,
  };
}
