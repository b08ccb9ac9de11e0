import { resolveActor } from "../authorise.ts";
import type { WaitingHandler } from "../command.ts";
import type { Transaction } from "../database.ts";
import { parseInput } from "../parse-input.ts";
import type { HttpParts, ReadRequest } from "./http-parts.ts";
import { requestFacts } from "./request-facts.ts";
import { requireWorkspaceId } from "./require-workspace-id.ts";

/** Authorises in a transaction, then lets the handler wait without one. */
export async function runWaitingHandler(
  parts: HttpParts,
  handler: WaitingHandler,
  { c, principal, raw }: ReadRequest,
): Promise<unknown> {
  const workspaceId = await requireWorkspaceId(parts, principal, raw);
  const { value } = await parts.runner.inWorkspace({
    workspaceId,
    mode: "read",
    request: requestFacts(c),
    resolveActor: (tx: Transaction) =>
      resolveActor(tx, workspaceId, principal, handler.route.access),
    run: async (ctx) => ({ actor: ctx.actor, input: parseInput(handler.route, raw) }),
  });
  const { services, feed, together } = parts;
  return handler.run({ workspaceId, actor: value.actor, services, feed, together }, value.input);
}
