import { daemon } from "@headcount/contract/daemon/routes";
import type { Heartbeat, HeartbeatReply } from "@headcount/contract/daemon/schemas";
import type { RuntimeId, WorkspaceId } from "@headcount/contract/kit/ids";
import { globalHandler } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { handOutInspections } from "../runtimes/hand-out-inspections.ts";
import { markRuntimes } from "../runtimes/mark-runtimes.ts";
import { noteSeen } from "../runtimes/note-seen.ts";
import { renewLeases } from "../tasks/renew-leases.ts";
import { daemonOf, inWorkspaceAsDaemon, sane } from "./as-daemon.ts";
import { listServedWorkspaces, membershipVersion } from "./list-daemon-workspaces.ts";
import { writeLiveness } from "./store.ts";

type Beat = {
  readonly runtimes: readonly RuntimeId[];
  readonly leases: HeartbeatReply["leases"];
  readonly requests: readonly RuntimeId[];
};

/** A machine shows life; it hears which of its runtimes and leases still count. */
export const heartbeat = globalHandler(daemon.heartbeat, async (ctx, input) => {
  const { userId } = daemonOf(ctx);
  const workspaces = await listServedWorkspaces(ctx, userId);
  const known: RuntimeId[] = [];
  const leases: HeartbeatReply["leases"][number][] = [];
  const requests: HeartbeatReply["requests"][number][] = [];
  for (const { id } of workspaces) {
    const beat = await inWorkspaceAsDaemon(ctx, id, (workspaceCtx) =>
      beatIn(workspaceCtx, sane(input)),
    );
    known.push(...beat.runtimes);
    leases.push(...beat.leases);
    for (const runtimeId of beat.requests) {
      requests.push({ kind: "inspect", workspaceId: id, runtimeId });
    }
  }
  const served = new Set<WorkspaceId>(workspaces.map((workspace) => workspace.id));
  for (const { taskId, lease, workspaceId } of input.leases) {
    if (!served.has(workspaceId)) leases.push({ taskId, lease, state: "lost" });
  }
  return {
    runtimes: input.runtimeIds.map((id) => ({
      id,
      state: known.includes(id) ? ("ok" as const) : ("gone" as const),
    })),
    leases,
    requests,
    membershipVersion: membershipVersion(workspaces),
    serverTime: ctx.now.toISOString(),
  };
});

async function beatIn(ctx: WorkspaceContext, beat: Heartbeat): Promise<Beat> {
  if (ctx.actor.kind !== "daemon") throw new Error("Only machines come here");
  const { daemonId } = ctx.actor;
  const held = beat.leases.filter((lease) => lease.workspaceId === ctx.workspaceId);
  const runtimes = await ctx.sql<{ id: RuntimeId }[]>`
    select id from runtimes where workspace_id = ${ctx.workspaceId}
      and daemon_id = ${daemonId} and id = any(${beat.runtimeIds}::uuid[]) and removed_at is null`;
  const runtimeIds = runtimes.map((row) => row.id);
  const requests = runtimeIds.length === 0 ? [] : await handOutInspections(ctx, daemonId);
  if (runtimeIds.length > 0) {
    await writeLiveness(ctx, daemonId, beat);
    await markRuntimes(ctx, runtimeIds, "online");
    await noteSeen(ctx, daemonId);
  }
  return { runtimes: runtimeIds, requests, leases: await renewLeases(ctx, daemonId, held) };
}
