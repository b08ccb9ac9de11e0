import type { AgentId, DaemonId, RuntimeId, UserId } from "@headcount/contract/kit/ids";
import type { RuntimeInspection } from "@headcount/contract/runtimes/inspection";
import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { describeMachineProblem } from "@headcount/domain/runtimes/describe-machine-problem";
import type { WorkspaceContext } from "../platform/context.ts";
import { inspectionRequest } from "./inspection-request.ts";
import { lastSign, runtimeHealth } from "./runtime-health.ts";

export type RuntimeRow = {
  readonly id: RuntimeId;
  readonly daemonId: DaemonId;
  readonly machineName: string;
  readonly cli: string;
  readonly cliTitle: string;
  readonly customName: string | null;
  readonly cliVersion: string | null;
  readonly daemonVersion: string;
  readonly platform: string;
  readonly ownerId: UserId;
  readonly ownerName: string;
  readonly sharing: "private" | "workspace";
  readonly online: boolean;
  readonly problem: string | null;
  readonly problemDetail: string | null;
  readonly repairHint: string | null;
  readonly verified: boolean;
  readonly verifiedVersion: string | null;
  readonly coverage: Runtime["coverage"];
  readonly models: string[];
  readonly inspection: Omit<RuntimeInspection, "models"> | null;
  readonly inspectedAt: Date | null;
  readonly inspectionRequestedAt: Date | null;
  readonly inspectionPickedAt: Date | null;
  readonly foundSessions: Runtime["foundSessions"];
  readonly capabilities: string[];
  readonly lastSeenAt: Date;
  readonly createdAt: Date;
  readonly beatAt: Date | null;
  readonly slotsTotal: number | null;
  readonly slotsFree: number | null;
  readonly outboxDepth: number | null;
  /** int8 */
  readonly outboxOldestAgeMs: string | null;
  readonly machineProblem: string | null;
  readonly runningTasks: number;
};

const notInspected = {
  modelsSource: "none",
  signIn: "unknown",
  signInCommand: null,
  problem: null,
} as const;

/** Runtimes that are not removed, newest machine last. Whoever calls decides who may see them. */
export function readRuntimeRows(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId">,
  selection: { readonly id: RuntimeId } | { readonly ownerId: UserId | null },
): Promise<RuntimeRow[]> {
  const narrowed =
    "id" in selection
      ? ctx.sql`and r.id = ${selection.id}`
      : ctx.sql`and (${selection.ownerId}::uuid is null or r.owner_id = ${selection.ownerId}::uuid)`;
  return ctx.sql<RuntimeRow[]>`
    select r.id, r.daemon_id, r.machine_name, r.cli, r.cli_title, r.custom_name, r.cli_version,
      r.daemon_version, r.platform, r.owner_id, u.name as owner_name, r.sharing, r.online, r.problem,
      r.problem_detail, r.repair_hint, r.verified, r.verified_version, r.coverage, r.models,
      r.inspection, r.inspected_at, r.inspection_requested_at, r.inspection_picked_at,
      r.found_sessions, r.capabilities,
      r.last_seen_at, r.created_at, l.beat_at, l.slots_total, l.slots_free, l.outbox_depth,
      l.outbox_oldest_age_ms, l.machine_problem,
      (select count(*)::int from tasks t where t.workspace_id = r.workspace_id
        and t.runtime_id = r.id and t.daemon_id = r.daemon_id
        and t.status in ('dispatched', 'waiting_directory', 'running')) as running_tasks
    from runtimes r
    join users u on u.id = r.owner_id
    left join daemon_liveness l on l.workspace_id = r.workspace_id and l.daemon_id = r.daemon_id
    where r.workspace_id = ${ctx.workspaceId} and r.removed_at is null ${narrowed}
    order by r.machine_name, r.cli_title, r.id`;
}

/** A runtime as the API shows it, with those of its agents that the viewer may see. */
export function toRuntime(
  row: RuntimeRow,
  agents: readonly { readonly id: AgentId; readonly name: string }[],
  now: Date,
): Runtime {
  const isAlive = row.online && row.beatAt !== null;
  const machineProblem = isAlive ? row.machineProblem : null;
  const machine = row.problem === null ? describeMachineProblem(machineProblem) : null;
  return {
    id: row.id,
    daemonId: row.daemonId,
    machineName: row.machineName,
    cli: row.cli,
    cliTitle: row.cliTitle,
    name: row.customName ?? `${row.machineName} · ${row.cliTitle}`,
    customName: row.customName,
    cliVersion: row.cliVersion,
    daemonVersion: row.daemonVersion,
    platform: row.platform,
    owner: { id: row.ownerId, name: row.ownerName },
    sharing: row.sharing,
    // A program that is gone from a machine that is there: nothing runs on it.
    health: row.problem === "not_found" ? "offline" : runtimeHealth(row, now),
    problem: row.problem ?? machineProblem,
    problemDetail: row.problemDetail ?? machine?.detail ?? null,
    repairHint: row.repairHint ?? machine?.repairHint ?? null,
    lastSeenAt: lastSign(row).toISOString(),
    slots: { total: row.slotsTotal ?? 0, free: isAlive ? (row.slotsFree ?? 0) : 0 },
    outbox: { depth: row.outboxDepth ?? 0, oldestAgeMs: Number(row.outboxOldestAgeMs ?? 0) },
    verified: row.verified,
    verifiedVersion: row.verifiedVersion,
    coverage: row.coverage,
    models: row.models,
    inspection: {
      ...(row.inspection ?? notInspected),
      at: row.inspectedAt?.toISOString() ?? null,
      request: inspectionRequest(row, now),
    },
    capabilities: row.capabilities,
    agents: agents.map(({ id, name }) => ({ id, name })),
    runningTasks: row.runningTasks,
    foundSessions: row.foundSessions,
    createdAt: row.createdAt.toISOString(),
  };
}
