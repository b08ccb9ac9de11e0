import { workspaces } from "@headcount/contract/workspaces/routes";
import { globalHandler } from "../platform/command.ts";
import { setWorkspace } from "../platform/database.ts";
import { currentUserId } from "../users/current-user.ts";
import { listMyWorkspaceIds } from "./my-workspaces.ts";
import { getWorkspace } from "./read-workspace.ts";

export const listWorkspaces = globalHandler(workspaces.list, async (ctx) => {
  const memberships = await listMyWorkspaceIds(ctx, currentUserId(ctx));
  const items = await Promise.all(
    memberships.map(({ workspaceId }) =>
      ctx.transaction(async (tx) => {
        await setWorkspace(tx, workspaceId);
        return getWorkspace(tx, workspaceId);
      }),
    ),
  );
  return { items };
});
