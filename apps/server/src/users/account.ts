import { account, auth } from "@headcount/contract/users/routes";
import type { PersonalTokenId, SessionId, UserId } from "@headcount/contract/kit/ids";
import { contractVersion, productVersion } from "@headcount/contract/version";
import { notFound } from "../platform/app-error.ts";
import { globalHandler } from "../platform/command.ts";
import type { GlobalContext } from "../platform/context.ts";
import { randomSecret } from "../platform/secrets.ts";
import { listMyInvitations } from "../members/my-invitations.ts";
import { listMyWorkspaces } from "../workspaces/my-workspaces.ts";
import { currentUserId } from "./current-user.ts";
import { getUser } from "./read-user.ts";
import {
  deleteOtherSessions,
  deletePersonalToken,
  deleteSession,
  insertInstanceAudit,
  insertPersonalToken,
} from "./store.ts";

const dayMs = 86_400_000;
const shownPrefixLength = 12;

export const me = globalHandler(account.me, async (ctx) => ({
  user: await getUser(ctx.sql, currentUserId(ctx)),
  csrfToken: csrfTokenOf(ctx),
}));

export const bootstrap = globalHandler(account.bootstrap, async (ctx) => {
  const userId = currentUserId(ctx);
  // Cursors are read with the workspaces, before any page reads its data: nothing falls between.
  const workspaces = await listMyWorkspaces(ctx, userId);
  const user = await getUser(ctx.sql, userId);
  return {
    user,
    csrfToken: csrfTokenOf(ctx),
    workspaces,
    invitations: await listMyInvitations(ctx, user.email),
    contractVersion,
    serverVersion: productVersion,
    serverTime: ctx.now.toISOString(),
  };
});

export const logout = globalHandler(auth.logout, async (ctx) => {
  const { principal } = ctx;
  if (principal.kind === "user" && principal.sessionId) {
    await deleteSession(ctx.sql, principal.userId, principal.sessionId);
    ctx.services.signal({ topic: "session-ended", userId: principal.userId });
  }
  ctx.setSessionCookie(null);
  return {};
});

type SessionRow = {
  id: SessionId;
  device: string;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
};

export const listSessions = globalHandler(account.listSessions, async (ctx) => {
  const rows = await ctx.sql<SessionRow[]>`
    select id, device, created_at, last_used_at, expires_at from sessions
    where user_id = ${currentUserId(ctx)} and expires_at > ${ctx.now} order by last_used_at desc`;
  const current = ctx.principal.kind === "user" ? ctx.principal.sessionId : null;
  return {
    items: rows.map((row) => ({
      id: row.id,
      device: row.device,
      current: row.id === current,
      createdAt: row.createdAt.toISOString(),
      lastUsedAt: row.lastUsedAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
    })),
  };
});

export const revokeSession = globalHandler(account.revokeSession, async (ctx, input) => {
  const userId = currentUserId(ctx);
  if (!(await deleteSession(ctx.sql, userId, input.sessionId))) throw notFound("session");
  ctx.services.signal({ topic: "session-ended", userId });
  await audit(ctx, userId, "session.revoked", input.sessionId);
  return {};
});

export const revokeOtherSessions = globalHandler(account.revokeOtherSessions, async (ctx) => {
  const userId = currentUserId(ctx);
  const keep = ctx.principal.kind === "user" ? ctx.principal.sessionId : null;
  const revoked = await deleteOtherSessions(ctx.sql, userId, keep);
  ctx.services.signal({ topic: "session-ended", userId });
  return { revoked };
});

type TokenRow = {
  id: PersonalTokenId;
  name: string;
  prefix: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
};

export const listTokens = globalHandler(account.listTokens, async (ctx) => {
  const rows = await ctx.sql<TokenRow[]>`
    select id, name, prefix, created_at, last_used_at, expires_at from personal_tokens
    where user_id = ${currentUserId(ctx)} order by created_at desc`;
  return { items: rows.map(toToken) };
});

export const createToken = globalHandler(account.createToken, async (ctx, input) => {
  const userId = currentUserId(ctx);
  const value = `hcp_${randomSecret()}`;
  const row: TokenRow = {
    id: ctx.newId(),
    name: input.name,
    prefix: value.slice(0, shownPrefixLength),
    createdAt: ctx.now,
    lastUsedAt: null,
    expiresAt:
      input.expiresInDays === null
        ? null
        : new Date(ctx.now.getTime() + input.expiresInDays * dayMs),
  };
  await insertPersonalToken(ctx.sql, {
    ...row,
    userId,
    secretHash: ctx.services.secrets.hash(value),
  });
  await audit(ctx, userId, "token.created", row.id);
  return { token: toToken(row), value };
});

export const revokeToken = globalHandler(account.revokeToken, async (ctx, input) => {
  const userId = currentUserId(ctx);
  if (!(await deletePersonalToken(ctx.sql, userId, input.tokenId))) throw notFound("token");
  ctx.services.signal({ topic: "session-ended", userId });
  await audit(ctx, userId, "token.revoked", input.tokenId);
  return {};
});

function csrfTokenOf(ctx: GlobalContext): string | null {
  if (ctx.principal.kind !== "user" || !ctx.principal.sessionId) return null;
  return ctx.services.secrets.csrfTokenFor(ctx.principal.sessionId);
}

function toToken(row: TokenRow): {
  id: PersonalTokenId;
  name: string;
  prefix: string;
  createdAt: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
} {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
  };
}

async function audit(
  ctx: GlobalContext,
  userId: UserId,
  action: string,
  target: string,
): Promise<void> {
  await insertInstanceAudit(ctx.sql, {
    id: ctx.newId(),
    at: ctx.now,
    actorUserId: userId,
    action,
    target,
    ipPrefix: ctx.request.ipPrefix,
  });
}
