import type { SessionId, UserId } from "@headcount/contract/kit/ids";
import { sessionIdleDays } from "../platform/authenticate.ts";
import type { GlobalContext } from "../platform/context.ts";
import type { Sql } from "../platform/database.ts";
import { randomSecret } from "../platform/secrets.ts";
import { insertInstanceAudit, insertSession } from "./store.ts";

const dayMs = 86_400_000;

/**
 * Signs a person in on this browser: a fresh session row and its cookie.
 * @returns the anti-forgery token that belongs to the session
 */
export async function startSession(ctx: GlobalContext, sql: Sql, userId: UserId): Promise<string> {
  const secret = randomSecret();
  const id = ctx.newId<SessionId>();
  const expiresAt = new Date(ctx.now.getTime() + sessionIdleDays * dayMs);
  await insertSession(sql, {
    id,
    userId,
    secretHash: ctx.services.secrets.hash(secret),
    device: describeDevice(ctx.request.userAgent),
    createdAt: ctx.now,
    expiresAt,
  });
  await insertInstanceAudit(sql, {
    id: ctx.newId(),
    at: ctx.now,
    actorUserId: userId,
    action: "sign_in",
    target: userId,
    ipPrefix: ctx.request.ipPrefix,
  });
  ctx.setSessionCookie(secret, expiresAt);
  return ctx.services.secrets.csrfTokenFor(id);
}

/** "Firefox on Linux", from what browsers say about themselves. */
function describeDevice(userAgent: string): string {
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\//.exec(userAgent)?.[1] ?? null;
  const system = /(Windows|Mac OS X|Android|iPhone|iPad|Linux)/.exec(userAgent)?.[1] ?? null;
  const browserName = browser === "Edg" ? "Edge" : browser === "OPR" ? "Opera" : browser;
  if (browserName && system) return `${browserName} on ${system === "Mac OS X" ? "macOS" : system}`;
  return browserName ?? system ?? "Unknown device";
}
