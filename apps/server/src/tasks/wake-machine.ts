import type { DaemonId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";

/** Tells a machine, once the transaction has committed, that there is work for it. */
export function wakeMachine(ctx: WorkspaceContext, daemonId: DaemonId | null): void {
  if (daemonId === null) return;
  ctx.afterCommit(() => ctx.services.signal({ topic: "daemon", daemonId, hint: "work" }));
}
