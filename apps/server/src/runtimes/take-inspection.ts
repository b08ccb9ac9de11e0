import type { DaemonId, RuntimeId } from "@headcount/contract/kit/ids";
import type { RuntimeInspection } from "@headcount/contract/runtimes/inspection";
import { notFound } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { emitRuntime } from "./emit-runtime.ts";
import { storeInspection } from "./store.ts";

/** Takes over what a machine has found out about one of its programs. @throws not_found */
export async function takeInspection(
  ctx: WorkspaceContext,
  place: { readonly daemonId: DaemonId; readonly id: RuntimeId },
  inspection: RuntimeInspection,
): Promise<void> {
  if (!(await storeInspection(ctx, place, inspection))) throw notFound("runtime");
  emitRuntime(ctx, "runtime.updated", place.id);
}
