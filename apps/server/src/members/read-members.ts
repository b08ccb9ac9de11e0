import type { UserId, WorkspaceId } from "@headcount/contract/kit/ids";
import type { Member } from "@headcount/contract/members/schemas";
import { members } from "@headcount/contract/members/routes";
import { notFound } from "../platform/app-error.ts";
import { query } from "../platform/command.ts";
import type { Transaction } from "../platform/database.ts";

type MemberRow = Omit<Member, "joinedAt"> & { joinedAt: Date };

export async function readMembers(tx: Transaction, workspaceId: WorkspaceId): Promise<Member[]> {
  const rows = await tx<MemberRow[]>`
    select m.user_id as id, u.name, u.email, m.role, m.joined_at
    from members m join users u on u.id = m.user_id
    where m.workspace_id = ${workspaceId} order by m.joined_at, m.user_id`;
  return rows.map((row) => ({ ...row, joinedAt: row.joinedAt.toISOString() }));
}

/** @throws not_found */
export async function getMember(
  tx: Transaction,
  workspaceId: WorkspaceId,
  userId: UserId,
): Promise<Member> {
  const found = (await readMembers(tx, workspaceId)).find((member) => member.id === userId);
  if (!found) throw notFound("member");
  return found;
}

export const listMembers = query(members.list, async (ctx) => ({
  items: await readMembers(ctx.sql, ctx.workspaceId),
}));
