import type { DaemonId, UserId, WorkspaceId } from "@headcount/contract/kit/ids";
import { sanitizeJson } from "@headcount/contract/kit/values";
import { notFound } from "../platform/app-error.ts";
import { liveRole } from "../platform/authorise.ts";
import type { GlobalContext, WorkspaceContext } from "../platform/context.ts";

export type DaemonIdentity = { readonly daemonId: DaemonId; readonly userId: UserId };

/** The machine behind the request; routes with `daemon` access have checked that there is one. */
export function daemonOf(ctx: GlobalContext): DaemonIdentity {
  if (ctx.principal.kind !== "daemon") throw new Error("The route is not a daemon's");
  return ctx.principal;
}

/** One transaction in one workspace as the machine, whoever its owner is there by now. */
export function inWorkspaceAsDaemon<T>(
  ctx: GlobalContext,
  workspaceId: WorkspaceId,
  run: (ctx: WorkspaceContext) => Promise<T>,
): Promise<T> {
  const { daemonId, userId } = daemonOf(ctx);
  return ctx.inWorkspace(workspaceId, { kind: "daemon", daemonId, userId }, run);
}

/** Machines take and announce work only where their owner belongs. @throws not_found */
export async function assertOwnerBelongs(ctx: WorkspaceContext): Promise<UserId> {
  if (ctx.actor.kind !== "daemon") throw new Error("Only machines come here");
  if ((await liveRole(ctx.sql, ctx.workspaceId, ctx.actor.userId)) === null) {
    throw notFound("workspace");
  }
  return ctx.actor.userId;
}

/** A machine's words as they can be stored: no NUL, no half of a surrogate pair, at any depth. */
export function sane<T>(input: T): T {
  // Only characters change, never the shape that the route has checked.
  return sanitizeJson(input) as T;
}
