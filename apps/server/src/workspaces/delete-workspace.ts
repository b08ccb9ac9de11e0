import { workspaces } from "@headcount/contract/workspaces/routes";
import { AppError } from "../platform/app-error.ts";
import { command } from "../platform/command.ts";
import { getWorkspace } from "./read-workspace.ts";
import { markWorkspaceDeleted } from "./store.ts";

const restorableMs = 30 * 86_400_000;

export const deleteWorkspace = command(workspaces.delete, async (ctx, input) => {
  // From here on every insert that locks the workspace row shared has to wait, and then refuses.
  await ctx.sql`select 1 from workspaces where workspace_id = ${ctx.workspaceId} for update`;
  const workspace = await getWorkspace(ctx.sql, ctx.workspaceId);
  if (input.confirmSlug !== workspace.slug) {
    throw new AppError(
      "invalid",
      `Type the workspace's address, "${workspace.slug}", to delete it.`,
      {
        reason: "workspace.slug_mismatch",
      },
    );
  }
  await markWorkspaceDeleted(ctx.sql, ctx.workspaceId, ctx.now);
  ctx.emit({
    type: "workspace.deleted",
    entity: { kind: "workspace", id: ctx.workspaceId },
    data: {},
  });
  await ctx.audit({ action: "workspace.deleted", target: ctx.workspaceId });
  return { restorableUntil: new Date(ctx.now.getTime() + restorableMs).toISOString() };
});
