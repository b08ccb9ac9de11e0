import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { isAllowed } from "@headcount/domain/members/permissions";
import { humanRequired, roleRequired } from "../platform/authorise.ts";
import type { WorkspaceContext } from "../platform/context.ts";

/** Admins tidy up runtimes; only the owner decides who else may use their machine. @throws forbidden */
export function assertMayChange(
  ctx: WorkspaceContext,
  runtime: Pick<Runtime, "owner">,
  capability: "runtime.change" | "runtime.share",
): void {
  if (ctx.actor.kind !== "member") throw humanRequired();
  const relation = runtime.owner.id === ctx.actor.userId ? "own" : "visible";
  if (isAllowed(ctx.actor.role, capability, relation)) return;
  throw roleRequired(
    capability === "runtime.share" ? "the runtime's owner" : "the runtime's owner or an admin",
  );
}
