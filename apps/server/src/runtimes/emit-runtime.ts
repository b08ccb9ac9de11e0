import type { RuntimeId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";

/** Says that a machine's CLI has come, gone or changed, to those who see it. */
export function emitRuntime(
  ctx: WorkspaceContext,
  type: "runtime.registered" | "runtime.online" | "runtime.offline" | "runtime.updated",
  runtimeId: RuntimeId,
): void {
  ctx.emit({
    type,
    entity: { kind: "runtime", id: runtimeId },
    data: {},
    audience: { kind: "runtime", id: runtimeId },
  });
}
