import { resolveActor } from "../authorise.ts";
import type { WorkspaceHandler } from "../command.ts";
import type { Transaction } from "../database.ts";
import { withIdempotency } from "../idempotency.ts";
import { parseInput } from "../parse-input.ts";
import type { HttpParts, ReadRequest } from "./http-parts.ts";
import { requestFacts } from "./request-facts.ts";
import { requireWorkspaceId } from "./require-workspace-id.ts";

/** Runs a command or query in one transaction of its workspace, after what it prepares without one. */
export async function runWorkspaceHandler(
  parts: HttpParts,
  handler: WorkspaceHandler,
  { c, principal, raw }: ReadRequest,
): Promise<unknown> {
  const access = handler.route.access;
  const workspaceId = await requireWorkspaceId(parts, principal, raw);
  const idempotencyKey = c.req.header("idempotency-key") ?? null;
  const authorised = {
    workspaceId,
    request: requestFacts(c),
    resolveActor: (tx: Transaction) => resolveActor(tx, workspaceId, principal, access),
  };
  let { run } = handler;
  if (handler.prepare !== null) {
    const { look } = handler;
    const { value } = await parts.runner.inWorkspace({
      ...authorised,
      mode: "read",
      run: async (ctx) => {
        const input = parseInput(handler.route, raw);
        return { input, looked: await look?.(ctx, input) };
      },
    });
    run = await handler.prepare(parts.services, value.input, value.looked);
  }
  const { value, cursor } = await parts.runner.inWorkspace({
    ...authorised,
    mode: handler.mode,
    run: async (ctx) => {
      const input = parseInput(handler.route, raw);
      return handler.mode === "write" && handler.route.method !== "GET" && idempotencyKey !== null
        ? withIdempotency(ctx, { route: handler.route, key: idempotencyKey, input }, () =>
            run(ctx, input),
          )
        : run(ctx, input);
    },
  });
  if (cursor !== null) c.header("X-Headcount-Cursor", String(cursor));
  return value;
}
