import type { HeartbeatReply, HeldLease } from "@headcount/contract/daemon/schemas";
import type { DaemonId, TaskId } from "@headcount/contract/kit/ids";
import type { TaskStatus } from "@headcount/contract/tasks/states";
import { WorkspaceSettings } from "@headcount/contract/workspaces/schemas";
import { leaseMs } from "@headcount/domain/tasks/transitions";
import type { WorkspaceContext } from "../platform/context.ts";
import { emitTask } from "./emit-task.ts";
import { readTaskStops } from "./read-task-stops.ts";
import { extendTaskTokens } from "./store-task-tokens.ts";
import { type RenewedLease, writeRenewals } from "./store-tasks.ts";

/**
 * Renews the leases that a machine says it holds and still does. `stop` asks it to end a run whose
 * lease stays its own until it has reported that end. `cancel` asks it to stop a run
 * that was cancelled under this very lease; `lost` says that the run is not its own any more.
 */
export async function renewLeases(
  ctx: WorkspaceContext,
  daemonId: DaemonId,
  held: readonly HeldLease[],
): Promise<HeartbeatReply["leases"]> {
  if (held.length === 0) return [];
  const renewed = await writeRenewals(ctx, daemonId, held);
  await extendTaskTokens(
    ctx,
    renewed.map((row) => row.id),
  );
  await sayStallChanges(ctx, renewed);
  const stops = await readTaskStops(
    ctx,
    renewed.map((row) => ({ taskId: row.id, lease: row.lease })),
  );
  const ok = new Set(renewed.map((row) => `${row.id}.${row.lease}`));
  const others = held.filter((lease) => !ok.has(`${lease.taskId}.${lease.lease}`));
  const cancelled = await findCancelled(ctx, daemonId, others);
  return held.map(({ taskId, lease }) => {
    const key = `${taskId}.${lease}`;
    const stop = stops.get(taskId);
    if (ok.has(key) && stop) return { taskId, lease, state: "stop", reason: stop.reason };
    if (ok.has(key)) return { taskId, lease, state: "ok" };
    return { taskId, lease, state: cancelled.has(key) ? "cancel" : "lost" };
  });
}

async function findCancelled(
  ctx: WorkspaceContext,
  daemonId: DaemonId,
  leases: readonly HeldLease[],
): Promise<Set<string>> {
  if (leases.length === 0) return new Set();
  const rows = await ctx.sql<{ id: TaskId; lease: number; status: TaskStatus }[]>`
    select id, lease, status from tasks
    where workspace_id = ${ctx.workspaceId} and daemon_id = ${daemonId}
      and id = any(${leases.map((lease) => lease.taskId)}::uuid[]) and status = 'cancelled'`;
  return new Set(rows.map((row) => `${row.id}.${row.lease}`));
}

/** Crossing the stall limit in either direction is a change that cards show. */
async function sayStallChanges(
  ctx: WorkspaceContext,
  renewed: readonly RenewedLease[],
): Promise<void> {
  const running = renewed.filter((row) => row.status === "running");
  if (running.length === 0) return;
  const [workspace] = await ctx.sql<{ settings: unknown }[]>`
    select settings from workspaces where workspace_id = ${ctx.workspaceId}`;
  const limitMs = WorkspaceSettings.parse(workspace?.settings ?? {}).stallAfterMinutes * 60_000;
  for (const row of running) {
    const previousBeat = (row.previousLeaseExpiresAt?.getTime() ?? 0) - leaseMs;
    const wasStalled =
      previousBeat - (row.previousProgressAt?.getTime() ?? previousBeat) >= limitMs;
    const isStalled = ctx.now.getTime() - row.progressAt.getTime() >= limitMs;
    if (wasStalled !== isStalled) emitTask(ctx, "task.progress", row, ["stalledSince"]);
  }
}
