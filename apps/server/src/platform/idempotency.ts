import type { Route } from "@headcount/contract/kit/route";
import { AppError } from "./app-error.ts";
import { actorColumns } from "./append-changes.ts";
import type { WorkspaceContext } from "./context.ts";

export type IdempotentCall = {
  readonly route: Route;
  readonly key: string;
  readonly input: unknown;
};

const maxKeyLength = 200;

/**
 * Runs a write once per (actor, route, key). A repeat with the same input gets the stored reply;
 * with another input it is a conflict. A concurrent repeat waits for the first at the unique key.
 */
export async function withIdempotency(
  ctx: WorkspaceContext,
  call: IdempotentCall,
  run: () => Promise<unknown>,
): Promise<unknown> {
  if (call.key.length > maxKeyLength) {
    throw new AppError("invalid", `Idempotency-Key is longer than ${maxKeyLength} characters.`, {
      reason: "validation",
    });
  }
  const { secrets } = ctx.services;
  const actorKey = actorKeyOf(ctx);
  // Keyed, because inputs may hold secrets that could be guessed from a plain hash.
  const bodyHash = secrets.hash(JSON.stringify(call.input));
  const [inserted] = await ctx.sql`
    insert into idempotency_keys (workspace_id, actor, route, key, body_hash, created_at)
    values (${ctx.workspaceId}, ${actorKey}, ${call.route.name}, ${call.key}, ${bodyHash}, ${ctx.now})
    on conflict do nothing returning key`;
  if (!inserted) return storedReply(ctx, { actorKey, bodyHash, ...call });
  const reply = await run();
  // Sealed, because replies may hold secrets that are shown once.
  const sealed = secrets.encrypt(JSON.stringify(reply)).toString("base64");
  await ctx.sql`
    update idempotency_keys set reply = ${ctx.sql.json({ sealed })}
    where workspace_id = ${ctx.workspaceId} and actor = ${actorKey}
      and route = ${call.route.name} and key = ${call.key}`;
  return reply;
}

/** An agent acts with the rights of the person behind its run: for another person it is another actor. */
function actorKeyOf(ctx: WorkspaceContext): string {
  const { type, id } = actorColumns(ctx.actor);
  const key = `${type}:${id ?? ""}`;
  return ctx.actor.kind === "agent" ? `${key}:${ctx.actor.originatorId ?? ""}` : key;
}

async function storedReply(
  ctx: WorkspaceContext,
  call: IdempotentCall & { actorKey: string; bodyHash: Buffer },
): Promise<unknown> {
  const [row] = await ctx.sql<{ bodyHash: Buffer; reply: { sealed: string } }[]>`
    select body_hash, reply from idempotency_keys
    where workspace_id = ${ctx.workspaceId} and actor = ${call.actorKey}
      and route = ${call.route.name} and key = ${call.key}`;
  if (row && row.bodyHash.equals(call.bodyHash)) {
    return JSON.parse(ctx.services.secrets.decrypt(Buffer.from(row.reply.sealed, "base64")));
  }
  throw new AppError("conflict", "This Idempotency-Key was used for another request.", {
    reason: "idempotency_mismatch",
  });
}
