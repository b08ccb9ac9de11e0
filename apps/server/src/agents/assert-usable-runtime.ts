import type { DaemonId, RuntimeId, UserId } from "@headcount/contract/kit/ids";
import { AppError, notFound } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";

export type ChosenRuntime = { readonly cli: string; readonly daemonId: DaemonId };

type RuntimeRow = ChosenRuntime & {
  ownerId: UserId;
  ownerName: string;
  sharing: "private" | "workspace";
};

/**
 * The runtime that an agent of `ownerId` is to be bound to; its row stays locked, so that it is not
 * removed or made private meanwhile.
 * @throws not_found, or forbidden `runtime_not_shared` when it is somebody else's private one
 */
export async function assertUsableRuntime(
  ctx: WorkspaceContext,
  runtimeId: RuntimeId,
  ownerId: UserId,
): Promise<ChosenRuntime> {
  const [runtime] = await ctx.sql<RuntimeRow[]>`
    select r.cli, r.daemon_id, r.owner_id, u.name as owner_name, r.sharing
    from runtimes r join users u on u.id = r.owner_id
    where r.workspace_id = ${ctx.workspaceId} and r.id = ${runtimeId} and r.removed_at is null
    for share of r`;
  if (!runtime) throw notFound("runtime");
  if (runtime.sharing === "workspace" || runtime.ownerId === ownerId) return runtime;
  throw new AppError(
    "forbidden",
    `This runtime is private to ${runtime.ownerName}. Ask to share it, or choose another one.`,
    { reason: "runtime_not_shared" },
  );
}
