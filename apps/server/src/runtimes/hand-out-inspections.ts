import type { DaemonId, RuntimeId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { emitRuntime } from "./emit-runtime.ts";
import { pendingMs } from "./inspection-request.ts";
import { pickInspections } from "./store.ts";

/** Programs of a machine that somebody wants to be asked anew; each wish is handed out once. */
export async function handOutInspections(
  ctx: WorkspaceContext,
  daemonId: DaemonId,
): Promise<RuntimeId[]> {
  const since = new Date(ctx.now.getTime() - pendingMs);
  const ids = await pickInspections(ctx, daemonId, since);
  for (const id of ids) emitRuntime(ctx, "runtime.updated", id);
  return ids;
}
