import { auth } from "@headcount/contract/users/routes";
import type { UserId } from "@headcount/contract/kit/ids";
import type { User } from "@headcount/contract/users/schemas";
import { AppError } from "../platform/app-error.ts";
import { globalHandler } from "../platform/command.ts";
import type { GlobalContext, Services } from "../platform/context.ts";
import type { Sql } from "../platform/database.ts";
import { limitGuesses } from "../platform/rate-limit.ts";
import { randomSecret } from "../platform/secrets.ts";
import { currentUserId } from "./current-user.ts";
import { getUser } from "./read-user.ts";
import { startSession } from "./start-session.ts";
import { insertInstanceAudit, insertSignInLink, useOneTimeLink } from "./store.ts";

const lifeMs = 15 * 60_000;

/** A link that signs the person in once within 15 minutes; audited. */
export async function createSignInLink(
  parts: { sql: Sql; services: Services; ipPrefix: string | null },
  userId: UserId,
): Promise<{ url: string; expiresAt: Date }> {
  const now = parts.services.now();
  const secret = randomSecret();
  const expiresAt = new Date(now.getTime() + lifeMs);
  await insertSignInLink(parts.sql, {
    secretHash: parts.services.secrets.hash(secret),
    userId,
    createdAt: now,
    expiresAt,
  });
  await insertInstanceAudit(parts.sql, {
    id: parts.services.newId(),
    at: now,
    actorUserId: userId,
    action: "sign_in_link.minted",
    target: userId,
    ipPrefix: parts.ipPrefix,
  });
  return { url: `${parts.services.publicUrl()}/link#${secret}`, expiresAt };
}

export const mintSignInLink = globalHandler(auth.mintSignInLink, async (ctx) => {
  const link = await createSignInLink(
    { sql: ctx.sql, services: ctx.services, ipPrefix: ctx.request.ipPrefix },
    currentUserId(ctx),
  );
  return { url: link.url, expiresAt: link.expiresAt.toISOString() };
});

export const signInWithLink = globalHandler(auth.link, (ctx, input) =>
  limitGuesses(ctx, "sign-in-link", () => signIn(ctx, input.secret)),
);

async function signIn(
  ctx: GlobalContext,
  secret: string,
): Promise<{ user: User; csrfToken: string }> {
  const used = await useOneTimeLink(ctx.sql, {
    kind: "sign_in",
    secretHash: ctx.services.secrets.hash(secret),
    now: ctx.now,
  });
  if (!used?.userId) {
    throw new AppError("gone", "This sign-in link was used or has expired. Ask for a new one.", {
      reason: "sign_in_link.used",
    });
  }
  const csrfToken = await startSession(ctx, ctx.sql, used.userId);
  return { user: await getUser(ctx.sql, used.userId), csrfToken };
}
