import type { GlobalContext, Principal } from "../context.ts";
import { runTransaction } from "../run-transaction.ts";
import type { HttpParts, RequestContext } from "./http-parts.ts";
import { requestFacts } from "./request-facts.ts";
import { writeSessionCookie } from "./session-cookie.ts";

/** What a handler of a request sees that belongs to no workspace. */
export function globalContext(
  parts: HttpParts,
  c: RequestContext,
  principal: Principal,
): GlobalContext {
  const request = requestFacts(c);
  return {
    principal,
    sql: parts.database.pool,
    transaction: (run) => runTransaction(parts.database.pool, "", run),
    inWorkspace: async (workspaceId, actor, run) => {
      const { value } = await parts.runner.inWorkspace({
        workspaceId,
        mode: "write",
        request,
        resolveActor: async () => actor,
        run,
      });
      return value;
    },
    acrossWorkspaces: (work) => parts.runner.acrossWorkspaces(request, work),
    together: parts.together,
    now: parts.services.now(),
    newId: parts.services.newId,
    services: parts.services,
    request,
    setSessionCookie: (secret, expiresAt) => writeSessionCookie(parts, c, secret, expiresAt),
  };
}
