import { AppError } from "../app-error.ts";
import type { Principal } from "../context.ts";
import type { HttpParts, RequestContext } from "./http-parts.ts";
import { readSessionCookie } from "./session-cookie.ts";

/** Who sends a request; one that a page of another origin could have sent is refused. */
export async function authenticateRequest(parts: HttpParts, c: RequestContext): Promise<Principal> {
  const header = c.req.header("authorization");
  const bearer = header?.startsWith("Bearer ") ? header.slice("Bearer ".length).trim() : null;
  const principal = await parts.authenticate({
    bearer,
    sessionSecret: readSessionCookie(c),
  });
  if (c.req.method === "GET" || bearer !== null) return principal;
  assertOwnOrigin(parts, c);
  if (principal.kind === "user" && principal.sessionId !== null) {
    assertNoForgery(parts, c, principal.sessionId);
  }
  return principal;
}

/**
 * Without a bearer token a page of another origin could have sent the request, also one that signs
 * the browser in: into an account that belongs to somebody else.
 */
function assertOwnOrigin(parts: HttpParts, c: RequestContext): void {
  const origin = c.req.header("origin");
  if (origin !== undefined && !parts.isAllowedOrigin(origin)) throw forged();
}

/** Cookies travel by themselves, so a page of another origin must not be able to use them. */
function assertNoForgery(parts: HttpParts, c: RequestContext, sessionId: string): void {
  const token = c.req.header("x-csrf-token") ?? "";
  if (!parts.services.secrets.isCsrfTokenFor(sessionId, token)) throw forged();
}

function forged(): AppError {
  return new AppError("forbidden", "The request did not come from this site. Reload the page.", {
    reason: "csrf",
  });
}
