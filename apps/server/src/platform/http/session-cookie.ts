import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { HttpParts, RequestContext } from "./http-parts.ts";

export const sessionCookieName = "headcount_session";

/** The secret of the session that a browser has, or null. */
export function readSessionCookie(c: RequestContext): string | null {
  return getCookie(c, sessionCookieName) ?? null;
}

/** Gives a browser the secret of its session, or takes it away with null. */
export function writeSessionCookie(
  parts: HttpParts,
  c: RequestContext,
  secret: string | null,
  expiresAt?: Date,
): void {
  const attributes = {
    path: "/",
    httpOnly: true,
    sameSite: "Strict",
    secure: parts.secureCookies(),
  } as const;
  if (secret === null) deleteCookie(c, sessionCookieName, attributes);
  else
    setCookie(c, sessionCookieName, secret, {
      ...attributes,
      ...(expiresAt ? { expires: expiresAt } : {}),
    });
}
