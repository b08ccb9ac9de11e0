import type { InvitationId, WorkspaceId } from "@headcount/contract/kit/ids";
import type { GlobalContext } from "../platform/context.ts";
import { setWorkspace } from "../platform/database.ts";

export type MyInvitationRow = {
  id: InvitationId;
  workspaceId: WorkspaceId;
  workspaceName: string;
  inviterName: string;
  role: "admin" | "member";
  expiresAt: string;
};

/** Pending invitations to one address, over all workspaces, one short transaction each. */
export async function listMyInvitations(
  ctx: Pick<GlobalContext, "sql" | "transaction" | "now">,
  email: string,
): Promise<MyInvitationRow[]> {
  const workspaces = await ctx.sql<{ workspaceId: WorkspaceId }[]>`
    select workspace_id from workspace_slugs where deleted_at is null`;
  const found = await Promise.all(
    workspaces.map(({ workspaceId }) =>
      ctx.transaction(async (tx) => {
        await setWorkspace(tx, workspaceId);
        return tx<(Omit<MyInvitationRow, "expiresAt"> & { expiresAt: Date })[]>`
          select i.id, i.workspace_id, w.name as workspace_name, u.name as inviter_name, i.role, i.expires_at
          from invitations i join workspaces w on w.workspace_id = i.workspace_id
          join users u on u.id = i.inviter_id
          where i.workspace_id = ${workspaceId} and i.email = ${email} and i.state = 'pending'
            and i.expires_at > ${ctx.now}`;
      }),
    ),
  );
  return found.flat().map((row) => ({ ...row, expiresAt: row.expiresAt.toISOString() }));
}
