import { createHash } from "node:crypto";
import { daemon } from "@headcount/contract/daemon/routes";
import type { UserId, WorkspaceId } from "@headcount/contract/kit/ids";
import { globalHandler } from "../platform/command.ts";
import type { GlobalContext } from "../platform/context.ts";
import { setWorkspace } from "../platform/database.ts";
import { listMyWorkspaceIds } from "../workspaces/my-workspaces.ts";
import { daemonOf } from "./as-daemon.ts";

type ServedWorkspace = { id: WorkspaceId; slug: string; name: string; revision: number };

export const listDaemonWorkspaces = globalHandler(daemon.workspaces, async (ctx) => {
  const workspaces = await listServedWorkspaces(ctx, daemonOf(ctx).userId);
  return {
    items: workspaces.map(({ id, slug, name }) => ({ id, slug, name })),
    membershipVersion: membershipVersion(workspaces),
  };
});

/** Workspaces of the machine's owner, each read for itself. */
export async function listServedWorkspaces(
  ctx: Pick<GlobalContext, "transaction">,
  userId: UserId,
): Promise<ServedWorkspace[]> {
  const memberships = await listMyWorkspaceIds(ctx, userId);
  const workspaces = await Promise.all(
    memberships.map(({ workspaceId }) =>
      ctx.transaction(async (tx) => {
        await setWorkspace(tx, workspaceId);
        return tx<ServedWorkspace[]>`
          select workspace_id as id, slug, name, revision from workspaces
          where workspace_id = ${workspaceId} and deleted_at is null`;
      }),
    ),
  );
  return workspaces.flat();
}

/** Changes whenever the list of workspaces or one of them does. */
export function membershipVersion(
  workspaces: readonly Pick<ServedWorkspace, "id" | "revision">[],
): string {
  const facts = workspaces.map(({ id, revision }) => `${id}:${revision}`).toSorted();
  return createHash("sha256").update(facts.join()).digest("base64url").slice(0, 16);
}
