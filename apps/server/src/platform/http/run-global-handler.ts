import { authoriseGlobal } from "../authorise.ts";
import type { GlobalHandler } from "../command.ts";
import type { GlobalContext } from "../context.ts";
import { parseInput } from "../parse-input.ts";
import { runTransaction } from "../run-transaction.ts";
import type { HttpParts, ReadRequest } from "./http-parts.ts";
import { requestFacts } from "./request-facts.ts";
import { writeSessionCookie } from "./session-cookie.ts";

/** Runs what belongs to no workspace. */
export async function runGlobalHandler(
  parts: HttpParts,
  handler: GlobalHandler,
  { c, principal, raw }: ReadRequest,
): Promise<unknown> {
  authoriseGlobal(handler.route.access, principal);
  const request = requestFacts(c);
  const ctx: GlobalContext = {
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
    together: parts.together,
    now: parts.services.now(),
    newId: parts.services.newId,
    services: parts.services,
    request,
    setSessionCookie: (secret, expiresAt) => writeSessionCookie(parts, c, secret, expiresAt),
  };
  return handler.run(ctx, parseInput(handler.route, raw));
}
