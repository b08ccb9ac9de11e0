import type { AgentId, DaemonId, RuntimeId, UserId } from "@headcount/contract/kit/ids";
import type { AgentAccessMode } from "@headcount/contract/agents/schemas";
import type { WorkspaceContext } from "../platform/context.ts";
import { isHeldByGuard } from "../runaway/is-held.ts";

/** An agent as the queue sees it: who may give it work and whether work would run. */
export type TargetAgent = {
  readonly id: AgentId;
  readonly name: string;
  readonly ownerId: UserId;
  readonly access: AgentAccessMode;
  readonly allowedIds: readonly UserId[];
  readonly archivedAt: Date | null;
  /** By the guard: what it is given waits. */
  readonly held: boolean;
  readonly model: string | null;
  readonly maxConcurrentTasks: number;
  /** Claimed tasks that hold capacity now. */
  readonly activeTasks: number;
  readonly runtime: {
    readonly id: RuntimeId;
    readonly daemonId: DaemonId;
    readonly name: string;
    readonly machineName: string;
    readonly ownerId: UserId;
    readonly ownerName: string;
    readonly sharing: "private" | "workspace";
    readonly online: boolean;
    readonly problem: string | null;
    readonly problemDetail: string | null;
    readonly repairHint: string | null;
  } | null;
};

type TargetRow = Omit<TargetAgent, "runtime"> & {
  runtimeId: RuntimeId | null;
  daemonId: DaemonId | null;
  runtimeName: string | null;
  machineName: string | null;
  runtimeOwnerId: UserId | null;
  runtimeOwnerName: string | null;
  activeTasks: number;
  sharing: "private" | "workspace" | null;
  online: boolean | null;
  problem: string | null;
  problemDetail: string | null;
  repairHint: string | null;
};

/** Reads one agent with its runtime, or null when this workspace has no such agent. */
export async function readTargetAgent(
  ctx: WorkspaceContext,
  agentId: AgentId,
): Promise<TargetAgent | null> {
  const [row] = await ctx.sql<TargetRow[]>`
    select a.id, a.name, a.owner_id, a.access, a.archived_at, a.model, a.max_concurrent_tasks,
      ${isHeldByGuard(ctx)} as held,
      array(select x.user_id from agent_allowed_members x
        where x.workspace_id = a.workspace_id and x.agent_id = a.id) as allowed_ids,
      (select count(*)::int from tasks t where t.workspace_id = a.workspace_id
        and t.agent_id = a.id
        and t.status in ('dispatched', 'waiting_directory', 'running')) as active_tasks,
      r.id as runtime_id, r.daemon_id, coalesce(r.custom_name, r.machine_name || ' · ' || r.cli_title)
        as runtime_name, r.machine_name, r.owner_id as runtime_owner_id,
      u.name as runtime_owner_name, r.sharing, r.online, r.problem, r.problem_detail, r.repair_hint
    from agents a
    left join runtimes r on r.workspace_id = a.workspace_id and r.id = a.runtime_id
      and r.removed_at is null
    left join users u on u.id = r.owner_id
    where a.workspace_id = ${ctx.workspaceId} and a.id = ${agentId}`;
  return row ? toTarget(row) : null;
}

function toTarget(row: TargetRow): TargetAgent {
  const { runtimeId, daemonId, runtimeOwnerId, sharing } = row;
  const hasRuntime =
    runtimeId !== null && daemonId !== null && runtimeOwnerId !== null && sharing !== null;
  return {
    id: row.id,
    name: row.name,
    ownerId: row.ownerId,
    access: row.access,
    allowedIds: row.allowedIds,
    archivedAt: row.archivedAt,
    held: row.held,
    model: row.model,
    maxConcurrentTasks: row.maxConcurrentTasks,
    activeTasks: row.activeTasks,
    runtime: hasRuntime
      ? {
          id: runtimeId,
          daemonId,
          name: row.runtimeName ?? "",
          machineName: row.machineName ?? "",
          ownerId: runtimeOwnerId,
          ownerName: row.runtimeOwnerName ?? "",
          sharing,
          online: row.online === true,
          problem: row.problem,
          problemDetail: row.problemDetail,
          repairHint: row.repairHint,
        }
      : null,
  };
}
