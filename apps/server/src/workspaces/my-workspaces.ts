import type { UserId, WorkspaceId } from "@headcount/contract/kit/ids";
import type { MyWorkspace } from "@headcount/contract/users/schemas";
import type { Role } from "@headcount/contract/workspaces/schemas";
import type { GlobalContext } from "../platform/context.ts";
import { setUser, setWorkspace, type Transaction } from "../platform/database.ts";

/** Ids of the workspaces that a person belongs to, without looking into any of them. */
export async function listMyWorkspaceIds(
  ctx: Pick<GlobalContext, "transaction">,
  userId: UserId,
): Promise<Membership[]> {
  return ctx.transaction((tx) => readMemberships(tx, userId));
}

type Membership = { workspaceId: WorkspaceId; role: Role };

/** The same in a transaction that is in no workspace yet. */
export async function readMemberships(tx: Transaction, userId: UserId): Promise<Membership[]> {
  // One connection runs them in this order, in one round trip.
  const [, memberships] = await Promise.all([
    setUser(tx, userId),
    tx<Membership[]>`
      select m.workspace_id, m.role from members m
      join workspace_slugs s on s.workspace_id = m.workspace_id and s.deleted_at is null
      where m.user_id = ${userId} order by m.joined_at`,
  ]);
  return memberships;
}

/** The person's workspaces with their change cursors; one short transaction each. */
export async function listMyWorkspaces(
  ctx: Pick<GlobalContext, "transaction">,
  userId: UserId,
): Promise<MyWorkspace[]> {
  const memberships = await listMyWorkspaceIds(ctx, userId);
  return Promise.all(
    memberships.map(({ workspaceId, role }) =>
      ctx.transaction(async (tx) => {
        await setWorkspace(tx, workspaceId);
        return readMyWorkspace(tx, workspaceId, role);
      }),
    ),
  );
}

async function readMyWorkspace(
  tx: Transaction,
  workspaceId: WorkspaceId,
  role: Role,
): Promise<MyWorkspace> {
  const [row] = await tx<{ slug: string; name: string; issuePrefix: string; cursor: string }[]>`
    select w.slug, w.name, w.issue_prefix, c.change_seq as cursor
    from workspaces w join workspace_counters c on c.workspace_id = w.workspace_id
    where w.workspace_id = ${workspaceId}`;
  if (!row) throw new Error(`Workspace ${workspaceId} has a member but no row`);
  return {
    id: workspaceId,
    role,
    slug: row.slug,
    name: row.name,
    issuePrefix: row.issuePrefix,
    cursor: Number(row.cursor),
  };
}
