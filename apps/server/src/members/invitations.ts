import type { InvitationId, UserId, WorkspaceId } from "@headcount/contract/kit/ids";
import { invitations } from "@headcount/contract/members/routes";
import type { Invitation } from "@headcount/contract/members/schemas";
import { AppError, notFound } from "../platform/app-error.ts";
import { command, query } from "../platform/command.ts";
import { effectiveUserId, type WorkspaceContext } from "../platform/context.ts";
import { randomSecret } from "../platform/secrets.ts";
import { endInvitation, insertInvitation, revokePendingInvitations } from "./store.ts";

const lifeMs = 7 * 86_400_000;
const tenMinutesMs = 600_000;
const dayMs = 86_400_000;
const limits = { perInviterIn10Minutes: 10, perWorkspaceIn24Hours: 50, perAddressIn24Hours: 6 };

type InvitationRow = {
  id: InvitationId;
  email: string;
  role: "admin" | "member";
  state: Invitation["state"];
  inviterName: string;
  createdAt: Date;
  expiresAt: Date;
};

/** `hci_<workspace>_<secret>`: the workspace inside lets the look-up touch one tenant only. */
export function invitationCode(workspaceId: WorkspaceId, secret: string): string {
  return `hci_${workspaceId}_${secret}`;
}

export const listInvitations = query(invitations.list, async (ctx) => {
  const rows = await readInvitations(ctx);
  return { items: rows.map((row) => toInvitation(row, ctx.now)) };
});

export const createInvitation = command(invitations.create, async (ctx, input) => {
  const inviterId = effectiveUserId(ctx.actor) as UserId;
  await ctx.sql`select 1 from workspaces where workspace_id = ${ctx.workspaceId} for update`;
  await assertNotMember(ctx, input.email);
  await assertWithinLimits(ctx, input.email, inviterId);
  await revokePendingInvitations(ctx.sql, ctx.workspaceId, input.email);
  const id = ctx.newId<InvitationId>();
  const code = invitationCode(ctx.workspaceId, randomSecret());
  await insertInvitation(ctx.sql, {
    workspaceId: ctx.workspaceId,
    id,
    email: input.email,
    role: input.role,
    secretHash: ctx.services.secrets.hash(code),
    inviterId,
    createdAt: ctx.now,
    expiresAt: new Date(ctx.now.getTime() + lifeMs),
  });
  ctx.emit({
    type: "invitation.created",
    entity: { kind: "invitation", id },
    data: {},
    audience: { kind: "admins" },
  });
  await ctx.audit({
    action: "invitation.created",
    target: input.email,
    details: { role: input.role },
  });
  const row = (await readInvitations(ctx)).find((candidate) => candidate.id === id);
  if (!row) throw notFound("invitation");
  return {
    invitation: toInvitation(row, ctx.now),
    url: `${ctx.services.publicUrl()}/join/${code}`,
  };
});

export const revokeInvitation = command(invitations.revoke, async (ctx, input) => {
  if (!(await endInvitation(ctx.sql, ctx.workspaceId, input.invitationId, "revoked")))
    throw notFound("invitation");
  ctx.emit({
    type: "invitation.ended",
    entity: { kind: "invitation", id: input.invitationId },
    data: { state: "revoked" },
    audience: { kind: "admins" },
  });
  await ctx.audit({ action: "invitation.revoked", target: input.invitationId });
  return {};
});

async function readInvitations(ctx: WorkspaceContext): Promise<InvitationRow[]> {
  return ctx.sql<InvitationRow[]>`
    select i.id, i.email, i.role, i.state, u.name as inviter_name, i.created_at, i.expires_at
    from invitations i join users u on u.id = i.inviter_id
    where i.workspace_id = ${ctx.workspaceId} order by i.created_at desc limit 200`;
}

function toInvitation(row: InvitationRow, now: Date): Invitation {
  const expired = row.state === "pending" && row.expiresAt <= now;
  return {
    ...row,
    state: expired ? "expired" : row.state,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}

async function assertNotMember(ctx: WorkspaceContext, email: string): Promise<void> {
  const [row] = await ctx.sql`
    select 1 from members m join users u on u.id = m.user_id
    where m.workspace_id = ${ctx.workspaceId} and u.email = ${email}`;
  if (row)
    throw new AppError("conflict", `${email} is a member already.`, { reason: "already_member" });
}

async function assertWithinLimits(
  ctx: WorkspaceContext,
  email: string,
  inviterId: UserId,
): Promise<void> {
  const tenMinutesAgo = new Date(ctx.now.getTime() - tenMinutesMs);
  const dayAgo = new Date(ctx.now.getTime() - dayMs);
  const [counts] = await ctx.sql<{ byInviter: number; byWorkspace: number; byAddress: number }[]>`
    select
      count(*) filter (where inviter_id = ${inviterId} and created_at > ${tenMinutesAgo})::int as by_inviter,
      count(*) filter (where created_at > ${dayAgo})::int as by_workspace,
      count(*) filter (where email = ${email} and created_at > ${dayAgo})::int as by_address
    from invitations where workspace_id = ${ctx.workspaceId}`;
  if (!counts) return;
  const tooMany =
    counts.byInviter >= limits.perInviterIn10Minutes ||
    counts.byWorkspace >= limits.perWorkspaceIn24Hours ||
    counts.byAddress >= limits.perAddressIn24Hours;
  if (!tooMany) return;
  throw new AppError("limit_exceeded", "Too many invitations in a short time. Try again later.", {
    reason: "invitation.rate_limited",
    retryAfterMs: tenMinutesMs,
  });
}
