import type { RuntimeId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { copyQuotaWaits } from "./store-quota-waits.ts";

/** Lets a runtime wait for the quota that its duplicate, on the same machine, waits for. */
export function moveQuotaWaits(
  ctx: WorkspaceContext,
  from: RuntimeId,
  to: RuntimeId,
): Promise<void> {
  return copyQuotaWaits(ctx, from, to);
}
