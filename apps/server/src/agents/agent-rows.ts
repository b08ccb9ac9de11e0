import type { AgentAccessMode } from "@headcount/contract/agents/schemas";
import type { AgentId, DaemonId, RuntimeId, UserId } from "@headcount/contract/kit/ids";
import type { AgentAccess } from "@headcount/domain/agents/may-invoke";
import type { WorkspaceContext } from "../platform/context.ts";
import { isHeldByGuard } from "../runaway/is-held.ts";

/** An agent with its owner's name and what is known about its runtime. */
export type AgentRow = {
  readonly id: AgentId;
  readonly name: string;
  readonly description: string;
  readonly instructions: string;
  readonly runtimeId: RuntimeId | null;
  readonly model: string | null;
  readonly effort: string | null;
  readonly arguments: string[];
  readonly maxConcurrentTasks: number;
  readonly wallClockMinutes: number | null;
  readonly access: AgentAccessMode;
  readonly allowedIds: UserId[];
  readonly environmentKeys: string[];
  readonly mcpServerNames: string[] | null;
  readonly ownerId: UserId;
  readonly ownerName: string;
  readonly revision: number;
  readonly createdAt: Date;
  readonly archivedAt: Date | null;
  /** By the guard. */
  readonly held: boolean;
  /** The columns below are null when the agent is bound to no runtime. */
  readonly daemonId: DaemonId | null;
  readonly runtimeName: string | null;
  readonly machineName: string | null;
  readonly cli: string | null;
  readonly runtimeOwnerId: UserId | null;
  readonly runtimeOwnerName: string | null;
  readonly sharing: "private" | "workspace" | null;
  readonly online: boolean | null;
  readonly problem: string | null;
  readonly problemDetail: string | null;
  readonly repairHint: string | null;
  readonly lastSeenAt: Date | null;
  readonly beatAt: Date | null;
};

/** Which agents to read: one, or all that are active, archived, or either (null). */
export type AgentSelection = { readonly id: AgentId } | { readonly archived: boolean | null };

/** Agents by name. Whoever calls decides who may see them. */
export function readAgentRows(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId">,
  selection: AgentSelection,
): Promise<AgentRow[]> {
  return ctx.sql<AgentRow[]>`
    select a.id, a.name, a.description, a.instructions, r.id as runtime_id, a.model, a.effort,
      a.arguments, a.max_concurrent_tasks, a.wall_clock_minutes, a.mcp_server_names, a.access, a.owner_id,
      owner.name as owner_name, a.revision, a.created_at, a.archived_at, ${isHeldByGuard(ctx)} as held,
      array(select x.user_id from agent_allowed_members x
        where x.workspace_id = a.workspace_id and x.agent_id = a.id order by x.user_id) as allowed_ids,
      array(select e.name from agent_environment e
        where e.workspace_id = a.workspace_id and e.agent_id = a.id order by e.name) as environment_keys,
      r.daemon_id, coalesce(r.custom_name, r.machine_name || ' · ' || r.cli_title) as runtime_name,
      r.machine_name, r.cli, r.owner_id as runtime_owner_id, keeper.name as runtime_owner_name,
      r.sharing, r.online, r.problem, r.problem_detail, r.repair_hint, r.last_seen_at, l.beat_at
    from agents a
    join users owner on owner.id = a.owner_id
    left join runtimes r on r.workspace_id = a.workspace_id and r.id = a.runtime_id
      and r.removed_at is null
    left join users keeper on keeper.id = r.owner_id
    left join daemon_liveness l on l.workspace_id = r.workspace_id and l.daemon_id = r.daemon_id
    where a.workspace_id = ${ctx.workspaceId} and ${condition(ctx, selection)}
    order by lower(a.name), a.id`;
}

function condition(
  ctx: Pick<WorkspaceContext, "sql">,
  selection: AgentSelection,
): ReturnType<WorkspaceContext["sql"]> {
  if ("id" in selection) return ctx.sql`a.id = ${selection.id}`;
  if (selection.archived === null) return ctx.sql`true`;
  return selection.archived ? ctx.sql`a.archived_at is not null` : ctx.sql`a.archived_at is null`;
}

/** Who may give the agent work, in the domain's words. */
export function accessOfRow(row: Pick<AgentRow, "access" | "ownerId" | "allowedIds">): AgentAccess {
  return { mode: row.access, ownerId: row.ownerId, allowedMemberIds: row.allowedIds };
}
