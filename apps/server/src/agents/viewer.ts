import type { UserId } from "@headcount/contract/kit/ids";
import type { Role } from "@headcount/contract/workspaces/schemas";
import type { WorkspaceContext } from "../platform/context.ts";

/** The person whose rights decide what a caller sees; null when nobody stands behind the call. */
export type Viewer = { readonly userId: UserId; readonly role: Role } | null;

/** Agents see what the person sees for whom they run. */
export function viewerOf(ctx: Pick<WorkspaceContext, "actor">): Viewer {
  const { actor } = ctx;
  if (actor.kind === "member") return { userId: actor.userId, role: actor.role };
  if (actor.kind === "agent" && actor.originatorId !== null) {
    return { userId: actor.originatorId, role: actor.role };
  }
  return null;
}
