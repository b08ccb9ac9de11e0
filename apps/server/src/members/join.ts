import type { InvitationId, UserId, WorkspaceId } from "@headcount/contract/kit/ids";
import { join } from "@headcount/contract/users/routes";
import type { User } from "@headcount/contract/users/schemas";
import { AppError, notFound } from "../platform/app-error.ts";
import { globalHandler } from "../platform/command.ts";
import type { GlobalContext } from "../platform/context.ts";
import { setWorkspace } from "../platform/database.ts";
import { limitGuesses } from "../platform/rate-limit.ts";
import { findUserByEmail, getUser } from "../users/read-user.ts";
import { startSession } from "../users/start-session.ts";
import { insertUser } from "../users/store.ts";
import { endInvitation, insertMember } from "./store.ts";

type OpenInvitation = {
  id: InvitationId;
  workspaceId: WorkspaceId;
  workspaceName: string;
  workspaceSlug: string;
  inviterName: string;
  email: string;
  role: "admin" | "member";
  state: string;
  expiresAt: Date;
};

const codePattern = /^hci_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_[\w-]{20,}$/;

export const previewJoin = globalHandler(join.preview, async (ctx, input) => {
  const invitation = await getOpenInvitation(ctx, input.code);
  return {
    workspaceName: invitation.workspaceName,
    inviterName: invitation.inviterName,
    email: invitation.email,
    role: invitation.role,
    expiresAt: invitation.expiresAt.toISOString(),
    accountExists: (await findUserByEmail(ctx.sql, invitation.email)) !== null,
  };
});

/**
 * Joins with the invited account. A link creates the account that it names, and never signs
 * anybody in to one that exists: its holder may not be its owner.
 */
export const acceptJoin = globalHandler(join.accept, async (ctx, input) => {
  const invitation = await getOpenInvitation(ctx, input.code);
  const existing = await findUserByEmail(ctx.sql, invitation.email);
  const userId = existing ? requireSignedInAs(ctx, existing) : ctx.newId<UserId>();
  const actor = { kind: "member", userId, role: invitation.role } as const;
  await ctx.inWorkspace(invitation.workspaceId, actor, async (inside) => {
    if (!(await endInvitation(inside.sql, inside.workspaceId, invitation.id, "accepted")))
      throw ended();
    if (!existing) {
      await insertUser(inside.sql, {
        id: userId,
        name: input.name ?? invitation.email.split("@")[0] ?? invitation.email,
        email: invitation.email,
        emailVerified: true,
        timeZone: null,
        isInstanceAdmin: false,
        createdAt: inside.now,
      });
    }
    const joined = await insertMember(inside.sql, {
      workspaceId: inside.workspaceId,
      userId,
      role: invitation.role,
      joinedAt: inside.now,
    });
    if (!joined)
      throw new AppError("conflict", "You belong to this workspace already.", {
        reason: "already_member",
      });
    inside.emit({
      type: "member.added",
      entity: { kind: "member", id: userId },
      data: { role: invitation.role },
    });
    inside.emit({
      type: "invitation.ended",
      entity: { kind: "invitation", id: invitation.id },
      data: { state: "accepted" },
      audience: { kind: "admins" },
    });
    await inside.audit({ action: "invitation.accepted", target: invitation.email });
  });
  const csrfToken = existing ? currentCsrfToken(ctx) : await startSession(ctx, ctx.sql, userId);
  return {
    user: await getUser(ctx.sql, userId),
    csrfToken,
    workspaceSlug: invitation.workspaceSlug,
  };
});

function requireSignedInAs(ctx: GlobalContext, account: User): UserId {
  if (ctx.principal.kind !== "user") {
    throw new AppError(
      "forbidden",
      `Sign in as ${account.email} first, then open the link again.`,
      {
        reason: "sign_in_required",
      },
    );
  }
  if (ctx.principal.userId !== account.id) {
    throw new AppError("forbidden", "This invitation is for another account.", {
      reason: "wrong_account",
    });
  }
  return account.id;
}

function currentCsrfToken(ctx: GlobalContext): string {
  const session = ctx.principal.kind === "user" ? ctx.principal.sessionId : null;
  return session ? ctx.services.secrets.csrfTokenFor(session) : "";
}

function getOpenInvitation(ctx: GlobalContext, code: string): Promise<OpenInvitation> {
  return limitGuesses(ctx, "join-code", () => findOpenInvitation(ctx, code));
}

async function findOpenInvitation(ctx: GlobalContext, code: string): Promise<OpenInvitation> {
  const workspaceId = codePattern.exec(code)?.[1] as WorkspaceId | undefined;
  if (!workspaceId) throw notFound("invitation");
  const hash = ctx.services.secrets.hash(code);
  const row = await ctx.transaction(async (tx) => {
    await setWorkspace(tx, workspaceId);
    const [found] = await tx<OpenInvitation[]>`
      select i.id, i.workspace_id, w.name as workspace_name, w.slug as workspace_slug, u.name as inviter_name,
        i.email, i.role, i.state, i.expires_at
      from invitations i
      join workspaces w on w.workspace_id = i.workspace_id and w.deleted_at is null
      join users u on u.id = i.inviter_id
      where i.workspace_id = ${workspaceId} and i.secret_hash = ${hash}`;
    return found ?? null;
  });
  if (!row) throw notFound("invitation");
  if (row.state !== "pending") throw ended();
  if (row.expiresAt <= ctx.now) {
    throw new AppError("gone", "This invitation has expired. Ask for a new one.", {
      reason: "invitation.expired",
    });
  }
  return row;
}

function ended(): AppError {
  return new AppError("gone", "This invitation was used or withdrawn. Ask for a new one.", {
    reason: "invitation.ended",
  });
}
