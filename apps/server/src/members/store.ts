import type { InvitationId, UserId, WorkspaceId } from "@headcount/contract/kit/ids";
import type { Role } from "@headcount/contract/workspaces/schemas";
import type { Transaction } from "../platform/database.ts";

export async function insertMember(
  tx: Transaction,
  member: { workspaceId: WorkspaceId; userId: UserId; role: Role; joinedAt: Date },
): Promise<boolean> {
  const rows = await tx`
    insert into members (workspace_id, user_id, role, joined_at)
    values (${member.workspaceId}, ${member.userId}, ${member.role}, ${member.joinedAt})
    on conflict do nothing returning user_id`;
  return rows.length > 0;
}

export async function updateMemberRole(
  tx: Transaction,
  workspaceId: WorkspaceId,
  userId: UserId,
  role: Role,
): Promise<void> {
  await tx`update members set role = ${role} where workspace_id = ${workspaceId} and user_id = ${userId}`;
}

export async function deleteMember(
  tx: Transaction,
  workspaceId: WorkspaceId,
  userId: UserId,
): Promise<void> {
  await tx`delete from members where workspace_id = ${workspaceId} and user_id = ${userId}`;
}

export type NewInvitation = {
  readonly workspaceId: WorkspaceId;
  readonly id: InvitationId;
  readonly email: string;
  readonly role: "admin" | "member";
  readonly secretHash: Buffer;
  readonly inviterId: UserId;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

export async function insertInvitation(tx: Transaction, invitation: NewInvitation): Promise<void> {
  await tx`
    insert into invitations (workspace_id, id, email, role, state, secret_hash, inviter_id, created_at, expires_at)
    values (${invitation.workspaceId}, ${invitation.id}, ${invitation.email}, ${invitation.role}, 'pending',
      ${invitation.secretHash}, ${invitation.inviterId}, ${invitation.createdAt}, ${invitation.expiresAt})`;
}

/** Ends a pending invitation. @returns whether it was still pending */
export async function endInvitation(
  tx: Transaction,
  workspaceId: WorkspaceId,
  id: InvitationId,
  state: "accepted" | "declined" | "expired" | "revoked",
): Promise<boolean> {
  const rows = await tx`
    update invitations set state = ${state}
    where workspace_id = ${workspaceId} and id = ${id} and state = 'pending' returning id`;
  return rows.length > 0;
}

/** A new invitation replaces the pending one to the same address. */
export async function revokePendingInvitations(
  tx: Transaction,
  workspaceId: WorkspaceId,
  email: string,
): Promise<void> {
  await tx`
    update invitations set state = 'revoked'
    where workspace_id = ${workspaceId} and email = ${email} and state = 'pending'`;
}
